package station

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"pkidstation/queue"
	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

// ErrLocked is that the station is locked: nothing is done before a badge is read.
var ErrLocked = errors.New("the station is locked")

// ErrNoReception is that a code was read while no reception is open.
var ErrNoReception = errors.New("no reception is open")

// Options say what a station works with.
type Options struct {
	Queue *queue.Queue
	// Operator is who captures until a badge says otherwise.
	Operator string
	// Pairing joins PKID and serial of one box; without it serials are ignored.
	Pairing bool
	// Confirmed has a person say that the customer is still the right one before
	// anything that is read goes out: after a restart, after midnight, when another
	// badge was read, and when nothing was read for a while (see sureness). Where
	// that is so, an order's code opens a reception, too.
	Confirmed bool
	// Quiet closes a box of which nothing was read for so long;
	// label.DefaultQuiet if zero.
	Quiet time.Duration
}

// A Station takes scans into the open reception. It may be used by many
// goroutines; reads are taken one after the other.
type Station struct {
	queue   *queue.Queue
	pairing bool
	quiet   time.Duration

	mu        sync.Mutex
	classify  func(scanner.Scan) label.Code
	set       []string // label rules of station.toml
	operator  string
	reception queue.Reception
	hands     map[string]*hand
	frame     []scanner.Scan // codes of a frame that is not complete yet
	owed      map[code]debt  // codes that the camera gave and that were not kept
	shared    string         // the serial scanner that is in the main hand
	locked    bool
	change    *change
	sure      sureness
	shift     *shift
}

// New makes a station without a reception.
func New(opts Options) *Station {
	s := &Station{queue: opts.Queue, operator: opts.Operator, pairing: opts.Pairing, quiet: opts.Quiet, classify: label.Classify}
	s.sure.asked = opts.Confirmed
	s.leave()
	return s
}

// Classify tells what a code is, as Take does.
func (s *Station) Classify(scan scanner.Scan) label.Code {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.classify(scan)
}

// A hand is one person's reading: the box at hand, and those since the last
// boundary. Two scanners are two hands, whose boxes never mix.
type hand struct {
	name     string
	pairer   label.Pairer
	box      string   // ID of the entry of the box at hand
	last     string   // the one before
	told     string   // the last one that was said to be left without PKID
	seen     bool     // its last code came from a camera
	window   []string // the entries since the last boundary
	asking   string   // ID of the entry of which it is asked whether it is a PKID
	answered string   // the 13 digits that were just said to be no PKID
	carton   *carton
	verdict  queue.Verdict // the last one given, for the command that repeats it
}

// mainHand is the hand of everything but serial scanners: the keyboard wedge and
// the camera are one person's, and so is the serial scanner that is shared.
const mainHand = ""

// handName is the hand that a source is in. It depends on nothing that a restart
// forgets.
func (s *Station) handName(source string) string {
	if strings.HasPrefix(source, "serial:") && source != s.shared {
		return source
	}
	return mainHand
}

func (s *Station) handOf(source string) *hand {
	name := s.handName(source)
	h := s.hands[name]
	if h == nil {
		h = &hand{name: name, pairer: label.Pairer{Quiet: s.quiet}}
		s.hands[name] = h
	}
	return h
}

// Share puts a serial scanner into one hand with the keyboard wedge and the
// camera: who scans with it also uses those. It is called before scans are taken.
func (s *Station) Share(source string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shared = source
}

// leave forgets all that is at hand.
func (s *Station) leave() {
	s.hands, s.frame, s.owed = map[string]*hand{}, nil, nil
}

// Open opens a reception, or goes on with the open one for the same work, and
// takes up the box at hand where it was left.
//
// Whoever opens it chose the customer. See Resume for a reception that nobody
// chose.
func (s *Station) Open(ctx context.Context, work queue.Work) (queue.Reception, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return queue.Reception{}, ErrLocked
	}
	return s.enter(ctx, work)
}

// enter leaves the reception at hand for another one: a dock has one.
func (s *Station) enter(ctx context.Context, work queue.Work) (queue.Reception, error) {
	s.change = nil
	if s.open() && s.reception.Work != work {
		if err := s.end(ctx); err != nil {
			return s.reception, err
		}
	}
	r, err := s.queue.OpenReception(ctx, work, s.operator)
	if err != nil {
		return r, fmt.Errorf("opening the reception: %w", err)
	}
	if err := s.takeUp(ctx, r); err != nil {
		return r, err
	}
	s.sure.settle()
	return r, nil
}

