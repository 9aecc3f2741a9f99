package line

import (
	"bufio"
	"errors"
	"io"

	"pkidstation/scanner"
)

// lines parts an input into lines. A line half read when the input is
// interrupted goes on with the next call.
type lines struct {
	from *bufio.Reader
	text []byte
	cut  bool
}

func newLines(input io.Reader) *lines {
	return &lines{from: bufio.NewReader(input), text: make([]byte, 0, scanner.MaxText)}
}

// next is the next line that is not empty, without its ending, and whether it
// was longer than what is kept of it.
func (l *lines) next() (text string, cut bool, err error) {
	for {
		b, err := l.from.ReadByte()
		switch {
		case errors.Is(err, io.EOF) && len(l.text) > 0:
			return l.take()
		case err != nil:
			return "", false, err
		case b != '\r' && b != '\n':
			l.keep(b)
		case len(l.text) > 0:
			return l.take()
		}
	}
}

func (l *lines) keep(b byte) {
	if len(l.text) == scanner.MaxText {
		l.cut = true
		return
	}
	l.text = append(l.text, b)
}

func (l *lines) take() (text string, cut bool, err error) {
	text, cut = string(l.text), l.cut
	l.text, l.cut = l.text[:0], false
	return text, cut, nil
}
