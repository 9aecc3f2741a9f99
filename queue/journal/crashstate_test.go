package journal_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"pkidstation/queue/journal"
)

// record makes a journal on a simulated disk, fills segments, packs and retires
// some and opens it again, and notes what it was told on the way.
func record(disk *simulated, events int, groups func() int) error {
	opts := journal.Options{SegmentSize: small, FS: disk}
	j, _, err := journal.Open(folder, opts)
	if err != nil {
		return err
	}
	for n := 0; n < events; {
		if n, err = group(disk, j, n, groups()); err != nil {
			return err
		}
		switch n * 8 / events {
		case 3, 5:
			err = j.Pack()
		case 6:
			disk.tell("retire", int(j.Last())/3)
			err = j.Retire(j.Last() / 3)
		case 7:
			if err = j.Close(); err == nil {
				j, _, err = journal.Open(folder, opts)
			}
		}
		if err != nil {
			return err
		}
	}
	return j.Close()
}

// group appends size events from n on, syncs them together, and notes them.
func group(disk *simulated, j *journal.Journal, n, size int) (int, error) {
	first := j.Last() + 1
	for k := range size {
		if _, err := j.Append("event", event(n+k)); err != nil {
			return n, err
		}
	}
	if err := j.Sync(); err != nil {
		return n, err
	}
	for k := range size {
		disk.tell("line", int(first)+k)
		disk.tell("event", n+k)
	}
	return n + size, nil
}

// replay does a trace to a world, and says what was told in it.
func replay(w *world, trace []action, e *expectation) {
	line := 0
	for _, a := range trace {
		w.apply(a)
		switch {
		case a.verb != note || e == nil:
		case a.name == "retire":
			e.retired = uint64(a.told)
		case a.name == "line":
			line = a.told
		default:
			e.told[a.told] = uint64(line)
		}
	}
}

// crashed cuts the trace somewhere and looks at what a crash leaves; then goes
// on with it, cuts that too, and looks again.
func crashed(trace []action, seed uint64, most int) error {
	r := rand.New(rand.NewPCG(seed, 1))
	e := expectation{told: map[int]uint64{}, grouped: most > 1}
	w := newWorld()
	replay(w, trace[:r.IntN(len(trace)+1)], &e)
	for round, next := 0, 1000; round < 3; round, next = round+1, next+100 {
		disk := &simulated{world: w.crash(r)}
		before := disk.world.least() // a copy: nothing in it is loose
		j, _, err := journal.Open(folder, journal.Options{SegmentSize: small, FS: disk})
		if err != nil {
			return fmt.Errorf("round %d: %w", round, err)
		}
		if err := e.holds(j); err != nil {
			return fmt.Errorf("round %d: %w", round, err)
		}
		for range 3 {
			if next, err = group(disk, j, next, 1+r.IntN(most)); err != nil {
				return err
			}
		}
		if err := j.Close(); err != nil {
			return err
		}
		w = before
		replay(w, disk.trace[:r.IntN(len(disk.trace)+1)], &e)
	}
	return nil
}

// TestCrashStates: whatever of the writes that were not synced a power cut
// loses, keeps or tears, what was told is there.
func TestCrashStates(t *testing.T) {
	t.Parallel()
	states := 400
	if torture() {
		states = 20_000
	}
	for name, most := range map[string]int{"each synced": 1, "in groups": 4} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(7, 7))
			disk := &simulated{world: newWorld()}
			if err := record(disk, 80, func() int { return 1 + r.IntN(most) }); err != nil {
				t.Fatal(err)
			}
			for seed := range states {
				if err := crashed(disk.trace, uint64(seed), most); err != nil {
					t.Fatalf("seed %d: %v", seed, err)
				}
			}
		})
	}
}

// TestCrashStatesWouldTell is the control: without syncs the same states do
// lose what was told.
func TestCrashStatesWouldTell(t *testing.T) {
	t.Parallel()
	disk := &simulated{world: newWorld(), forgetful: true}
	if err := record(disk, 80, func() int { return 1 }); err != nil {
		t.Fatal(err)
	}
	lost := 0
	for seed := range 200 {
		if err := crashed(disk.trace, uint64(seed), 1); err != nil {
			lost++
		}
	}
	if lost < 100 {
		t.Errorf("a journal that never syncs came through %d of 200 crashes", 200-lost)
	}
}
