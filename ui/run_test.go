package ui_test

import (
	"context"
	"fmt"
	"image"
	"iter"
	"log/slog"
	"runtime"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"pkidstation/queue"
	"pkidstation/ui"
	"pkidstation/ui/uitest"
	"pkidstation/ui/widget"
)

// A loop is an app that runs until it quits and does, on one goroutine, what
// all others ask for, as the desktop's does.
type loop struct {
	fyne.App

	jobs chan func()
	quit chan struct{}
}

func newLoop(t *testing.T) *loop {
	t.Helper()
	app := test.NewTempApp(t)
	l := &loop{App: app, jobs: make(chan func(), 10_000), quit: make(chan struct{})}
	fyne.SetCurrentApp(l)
	t.Cleanup(func() { fyne.SetCurrentApp(app) })
	return l
}

func (l *loop) Driver() fyne.Driver { return loopDriver{l.App.Driver(), l} }

// Run does what is asked for until the app quits.
func (l *loop) Run() {
	for {
		select {
		case job := <-l.jobs:
			job()
		case <-l.quit:
			return
		}
	}
}

// Quit closes the windows, and panics like the desktop's once the loop has ended.
func (l *loop) Quit() {
	if !l.end() {
		panic("NotInitialized: The GLFW library is not initialized")
	}
}

// end ends the loop, and says whether it still ran.
func (l *loop) end() bool {
	select {
	case <-l.quit:
		return false
	default:
		close(l.quit)
		return true
	}
}

type loopDriver struct {
	fyne.Driver

	loop *loop
}

// Quit ends the loop, as the desktop's does by itself on SIGTERM, and may be asked for twice.
func (d loopDriver) Quit() { d.loop.end() }

// DoFromGoroutine has the loop do it; after its end, the asking goroutine does it,
// as the desktop's has it.
func (d loopDriver) DoFromGoroutine(f func(), _ bool) {
	select {
	case <-d.loop.quit:
		f()
	default:
		d.loop.jobs <- f
	}
}

// A flood is a station whose sources give all their events at once.
type flood struct {
	*station

	events []ui.Event
	told   func() // after the last event
}

func (f flood) Verdicts(ctx context.Context) iter.Seq[ui.Event] {
	return func(yield func(ui.Event) bool) {
		for _, event := range f.events {
			if !yield(event) {
				return
			}
		}
		f.told()
		<-ctx.Done()
	}
}

// run has a window take events; look is called on Fyne's goroutine after the
// last of them and before the window ends.
func run(t *testing.T, events []ui.Event, look func(*ui.Window)) {
	t.Helper()
	if !runUntil(t, events, func(w *ui.Window, stop func()) { look(w); stop() }) {
		t.Error("the window ended before its sources did")
	}
}

// runUntil has look end the window, and says whether it had the sources end.
func runUntil(t *testing.T, events []ui.Event, look func(w *ui.Window, stop func())) (stopped bool) {
	t.Helper()
	app := newLoop(t)
	s := &station{open: true}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var window *ui.Window
	source := flood{s, events, func() { onceHeard(func() *ui.Window { return window }, func(w *ui.Window) { look(w, stop) }) }}
	options := ui.Options{Intake: source, Reception: s, Entries: s, Review: review{s}, Uploads: s, Language: "en", Log: slog.New(slog.DiscardHandler)}
	var err error
	if window, err = ui.New(app, options); err != nil {
		t.Fatal(err)
	}
	window.Run(ctx)
	select {
	case <-window.Ended():
	default:
		t.Error("Run left something behind")
	}
	return ctx.Err() != nil
}

// onceHeard calls look on Fyne's goroutine when the window has told all that it heard.
func onceHeard(window func() *ui.Window, look func(*ui.Window)) {
	fyne.Do(func() {
		if w := window(); w.Heard() {
			look(w)
			return
		}
		time.AfterFunc(time.Millisecond, func() { onceHeard(window, look) })
	})
}

