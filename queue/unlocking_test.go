package queue_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
)

// pinned is a queue with one supervisor, whose clock is in the test's hand.
func pinned(t *testing.T, folder string, now func() time.Time) *queue.Queue {
	t.Helper()
	q := unsupervised(t, folder, now)
	if err := q.SetPIN(t.Context(), "Léa", pinLea, queue.Act{}); err != nil {
		t.Fatal(err)
	}
	return q
}

func unsupervised(t *testing.T, folder string, now func() time.Time) *queue.Queue {
	t.Helper()
	q, err := queue.Open(folder, queue.Options{Station: "dock 1", Program: "test", Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := q.Close(); err != nil {
			t.Error(err)
		}
	})
	return q
}

// try tries a PIN and gives the wait that is told, and whether it came too early.
func try(t *testing.T, q *queue.Queue, pin string) (wait time.Duration, early bool) {
	t.Helper()
	_, err := q.Unlock(t.Context(), "Léa", pin)
	refused, ok := errors.AsType[*queue.PINError](err)
	if !ok {
		t.Fatalf("trying a PIN: %v", err)
	}
	return refused.Wait, refused.Early
}

// miss tries wrong PINs, each as soon as it is looked at.
func miss(t *testing.T, q *queue.Queue, n int) (waits []time.Duration) {
	t.Helper()
	for range n {
		wait, early := try(t, q, "0000wrong")
		if early {
			t.Fatalf("too early by %v", wait)
		}
		waits = append(waits, wait)
		time.Sleep(wait) // the bubble's time
	}
	return waits
}

func TestTheWaitGrows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q := pinned(t, t.TempDir(), nil)
		s := time.Second
		want := []time.Duration{0, 0, 0, 2 * s, 4 * s, 8 * s, 16 * s, 32 * s, 64 * s, 128 * s, 256 * s, 512 * s, 900 * s, 900 * s}
		if diff := cmp.Diff(want, miss(t, q, len(want))); diff != "" {
			t.Error(diff)
		}
		if _, err := q.Unlock(t.Context(), "Léa", pinLea); err != nil {
			t.Fatalf("the right one, in time: %v", err)
		}
		if diff := cmp.Diff(want[:4], miss(t, q, 4)); diff != "" {
			t.Errorf("after a right one it begins anew:\n%s", diff)
		}
	})
}

// Too early, the right PIN is not looked at either, and nothing gets longer by it.
func TestTooEarly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q := pinned(t, t.TempDir(), nil)
		miss(t, q, 3)
		if wait, _ := try(t, q, "wrong"); wait != 2*time.Second {
			t.Fatalf("after four: %v", wait)
		}
		for left := 2 * time.Second; left > 0; left -= time.Second / 2 {
			if wait, early := try(t, q, pinLea); !early || wait != left {
				t.Errorf("%v before the end: %v, early %t", left, wait, early)
			}
			time.Sleep(time.Second / 2)
		}
		if _, err := q.Unlock(t.Context(), "Léa", pinLea); err != nil {
			t.Error(err)
		}
	})
}

// A try is on the disk before it is looked at: whoever kills the program, or
// closes it, again and again has no more of them.
func TestAKillGivesNoMoreTries(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		folder := t.TempDir()
		q := pinned(t, folder, nil)
		looked := 0
		for range 12 {
			_, err := q.Unlock(shortLived{t.Context(), new(int)}, "Léa", pinLea) // the right one even: nobody hears the answer
			if refused, ok := errors.AsType[*queue.PINError](err); !ok || !refused.Early {
				looked++
			}
			queue.Abandon(q)
			q = unsupervised(t, folder, nil)
		}
		if looked != 4 {
			t.Errorf("%d PINs were looked at, of 4 that are free", looked)
		}
		if s, err := queue.KeptSupervisor(q, "Léa"); err != nil || s.Tries != 4 {
			t.Errorf("kept: %+v, %v", s, err)
		}
	})
}

// A shortLived context ends after it was asked once: between two writes.
type shortLived struct {
	context.Context //nolint:containedctx // it is one

	asked *int
}

func (c shortLived) Err() error {
	if *c.asked++; *c.asked > 1 {
		return context.Canceled
	}
	return nil
}

