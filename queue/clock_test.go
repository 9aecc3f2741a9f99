package queue_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pkidstation/queue"
)

// wild are the jumps that a clock makes: hours, a month of sleep, years.
func wild(rng *rand.Rand, now time.Time) time.Time {
	jumps := []time.Duration{
		time.Second, 3 * time.Hour, -3 * time.Hour, -26 * time.Hour, 31 * 24 * time.Hour, -31 * 24 * time.Hour,
	}
	switch at := now.Add(jumps[rng.IntN(len(jumps))]); rng.IntN(20) {
	case 0:
		return time.Unix(0, 0)
	case 1:
		return time.Date(2099, 12, 31, 23, 59, 59, 999, time.UTC)
	default:
		return at
	}
}

// TestWildClock has the clock jump before each step of a station that is closed and
// killed in turns. Entries stay in the order of their capture, nothing is lost, and
// no file that is put aside takes the place of another.
func TestWildClock(t *testing.T) {
	t.Parallel()
	lives := 4
	if torture() {
		lives = 60
	}
	folder, rng := t.TempDir(), rand.New(rand.NewPCG(25, 0))
	c := &clock{}
	c.set(noon())
	opts := steadyOptions()
	opts.Now = c.now
	n := 0
	for life := range lives {
		q, err := queue.Open(folder, opts)
		must(t, err)
		sound(t, q)
		r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso, GroupTag: "Dock"}, "Ana")
		must(t, err)
		for range 30 {
			c.set(wild(rng, c.now()))
			_, err := q.Capture(t.Context(), queue.Capture{ID: steadyID(n), Reception: r.ID, PKID: pkid(n), By: "Ana"})
			must(t, err)
			n++
		}
		var ids []string
		for e, err := range q.List(t.Context(), queue.Filter{}) {
			must(t, err)
			ids = append(ids, e.ID)
		}
		if len(ids) != n || !slices.IsSorted(ids) {
			t.Fatalf("%d of %d, in order: %v", len(ids), n, slices.IsSorted(ids))
		}
		if life%2 == 0 {
			queue.Abandon(q)
		} else {
			must(t, q.Close())
		}
		c.set(noon()) // each is put aside at the same moment
		must(t, os.WriteFile(filepath.Join(folder, queue.FileName), []byte("no queue"), 0o600))
	}
	if aside, err := filepath.Glob(filepath.Join(folder, queue.FileName+".damaged-*")); err != nil || len(aside) != lives-1 {
		t.Errorf("%d files are put aside of %d: %v, %v", len(aside), lives-1, aside, err)
	}
}
