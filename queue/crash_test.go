package queue_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pkidstation/queue"
)

// TestPrinciple2KilledAtAnyMoment kills a capturing process at random moments, again and
// again on the same folder. What it had been told is in the queue, once, and
// the queue is sound. It shows that nothing is told before the commit and that
// a torn transaction is none; a kill keeps the page cache, so it says nothing
// about the syncs.
func TestPrinciple2KilledAtAnyMoment(t *testing.T) {
	t.Parallel()
	cycles := 12
	if torture() {
		cycles = 1000
	}
	rng := rand.New(rand.NewPCG(3, uint64(cycles)))
	folder := t.TempDir()
	told := map[string]string{} // entry ID → the last that was said of it
	ever := 0
	for cycle := range cycles {
		if cycle%50 == 49 {
			folder, told = t.TempDir(), map[string]string{} // or the long form lists for hours
		}
		killOnce(t, folder, time.Duration(rng.IntN(60_000))*time.Microsecond, told)
		all := wantTold(t, folder, told)
		ever = max(ever, len(told))
		if cycle == cycles-1 {
			t.Logf("%d verdicts told and %d entries kept in the last folder", len(told), all)
		}
	}
	if ever == 0 {
		t.Error("no child was ever told anything")
	}
}

// killOnce lets a child capture for a while after its first verdict, kills it
// and notes what it was told.
func killOnce(t *testing.T, folder string, after time.Duration, told map[string]string) {
	t.Helper()
	c := startChild(t, "capture", folder)
	killed := make(chan struct{})
	time.AfterFunc(after, func() {
		defer close(killed)
		if err := c.Process.Kill(); err != nil {
			t.Error(err)
		}
	})
	for c.lines.Scan() {
		word, rest, whole := strings.Cut(c.lines.Text(), " ")
		id, about, also := strings.Cut(rest, " ")
		if !whole || !also || len(about) < len("plan-1") {
			continue // the last line was cut by the kill
		}
		told[id] = word + " " + about
	}
	<-killed
	if err := c.Wait(); err == nil {
		t.Error("the child ended by itself")
	}
}

// wantTold holds the queue against what was told and gives its size.
func wantTold(t *testing.T, folder string, told map[string]string) (n int) {
	t.Helper()
	q, err := queue.Open(folder, queue.Options{ReadOnly: true})
	if err != nil {
		t.Fatalf("after the kill: %v", err)
	}
	defer q.Close() //nolint:errcheck // read only
	sound(t, q)
	kept, pkids := map[string]queue.Entry{}, map[string]bool{}
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if pkids[string(e.PKID)] {
			t.Errorf("%s is there twice", e.PKID)
		}
		kept[e.ID], pkids[string(e.PKID)] = e, true
	}
	for id, said := range told {
		e := kept[id]
		is := fmt.Sprint("accepted ", e.PKID)
		if strings.HasPrefix(said, "planned") {
			is = fmt.Sprint("planned ", e.Plan)
		}
		if is != said {
			t.Errorf("%s was told as %q, it is %q, %s", id, said, is, e.State)
		}
	}
	return len(kept)
}

// TestKilledWithFixedIDs kills a child that captures boxes whose IDs are fixed
// before, again and again. After each kill the queue and its journal are sound, and
// what is captured again with its ID is there once; now and then the index is made
// anew from the journal and is the same.
func TestKilledWithFixedIDs(t *testing.T) {
	t.Parallel()
	cycles := 15
	if torture() {
		cycles = 1000
	}
	rng := rand.New(rand.NewPCG(23, uint64(cycles)))
	var folder string
	var said *saying
	told := 0
	for cycle := range cycles {
		if cycle%25 == 0 { // or the long form lists for hours
			folder, said = t.TempDir(), &saying{told: map[string]bool{}}
		}
		before := len(said.told)
		killSteady(t, folder, steady{First: said.tried, Count: eternal}, 1+rng.IntN(30), time.Duration(rng.IntN(5000))*time.Microsecond, said)
		told += len(said.told) - before
		found := said.keeps(t.Context(), folder)
		if cycle%25 == 14 {
			found.note(rebuiltAlike(folder), "made anew")
		}
		if found.bad() || found.recovery.Rebuilt {
			t.Fatalf("cycle %d: %+v", cycle, found)
		}
		if cycle%100 == 99 {
			t.Logf("%d kills, %d captures told", cycle+1, told)
		}
	}
	t.Logf("%d kills, %d captures told: 0 lost, 0 doubled", cycles, told)
}

// TestAKillIsSeen: where the verdict is told before the capture, kills lose some.
func TestAKillIsSeen(t *testing.T) {
	t.Parallel()
	folder, said := t.TempDir(), &saying{told: map[string]bool{}}
	for range 30 {
		killSteady(t, folder, steady{First: said.tried, Count: eternal, Trick: eager}, 5, 0, said)
		if found := said.keeps(t.Context(), folder); found.lost > 0 {
			return
		}
	}
	t.Error("a verdict before the capture is not seen")
}

// killSteady lets a child capture, and kills it some verdicts and a moment later.
func killSteady(t *testing.T, folder string, s steady, verdicts int, more time.Duration, said *saying) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	c := s.command(ctx, folder)
	out, err := c.StdoutPipe()
	must(t, err)
	must(t, c.Start())
	before, killing := len(said.told), false
	killed := make(chan struct{})
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said.hear(lines.Text())
		if !killing && len(said.told) >= before+verdicts {
			killing = true
			time.AfterFunc(more, func() {
				defer close(killed)
				_ = c.Process.Kill() // it fails only where the child is gone, which Wait tells
			})
		}
	}
	if !killing {
		t.Error("the child ended by itself")
	} else {
		<-killed
	}
	if err := c.Wait(); err == nil {
		t.Error("the child ended by itself")
	}
}
