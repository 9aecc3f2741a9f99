package queue_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"pkidstation/queue"
)

// everything is all that a queue's file has, by bucket and key. What says how it
// stands to its journal is left out.
func everything(folder string) (all map[string]string, err error) {
	db, err := bbolt.Open(filepath.Join(folder, queue.FileName), 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer db.Close() //nolint:errcheck // read only
	all = map[string]string{}
	return all, db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			if n := b.Sequence(); n > 0 {
				all[string(name)+" counts"] = fmt.Sprint(n)
			}
			return b.ForEach(func(k, v []byte) error {
				if key := string(name) + " " + string(k); key != "meta applied" && key != "meta file" {
					all[key] = string(v)
				}
				return nil
			})
		})
	})
}

// rebuiltAlike holds a queue's file against the one that its journal makes.
func rebuiltAlike(folder string) error {
	before, err := everything(folder)
	if err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(folder, queue.FileName)); err != nil {
		return err
	}
	q, err := queue.Open(folder, queue.Options{Station: "dock 1"})
	if err != nil {
		return fmt.Errorf("without its index: %w", err)
	}
	rebuilt := q.Recovery().Rebuilt
	if err := q.Close(); err != nil || !rebuilt {
		return fmt.Errorf("rebuilt: %v, %w", rebuilt, err)
	}
	after, err := everything(folder)
	if diff := cmp.Diff(before, after); diff != "" || err != nil {
		return fmt.Errorf("made anew from the journal it is another, %w:\n%s", err, diff)
	}
	return nil
}

// A cut is a queue under load of which the power may be cut at any moment: what
// queue.db had when it was last synced for sure, and what is in it now.
type cut struct {
	folder  string
	mu      sync.Mutex
	durable []byte // as of the last sync that is over
	syncing []byte // as of one that may be under way
	told    map[string]bool
	n       int
	segment int64 // of the journal; 0 for what is usual
}

// work captures for a while and then loses the power: of what was written to
// queue.db since the last sync, each block is there or not, or half of it.
func (c *cut) work(t *testing.T, rng *rand.Rand, captures int) {
	t.Helper()
	path := filepath.Join(c.folder, queue.FileName)
	image := func() []byte {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
		}
		return data
	}
	opts := queue.WithSyncHook(queue.Options{Station: "dock 1", Segment: 64 << 10}, func(done bool) {
		c.mu.Lock()
		defer c.mu.Unlock()
		if done {
			c.durable = c.syncing
		} else {
			c.syncing = image()
		}
	})
	q, err := queue.Open(c.folder, opts)
	if err != nil {
		t.Fatalf("after a cut: %v", err)
	}
	c.holds(t, q)
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso, GroupTag: "Dock"}, "Ana")
	if err != nil {
		t.Fatal(err)
	}
	for range captures {
		id := fmt.Sprintf("event-%06d", c.n)
		v, err := q.Capture(t.Context(), queue.Capture{ID: id, Reception: r.ID, PKID: pkid(c.n), By: "Ana"})
		if err != nil || v.Word != queue.Accepted {
			t.Fatalf("%v, %v", v.Word, err)
		}
		c.told[id], c.n = true, c.n+1
		if c.n%7 == 0 {
			if err := q.Hold(t.Context(), []string{id}, queue.Act{By: "Léa"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	c.mu.Lock() // what a sync that is under way brings is not sure yet
	now, durable, left := image(), c.durable, copied(t, c.folder)
	c.mu.Unlock()
	queue.Abandon(q)
	c.folder = left
	c.lose(t, rng, durable, now)
}

// copied is a copy of the folder as it is on the disk: the journal was synced.
func copied(t *testing.T, folder string) string {
	t.Helper()
	for {
		to := t.TempDir()
		err := os.CopyFS(to, os.DirFS(folder))
		if err == nil {
			return to
		}
		if !errors.Is(err, os.ErrNotExist) { // a segment that was packed meanwhile
			t.Fatal(err)
		}
	}
}

// lose writes queue.db as a cut may leave it.
func (c *cut) lose(t *testing.T, rng *rand.Rand, durable, now []byte) {
	t.Helper()
	const page, sector = 4096, 512
	share := rng.Float64()
	for at := 0; at+page <= len(now); at += page {
		var before []byte
		if at+page <= len(durable) {
			before = durable[at : at+page]
		} else {
			before = make([]byte, page)
		}
		if bytes.Equal(before, now[at:at+page]) || rng.Float64() > share {
			continue
		}
		if rng.IntN(4) > 0 {
			copy(now[at:], before)
			continue
		}
		for s := 0; s < page; s += sector {
			if rng.IntN(2) == 0 {
				copy(now[at+s:at+s+sector], before[s:])
			}
		}
	}
	if err := os.WriteFile(filepath.Join(c.folder, queue.FileName), now, 0o600); err != nil {
		t.Fatal(err)
	}
}

// fill captures so many, each of which counts as told.
func (c *cut) fill(t *testing.T, q *queue.Queue, captures int) {
	t.Helper()
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso, GroupTag: "Dock"}, "Ana")
	must(t, err)
	for range captures {
		id := fmt.Sprintf("event-%06d", c.n)
		v, err := q.Capture(t.Context(), queue.Capture{ID: id, Reception: r.ID, PKID: pkid(c.n), By: "Ana"})
		if err != nil || v.Word != queue.Accepted {
			t.Fatalf("%v, %v", v.Word, err)
		}
		c.told[id], c.n = true, c.n+1
	}
}

// holds proves that everything that was told is there, once, and the queue sound.
func (c *cut) holds(t *testing.T, q *queue.Queue) {
	t.Helper()
	sound(t, q)
	kept := map[string]bool{}
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if kept[e.ID] || !c.told[e.ID] {
			t.Errorf("%s is there twice, or was never told", e.ID)
		}
		kept[e.ID] = true
	}
	if len(kept) != len(c.told) {
		t.Fatalf("%d were told, %d are there", len(c.told), len(kept))
	}
}