// The clock that people set makes a wait neither longer than it is nor, while the
// program runs, shorter.
func TestWaitsAndTheClock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		set := time.Duration(0)
		now := func() time.Time { return time.Now().Add(set) }
		folder := t.TempDir()
		q := pinned(t, folder, now)
		miss(t, q, 5)
		wait, _ := try(t, q, "wrong") // 8 s
		for _, set = range []time.Duration{365 * 24 * time.Hour, -365 * 24 * time.Hour} {
			if got, early := try(t, q, pinLea); !early || got != wait {
				t.Errorf("with the clock set by %v: %v, early %t", set, got, early)
			}
		}
		for range 3 { // a program that is started for each try, with the clock a year back
			queue.Abandon(q)
			q = unsupervised(t, folder, now)
			if got, early := try(t, q, pinLea); !early || got > wait {
				t.Errorf("after a start: %v, early %t", got, early)
			}
			time.Sleep(wait / 4)
		}
		queue.Abandon(q)
		q = unsupervised(t, folder, now)
		time.Sleep(wait / 4)
		if _, err := q.Unlock(t.Context(), "Léa", pinLea); err != nil {
			t.Errorf("after %v in all: %v", wait, err)
		}
	})
}

func TestAPassEndsWithIdleness(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q := pinned(t, t.TempDir(), nil)
		pass, err := q.Unlock(t.Context(), "Léa", pinLea)
		if err != nil {
			t.Fatal(err)
		}
		changed, stop := q.Watch()
		defer stop()
		act := queue.Act{Pass: pass}
		for _, p := range []queue.ReviewPolicy{queue.ReviewAll, queue.ReviewNone, queue.ReviewExceptions} {
			time.Sleep(5*time.Minute - 1)
			if err := q.SetReview(t.Context(), p, act); err != nil {
				t.Errorf("used in time: %v", err)
			}
			<-changed
		}
		time.Sleep(4 * time.Minute)
		if name, ok := q.Unlocked(pass); !ok || name != "Léa" {
			t.Errorf("unlocked: %q %t", name, ok)
		}
		time.Sleep(time.Minute) // asking was no use
		synctest.Wait()
		if name, ok := q.Unlocked(pass); ok {
			t.Errorf("%s is unlocked still", name)
		}
		select {
		case <-changed:
		default:
			t.Error("nobody was told")
		}
		if err := q.SetReview(t.Context(), queue.ReviewAll, act); !errors.Is(err, queue.ErrNeedsSupervisor) {
			t.Errorf("after 5 minutes: %v", err)
		}
	})
}

// A pass ends with its supervisor, with a PIN that somebody else sets, and with a
// reset; who sets their own PIN stays unlocked.
func TestAPassEndsWithItsSupervisor(t *testing.T) {
	t.Parallel()
	p := planner{T: t, q: open(t)}
	supervise(p)
	unlock := func(name, pin string) queue.Pass {
		t.Helper()
		pass, err := p.q.Unlock(t.Context(), name, pin)
		p.must(err)
		return pass
	}
	is := func(pass queue.Pass, want bool) {
		t.Helper()
		if _, ok := p.q.Unlocked(pass); ok != want {
			t.Errorf("unlocked: %t", ok)
		}
	}
	lea, again, zoe := unlock("Léa", pinLea), unlock("Léa", pinLea), unlock("Zoé", pinZoe)
	p.must(p.q.SetPIN(t.Context(), "Léa", pinMax, queue.Act{Pass: lea}))
	is(lea, true)
	is(again, false)
	if _, err := p.q.Unlock(t.Context(), "Léa", pinLea); err == nil {
		t.Error("the PIN before is still one")
	}
	p.must(p.q.RemoveSupervisor(t.Context(), "Zoé", queue.Act{Pass: lea}))
	is(zoe, false)
	if err := p.q.RemoveSupervisor(t.Context(), "Léa", queue.Act{Pass: lea}); !errors.Is(err, queue.ErrLastSupervisor) {
		t.Errorf("the last one: %v", err)
	}
	if err := p.q.RemoveSupervisor(t.Context(), "Zoé", queue.Act{Pass: lea}); !errors.Is(err, queue.ErrNoSupervisor) {
		t.Errorf("nobody: %v", err)
	}
	p.must(p.q.ResetSupervisors(t.Context(), "root"))
	is(lea, false)
	if all, err := p.q.Supervisors(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("left: %v, %v", all, err)
	}
	lines := auditOf(t, p.q)
	if last := lines[len(lines)-1]; last.By != "root" || last.Action != queue.ActionReset || last.Of != "Léa" || last.Note != "" {
		t.Errorf("audit: %+v", last)
	}
	p.must(p.q.SetReview(t.Context(), queue.ReviewAll, queue.Act{By: "anybody"}))
}

