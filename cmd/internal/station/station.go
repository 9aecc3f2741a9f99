package station

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"pkidstation/queue"
	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

// ErrNoReception is that a code was read while no reception is open.
var ErrNoReception = errors.New("no reception is open")

// Options say what a station works with.
type Options struct {
	Queue *queue.Queue
	// Operator is who captures.
	Operator string
	// Pairing joins PKID and serial of one box; without it serials are ignored.
	Pairing bool
}

// A Station takes scans into the open reception. It may be used by many
// goroutines; reads are taken one after the other.
type Station struct {
	queue    *queue.Queue
	operator string
	pairing  bool

	mu        sync.Mutex
	reception queue.Reception
	pairer    label.Pairer
	box       string         // ID of the entry of the box at hand
	frame     []scanner.Scan // codes of a frame that is not complete yet
	owed      map[code]bool  // codes that the camera gave and that could not be kept
}

// New makes a station without a reception.
func New(opts Options) *Station {
	return &Station{queue: opts.Queue, operator: opts.Operator, pairing: opts.Pairing}
}

// Open opens a reception, or goes on with the open one for the same work, and
// takes up the box at hand where it was left.
func (s *Station) Open(ctx context.Context, work queue.Work) (queue.Reception, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, err := s.queue.OpenReception(ctx, work, s.operator)
	if err != nil {
		return r, fmt.Errorf("opening the reception: %w", err)
	}
	return r, s.takeUp(ctx, r)
}

// OpenIfNone opens a reception without customer unless one is open: what is
// read in it is held, and not lost.
func (s *Station) OpenIfNone(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open() {
		return nil
	}
	r, err := s.queue.OpenReception(ctx, queue.Work{}, s.operator)
	if err != nil {
		return fmt.Errorf("opening a reception without customer: %w", err)
	}
	return s.takeUp(ctx, r)
}

func (s *Station) open() bool { return s.reception.ID != "" && s.reception.Open() }

// Current is the open reception, if there is one.
func (s *Station) Current() (queue.Reception, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reception, s.open()
}

// Close closes the open reception: what it has ready goes out.
func (s *Station) Close(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reception.ID == "" {
		return nil
	}
	r, err := s.queue.CloseReception(ctx, s.reception.ID, s.operator)
	if err != nil {
		return fmt.Errorf("closing the reception: %w", err)
	}
	s.reception, s.box, s.frame, s.owed = r, "", nil, nil
	s.pairer = label.Pairer{}
	return nil
}

// Undo discards the last capture while it was not sent.
func (s *Station) Undo(ctx context.Context) (queue.Entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, err := s.queue.Undo(ctx, s.reception.ID, s.operator)
	if err != nil {
		return e, fmt.Errorf("undoing the last capture: %w", err)
	}
	s.box = ""
	s.pairer.Close()
	return e, nil
}

// takeUp makes a reception the one at hand: its last box is at hand again, and
// the order in which its boxes were read is known again.
func (s *Station) takeUp(ctx context.Context, r queue.Reception) error {
	box := ""
	var boxes []label.Box
	for e, err := range s.queue.List(ctx, queue.Filter{Reception: r.ID}) {
		if err != nil {
			return fmt.Errorf("taking up the box at hand: %w", err)
		}
		if e.State.Gone() {
			continue
		}
		box = e.ID
		boxes = append(boxes, label.Box{
			PKID: string(e.PKID), Serial: e.Serial, Model: e.Model, First: firstKind(e), Last: lastRead(e),
		})
	}
	s.reception, s.frame, s.owed, s.box, s.pairer = r, nil, nil, box, label.Pairer{}
	s.pairer.Resume(boxes...)
	return nil
}

// lastRead is when the box's last code was read. What a person or the uploader
// did to the entry since does not bring the box back to hand.
func lastRead(e queue.Entry) time.Time {
	var last time.Time
	for _, r := range e.Reads {
		if r.At.After(last) {
			last = r.At
		}
	}
	if last.IsZero() {
		return e.CapturedAt
	}
	return last
}

// firstKind is what the box's first code was.
func firstKind(e queue.Entry) label.Kind {
	if len(e.Reads) == 0 {
		return ""
	}
	r := e.Reads[0]
	return label.Classify(scanner.Scan{Text: r.Text, AIM: r.AIM, Symbology: scanner.Symbology(r.Symbology)}).Kind
}
