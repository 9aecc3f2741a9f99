package ui_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/ui"
)

// lots has so many held boxes selected, and their release confirmed with a reason.
func lots(t *testing.T, n int, during func(*bench)) *bench {
	t.Helper()
	b := newBench(t, ui.Options{Language: "en"})
	b.fill(n - 2)
	b.VisitQueue()
	b.Filter(queue.Held)
	b.ctrl(fyne.KeyA)
	b.command(fyne.KeyF5)
	ui.SetFieldText(b.Fields()[0], "because")
	b.station.during = func() { during(b) }
	b.ConfirmPanel()
	return b
}

// TestVeryManyAreDoneInParts that a person sees, and the dock writes between.
func TestVeryManyAreDoneInParts(t *testing.T) {
	b := lots(t, 450, func(b *bench) {
		if done, all := b.Bulking(); done != 0 || all != 450 {
			t.Errorf("%d of %d are done", done, all)
		}
		b.tells(t, "Release: 0 of 450 boxes done", "Stop here")
		b.Press(fyne.KeyF10, 0) // nothing else is begun meanwhile
		if b.PanelTitle() != "" {
			t.Errorf("%q is open", b.PanelTitle())
		}
	})
	var parts []int
	ids := map[string]bool{}
	for _, call := range b.station.calls {
		some := strings.Fields(strings.Trim(strings.TrimSuffix(strings.TrimPrefix(call, "release "), " because"), "[]"))
		parts = append(parts, len(some))
		for _, id := range some {
			ids[id] = true
		}
	}
	if diff := cmp.Diff([]int{100, 100, 100, 100, 50}, parts); diff != "" || len(ids) != 450 {
		t.Errorf("%d boxes in parts (-want +got):\n%s", len(ids), diff)
	}
	if b.Notice() != "Done: Release, 450 boxes." || len(b.Ticked()) > 0 {
		t.Errorf("notice %q, %d are still selected", b.Notice(), len(b.Ticked()))
	}
}

func TestPartsEndWhereAPersonOrTheQueueSaysSo(t *testing.T) {
	for name, c := range map[string]struct {
		during func(*bench)
		calls  int
		says   string
	}{
		"Escape":  {func(b *bench) { b.Press(fyne.KeyEscape, 0) }, 1, "Stopped: 100 of 450 boxes done, the others are as they were."},
		"refused": {func(b *bench) { b.station.during = func() { b.station.failure = queue.ErrNoCustomer } }, 2, "Stopped: 100 of 450 boxes done, the others are as they were. Not released"},
		"at once": {func(b *bench) { b.station.failure = queue.ErrNoCustomer }, 1, "Not released"},
	} {
		b := lots(t, 450, c.during)
		if len(b.station.calls) != c.calls || !strings.HasPrefix(b.Notice(), c.says) {
			t.Errorf("%s: %d calls, notice %q", name, len(b.station.calls), b.Notice())
		}
		if done, all := b.Bulking(); done+all > 0 || len(b.Ticked()) != 450 {
			t.Errorf("%s: %d of %d are under way, %d selected", name, done, all, len(b.Ticked()))
		}
	}
}

// TestChangesAreListedNowAndThen however many there are, and what a person wants at once.
func TestChangesAreListedNowAndThen(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	b.station.slow = func() { b.clock.now = b.clock.now.Add(time.Second) } // a listing takes that
	b.Load()
	asked := len(b.station.filters)
	for range 30 {
		b.clock.pass(100 * time.Millisecond)
		b.Load()
	}
	if n := lists(b, asked); n != 0 {
		t.Errorf("%d listings of a second each within 3 seconds", n)
	}
	b.clock.pass(2 * time.Second)
	if n := lists(b, asked); n != 1 {
		t.Errorf("%d listings after it, want one", n)
	}
	b.Load()
	b.Filter(queue.Held)
	if n := lists(b, asked); n != 2 || len(b.Shown()) != 2 {
		t.Errorf("%d listings once a person filters, %d rows", n, len(b.Shown()))
	}
	b.clock.pass(time.Minute)
	if n := lists(b, asked); n != 2 {
		t.Errorf("%d listings in the end: the last one had all that changed", n)
	}
}

// TestListThatTakesLongSaysSo instead of what was selected in the one before.
func TestListThatTakesLongSaysSo(t *testing.T) {
	b := newBench(t, ui.Options{Language: "fr"})
	b.VisitQueue()
	b.station.slow = func() {
		b.clock.pass(2 * time.Second)
		b.tells(t, b.Say("decide.listing"))
	}
	b.Filter(queue.Held)
	if b.shows(b.Say("decide.listing")) || !b.shows("0 sélectionné sur 2") {
		t.Errorf("it goes on saying so: %q", b.ChosenLine())
	}
}

// lists is how often all was listed since then.
func lists(b *bench, since int) (n int) {
	for _, f := range b.station.filters[since:] {
		if f.Limit == 0 {
			n++
		}
	}
	return n
}

// TestListThatBreaksOffIsTold, and what was shown stays.
func TestListThatBreaksOffIsTold(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.VisitQueue()
	b.Tick(0)
	b.station.unlisted = fmt.Errorf("page 7: %w", queue.ErrUnavailable)
	b.Filter("")
	b.Load()
	if b.Notice() == "" || len(b.Shown()) != 6 {
		t.Errorf("notice %q, %d rows", b.Notice(), len(b.Shown()))
	}
	b.station.unlisted = nil
	b.clock.pass(time.Minute)
	b.Load()
	if len(b.Shown()) != 6 {
		t.Errorf("%d rows afterwards", len(b.Shown()))
	}
}

// A stuck queue lists nothing that is held until it is told to end.
type stuck struct {
	*station

	ended chan error
}

func (s stuck) Briefs(ctx context.Context, f ui.Wanted) iter.Seq2[queue.Brief, error] {
	return func(yield func(queue.Brief, error) bool) {
		if len(f.States) > 0 {
			return
		}
		<-ctx.Done()
		s.ended <- ctx.Err()
		yield(queue.Brief{}, ctx.Err())
	}
}

// TestWhatNobodyWantsAnyMoreIsNotListed: a filter ends the listing before it, which is
// no failure, and never keeps anything else waiting.
func TestWhatNobodyWantsAnyMoreIsNotListed(t *testing.T) {
	app := newLoop(t)
	s := &station{open: true}
	entries := stuck{s, make(chan error, 1)}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var window *ui.Window
	source := flood{s, nil, func() {
		fyne.Do(func() {
			window.VisitQueue()
			window.Filter(queue.Held)
		})
		if err := <-entries.ended; !errors.Is(err, context.Canceled) {
			t.Errorf("it ended with %v", err)
		}
		stop()
	}}
	var err error
	if window, err = ui.New(app, ui.Options{Intake: source, Reception: s, Entries: entries, Review: review{s}, Uploads: s, Language: "en"}); err != nil {
		t.Fatal(err)
	}
	window.Run(ctx)
	if window.Notice() != "" {
		t.Errorf("it is told: %q", window.Notice())
	}
}