// TestPowerCut cuts the power again and again. Nothing that was told is lost, and
// the index is taken back and not made anew.
//
//nolint:paralleltest,tparallel // one life at a time: its files go as it ends
func TestPowerCut(t *testing.T) {
	t.Parallel()
	lives, cuts := 1, 2
	if torture() {
		lives, cuts = 200, 100
	}
	for life := range lives {
		t.Run(strconv.Itoa(life), func(t *testing.T) { powerCut(t, rand.New(rand.NewPCG(uint64(life), 11)), cuts) })
	}
}

// powerCut is a station's life.
func powerCut(t *testing.T, rng *rand.Rand, cuts int) {
	t.Helper()
	c := cut{folder: t.TempDir(), told: map[string]bool{}}
	for range cuts {
		c.work(t, rng, rng.IntN(500))
	}
	q, err := queue.Open(c.folder, queue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c.holds(t, q)
	if r := q.Recovery(); r.Rebuilt {
		t.Errorf("made anew: %+v", r)
	}
	if err := q.Close(); err != nil {
		t.Error(err)
	}
}

// TestDamagedIndex damages queue.db in all ways. The station starts, all that was
// accepted is there, and the damaged file is kept.
func TestDamagedIndex(t *testing.T) {
	t.Parallel()
	rounds := 5 // one of each kind
	if torture() {
		rounds = 500
	}
	folder := t.TempDir()
	c := cut{folder: folder, told: map[string]bool{}}
	q, err := queue.Open(folder, queue.Options{Station: "dock 1"})
	if err != nil {
		t.Fatal(err)
	}
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso}, "Ana")
	if err != nil {
		t.Fatal(err)
	}
	for c.n < 300 {
		id := fmt.Sprintf("event-%06d", c.n)
		if _, err := q.Capture(t.Context(), queue.Capture{ID: id, Reception: r.ID, PKID: pkid(c.n), By: "Ana"}); err != nil {
			t.Fatal(err)
		}
		c.told[id], c.n = true, c.n+1
	}
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(filepath.Join(folder, queue.FileName))
	if err != nil {
		t.Fatal(err)
	}
	used := highWater(t, whole)
	for round := range rounds {
		rng := rand.New(rand.NewPCG(uint64(round), 12))
		to := copied(t, folder)
		data := bytes.Clone(whole)
		switch round % 5 {
		case 0: // cut off
			data = data[:rng.IntN(used)]
		case 1: // bits
			for range 1 + rng.IntN(200) {
				data[rng.IntN(used)] ^= 1 << rng.IntN(8)
			}
		case 2: // both heads
			clear(data[:8192])
		case 3: // a page of something else
			at := rng.IntN(used/4096) * 4096
			for i := range 4096 {
				data[at+i] = byte(rng.Uint32())
			}
		case 4: // another queue's file
			other := t.TempDir()
			openIn(t, other)
			data, err = os.ReadFile(filepath.Join(other, queue.FileName))
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(to, queue.FileName), data, 0o600); err != nil {
			t.Fatal(err)
		}
		q, err := queue.Open(to, queue.Options{})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if err := q.Scrub(context.Background()); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		c.holds(t, q)
		if r := q.Recovery(); r.Rebuilt {
			if kept, err := os.ReadFile(r.Aside); err != nil || r.Aside == "" || len(kept) == 0 && len(data) > 0 {
				t.Errorf("round %d: the damaged file is not kept: %+v", round, r)
			}
		}
		if err := q.Close(); err != nil {
			t.Errorf("round %d: %v", round, err)
		}
	}
}
