package serial

import (
	"slices"
	"strings"

	"pkidstation/scanner"
)

const (
	stx = 0x02
	etx = 0x03
)

// A Read is what a scanner sent between two terminators.
type Read struct {
	// Text is at most scanner.MaxText bytes, AIM identifier included.
	Text string
	// Cut says that more came than was kept.
	Cut bool
}

// A Framer parts a stream of bytes into reads. It is pure: bytes and silences
// in, reads out.
type Framer struct {
	noRead  []string
	pending []byte
	cut     bool
}

// NoReadWords are what scanners send by default when they read nothing.
func NoReadWords() []string { return []string{"NR", "NOREAD", "<NR>"} }

// NewFramer is a framer that drops the reads which are one of noRead, in
// whatever case.
func NewFramer(noRead []string) *Framer { return &Framer{noRead: slices.Clone(noRead)} }

// Feed takes the next bytes and gives the reads that they end, in order.
func (f *Framer) Feed(chunk []byte) []Read {
	var reads []Read
	for _, b := range chunk {
		switch b {
		case '\r', '\n', '\t', stx, etx:
			reads = append(reads, f.Silence()...)
		default:
			f.keep(b)
		}
	}
	return reads
}

// Silence ends the read that is pending, if one is: nothing came for a while.
// It gives one read at most.
func (f *Framer) Silence() []Read {
	read := Read{Text: string(f.pending), Cut: f.cut}
	f.pending, f.cut = f.pending[:0], false
	if read.Text == "" || f.isNoRead(read.Text) {
		return nil
	}
	return []Read{read}
}

func (f *Framer) keep(b byte) {
	if len(f.pending) == scanner.MaxText {
		f.cut = true
		return
	}
	f.pending = append(f.pending, b)
}

func (f *Framer) isNoRead(text string) bool {
	return slices.ContainsFunc(f.noRead, func(word string) bool { return strings.EqualFold(word, text) })
}
