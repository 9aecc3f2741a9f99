package queue_test

import (
	"fmt"
	"sync"
	"testing"
)

// TestHandoversAmongThreeStations: out, in, crash, repeated and lost files in any
// order. Each box has one owner or is visibly moved, and none is sent twice.
func TestHandoversAmongThreeStations(t *testing.T) {
	t.Parallel()
	runs := 12
	if torture() {
		runs = 1000
	}
	var mu sync.Mutex
	total := map[string]int{}
	t.Cleanup(func() {
		often := []string{"taken", "repeated", "refused", "lost", "crash", "again", "torn"}
		if torture() {
			often = append(often, "seen", "kept")
		}
		for _, what := range often {
			if total[what] == 0 {
				t.Errorf("no run ever came to %s", what)
			}
		}
		t.Logf("%d runs: %v", runs, total)
	})
	for run := range runs {
		t.Run(fmt.Sprint(run), func(t *testing.T) {
			t.Parallel()
			f := newFleet(t, uint64(run))
			if err := f.runs(t.Context(), 60); err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			for what, n := range f.ops {
				total[what] += n
			}
			for i, q := range f.stations {
				must(t, q.Close())
				if run%10 != 0 {
					continue
				}
				if err := rebuiltAlike(f.folders[i]); err != nil {
					t.Errorf("station %d: %v", i, err)
				}
			}
		})
	}
}

// TestForgetfulStations is the control: where a repeated file looks new, a box
// has two owners or is sent twice, and the fleet notices.
func TestForgetfulStations(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		f := newFleet(t, seed)
		f.forgetful = true
		if err := f.runs(t.Context(), 60); err != nil {
			t.Logf("run %d: %v", seed, err)
			return
		}
	}
	t.Error("a station that forgets what it took in went unnoticed")
}
