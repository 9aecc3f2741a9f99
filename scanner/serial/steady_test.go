package serial_test

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner"
	"pkidstation/scanner/serial"
)

// A try is what opening the port gives: a port, or a refusal.
type try struct {
	port *script
	err  error
}

// A dock is a made-up device: whether it is there, and what each try to open it
// gives; the last one is repeated.
type dock struct {
	absent atomic.Bool
	tries  []try
	opened []time.Duration // since start
	goes   int             // the port is gone after so many openings, 0: never
	start  time.Time
	looks  atomic.Int64
}

func (d *dock) source(t *testing.T) *serial.Source {
	t.Helper()
	d.start = time.Now()
	source := serial.New(device(t), serial.DefaultBaud, serial.Options{})
	source.SetOpen(func(name string, _ int) (serial.OpenedPort, error) {
		d.opened = append(d.opened, time.Since(d.start))
		if len(d.opened) == d.goes {
			d.absent.Store(true)
		}
		next := d.tries[min(len(d.opened), len(d.tries))-1]
		if next.err != nil {
			return nil, &serial.OpenError{Device: name, Reason: next.err}
		}
		return next.port, nil
	})
	source.SetPresent(func(string) bool {
		d.looks.Add(1)
		return !d.absent.Load()
	})
	return source
}

// follow takes the scans of a steady source for a while of the bubble's time.
func follow(t *testing.T, d *dock, length time.Duration) (texts []string, links []serial.Link) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), length)
	defer cancel()
	source := serial.Steady(d.source(t), func(link serial.Link) { links = append(links, link) })
	for scan, err := range source.Scans(ctx) {
		if err != nil {
			t.Errorf("a steady source gave %v", err)
		}
		texts = append(texts, scan.Text)
	}
	if late := time.Since(d.start) - length; late < 0 || late > 500*time.Millisecond {
		t.Errorf("ended %v after its context", late)
	}
	synctest.Wait() // an open that nobody waited for is over
	return texts, links
}

func states(links []serial.Link) []serial.State {
	var all []serial.State
	for _, link := range links {
		all = append(all, link.State)
	}
	return all
}

// idle is a port that gives data once and is silent then; dead is one that is
// lost after it.
func idle(data string) *script { return &script{steps: []step{{data: data}, idleLinux()}} }

func dead(data string) *script {
	return &script{steps: []step{{data: data}, {err: io.EOF}}, probe: errors.New("input/output error")}
}

func TestSteadyGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &dock{tries: []try{{port: dead("one\rha")}, {port: dead("two\r")}, {port: idle("three\r")}}}
		texts, links := follow(t, d, time.Minute)
		if diff := cmp.Diff([]string{"one", "two", "three"}, texts); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		want := []serial.State{serial.Connected, serial.Lost, serial.Connected, serial.Lost, serial.Connected}
		if diff := cmp.Diff(want, states(links)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		for _, link := range links {
			if errors.Is(link.Err, serial.ErrLost) != (link.State == serial.Lost) || link.Device == "" {
				t.Errorf("link %+v", link)
			}
		}
		if back := d.opened[2]; back > 2*time.Second {
			t.Errorf("back after %v", back)
		}
	})
}

func TestLinkIsToldOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		refused := func(err error) try { return try{err: err} }
		d := &dock{tries: []try{
			refused(serial.ErrNotFound), refused(serial.ErrNotFound), refused(serial.ErrPermission),
			refused(serial.ErrBusy), refused(serial.ErrBusy), refused(serial.ErrBusy),
			{port: dead("")},
			refused(serial.ErrNotFound), refused(serial.ErrNotFound), refused(serial.ErrBusy),
		}}
		_, links := follow(t, d, time.Hour)
		want := []error{
			serial.ErrNotFound, serial.ErrPermission, serial.ErrBusy, nil, serial.ErrLost, // that it is not there is no news then
			serial.ErrBusy,
		}
		if len(links) != len(want) {
			t.Fatalf("links %v, want %v", links, want)
		}
		for i, link := range links {
			if want[i] == nil && (link.State != serial.Connected || link.Err != nil) || !errors.Is(link.Err, want[i]) {
				t.Errorf("link %d is %+v, want %v", i, link, want[i])
			}
		}
	})
}

