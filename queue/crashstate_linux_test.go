package queue_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"pkidstation/queue"
)

// aLife is what a station does that is recorded: it is begun, closed, opened
// again, killed, opened after that, and at last its index is gone.
func aLife(t *testing.T) []step {
	t.Helper()
	folder := t.TempDir()
	var life []step
	last := 0
	add := func(steps []step) {
		for _, s := range steps {
			s.began, s.ended = s.began+last, s.ended+last
			life = append(life, s)
		}
		last = life[len(life)-1].ended
	}
	add(record(t, folder, steady{First: 0, Count: 100}))
	add(record(t, folder, steady{First: 100, Count: 30, Trick: abrupt}))
	add(record(t, folder, steady{First: 130, Count: 10}))
	must(t, os.Remove(filepath.Join(folder, queue.FileName)))
	add(record(t, folder, steady{First: 140, Count: 10}))
	return life
}

// crashes makes so many states that crashes in a life leave, at places all over
// it, and gives what was wrong with them.
func crashes(t *testing.T, life []step, states int, forget bool) (worst finding, rebuilt int) {
	t.Helper()
	scratch := scratchFolder(t)
	disk, said := newRecordedDisk(), &saying{told: map[string]bool{}}
	disk.forgetful = forget
	rng := rand.New(rand.NewPCG(uint64(states), 21))
	made := 0
	for n, s := range life {
		if s.call == "note" {
			said.hears(s.data)
			continue
		}
		disk.apply(s)
		for ; made*len(life) < states*(n+1); made++ {
			folder := filepath.Join(scratch, fmt.Sprint(made))
			must(t, os.Mkdir(folder, 0o700))
			must(t, disk.crash(folder, rng))
			found := said.keeps(t.Context(), folder)
			if !forget && made%97 == 0 && !found.bad() {
				found.note(rebuiltAlike(folder), "made anew")
			}
			if found.bad() && !forget {
				t.Errorf("after step %d of %d, %v: %+v", n, len(life), s, found)
			}
			if found.recovery.Rebuilt {
				rebuilt++
			}
			worst.lost, worst.doubled = worst.lost+found.lost, worst.doubled+found.doubled
			must(t, os.RemoveAll(folder))
			if made%500 == 499 {
				t.Logf("%d states: %d lost, %d doubled", made+1, worst.lost, worst.doubled)
			}
		}
		if t.Failed() {
			break
		}
	}
	t.Logf("%d states of a life of %d steps, %d captures told: %d lost, %d doubled, %d indexes made anew", made, len(life), len(said.told), worst.lost, worst.doubled, rebuilt)
	return worst, rebuilt
}

// TestCrashStates records every write, sync and change of names of a station's
// life, in the journal and in queue.db, and opens what crashes all over it leave:
// unsynced writes that are lost or torn, names that are not there yet, files that
// have not grown yet. Nothing that was told is lost or doubled.
func TestCrashStates(t *testing.T) {
	t.Parallel()
	needsStrace(t)
	states := 24
	if torture() {
		states = 20000
	}
	life := aLife(t)
	if worst, _ := crashes(t, life, 10, true); worst.lost == 0 {
		t.Error("without syncs nothing is lost: the harness sees nothing")
	}
	crashes(t, life, states, false)
}
