package ui_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/ui"
)

// TestSpacing: at a slower pace nothing waits; what comes late makes only those after
// it wait that come too soon; a rush is done at the pace.
func TestSpacing(t *testing.T) {
	began := time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		debt      time.Duration
		at, waits []time.Duration
	}{
		{0, []time.Duration{0, 100, 200, 360, 400, 500, 600, 601, 1000}, []time.Duration{0, 0, 0, 0, 40, 20, 0, 79, 0}},
		{80, []time.Duration{0, 100, 200, 360, 400, 500, 600, 601, 602, 603, 1000}, []time.Duration{0, 0, 0, 0, 0, 0, 0, 0, 78, 157, 0}},
	} {
		var at []time.Time
		for n := range c.at {
			at = append(at, began.Add(c.at[n]*time.Millisecond))
			c.waits[n] *= time.Millisecond
		}
		if got := ui.Spaced(80*time.Millisecond, c.debt*time.Millisecond, at...); !slices.Equal(got, c.waits) {
			t.Errorf("with a debt of %v: waits %v, want %v", c.debt, got, c.waits)
		}
	}
}

// atOnce is an app that does at once what it is asked for.
type atOnce struct{ fyne.App }

func (a atOnce) Driver() fyne.Driver { return atOnceDriver{a.App.Driver()} }

type atOnceDriver struct{ fyne.Driver }

func (atOnceDriver) DoFromGoroutine(f func(), _ bool) { f() }

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
