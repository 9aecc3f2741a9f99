package table

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// mostJoined is how many lines a quotation mark may hold together. A cell with
// more line breaks is none of a list, and every further line makes a mark that is
// left open dearer to find.
const mostJoined = 8

// decoder makes UTF-8 of a text; what has no place in its encoding becomes
// U+FFFD.
func (e Encoding) decoder() *encoding.Decoder {
	switch e {
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()
	case Windows1252:
		return charmap.Windows1252.NewDecoder()
	case UTF8:
		return unicode.UTF8.NewDecoder()
	default:
		return unicode.UTF8.NewDecoder()
	}
}

// lines are the rows of a text.
func (f *File) lines(separator rune) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		t := &text{from: bufio.NewReaderSize(f.Encoding.decoder().Reader(io.NewSectionReader(f.from, f.skip, f.size-f.skip)), 32<<10), separator: separator}
		for {
			row, err := t.row()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Row{}, fmt.Errorf("reading the file: %w", err))
				return
			}
			if !row.Blank() && !yield(row, nil) {
				return
			}
		}
	}
}

// text reads rows from lines.
type text struct {
	from      *bufio.Reader
	separator rune
	number    int
	at        int    // lines read
	waiting   []line // read, and given back
	buffer    []byte
	cells     []Cell
}

// A line is one of the text, without its end.
type line struct {
	text string
	at   int
	long bool
}

// row is the next row, blank or not.
func (t *text) row() (Row, error) {
	first, err := t.next()
	if err != nil {
		return Row{}, err
	}
	if t.number == 0 && first.at == 1 && strings.HasPrefix(strings.ToLower(first.text), "sep=") {
		if first, err = t.next(); err != nil { // for spreadsheets, which do not show it
			return Row{}, err
		}
	}
	t.number++
	row := Row{Number: t.number, Line: first.at}
	if first.long {
		row.Fault = LongLine
		return row, nil
	}
	return t.joined(row, first.text)
}

// joined takes further lines as long as a quotation mark is open. Where it is
// never closed they are given back: they are rows of their own.
func (t *text) joined(row Row, whole string) (Row, error) {
	var taken []line
	open := t.split(whole, &row)
	for open {
		next, err := t.next()
		ended := errors.Is(err, io.EOF)
		if err != nil && !ended {
			return Row{}, err
		}
		if !ended {
			taken = append(taken, next)
		}
		if ended || next.long || len(taken) == mostJoined || len(whole)+len(next.text) >= MaxLine {
			t.waiting = append(taken, t.waiting...)
			row.Cells, row.Fault = nil, OpenQuote
			return row, nil
		}
		whole += "\n" + next.text
		if strings.Contains(next.text, `"`) {
			open = t.split(whole, &row)
		}
	}
	return row, nil
}

// split cuts a row into its cells, and says whether it ends inside quotation
// marks.
func (t *text) split(whole string, row *Row) (open bool) {
	t.cells, row.Stray, row.Fault = t.cells[:0], false, ""
	for more := true; more; {
		var cell string
		var stray bool
		cell, whole, more, open, stray = field(whole, t.separator)
		row.Stray = row.Stray || stray
		if len(t.cells) == MaxColumns {
			row.Fault = WideRow
			break
		}
		t.cells = append(t.cells, Cell{Text: cell})
	}
	row.Cells = t.cells
	return open
}

// field is the first value of a row, and what follows its separator. A mark
// counts as one where a value begins with it, spaces before it aside.
func field(text string, separator rune) (value, rest string, more, open, stray bool) {
	trimmed := text
	if separator != '\t' {
		trimmed = strings.TrimLeft(text, " ")
	}
	if !strings.HasPrefix(trimmed, `"`) {
		value, rest, more = strings.Cut(text, string(separator))
		return value, rest, more, false, strings.Contains(value, `"`)
	}
	var b strings.Builder
	for text = trimmed[1:]; ; {
		inside, after, closed := strings.Cut(text, `"`)
		b.WriteString(inside)
		if !closed {
			return b.String(), "", false, true, false
		}
		if !strings.HasPrefix(after, `"`) {
			text = after
			break
		}
		b.WriteByte('"')
		text = after[1:]
	}
	after, rest, more := strings.Cut(text, string(separator))
	if strings.Trim(after, " ") != "" {
		return b.String() + after, rest, more, false, true
	}
	return b.String(), rest, more, false, false
}

// next is the next line: one that was given back, or one of the file. Lines end
// in CR, LF or both.
func (t *text) next() (line, error) {
	if len(t.waiting) > 0 {
		l := t.waiting[0]
		t.waiting = t.waiting[1:]
		return l, nil
	}
	t.buffer = t.buffer[:0]
	some, long := false, false
	for {
		c, err := t.from.ReadByte()
		if errors.Is(err, io.EOF) && some {
			break
		}
		if err != nil {
			return line{}, err
		}
		some = true
		if c == '\n' {
			break
		}
		if c == '\r' {
			if next, _ := t.from.Peek(1); len(next) == 1 && next[0] == '\n' {
				_, _ = t.from.Discard(1)
			}
			break
		}
		if len(t.buffer) == MaxLine {
			long = true
			continue
		}
		t.buffer = append(t.buffer, c)
	}
	t.at++
	if long {
		return line{at: t.at, long: true}, nil
	}
	return line{text: string(t.buffer), at: t.at}, nil
}
