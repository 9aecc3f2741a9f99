package queue_test

import (
	"os"
	"path/filepath"
	"testing"

	"pkidstation/queue"
)

// TestMapBorder has queue.db grow over the border of what is mapped, while a state
// is held and its sync is under way: it goes on, and nothing is lost when the
// station is killed right there.
func TestMapBorder(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	opts := queue.WithMap(queue.Options{Station: "dock 1"}, 1<<20)
	told := 0
	big := make([]byte, 6<<10)
	for i := range big {
		big[i] = 'a' + byte(i%26)
	}
	last := int64(0)
	borders := 0
	for life := 0; borders < 2 && life < 20; life++ {
		q, err := queue.Open(folder, opts)
		must(t, err)
		r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso, GroupTag: "Dock"}, "Ana")
		must(t, err)
		for range 200 {
			c := queue.Capture{ID: steadyID(told), Reception: r.ID, PKID: pkid(told), By: "Ana", Read: queue.Read{Text: string(big)}}
			if v, err := q.Capture(t.Context(), c); err != nil || v.Word != queue.Accepted {
				t.Fatalf("%d: %v, %v", told, v.Word, err)
			}
			told++
			now := queue.Mapped(q)
			if last > 0 && now > last {
				borders++
				last = now
				break // killed right at the border
			}
			last = max(last, now)
		}
		queue.Abandon(q)
	}
	q, err := queue.Open(folder, opts)
	must(t, err)
	if r := q.Recovery(); r.Rebuilt {
		t.Errorf("made anew: %+v", r)
	}
	sound(t, q)
	if counts, err := q.Counts(t.Context()); err != nil || counts.Ready != told || borders < 2 {
		t.Errorf("%d borders, told %d, kept %+v, %v", borders, told, counts, err)
	}
	must(t, q.Close())
	info, err := os.Stat(filepath.Join(folder, queue.FileName))
	must(t, err)
	t.Logf("%d borders, %d captures, a file of %d MiB", borders, told, info.Size()>>20)
}

// TestMoreThanWasReckoned has changes need more room than is mapped where they were
// reckoned to need none: the books are opened again, and there with room for all.
func TestMoreThanWasReckoned(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	q := openWith(t, folder, queue.WithSmallSteps(queue.WithReserve(queue.WithMap(queue.Options{Station: "dock 1"}, 1<<20), -256)))
	c := &cut{folder: folder, told: map[string]bool{}}
	before := queue.Mapped(q)
	for n := 0; queue.Mapped(q) == before && n < 30; n++ {
		c.fill(t, q, 50)
	}
	if now := queue.Mapped(q); now <= before {
		t.Errorf("%d bytes are mapped", now)
	}
	c.fill(t, q, 50)
	if r := q.Recovery(); !r.Nothing() {
		t.Errorf("put right: %+v", r)
	}
	c.holds(t, q)
}
