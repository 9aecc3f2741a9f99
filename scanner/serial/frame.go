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
	// Text is at most scanner.MaxText bytes: the AIM identifier, if one came,
	// and the data, without prefix and suffix.
	Text string
	// Cut says that more came than was kept.
	Cut bool
	// Trace is how it came.
	Trace scanner.Trace
}

// A Framer parts a stream of bytes into reads. It is pure: bytes and silences
// in, reads out. How the stream is cut into chunks changes nothing but a
// Trace.
type Framer struct {
	opts Options

	pending []byte // of the read that has not ended
	raw     []byte // the same with its STX, at most scanner.MaxTrace
	cut     bool
	begun   bool // STX began it

	frames bool // the scanner ends by ETX what it begins by STX
	crlf   bool // the scanner sends LF after CR
	last   byte
}

// NewFramer is a framer for a scanner that is set up like that.
func NewFramer(opts Options) *Framer { return &Framer{opts: opts.settled()} }

// Feed takes the next bytes and gives the reads that they end, in order.
func (f *Framer) Feed(chunk []byte) []Read { return f.feed(nil, chunk) }

// Silence ends what is pending, if anything is: nothing came for a while.
func (f *Framer) Silence() []Read { return f.silence(nil) }

// pends says whether a read is pending.
func (f *Framer) pends() bool { return len(f.pending) > 0 }

// waiting says whether a silence would change anything: a read is pending, or STX
// began one.
func (f *Framer) waiting() bool { return f.begun || f.pends() }

func (f *Framer) feed(reads []Read, chunk []byte) []Read {
	given := false // nothing but terminators came since the last of reads
	for i, b := range chunk {
		f.learn(b)
		switch {
		case b == stx:
			reads, given = f.silence(reads), false
			f.begin()
		case !f.ends(b):
			given = false
			f.keep(b)
		case given:
			follow(&reads[len(reads)-1].Trace, b)
		default:
			before := len(reads)
			reads = f.end(reads, f.terminator(b, chunk[i+1:]))
			given = len(reads) > before
		}
	}
	return reads
}

func (f *Framer) silence(reads []Read) []Read {
	if !f.begun || !f.frames {
		return f.end(reads, "")
	}
	return f.unframe(reads)
}

// unframe ends a read that STX began and no ETX ended, though the scanner did
// so before: it was set up anew, and its reads end as those of others do.
func (f *Framer) unframe(reads []Read) []Read {
	f.frames = false
	if f.cut {
		return f.end(reads, "")
	}
	text := slices.Clone(f.pending)
	f.reset()
	return f.end(f.feed(reads, text), "")
}

func (f *Framer) ends(b byte) bool {
	switch b {
	case etx:
		return true
	case '\r', '\n', '\t':
		return !f.begun || !f.frames
	default:
		return false
	}
}

// learn sees which of its habits the scanner shows.
func (f *Framer) learn(b byte) {
	if f.last == '\r' {
		f.crlf = b == '\n'
	}
	if b == etx && f.begun {
		f.frames = true
	}
	f.last = b
}

// terminator is what ends a read at b, given what follows at once. Where
// nothing does, a CR is not kept waiting for the LF that the scanner sent last
// time.
func (f *Framer) terminator(b byte, next []byte) string {
	f.keepRaw(b)
	if b == '\r' && (len(next) > 0 && next[0] == '\n' || len(next) == 0 && f.crlf) {
		return "\r\n"
	}
	return string(rune(b))
}

func (f *Framer) begin() {
	f.begun = true
	f.keepRaw(stx)
}

func (f *Framer) keep(b byte) {
	f.keepRaw(b)
	if len(f.pending) == scanner.MaxText {
		f.cut = true
		return
	}
	f.pending = append(f.pending, b)
}

func (f *Framer) keepRaw(b byte) {
	if len(f.raw) < scanner.MaxTrace {
		f.raw = append(f.raw, b)
	}
}

// end adds the read that is pending, if one is.
func (f *Framer) end(reads []Read, terminator string) []Read {
	read := Read{
		Text: f.opts.strip(strings.Trim(string(f.pending), framing)), Cut: f.cut,
		Trace: scanner.Trace{Raw: string(f.raw), Terminator: terminator},
	}
	f.reset()
	if read.Text == "" || f.opts.isNoRead(read.Text) {
		return reads
	}
	return append(reads, read)
}

func (f *Framer) reset() {
	f.pending, f.raw, f.cut, f.begun = f.pending[:0], f.raw[:0], false, false
}

// follow adds a terminator that came right behind a read.
func follow(trace *scanner.Trace, b byte) {
	if len(trace.Raw) < scanner.MaxTrace {
		trace.Raw += string(rune(b))
	}
}
