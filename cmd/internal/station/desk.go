package station

import (
	"context"
	"errors"
	"fmt"
	"image"
	"iter"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cenkalti/backoff/v5"

	"pkidstation/queue"
	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

// An Event is news from a source: the verdict on a scan, or that the source
// stopped.
type Event struct {
	Scan    scanner.Scan
	Verdict queue.Verdict
	Source  string
	// Err is why the source stopped or the scan could not be kept.
	Err error
	// Picture is what a camera saw, nil for everything else.
	Picture *Picture
	// Link is news of a scanner's connection, if its State is not empty.
	Link Link
}

// A Link is news of a scanner's connection.
type Link struct {
	// Name is what the station opens, Product what the scanner calls itself.
	Name, Product string
	State         LinkState
	// Err is why it is lost.
	Err error
}

// A LinkState is what became of a scanner's connection.
type LinkState string

// The states of a scanner's connection.
const (
	Lost    LinkState = "lost"    // it was read from, and is gone
	Back    LinkState = "back"    // it is read from
	Offered LinkState = "offered" // it was plugged in, and nobody said to use it
	Gone    LinkState = "gone"    // one that was offered was unplugged again
)

// A Picture is a frame and where the codes on it are.
type Picture struct {
	Image   image.Image
	Corners [][4]image.Point
}

// A Desk runs sources into a station and tells one listener what became of
// each scan. Scans that come while no reception is open are kept in one without
// customer, so that they are held and not lost.
type Desk struct {
	station  *Station
	log      *slog.Logger
	events   chan Event
	pictures chan Picture // the newest only
	plugged  chan scanner.Source
	diverted atomic.Pointer[diversion]
	hears    atomic.Pointer[func(scanner.Scan)]
	pauses   atomic.Pointer[func(string, error, time.Time)]
}

// NewDesk makes a desk of a station.
func NewDesk(s *Station, log *slog.Logger) *Desk {
	const ahead = 64 // events a screen may be behind before sources wait
	return &Desk{station: s, log: log, events: make(chan Event, ahead), pictures: make(chan Picture, 1), plugged: make(chan scanner.Source)}
}

// Run takes scans from the sources until ctx ends. A source that stops with a
// fault is tried again, ever less often up to every few seconds: scanners are
// unplugged and plugged in again.
func (d *Desk) Run(ctx context.Context, sources ...scanner.Source) {
	var running sync.WaitGroup
	for _, source := range sources {
		running.Go(func() { d.keepTaking(ctx, source) })
	}
	running.Wait()
}

// Tend takes scans from the sources that are plugged in meanwhile, as Run does,
// and closes boxes that nothing more is read of, until ctx ends.
func (d *Desk) Tend(ctx context.Context) {
	var running sync.WaitGroup
	running.Go(func() { d.closeQuiet(ctx) })
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case source := <-d.plugged:
			running.Go(func() { d.keepTaking(ctx, source) })
		}
	}
	running.Wait()
}

// Plug takes scans from one more source for as long as Tend runs. It waits for
// that to begin, or for ctx to end.
func (d *Desk) Plug(ctx context.Context, source scanner.Source) {
	select {
	case d.plugged <- source:
	case <-ctx.Done():
	}
}

// Report tells the listener something that no source of the desk's tells. It
// waits until there is room for it, or for ctx to end.
func (d *Desk) Report(ctx context.Context, e Event) { d.tell(ctx, e) }

// closeQuiet closes boxes that nothing more is read of.
func (d *Desk) closeQuiet(ctx context.Context) {
	const every = time.Second
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-ticker.C:
			given, err := d.station.CloseQuiet(context.WithoutCancel(ctx), now)
			for _, v := range given {
				d.verdict(ctx, scanner.Scan{}, v)
			}
			if err != nil {
				d.log.Error("a box was not closed", "error", err)
			}
		}
	}
}

// Events gives every event in order until ctx ends.
func (d *Desk) Events(ctx context.Context) iter.Seq[Event] {
	return func(yield func(Event) bool) {
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-d.events:
				if !yield(e) {
					return
				}
			case p := <-d.pictures:
				if !yield(Event{Picture: &p}) {
					return
				}
			}
		}
	}
}

