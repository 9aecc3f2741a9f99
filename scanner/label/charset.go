package label

import (
	"fmt"
	"strings"
)

// A charset is a set of ASCII characters.
type charset [2]uint64

func (s *charset) add(c byte) { s[c>>6&1] |= 1 << (c & 63) }

func (s *charset) has(c byte) bool { return c < 0x80 && s[c>>6]&(1<<(c&63)) != 0 }

// all says whether text has no other characters.
func (s *charset) all(text string) bool {
	for i := range len(text) {
		if !s.has(text[i]) {
			return false
		}
	}
	return true
}

func (s *charset) addAll(other charset) { s[0], s[1] = s[0]|other[0], s[1]|other[1] }

// charsetOf reads "0-9A-Z#./-": single characters and ranges, a hyphen at the
// end or the beginning stands for itself.
func charsetOf(ranges string) (charset, error) {
	var s charset
	for i := 0; i < len(ranges); i++ {
		from, to := ranges[i], ranges[i]
		if i+2 < len(ranges) && ranges[i+1] == '-' {
			to = ranges[i+2]
			i += 2
		}
		if from > to {
			return charset{}, fmt.Errorf("the range %c-%c runs backwards", from, to)
		}
		for c := int(from); c <= int(to); c++ {
			s.add(byte(c)) //nolint:gosec // it is between two bytes
		}
	}
	return s, nil
}

// classes are the charsets that have a name, each with its ranges.
func classes() [][2]string {
	return [][2]string{
		{"digits", "0-9"},
		{"letters", "A-Z"},
		{"alnum", "0-9A-Z"},
		{"hex", "0-9A-F"},
		{"code", "0-9A-Z#./-"},
		{"any", " -~"},
	}
}

// classNamed finds a charset by its name, in the singular too.
func classNamed(name string) (s charset, ok bool) {
	for _, known := range classes() {
		if name == known[0] || name == strings.TrimSuffix(known[0], "s") {
			s, err := charsetOf(known[1])
			return s, err == nil
		}
	}
	return charset{}, false
}
