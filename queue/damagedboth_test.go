package queue_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pkidstation/queue"
)

// A harm is what happens to a station's files, and whether all that was accepted
// must be there after it: it need not where both books lost the same.
type harm struct {
	name string
	do   func(t *testing.T, folder string, rng *rand.Rand)
	all  bool
}

func harms() []harm {
	index := func(folder string) string { return filepath.Join(folder, queue.FileName) }
	inJournal := func(t *testing.T, folder string, rng *rand.Rand) string {
		t.Helper()
		all, err := filepath.Glob(filepath.Join(folder, "journal", "*.log*"))
		if err != nil || len(all) == 0 {
			t.Fatal(all, err)
		}
		return all[rng.IntN(len(all))]
	}
	damage := func(t *testing.T, path string, rng *rand.Rand) {
		t.Helper()
		data, err := os.ReadFile(path)
		must(t, err)
		must(t, os.WriteFile(path, damaged(data, rng), 0o600))
	}
	return []harm{
		{"the index", func(t *testing.T, folder string, rng *rand.Rand) { t.Helper(); damage(t, index(folder), rng) }, true},
		{"the journal", func(t *testing.T, folder string, rng *rand.Rand) {
			t.Helper()
			damage(t, inJournal(t, folder, rng), rng)
		}, true},
		{"both", func(t *testing.T, folder string, rng *rand.Rand) {
			t.Helper()
			damage(t, index(folder), rng)
			damage(t, inJournal(t, folder, rng), rng)
		}, false},
		{"a folder in place of the index", func(t *testing.T, folder string, _ *rand.Rand) {
			t.Helper()
			must(t, os.Remove(index(folder)))
			must(t, os.MkdirAll(filepath.Join(index(folder), "in it"), 0o700))
		}, true},
		{"a folder in place of a segment", func(t *testing.T, folder string, rng *rand.Rand) {
			t.Helper()
			name := inJournal(t, folder, rng)
			must(t, os.Remove(name))
			must(t, os.MkdirAll(filepath.Join(name, "in it"), 0o700))
		}, true},
		{"the index and a segment are swapped", func(t *testing.T, folder string, rng *rand.Rand) {
			t.Helper()
			name, between := inJournal(t, folder, rng), filepath.Join(folder, "between")
			must(t, os.Rename(name, between))
			must(t, os.Rename(index(folder), name))
			must(t, os.Rename(between, index(folder)))
		}, false},
		{"two segments are swapped", func(t *testing.T, folder string, rng *rand.Rand) {
			t.Helper()
			a, b, between := inJournal(t, folder, rng), inJournal(t, folder, rng), filepath.Join(folder, "between")
			must(t, os.Rename(a, between))
			if a != b {
				must(t, os.Rename(b, a))
			}
			must(t, os.Rename(between, b))
		}, true},
		{"a link in place of the index", func(t *testing.T, folder string, _ *rand.Rand) {
			t.Helper()
			must(t, os.Remove(index(folder)))
			must(t, os.Symlink("/dev/null", index(folder)))
		}, true},
	}
}

// damaged is a file after something went wrong with it.
func damaged(data []byte, rng *rand.Rand) []byte {
	data = bytes.Clone(data)
	if len(data) == 0 {
		return []byte("something")
	}
	switch rng.IntN(6) {
	case 0:
		return data[:rng.IntN(len(data))]
	case 1:
		for range 1 + rng.IntN(200) {
			data[rng.IntN(len(data))] ^= 1 << rng.IntN(8)
		}
	case 2:
		clear(data[:min(len(data), 4096*(1+rng.IntN(2)))])
	case 3:
		at := rng.IntN(len(data))
		for i := at; i < min(at+4096, len(data)); i++ {
			data[i] = byte(rng.Uint32())
		}
	case 4:
		return []byte("PK\x03\x04 a letter, and no queue\n")
	case 5:
		clear(data)
	}
	return data
}

// TestDamagedFiles harms the index, the journal and both, in all ways. The station
// always starts or says in a known way why not, never falls over, has all that was
// accepted where one of the books is whole, and throws away no file that it cannot
// read.
func TestDamagedFiles(t *testing.T) {
	t.Parallel()
	rounds := 16
	if torture() {
		rounds = 500
	}
	c := &cut{folder: t.TempDir(), told: map[string]bool{}}
	q, err := queue.Open(c.folder, steadyOptions())
	must(t, err)
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso}, "Ana")
	must(t, err)
	for ; c.n < 120; c.n++ {
		_, err := q.Capture(t.Context(), queue.Capture{ID: steadyID(c.n), Reception: r.ID, PKID: pkid(c.n), By: "Ana"})
		must(t, err)
		c.told[steadyID(c.n)] = true
	}
	must(t, q.Close())
	started, whole := map[string]int{}, 0
	for round := range rounds {
		rng := rand.New(rand.NewPCG(uint64(round), 24))
		h := harms()[round%len(harms())]
		to := filepath.Join(scratchFolder(t), fmt.Sprint(round))
		must(t, os.CopyFS(to, os.DirFS(c.folder)))
		h.do(t, to, rng)
		before := sizes(t, to)
		found := harmed(t, to, c.told)
		if h.all && (found.lost > 0 || len(found.wrong) > 0) || found.doubled > 0 {
			t.Errorf("round %d, %s: %+v", round, h.name, found)
		}
		if found.lost == 0 && len(found.wrong) == 0 {
			whole++
		}
		if found.recovery.Rebuilt && found.recovery.Aside == "" {
			t.Errorf("round %d, %s: what was there is not kept: %v", round, h.name, before)
		}
		started[h.name]++
		must(t, os.RemoveAll(to))
	}
	t.Logf("%v; %d of %d had everything", started, whole, rounds)
	if whole == rounds {
		t.Error("where both books are damaged nothing is lost: the harness sees nothing")
	}
}

// harmed opens a harmed station twice, and holds it against what was told.
func harmed(t *testing.T, folder string, told map[string]bool) (f finding) {
	t.Helper()
	for start := range 2 {
		q, err := queue.Open(folder, steadyOptions())
		if err != nil {
			f.note(err, fmt.Sprint("start ", start))
			if strings.HasPrefix(kindOf(err), "WORDLESS") {
				t.Errorf("nobody can be told what this is: %v", err)
			}
			return f
		}
		if start == 0 {
			f.recovery = q.Recovery()
		}
		f.note(q.Scrub(t.Context()), "scrubbing")
		kept := f.entries(t.Context(), q)
		for id := range told {
			if kept[id] == 0 {
				f.lost++
			}
		}
		for id, n := range kept {
			if n > 1 || !told[id] {
				f.doubled++
			}
		}
		r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso, Order: "after"}, "Ana")
		f.note(err, "a reception")
		if err == nil && start == 1 {
			_, err = q.Capture(t.Context(), queue.Capture{ID: "after", Reception: r.ID, PKID: pkid(999), By: "Ana"})
			f.note(err, "a capture")
		}
		f.note(q.Close(), "closing")
	}
	return f
}

func sizes(t *testing.T, folder string) map[string]int64 {
	t.Helper()
	all := map[string]int64{}
	entries, err := os.ReadDir(folder)
	must(t, err)
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			all[e.Name()] = info.Size()
		}
	}
	return all
}

// scratchFolder is a folder in memory where there is one: thousands of states are
// written there, and none has to outlive the test.
func scratchFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("/dev/shm", "pkidstation") //nolint:usetesting // in memory
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { must(t, os.RemoveAll(folder)) })
	return folder
}