// Typed keeps a typed PKID and tells the verdict as any other.
func (d *Desk) Typed(ctx context.Context, text string) (queue.Verdict, error) {
	v, err := d.station.Typed(ctx, text)
	if errors.Is(err, ErrNoReception) {
		if err = d.station.OpenIfNone(ctx); err == nil {
			v, err = d.station.Typed(ctx, text)
		}
	}
	if err == nil {
		d.verdict(ctx, scanner.Scan{Source: "typed"}, v)
	}
	return v, err
}

// Confirm is the command of the same name, given at the window; the verdict is told
// as any other.
func (d *Desk) Confirm(ctx context.Context) error { return d.telling(ctx, d.station.Confirm) }

// Close closes the open reception, and reads it back as any other verdict.
func (d *Desk) Close(ctx context.Context) error { return d.telling(ctx, d.station.End) }

// EndLayer ends a layer of the pallet, and tells how many boxes it has.
func (d *Desk) EndLayer(ctx context.Context) error { return d.telling(ctx, d.station.EndLayer) }

func (d *Desk) telling(ctx context.Context, do func(context.Context) (queue.Verdict, error)) error {
	v, err := do(ctx)
	if err == nil {
		v.Kind, v.At = string(label.Command), time.Now()
		d.verdict(ctx, scanner.Scan{Source: "window"}, v)
	}
	return err
}

// verdict writes a verdict to the log and tells it. What was read stays out of
// the log: a PKID masks itself, a refused text may be a secret.
func (d *Desk) verdict(ctx context.Context, scan scanner.Scan, v queue.Verdict) {
	d.log.Info("scan", "verdict", v.Word, "reason", v.Reason, "kind", v.Kind, "source", scan.Source,
		"number", v.Entry.Number, "entry", v.Entry.ID, "pkid", v.Entry.PKID)
	d.tell(ctx, Event{Scan: scan, Verdict: v, Source: scan.Source})
}

// Show gives a frame to the screen, in place of one that it has not looked at
// yet: pictures never keep scans waiting. One goroutine shows.
func (d *Desk) Show(p Picture) {
	select {
	case <-d.pictures:
	default:
	}
	select {
	case d.pictures <- p:
	default:
	}
}

func (d *Desk) keepTaking(ctx context.Context, source scanner.Source) {
	const first, most = 500 * time.Millisecond, 5 * time.Second
	wait := &backoff.ExponentialBackOff{InitialInterval: first, Multiplier: 2, MaxInterval: most}
	wait.Reset()
	told := false
	for {
		began := time.Now()
		err := d.take(ctx, source)
		if ctx.Err() != nil || err == nil {
			return
		}
		if time.Since(began) > most {
			wait.Reset()
			told = false
		}
		if !told {
			d.log.Warn("a source stopped", "source", source.Name(), "error", err)
			d.tell(ctx, Event{Source: source.Name(), Err: err})
			told = true
		}
		next := wait.NextBackOff()
		d.paused(source.Name(), err, next)
		pause := time.NewTimer(next)
		select {
		case <-ctx.Done():
			pause.Stop()
			return
		case <-pause.C:
		}
	}
}

// take takes what the source gives until it ends or fails.
func (d *Desk) take(ctx context.Context, source scanner.Source) error {
	keep := context.WithoutCancel(ctx) // what was read is kept, also at the end
	var course course
	for scan, err := range source.Scans(ctx) {
		if err != nil {
			return fmt.Errorf("reading from %s: %w", source.Name(), err)
		}
		d.heard(scan)
		if course.diverts(d, scan) {
			continue
		}
		given, err := d.station.Take(keep, scan)
		if errors.Is(err, ErrNoReception) {
			if err = d.station.OpenIfNone(keep); err == nil {
				given, err = d.station.Take(keep, scan)
			}
		}
		for _, v := range given {
			d.verdict(ctx, scan, v)
		}
		if err != nil {
			d.log.Error("a scan was not kept", "source", scan.Source, "error", err)
			d.tell(ctx, Event{Scan: scan, Source: scan.Source, Err: err})
		}
	}
	return nil
}

func (d *Desk) tell(ctx context.Context, e Event) {
	select {
	case d.events <- e:
	case <-ctx.Done():
	}
}
