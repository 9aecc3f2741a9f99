package table

import (
	"bytes"
	"strings"
	"unicode"
)

// sniffed is how much of a file's beginning tells what it is.
const sniffed = 4 << 10

// signatures are how files of other kinds begin.
func signatures() []struct {
	format Format
	start  string
} {
	return []struct {
		format Format
		start  string
	}{
		{Archive, "PK\x03\x04"},
		{Archive, "PK\x05\x06"},
		{OldWorkbook, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}, // compound: see File.compound
		{OldWorkbook, "\x09\x08\x10\x00\x00\x06\x05\x00"},
		{PDF, "%PDF-"},
		{RTF, `{\rtf`},
		{Picture, "\x89PNG"},
		{Picture, "\xff\xd8\xff"},
		{Picture, "GIF8"},
		{Picture, "II*\x00"},
		{Picture, "MM\x00*"},
		{Archive, "\x1f\x8b"},
		{Archive, "7z\xbc\xaf\x27\x1c"},
		{Archive, "Rar!"},
	}
}

// sniff says by its beginning what a file is. Of a text it gives the encoding
// where the beginning tells it, and the length of the mark to skip.
func sniff(head []byte) (Format, Encoding, int64) {
	for _, s := range signatures() {
		if bytes.HasPrefix(head, []byte(s.start)) {
			return s.format, "", 0
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return markup(head[3:]), UTF8, 3
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return Text, UTF16LE, 2
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return Text, UTF16BE, 2
	}
	if encoding, ok := wide(head); ok {
		return Text, encoding, 0
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return Binary, "", 0
	}
	return markup(head), "", 0
}

// wide tells UTF-16 without a mark by where its zeros are: the greater part of a
// list is digits and Latin letters.
func wide(head []byte) (Encoding, bool) {
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	half := len(head) / 2
	switch {
	case half < 4:
		return "", false
	case zeros[0] == 0 && zeros[1] > half*3/4:
		return UTF16LE, true
	case zeros[1] == 0 && zeros[0] > half*3/4:
		return UTF16BE, true
	default:
		return "", false
	}
}

// markup tells pages and XML from a list.
func markup(head []byte) Format {
	start := strings.ToLower(string(bytes.TrimLeftFunc(head, unicode.IsSpace)))
	switch {
	case strings.HasPrefix(start, "<?xml"):
		return XML
	case strings.HasPrefix(start, "<!doctype"), strings.HasPrefix(start, "<html"), strings.HasPrefix(start, "<table"), strings.HasPrefix(start, "<head"),
		strings.HasPrefix(start, "<meta"), strings.HasPrefix(start, "<body"), strings.HasPrefix(start, "<!--"):
		return HTML
	default:
		return Text
	}
}

// blank says whether a text has nothing in it to see.
func blank(text string) bool {
	for _, r := range text {
		if !unicode.IsSpace(r) && r != '\ufeff' {
			return false
		}
	}
	return true
}