// TestRefusingPortIsLeftAlone: a port that another program has for an hour is
// tried less and less often, but often enough to be taken within 2 s.
func TestRefusingPortIsLeftAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &dock{tries: []try{{err: serial.ErrBusy}}}
		follow(t, d, time.Hour)
		if n := len(d.opened); n > 3600 {
			t.Errorf("tried %d times in an hour", n)
		}
		for i := 1; i < len(d.opened); i++ {
			pause := d.opened[i] - d.opened[i-1]
			if pause > 2*time.Second || pause < 250*time.Millisecond || i > 4 && pause < time.Second {
				t.Fatalf("pause %d is %v, opened %v of %d", i, pause, d.opened[i-3:min(i+3, len(d.opened))], len(d.opened))
			}
		}
	})
}

// TestAbsentPortIsNotOpened: opening can take seconds and load drivers, looking
// takes nothing. When it is back, whatever it did before is forgotten.
func TestAbsentPortIsNotOpened(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &dock{goes: 5}
		for range 5 {
			d.tries = append(d.tries, try{err: serial.ErrBusy})
		}
		d.tries = append(d.tries, try{err: serial.ErrPermission}, try{port: idle("one\r")})
		const back = 10*time.Hour + 99*time.Millisecond
		time.AfterFunc(back, func() { d.absent.Store(false) })
		texts, _ := follow(t, d, back+time.Minute)
		if diff := cmp.Diff([]string{"one"}, texts); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if n := len(d.opened); n != 7 || d.opened[5] < back || d.opened[6] > back+800*time.Millisecond {
			t.Errorf("opened at %v, want 5 times, then twice right after %v", d.opened, back)
		}
		if looks := d.looks.Load(); looks > 4*int64(back/time.Second)+10 {
			t.Errorf("looked %d times", looks)
		}
	})
}

// TestLooseContact: a port that opens and is lost at once, for ever, keeps
// nobody busy.
func TestLooseContact(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &dock{tries: []try{{port: dead("")}}}
		follow(t, d, time.Hour)
		if n := len(d.opened); n > 3600 {
			t.Errorf("opened %d times in an hour", n)
		}
	})
}

// TestLostAfterAWhile: after a connection that held, the pauses begin anew.
func TestLostAfterAWhile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		held := &script{steps: []step{idleLinux(), {after: time.Minute, data: "one\r"}, {err: io.ErrUnexpectedEOF}}}
		busy := try{err: serial.ErrBusy}
		d := &dock{tries: []try{busy, busy, busy, busy, busy, {port: held}, {port: idle("two\r")}}}
		texts, _ := follow(t, d, 2*time.Minute)
		if diff := cmp.Diff([]string{"one", "two"}, texts); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if pause := d.opened[6] - d.opened[5] - time.Minute - serial.ReadTimeout; pause > 500*time.Millisecond {
			t.Errorf("back after %v", pause)
		}
	})
}

func TestSteadyTakerStops(t *testing.T) {
	t.Parallel()
	port := idle("one\rtwo\r")
	d := &dock{tries: []try{{port: port}}}
	steady := serial.Steady(d.source(t), nil)
	for scan, err := range steady.Scans(t.Context()) {
		if scan.Text != "one" || err != nil || scan.Source != steady.Name() {
			t.Errorf("got %+v, %v from %s", scan, err, steady.Name())
		}
		break
	}
	if !port.closed.Load() || len(d.opened) != 1 {
		t.Errorf("opened at %v, closed %t", d.opened, port.closed.Load())
	}
}

func TestSteadyContextEnds(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		after time.Duration
		opens int
	}{"before": {0, 0}, "in a pause": {100 * time.Millisecond, 1}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), test.after)
				defer cancel()
				d := &dock{tries: []try{{err: serial.ErrBusy}}}
				for scan, err := range serial.Steady(d.source(t), nil).Scans(ctx) {
					t.Errorf("got %+v, %v", scan, err)
				}
				took := time.Since(d.start)
				synctest.Wait() // an open that nobody waited for is over
				if took != test.after || len(d.opened) != test.opens {
					t.Errorf("ended after %v, opened at %v", took, d.opened)
				}
			})
		})
	}
}

var _ scanner.Source = serial.Steady(&serial.Source{}, nil)
