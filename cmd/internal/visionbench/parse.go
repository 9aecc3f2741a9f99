package main

import (
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// parseZbar gives the texts of what zbarimg --xml printed.
func parseZbar(output []byte, _ string) ([]string, error) {
	var all struct {
		Symbols []struct {
			Type string `xml:"type,attr"`
			Data struct {
				Format string `xml:"format,attr"`
				Text   string `xml:",chardata"`
			} `xml:"data"`
		} `xml:"source>index>symbol"`
	}
	if err := xml.Unmarshal(output, &all); err != nil {
		return nil, err
	}
	var texts []string
	for _, s := range all.Symbols {
		text := s.Data.Text
		if s.Data.Format == "base64" {
			b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
			if err != nil {
				return nil, err
			}
			text = string(b)
		}
		texts = append(texts, article(text, s.Type == "EAN-13"))
	}
	return texts, nil
}

// parseZXing gives the texts of what ZXingReader -1 printed about one file: a
// line for each code with its format and its text in quotes, or "None".
func parseZXing(output []byte, file string) ([]string, error) {
	var texts []string
	for line := range strings.Lines(string(output)) {
		line = strings.TrimSuffix(line, "\n")
		rest, ok := strings.CutPrefix(line, file+" ")
		if !ok {
			return nil, fmt.Errorf("%q is not about %s", line, file)
		}
		format, quoted, ok := strings.Cut(rest, " ")
		end := strings.LastIndexByte(quoted, '"')
		switch {
		case rest == "None":
		case !ok || end < 1 || quoted[0] != '"':
			return nil, fmt.Errorf("no text in quotes in %q", line)
		default:
			texts = append(texts, article(unescaped(quoted[1:end]), format == "EAN-13"))
		}
	}
	return texts, nil
}

// unescaped puts back the characters that ZXingReader prints as names: <GS>,
// <LF> and, of what is beyond ASCII, <U+E9>.
func unescaped(text string) string {
	return escapes().ReplaceAllStringFunc(text, func(name string) string {
		name = name[1 : len(name)-1]
		if number, ok := strings.CutPrefix(name, "U+"); ok {
			r, _ := strconv.ParseInt(number, 16, 32) // the expression lets only such through
			return string(rune(r))
		}
		for i, control := range strings.Fields(controls) {
			if control == name {
				return string(rune(i))
			}
		}
		return "\x7f"
	})
}

// controls are the first 32 characters of ASCII by name.
const controls = "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI " +
	"DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US"

func escapes() *regexp.Regexp {
	return regexp.MustCompile("<(U\\+[0-9A-F]{1,6}|DEL|" + strings.ReplaceAll(controls, " ", "|") + ")>")
}