func TestEveryUnlockAndRefusalIsWritten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q := pinned(t, t.TempDir(), nil)
		miss(t, q, 3)
		try(t, q, "wrong")
		try(t, q, "wrong")
		time.Sleep(2 * time.Second)
		if _, err := q.Unlock(t.Context(), "Léa", pinLea); err != nil {
			t.Fatal(err)
		}
		if _, err := q.Unlock(t.Context(), "Bob", pinLea); !errors.Is(err, queue.ErrNoSupervisor) {
			t.Errorf("nobody: %v", err)
		}
		var got []string
		for _, l := range auditOf(t, q) {
			got = append(got, string(l.Action)+" "+l.By+" "+l.Of+l.Note)
		}
		if diff := cmp.Diff([]string{
			"set-pin Léa Léa", "refuse-pin Léa wrong, number 1", "refuse-pin Léa wrong, number 2", "refuse-pin Léa wrong, number 3",
			"refuse-pin Léa wrong, number 4", "refuse-pin Léa too early, after 4", "unlock Léa ",
		}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSupervisorsAreKept(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	q := unsupervised(t, folder, nil)
	p := planner{T: t, q: q}
	supervise(p)
	p.must(q.SetReview(t.Context(), queue.ReviewAll, queue.Act{Pass: func() queue.Pass {
		pass, err := q.Unlock(t.Context(), "Zoé", pinZoe)
		p.must(err)
		return pass
	}()}))
	p.must(q.Close())
	if err := os.Remove(filepath.Join(folder, queue.FileName)); err != nil { // from the journal alone
		t.Fatal(err)
	}
	q = openIn(t, folder)
	all, err := q.Supervisors(t.Context())
	if err != nil || len(all) != 2 || all[0].Name != "Léa" || all[0].Since.IsZero() || all[1].Name != "Zoé" {
		t.Errorf("kept: %+v, %v", all, err)
	}
	if policy, err := q.Review(t.Context()); err != nil || policy != queue.ReviewAll {
		t.Errorf("kept: %s, %v", policy, err)
	}
	if _, err := q.Unlock(t.Context(), "Zoé", pinZoe); err != nil {
		t.Error(err)
	}
}

func TestWeakPINs(t *testing.T) {
	t.Parallel()
	q := open(t)
	for pin, fine := range map[string]bool{
		"": false, "123": false, "1234": false, "4321": false, "0000": false, "aaaa": false, "7890": false, "2109": false, "12345678": false,
		strings.Repeat("é", 65): false, "12\xff45": false,
		"1235": true, "2580": true, "abcd": true, "éàüö": true, strings.Repeat("éa", 32): true,
	} {
		if err := q.SetPIN(t.Context(), "Léa", pin, queue.Act{}); errors.Is(err, queue.ErrWeakPIN) == fine || err != nil && fine {
			t.Errorf("%q: %v", pin, err)
		} else if fine {
			if err := q.ResetSupervisors(t.Context(), "root"); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, name := range []string{"", "  ", "a\x1bb", strings.Repeat("a", 65)} {
		if err := q.SetPIN(t.Context(), name, pinLea, queue.Act{}); !errors.Is(err, queue.ErrSupervisorName) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// Two who set the first PIN at once are not both the first.
func TestOnlyOneIsTheFirst(t *testing.T) {
	t.Parallel()
	q := open(t)
	names := []string{"Léa", "Zoé", "Max"}
	errs := make([]error, len(names))
	var working sync.WaitGroup
	for i, name := range names {
		working.Go(func() { errs[i] = q.SetPIN(t.Context(), name, pinLea, queue.Act{By: name}) })
	}
	working.Wait()
	refused := slices.DeleteFunc(slices.Clone(errs), func(err error) bool { return !errors.Is(err, queue.ErrNeedsSupervisor) })
	if all, err := q.Supervisors(t.Context()); err != nil || len(all) != 1 || len(refused) != 2 {
		t.Errorf("%+v, %v, %v", all, errs, err)
	}
}
