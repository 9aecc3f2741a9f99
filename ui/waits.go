package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// waitPause is how long a call may take before a bar says that it is under way.
const waitPause = time.Second

// errBrokenOff is what came of a call that a person broke off.
var errBrokenOff = errors.New("ui: broken off by a person")

// A wait is a call that a person waits for. What takes longer than a moment is said
// below the bar of every screen, with how far it is, and can be broken off there
// where it changes nothing; where it does change something, that is said.
type wait struct {
	window *Window
	title  func() string
	// stop breaks it off, nil where nobody may.
	stop   context.CancelFunc
	broken bool

	shown    bool
	ended    bool
	seconds  int
	done, of int
	bar      *widget.Progress
	alarm    func()
}

// await begins to wait for a call, nil for one that has no name.
func (w *Window) await(title func() string, stop context.CancelFunc) *wait {
	if title == nil {
		return nil
	}
	t := &wait{window: w, title: title, stop: stop, bar: widget.NewProgress()}
	t.alarm = w.clock.After(waitPause, t.show)
	w.waits = append(w.waits, t)
	return t
}

// show says that it is under way, and goes on to say it.
func (t *wait) show() {
	if t.ended { // the alarm had gone off already
		return
	}
	first := !t.shown
	t.shown = true
	t.seconds++
	if t.of > 0 {
		t.bar.Set(float32(t.done) / float32(t.of))
	} else {
		t.bar.GoOn(t.seconds)
	}
	t.alarm = t.window.clock.After(time.Second, t.show)
	if first {
		t.window.rebuildAlerts()
	}
}

// far takes how far it is.
func (t *wait) far(done, of int) {
	if t != nil {
		t.done, t.of = done, of
	}
}

// over ends a wait.
func (w *Window) over(t *wait) {
	if t == nil {
		return
	}
	t.ended = true
	t.alarm()
	w.waits = slices.DeleteFunc(w.waits, func(other *wait) bool { return other == t })
	if t.shown {
		w.rebuildAlerts()
	}
}

// breakOff breaks the newest call off that is shown and can be, and says whether
// there is one.
func (w *Window) breakOff() bool {
	for _, t := range slices.Backward(w.waits) {
		if t.shown && t.stop != nil && !t.broken {
			t.broken = true
			t.stop()
			w.rebuildAlerts()
			return true
		}
	}
	return false
}

// waiting says whether a bar is shown.
func (w *Window) waiting() bool {
	return slices.ContainsFunc(w.waits, func(t *wait) bool { return t.shown })
}

// row is what is said of it below the bar.
func (t *wait) row() fyne.CanvasObject {
	say := t.window.words.Say
	text := say("window.wait", "What", t.title())
	var end fyne.CanvasObject = widget.NewTap(say("window.wait.break"), say("window.key.break"), widget.Plain, func() { t.window.breakOff() })
	switch {
	case t.broken:
		text, end = say("window.wait.breaking", "What", t.title()), gap(0)
	case t.stop == nil:
		text, end = text+" "+say("window.wait.stays"), gap(0)
	}
	line := container.New(layout.NewCustomPaddedLayout(8, 8, 16, 16), widget.NewPara(text, 18, widget.Text()).Bold())
	row := container.NewBorder(nil, nil, nil, container.NewHBox(t.bar, gap(8), end), line)
	return container.NewStack(widget.NewBlocker(widget.AccentTint(), 8), container.New(layout.NewCustomPaddedLayout(4, 4, 4, 8), row))
}

// askLong is askFar for a call that changes nothing here, and that a person may break
// off: then hears errBrokenOff of it.
func askLong[T any](w *Window, title func() string, call func(context.Context) (T, error), then func(T, error)) {
	if w.worker == nil {
		askFar(w, call, then)
		return
	}
	stopped, stop := context.WithCancel(context.Background())
	t := w.await(title, stop)
	askFar(w, func(ctx context.Context) (T, error) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(stopped, cancel)()
		value, err := call(ctx)
		if stopped.Err() != nil && errors.Is(err, context.Canceled) {
			err = errBrokenOff
		}
		return value, err
	}, func(value T, err error) {
		stop()
		w.over(t)
		then(value, err)
	})
}

// errorText is an error in words, that of a person's own end to it too.
func errorText(spoken *words.Words, err error) string {
	if errors.Is(err, errBrokenOff) {
		return spoken.Say("window.wait.broken")
	}
	return spoken.Error(err)
}

// named is a name of a call, in the language of now.
func (w *Window) named(id string) func() string { return func() string { return w.words.Say(id) } }