func numbered(n int) queue.Verdict {
	e := entry()
	e.Number = n
	return queue.Verdict{Word: []queue.Word{queue.Accepted, queue.Seen, queue.OnHold, queue.NotTaken}[n%4], Entry: e, Text: fmt.Sprint(n)}
}

func TestFloodEndsWithTheLastVerdictAndPicture(t *testing.T) {
	const many = 300
	var events []ui.Event
	for n := 1; n <= many; n++ {
		picture := image.NewGray(image.Rect(0, 0, n, 10))
		events = append(events, ui.Event{Verdict: numbered(n)}, ui.Event{Preview: &ui.Preview{Image: picture}})
	}
	run(t, events, func(w *ui.Window) {
		if news := w.Tile().News(); news.Number != fmt.Sprint(many) || news.Tone != widget.Accept || news.Read != fmt.Sprint(many) {
			t.Errorf("the tile tells %+v", news)
		}
		wide := 0
		uitest.Walk(w.FyneWindow().Content(), func(o fyne.CanvasObject) {
			if p, ok := o.(*widget.Preview); ok {
				picture, ok := test.WidgetRenderer(p).Objects()[0].(*canvas.Image)
				if ok {
					wide = picture.Image.Bounds().Dx()
				}
			}
		})
		if wide != many {
			t.Errorf("picture %d is shown, want %d", wide, many)
		}
	})
}

func TestEventWithAVerdictAndAPictureTellsBoth(t *testing.T) {
	both := ui.Event{Verdict: numbered(8), Preview: &ui.Preview{Image: image.NewGray(image.Rect(0, 0, 9, 9))}, Err: context.DeadlineExceeded}
	run(t, []ui.Event{both}, func(w *ui.Window) {
		shown := false
		uitest.Walk(w.FyneWindow().Content(), func(o fyne.CanvasObject) {
			_, is := o.(*widget.Preview)
			shown = shown || is
		})
		if w.Tile().News().Number != "8" || !shown || w.Notice() == "" {
			t.Errorf("tile %+v, picture: %v, notice %q", w.Tile().News(), shown, w.Notice())
		}
	})
}

func TestRunLeavesNoGoroutine(t *testing.T) {
	run(t, nil, func(*ui.Window) {})
	stacks := make([]byte, 1<<20)
	all := string(stacks[:runtime.Stack(stacks, true)])
	for stack := range strings.SplitSeq(all, "\n\n") {
		if strings.Contains(stack, "ui.(*Window)") || strings.Contains(stack, "ui.(*worker)") || strings.Contains(stack, "ui.follow") {
			t.Errorf("still running:\n%s", stack)
		}
	}
}

// TestFynesLoopEndsByItself has Fyne end its loop before anybody else knows of it,
// as it does on SIGTERM: what goes on beside it ends, too, and touches nothing.
func TestFynesLoopEndsByItself(t *testing.T) {
	runUntil(t, nil, func(w *ui.Window, _ func()) {
		fyne.CurrentApp().Driver().Quit()
		asked := make(chan struct{})
		go func() {
			defer close(asked)
			w.Later(func() { t.Error("a widget could be touched beside Fyne's goroutine") })
		}()
		<-asked
	})
}

func TestVerdictAfterAFaultAndFaultAfterAVerdict(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.Tell(ui.Event{Verdict: numbered(5)})
	before := b.Tile().News()
	b.Tell(ui.Event{Err: context.DeadlineExceeded, Source: "camera:0"})
	if b.Tile().News() != before {
		t.Errorf("a fault changed the tile to %+v", b.Tile().News())
	}
	b.Tell(ui.Event{Verdict: numbered(6)})
	if b.Tile().News().Number != "6" || b.Notice() == "" {
		t.Errorf("tile %+v, notice %q", b.Tile().News(), b.Notice())
	}
	b.Tell(ui.Event{})
	if b.Tile().News().Number != "6" {
		t.Error("an empty event changed the tile")
	}
}

// A window that is closed ends all that Run began.
func TestRunEndsWithItsWindow(t *testing.T) {
	if runUntil(t, nil, func(w *ui.Window, _ func()) { w.Close() }) {
		t.Error("the window ended for another reason")
	}
}
