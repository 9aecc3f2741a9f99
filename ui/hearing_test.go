package ui_test

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/ui"
)

// A rush is a source that tells all its events while the screen is at something else.
type rush struct {
	flood

	busy chan struct{}
}

func (r rush) Verdicts(ctx context.Context) iter.Seq[ui.Event] {
	return func(yield func(ui.Event) bool) {
		began := make(chan struct{})
		fyne.Do(func() { close(began); <-r.busy })
		<-began
		for event := range r.flood.Verdicts(ctx) {
			if !yield(event) {
				return
			}
		}
	}
}

// TestARushIsToldOnce: what comes while the screen is busy does not pile up behind it.
// The last verdict is shown, and what the others bring besides is done, too.
func TestARushIsToldOnce(t *testing.T) {
	const many = 500
	app := newLoop(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	s := &station{open: true}
	var window *ui.Window
	var calls atomic.Int64
	before := int64(0)
	source := rush{flood{station: s}, make(chan struct{})}
	for n := 1; n <= many; n++ {
		source.events = append(source.events, ui.Event{Verdict: numbered(n)})
	}
	source.events[3].Err = context.DeadlineExceeded
	source.told = func() {
		before = calls.Load()
		fyne.Do(func() {
			if told := calls.Load() - before; told > 20 {
				t.Errorf("%d calls for %d verdicts", told, many)
			}
			if news := window.Tile().News(); news.Number != fmt.Sprint(many) || window.Notice() == "" {
				t.Errorf("the tile tells %+v, and the notice %q", news, window.Notice())
			}
			stop()
		})
		close(source.busy)
	}
	options := ui.Options{
		Intake: source, Reception: s, Entries: s, Review: review{s}, Uploads: s, Language: "en", Log: slog.New(slog.DiscardHandler),
		Took: func(time.Duration) { calls.Add(1) },
	}
	var err error
	if window, err = ui.New(app, options); err != nil {
		t.Fatal(err)
	}
	window.Run(ctx)
}
