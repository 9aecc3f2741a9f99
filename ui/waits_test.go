package ui_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/ui"
	"pkidstation/ui/uitest"
	"pkidstation/ui/widget"
)

// moving runs a window whose calls are made on goroutines, and has look called on
// Fyne's, where do waits for what is called from elsewhere to be told.
func moving(t *testing.T, look func(b *bench)) {
	t.Helper()
	app := newLoop(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	s, c := &station{open: true}, &clock{now: time.Date(2026, 11, 23, 15, 0, 0, 0, time.Local)}
	var window *ui.Window
	source := flood{s, nil, func() {
		fyne.Do(func() {
			look(&bench{Window: window, station: s, clock: c})
			stop()
		})
	}}
	options := ui.Options{Intake: source, Reception: s, Entries: s, Review: review{s}, Uploads: s, Language: "en", Log: slog.New(slog.DiscardHandler)}
	var err error
	if window, err = ui.NewMoving(app, options, c); err != nil {
		t.Fatal(err)
	}
	window.Run(ctx)
}

// until does what comes from elsewhere, on Fyne's goroutine, until something holds.
func (l *loop) until(is func() bool) {
	for !is() {
		(<-l.jobs)()
	}
}

// TestWhatTakesLongHasABar after a second, not before; a person's Ctrl+B or Escape
// breaks it off, and that is what is said of it.
func TestWhatTakesLongHasABar(t *testing.T) {
	for _, key := range []string{"ctrl+b", "escape"} {
		moving(t, func(b *bench) {
			var came error
			done := false
			b.AskLong(func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }, func(err error) { came, done = err, true; b.Fail(err) })
			b.clock.pass(900 * time.Millisecond)
			if b.Waiting() {
				t.Error("a bar is shown before a second is over")
			}
			b.clock.pass(200 * time.Millisecond)
			if said := strings.Join(texts(b), " "); !b.Waiting() || !strings.Contains(said, "Queue: under way") {
				t.Errorf("it is said %q", said)
			}
			if key == "escape" {
				b.command(fyne.KeyEscape)
			} else {
				b.ctrl(fyne.KeyB)
			}
			b.loop().until(func() bool { return done })
			if came == nil || errors.Is(came, context.Canceled) || b.Notice() != b.Say("window.wait.broken") {
				t.Errorf("%s: it came to %v, and is said %q", key, came, b.Notice())
			}
			if b.Waiting() {
				t.Error("the bar stays")
			}
		})
	}
}

// TestWhatIsDecidedIsNotBrokenOff: it says so, and its end takes the bar away.
func TestWhatIsDecidedIsNotBrokenOff(t *testing.T) {
	moving(t, func(b *bench) {
		release, done := make(chan struct{}), false
		b.Decide(func(ctx context.Context) error {
			select {
			case <-release:
			case <-ctx.Done():
			}
			return ctx.Err()
		}, func(err error) { done = err == nil })
		b.clock.pass(1100 * time.Millisecond)
		if said := strings.Join(texts(b), " "); !strings.Contains(said, b.Say("window.wait.stays")) {
			t.Errorf("it is said %q", said)
		}
		b.ctrl(fyne.KeyB)
		close(release)
		b.loop().until(func() bool { return !b.Waiting() })
		if !done {
			t.Error("it was broken off")
		}
	})
}

// TestABarSaysHowFar something is, and that it goes on where nobody knows.
func TestABarSaysHowFar(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	over := b.Await("ui.queue", func() {}, 30, 40)
	b.clock.pass(1100 * time.Millisecond)
	if part, known := b.bar().Part(); !known || part != 0.75 {
		t.Errorf("the bar is at %v, %v", part, known)
	}
	over()
	if b.Waiting() {
		t.Error("the bar stays")
	}
	b.Await("ui.queue", nil, 0, 0)
	b.clock.pass(1100 * time.Millisecond)
	first, known := b.bar().Part()
	b.clock.pass(time.Second)
	if next, _ := b.bar().Part(); known || first == next {
		t.Errorf("a second later the bar is at %v again", next)
	}
}

func (b *bench) loop() *loop {
	l, _ := fyne.CurrentApp().(*loop)
	return l
}

// bar is the one that is shown.
func (b *bench) bar() (bar *widget.Progress) {
	uitest.Walk(b.FyneWindow().Content(), func(o fyne.CanvasObject) {
		if found, is := o.(*widget.Progress); is {
			bar = found
		}
	})
	return bar
}
