package journal

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// A chain is where reading stands: behind an intact line.
type chain struct {
	last  uint64 // its number
	sum   uint32 // its checksum
	known bool   // sum is known, and the next line must carry it
	end   int64  // the offset behind it in its segment
}

// fits tells whether l, which begins at the offset at, is of the chain. Directly
// behind the line before it must carry that one's checksum. Behind a damage its
// number must leave the missing lines room there.
func (c chain) fits(l Line, at int64) bool {
	if l.Seq <= c.last || at < c.end {
		return false
	}
	missing := l.Seq - c.last - 1
	if missing == 0 {
		return !c.known || l.Prev == c.sum
	}
	return missing <= uint64(at-c.end)/uint64(minLine) //nolint:gosec // not negative: see above
}

// A walk goes over the text of one segment, from line to line of a chain.
type walk struct {
	chain
	dirty int64 // behind what is no line, since the last intact one; 0 is nothing

	r    *bufio.Reader
	at   int64 // the offset of what r gives next
	text []byte
}

// walk begins at the end of a chain; s gives the segment's text from there.
func (c chain) walk(s *source) *walk {
	return &walk{chain: c, r: bufio.NewReaderSize(s, s.chunk()), at: c.end}
}

// next gives the next line that fits, and its offset. What does not fit it
// passes over. The line's Body is good until the next call. At the end it gives
// io.EOF.
func (w *walk) next() (Line, int64, error) {
	for {
		if err := w.skip(); err != nil {
			return Line{}, 0, err
		}
		at := w.at
		text, err := w.read()
		if err != nil {
			return Line{}, 0, err
		}
		if l, ok := parse(text); ok && w.fits(l, at) {
			w.chain = chain{last: l.Seq, sum: l.Sum, known: true, end: w.at}
			w.dirty = 0
			return l, at, nil
		}
		w.dirty = w.at
	}
}

// skip passes over '\n' to the next byte that is none.
func (w *walk) skip() error {
	for {
		if _, err := w.r.Peek(1); err != nil {
			return err
		}
		b, err := w.r.Peek(w.r.Buffered())
		if err != nil {
			return err
		}
		n := len(b)
		if b[0] != '\n' || !bytes.Equal(b[1:], b[:n-1]) { // else all of it is '\n'
			n -= len(bytes.TrimLeft(b, "\n"))
		}
		if _, err := w.r.Discard(n); err != nil {
			return err
		}
		w.at += int64(n)
		if n < len(b) {
			return nil
		}
	}
}

// read gives the text up to the next '\n', without it. It gives nil for what has
// no '\n' or is plainly no line, so that it holds no more than one line.
func (w *walk) read() ([]byte, error) {
	if cap(w.text) > 1<<20 {
		w.text = nil // a long line is rare, and its room is not kept
	}
	w.text = w.text[:0]
	for keep := true; ; {
		part, err := w.r.ReadSlice('\n')
		w.at += int64(len(part))
		if keep = keep && len(w.text)+len(part) <= maxLine; keep {
			w.text = append(w.text, part...)
			keep = headed(w.text)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF):
			return nil, nil
		case err != nil:
			return nil, err
		case !keep:
			return nil, nil
		default:
			return w.text[:len(w.text)-1], nil
		}
	}
}