// OpenIfNone opens a reception without customer unless one is open: what is
// read in it is held, and not lost.
func (s *Station) OpenIfNone(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open() {
		return nil
	}
	_, err := s.enter(ctx, queue.Work{})
	return err
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
	if s.locked {
		return ErrLocked
	}
	return s.end(ctx)
}

func (s *Station) end(ctx context.Context) error {
	if s.change = nil; s.reception.ID == "" {
		return nil
	}
	if err := s.closeBoxes(ctx); err != nil {
		return err
	}
	r, err := s.queue.CloseReception(ctx, s.reception.ID, s.operator)
	if err != nil {
		return fmt.Errorf("closing the reception: %w", err)
	}
	s.reception = r
	s.leave()
	return nil
}

// Undo discards the last capture while it was not sent.
func (s *Station) Undo(ctx context.Context) (queue.Entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return queue.Entry{}, ErrLocked
	}
	return s.undo(ctx, nil)
}

// undo takes back the last capture of some sources, of any if from is nil.
func (s *Station) undo(ctx context.Context, from func(source string) bool) (queue.Entry, error) {
	e, err := s.queue.UndoFrom(ctx, s.reception.ID, from, queue.Act{By: s.operator})
	if err != nil {
		return e, fmt.Errorf("undoing the last capture: %w", err)
	}
	if r, err := s.queue.Reception(ctx, s.reception.ID); err == nil {
		s.reception = r // a layer that was ended may go on
	}
	s.sure.held = slices.DeleteFunc(s.sure.held, func(id string) bool { return id == e.ID })
	for _, h := range s.hands {
		if h.box == e.ID {
			h.drop()
		}
		if h.carton != nil {
			delete(h.carton.devices, e.ID)
		}
	}
	return e, nil
}

// drop leaves the box at hand, which is no more.
func (h *hand) drop() {
	h.box, h.asking = "", ""
	h.pairer.Close()
}

// takeUp makes a reception the one at hand: its last boxes are at hand again,
// and the order in which its boxes were read is known again.
func (s *Station) takeUp(ctx context.Context, r queue.Reception) error {
	s.leave()
	boxes, done := map[*hand][]label.Box{}, map[*hand]bool{}
	for e, err := range s.queue.List(ctx, queue.Filter{Reception: r.ID}) {
		if err != nil {
			return fmt.Errorf("taking up the box at hand: %w", err)
		}
		if e.State.Gone() {
			continue
		}
		h := s.handOf(e.Source)
		h.last, h.box, h.window, h.asking = h.box, e.ID, append(h.window, e.ID), ""
		done[h] = e.Done
		if e.State == queue.Held && e.Reason == queue.CouldBeGTIN {
			h.asking = e.ID
		}
		boxes[h] = append(boxes[h], s.boxOf(e))
	}
	for h, read := range boxes {
		if h.pairer.Resume(read...); done[h] {
			h.drop()
		}
	}
	s.reception = r
	return nil
}

// boxOf is an entry as it was read.
func (s *Station) boxOf(e queue.Entry) label.Box {
	opened, last := readBetween(e)
	return label.Box{
		PKID: string(e.PKID), Serial: e.Serial, Model: e.Model, Part: e.Part, First: s.firstKind(e), Opened: opened, Last: last,
	}
}

// readBetween is when the box's first and last codes were read. What a person
// or the uploader did to the entry since does not bring the box back to hand.
func readBetween(e queue.Entry) (first, last time.Time) {
	for _, r := range e.Reads {
		if r.At.IsZero() {
			continue
		}
		if first.IsZero() || r.At.Before(first) {
			first = r.At
		}
		if r.At.After(last) {
			last = r.At
		}
	}
	if last.IsZero() {
		return e.CapturedAt, e.CapturedAt
	}
	return first, last
}

// firstKind is whether the box's PKID or its serial was read first.
func (s *Station) firstKind(e queue.Entry) label.Kind {
	for _, r := range e.Reads {
		code := s.classify(scanner.Scan{Text: r.Text, AIM: r.AIM, Symbology: scanner.Symbology(r.Symbology)})
		if code.Kind == label.PKID || code.Kind == label.Serial {
			return code.Kind
		}
	}
	return ""
}
