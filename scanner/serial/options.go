package serial

import (
	"slices"
	"strings"

	"pkidstation/scanner"
)

// Options are how a scanner is set up. The zero value fits one that is not.
type Options struct {
	// Prefix and Suffix are what the scanner puts around the data, terminator
	// aside. They are taken off where they are and not missed where they are
	// not. A CR, LF, TAB, STX or ETX in the middle of one ends a read there, so
	// that it is never found; at the ends of one it is framing and ignored.
	Prefix, Suffix string
	// NoRead are the reads by which the scanner says that it read nothing, in
	// whatever case; nil stands for NoReadWords, an empty list for none.
	NoRead []string
}

// NoReadWords are what scanners send by default when they read nothing.
func NoReadWords() []string { return []string{"NR", "NOREAD", "<NR>"} }

// framing are the bytes that part reads.
const framing = "\r\n\t\x02\x03"

func (o Options) settled() Options {
	o.Prefix, o.Suffix = strings.Trim(o.Prefix, framing), strings.Trim(o.Suffix, framing)
	if o.NoRead == nil {
		o.NoRead = NoReadWords()
	}
	o.NoRead = slices.Clone(o.NoRead)
	return o
}

// strip takes prefix and suffix off a read. Scanners send the AIM identifier
// before the prefix or after it; it stays in front of the data.
func (o Options) strip(text string) string {
	if rest, ok := strings.CutPrefix(text, o.Prefix); ok {
		text = rest
	} else if aim, rest, _ := scanner.SplitAIM(text); strings.HasPrefix(rest, o.Prefix) {
		text = aim + rest[len(o.Prefix):]
	}
	return strings.TrimSuffix(text, o.Suffix)
}

// isNoRead says whether the scanner read nothing. A label that holds such a
// word comes with an AIM identifier, where the scanner sends any.
func (o Options) isNoRead(text string) bool {
	return slices.ContainsFunc(o.NoRead, func(word string) bool { return strings.EqualFold(word, text) })
}
