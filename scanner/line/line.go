package line

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"pkidstation/scanner"
)

// freeing is how long the end of a sequence waits for its reading goroutine.
const freeing = 100 * time.Millisecond

// A Source gives the lines of an input as scans. It owns the input from New
// on: the end of a sequence's context may close it.
type Source struct {
	name  string
	input io.Reader

	// turn holds its one token while nobody reads. Who has it owns all below.
	turn    chan struct{}
	gate    *gate
	lines   *lines
	pending *read
}

// A read is one line, or the fault that ended the input.
type read struct {
	scan scanner.Scan
	err  error
}

// New is the source of the lines of input. Name is recorded with each scan,
// such as "stdin".
func New(name string, input io.Reader) *Source {
	turn := make(chan struct{}, 1)
	turn <- struct{}{}
	gate := &gate{input: input}
	return &Source{name: name, input: input, turn: turn, gate: gate, lines: newLines(gate)}
}

// Name is the name given to New.
func (s *Source) Name() string { return s.name }

// Scans gives one scan a line, as scanner.Source says.
func (s *Source) Scans(ctx context.Context) iter.Seq2[scanner.Scan, error] {
	return func(yield func(scanner.Scan, error) bool) {
		select {
		case <-ctx.Done():
			return
		case <-s.turn:
		}
		s.rearm()
		reads, stop := make(chan read), make(chan struct{})
		s.gate.stop = stop
		go s.read(reads, stop)
		defer s.free(ctx, stop)
		give(ctx, reads, yield)
	}
}

// give hands reads on until they, the context or the taker's interest end.
func give(ctx context.Context, reads <-chan read, yield func(scanner.Scan, error) bool) {
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
			return
		case r, more := <-reads:
			if !more || !yield(r.scan, r.err) || r.err != nil {
				return
			}
		}
	}
}

// read is the reading goroutine: it gives the turn back when it ends. A line
// that nobody took any more stays pending for the next sequence.
func (s *Source) read(reads chan<- read, stop <-chan struct{}) {
	defer func() { s.turn <- struct{}{} }()
	defer close(reads)
	for {
		if s.pending == nil {
			s.pending = s.next()
		}
		if s.pending == nil {
			return
		}
		select {
		case <-stop:
			return
		case reads <- *s.pending:
			s.pending = nil
		}
	}
}

// next is the next line or fault; nil at the end of the input, and where the
// sequence was stopped while it waited.
func (s *Source) next() *read {
	text, cut, err := s.lines.next()
	switch {
	case err == nil:
		return &read{scan: s.scan(text, cut)}
	case errors.Is(err, io.EOF), s.gate.stopped():
		return nil
	default:
		return &read{err: fmt.Errorf("reading lines from %s: %w", s.name, err)}
	}
}

func (s *Source) scan(raw string, cut bool) scanner.Scan {
	aim, text, symbology := scanner.SplitAIM(raw)
	return scanner.Scan{Text: text, Symbology: symbology, AIM: aim, Source: s.name, At: time.Now(), Cut: cut}
}

// A deadliner is an input whose blocked read a deadline ends (net.Conn, and
// *os.File where the poller serves it).
type deadliner interface{ SetReadDeadline(t time.Time) error }

// rearm takes back the deadline by which an earlier sequence freed its reader.
func (s *Source) rearm() {
	if input, ok := s.input.(deadliner); ok {
		_ = input.SetReadDeadline(time.Time{}) // without deadlines there was none to take back
	}
}

// free ends the reading goroutine as far as the input lets it.
func (s *Source) free(ctx context.Context, stop chan<- struct{}) {
	close(stop)
	s.interrupt(ctx)
	select {
	case turn := <-s.turn:
		s.turn <- turn
	case <-time.After(freeing):
	}
}

// interrupt wakes a blocked read. The input is closed only when the context
// ended: a taker that merely stopped may come back for more.
func (s *Source) interrupt(ctx context.Context) {
	if input, ok := s.input.(deadliner); ok && input.SetReadDeadline(time.Unix(1, 0)) == nil {
		return
	}
	if input, ok := s.input.(io.Closer); ok && ctx.Err() != nil {
		_ = input.Close() // its fault changes nothing: the sequence has ended
	}
}
