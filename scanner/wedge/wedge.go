package wedge

import (
	"context"
	"iter"
	"sync"
	"time"

	"pkidstation/scanner"
)

// Name is the name of the one keyboard wedge source of a station.
const Name = "wedge"

// A Source gives the scans among the strokes that a window feeds it.
type Source struct {
	// mu guards strokes alone; what follows is the sequence's.
	mu      sync.Mutex
	strokes []Stroke
	fed     chan struct{} // holds one token when strokes came

	parser *Parser
	scans  []scanner.Scan // read, not yet taken
}

// New is a source that no stroke has come to.
func New(options Options) *Source {
	return &Source{fed: make(chan struct{}, 1), parser: NewParser(options)}
}

// Name is "wedge".
func (s *Source) Name() string { return Name }

// Key feeds a stroke. It never waits and drops nothing, so that a window may
// call it from its event loop, whether scans are being taken or not. A window
// that feeds from several goroutines has no order of strokes.
func (s *Source) Key(stroke Stroke) {
	if stroke.At.IsZero() {
		stroke.At = time.Now()
	}
	s.mu.Lock()
	s.strokes = append(s.strokes, stroke)
	s.mu.Unlock()
	select {
	case s.fed <- struct{}{}:
	default:
	}
}

// Scans gives the scans as scanner.Source says. It gives no error and ends
// only with its context; a later sequence goes on where an earlier one stopped.
func (s *Source) Scans(ctx context.Context) iter.Seq2[scanner.Scan, error] {
	return func(yield func(scanner.Scan, error) bool) {
		for ctx.Err() == nil {
			s.parse()
			if len(s.scans) == 0 {
				s.wait(ctx)
				continue
			}
			next := s.scans[0]
			s.scans = s.scans[1:]
			if !yield(next, nil) {
				return
			}
		}
	}
}

// parse takes what was fed, and what the passing of time ended.
func (s *Source) parse() {
	now := time.Now() // before the strokes are taken: none that came earlier is missed
	for _, stroke := range s.take() {
		s.keep(s.parser.Feed(stroke))
	}
	s.keep(s.parser.Flush(now))
}

func (s *Source) take() []Stroke {
	s.mu.Lock()
	defer s.mu.Unlock()
	strokes := s.strokes
	s.strokes = nil
	return strokes
}

func (s *Source) keep(bursts []Burst) {
	for _, burst := range bursts {
		if burst.Machine || burst.Few {
			s.scans = append(s.scans, scanOf(burst))
		}
	}
}

func scanOf(burst Burst) scanner.Scan {
	aim, text, symbology := scanner.SplitAIM(burst.Text)
	return scanner.Scan{
		Text: text, Symbology: symbology, AIM: aim, Source: Name, At: burst.Ended, Cut: burst.Cut,
		Layout: burst.Layout, Unsure: burst.Unsure, Trace: burst.Trace,
	}
}

// wait returns when strokes came, the pending burst is over or the context is.
func (s *Source) wait(ctx context.Context) {
	var over <-chan time.Time
	if idle := s.parser.Idle(); !idle.IsZero() {
		timer := time.NewTimer(time.Until(idle))
		defer timer.Stop()
		over = timer.C
	}
	select {
	case <-ctx.Done():
	case <-s.fed:
	case <-over:
	}
}
