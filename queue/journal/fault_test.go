package journal_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"syscall"
	"testing"

	"pkidstation/queue/journal"
)

// faults are the ways in which each operation fails in turn.
func faults() map[string]fault {
	return map[string]fault{
		"EIO":                        {err: syscall.EIO},
		"EIO, done nevertheless":     {err: syscall.EIO, done: true},
		"EIO, a sync forgets":        {err: syscall.EIO, loses: true},
		"ENOSPC, half is written":    {err: syscall.ENOSPC, half: true},
		"half is written, no word":   {half: true, done: true},
		"ENOSPC, nothing is written": {err: syscall.ENOSPC},
	}
}

// failing makes the operation number n of a disk fail, only that one, and says
// whether it came to it.
func failing(disk *simulated, n int, f fault) (reached *bool) {
	reached = new(bool)
	count := 0
	disk.fail(func(a action) *fault {
		count++
		if count != n+1 || f.err == nil && a.verb != writeAt {
			*reached = *reached || count > n
			return nil
		}
		*reached = true
		return &f
	})
	return reached
}

// TestFaultAtEveryOperation: in a run of 50 lines each operation in turn fails.
// What was told stays, what was not may be there or not, every later call says
// ErrBroken, and after opening again each event can be had exactly once.
func TestFaultAtEveryOperation(t *testing.T) {
	t.Parallel()
	step := 11
	if torture() {
		step = 1
	}
	for name, f := range faults() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for n := 0; ; n += step {
				disk := &simulated{world: newWorld()}
				if _, err := disk.do(action{verb: mkdir, name: base}); err != nil {
					t.Fatal(err)
				}
				reached := failing(disk, n, f)
				if err := faulty(disk); err != nil {
					t.Fatalf("operation %d: %v", n, err)
				}
				if !*reached {
					if n < 150 {
						t.Errorf("the run had %d operations only", n)
					}
					return
				}
			}
		})
	}
}

// faulty appends 50 events to a disk that fails once, as a caller would who
// opens again and looks what is there.
func faulty(disk *simulated) error {
	e := expectation{told: map[int]uint64{}}
	opts := journal.Options{SegmentSize: small, FS: disk}
	for opened := 0; ; opened++ {
		if opened == 3 {
			return errors.New("one fault broke three openings")
		}
		j, _, err := journal.Open(folder, opts)
		if err != nil {
			continue
		}
		there, failed := present(j)
		if failed == nil {
			if err := settled(disk, e, there); err != nil {
				return err
			}
			failed = appendAll(disk, j, e, there)
		}
		if failed == nil {
			disk.fail(nil)
			if err := e.holds(j); err != nil {
				return err
			}
			if len(e.told) != 50 {
				return fmt.Errorf("%d events told", len(e.told))
			}
			_ = j.Close() // it may be what fails
			return nil
		}
		if errors.Is(failed, errWrong) {
			return failed
		}
		if err := stays(j, failed); err != nil {
			return err
		}
		_ = j.Close() // as above
	}
}

// errWrong says that the journal, and not the disk, failed.
var errWrong = errors.New("the journal is wrong")

// present says which events a journal holds.
func present(j *journal.Journal) (map[int]uint64, error) {
	there := map[int]uint64{}
	for l, err := range j.Lines(0) {
		if err != nil {
			return nil, err
		}
		there[eventOf(l.Body)] = l.Seq
	}
	return there, nil
}

// appendAll appends what is not there, and packs on the way.
func appendAll(disk *simulated, j *journal.Journal, e expectation, there map[int]uint64) error {
	appended := 0
	for n := range 50 {
		if seq, ok := there[n]; ok {
			e.told[n] = seq
			continue
		}
		l, err := j.Append("event", event(n))
		if err == nil {
			err = j.Sync()
		}
		if err != nil {
			return err
		}
		e.told[n] = l.Seq
		if appended++; appended == 1 {
			if err := settled(disk, e, nil); err != nil {
				return fmt.Errorf("%w: %w", errWrong, err)
			}
		}
		if n == 30 {
			_ = j.Pack() // its failure breaks nothing
		}
	}
	return nil
}

// stays tells whether a journal that failed at writing stays broken.
func stays(j *journal.Journal, failed error) error {
	if !errors.Is(failed, journal.ErrBroken) {
		return nil // reading failed
	}
	_, err := j.Append("event", []byte("{}"))
	if !errors.Is(err, journal.ErrBroken) || !errors.Is(j.Sync(), journal.ErrBroken) {
		return fmt.Errorf("after %w: Append says %w", failed, err)
	}
	return nil
}

// settled tells whether all that an opened journal gives would be there after a
// power cut that loses all it can.
func settled(disk *simulated, e expectation, there map[int]uint64) error {
	maps.Copy(e.told, there)
	disk.mu.Lock()
	left := &simulated{world: disk.world.least()}
	disk.mu.Unlock()
	again, _, err := journal.Open(folder, journal.Options{SegmentSize: small, FS: left, ReadOnly: true})
	if err != nil {
		return err
	}
	if err := e.holds(again); err != nil {
		return fmt.Errorf("cut off just then: %w", err)
	}
	return nil
}

// TestReadingFails: a disk that fails at reading is told, and is no damage.
func TestReadingFails(t *testing.T) {
	t.Parallel()
	disk := &simulated{world: newWorld()}
	j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small, FS: disk})
	for n := range 30 {
		put(t, j, string(event(n)))
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j, _ = mustOpen(t, folder, journal.Options{FS: disk, ReadOnly: true})
	for n := 0; ; n++ {
		reached := failing(disk, n, fault{err: syscall.EIO})
		var failed error
		for _, err := range j.Lines(uint64(1 + rand.IntN(5))) {
			failed = err
		}
		disk.fail(nil)
		if !*reached {
			break
		}
		if _, damaged := errors.AsType[*journal.DamageError](failed); damaged {
			t.Fatalf("operation %d gave %v", n, failed)
		}
	}
}
