package ui_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui"
)

// TestSpacing: at a slower pace nothing waits; what comes late makes only those after
// it wait that come too soon; a rush is done at the pace.
func TestSpacing(t *testing.T) {
	began := time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		debt      int // all are milliseconds
		at, waits []int
	}{
		{0, []int{0, 100, 200, 360, 400, 500, 600, 601, 1000}, []int{0, 0, 0, 0, 40, 20, 0, 79, 0}},
		{80, []int{0, 100, 200, 360, 400, 500, 600, 601, 602, 603, 1000}, []int{0, 0, 0, 0, 0, 0, 0, 0, 78, 157, 0}},
	} {
		milliseconds := func(n int) time.Duration { return time.Duration(n) * time.Millisecond }
		var at []time.Time
		for _, n := range c.at {
			at = append(at, began.Add(milliseconds(n)))
		}
		var got []int
		for _, wait := range ui.Spaced(milliseconds(80), milliseconds(c.debt), at...) {
			got = append(got, int(wait.Milliseconds()))
		}
		if !slices.Equal(got, c.waits) {
			t.Errorf("with a debt of %d ms: waits %v, want %v", c.debt, got, c.waits)
		}
	}
}

// atOnce is an app that does at once what it is asked for.
type atOnce struct{ fyne.App }

func (a atOnce) Driver() fyne.Driver { return atOnceDriver{a.App.Driver()} }

type atOnceDriver struct{ fyne.Driver }

func (atOnceDriver) DoFromGoroutine(f func(), _ bool) { f() }

// TestAStartIsToldAtOnce: a scanner is connected, its customer confirmed and a box
// accepted within a moment, and none of it waits.
func TestAStartIsToldAtOnce(t *testing.T) {
	t.Parallel()
	verdict := func(w queue.Word) ui.Event { return ui.Event{Verdict: queue.Verdict{Word: w}} }
	waits := ui.Told(time.Now(), ui.Event{Scanner: ui.Scanner{Name: "a", State: ui.ScannerBack}}, verdict(queue.Ignored), verdict(queue.Accepted), verdict(queue.Accepted))
	if slices.Max(waits[:3]) > 0 || waits[3] == 0 {
		t.Errorf("they wait %v", waits)
	}
}

// TestChangesAreFollowedSpaced: the first at once, the last for certain.
func TestChangesAreFollowedSpaced(t *testing.T) {
	l := newLoop(t)
	fyne.SetCurrentApp(atOnce{l.App})
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		changed, began := make(chan struct{}, 1), time.Now()
		var calls []time.Duration
		go ui.Follow(ctx, 250*time.Millisecond, changed, func() { calls = append(calls, time.Since(began)) })
		for range 60 { // for 600 ms
			select {
			case changed <- struct{}{}:
			default:
			}
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		want := []time.Duration{0, 250 * time.Millisecond, 500 * time.Millisecond, 750 * time.Millisecond}
		if !slices.Equal(calls, want) {
			t.Errorf("called after %v, want %v", calls, want)
		}
	})
}
