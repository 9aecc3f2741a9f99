package care

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
)

const station = "b7e2aa01-1111-4222-8333-444455556666"

// A bench is a keeper whose backups are made in no time.
type bench struct {
	Options

	made, copied atomic.Int64
	fails        atomic.Bool
	said         []string
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{}
	b.Options = Options{Folder: t.TempDir(), Station: station}
	b.make = func(_ context.Context, _, file string) error {
		if b.fails.Load() {
			return os.ErrPermission
		}
		b.made.Add(1)
		return os.WriteFile(file, []byte("backup"), 0o600)
	}
	b.copy = func(file, folder string) error {
		b.copied.Add(1)
		return copyTo(file, folder)
	}
	b.Tell = func(_ context.Context, err error) { b.said = append(b.said, kind(err)) }
	return b
}

// runs lets a keeper run for so long.
func (b *bench) runs(t *testing.T, how time.Duration) *Keeper {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	k := New(b.Options)
	done := make(chan struct{})
	go func() { defer close(done); k.Run(ctx) }()
	time.Sleep(how)
	synctest.Wait()
	cancel()
	<-done
	return k
}

func names(t *testing.T, folder string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		all = append(all, entry.Name())
	}
	return all
}

// TestOneADay: one backup a day, of which the last seven are kept, here and in the
// second place; what is another station's there stays.
func TestOneADay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.Second = t.TempDir()
		foreign := filepath.Join(b.Second, nameOf("another", 1, time.Now()))
		if err := os.WriteFile(foreign, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		k := b.runs(t, 10*24*time.Hour-time.Minute)
		if b.made.Load() != 10 || b.copied.Load() != 10 {
			t.Errorf("%d made, %d copied", b.made.Load(), b.copied.Load())
		}
		if here, there := names(t, k.folder()), names(t, b.Second); len(here) != 7 || len(there) != 8 || !strings.Contains(here[6], "-000010-") {
			t.Errorf("%v\n%v", here, there)
		}
		if len(b.said) != 0 || len(k.State()) != 0 {
			t.Errorf("said %v, %v", b.said, k.State())
		}
	})
}

// TestStartsMakeNoStorm: however often a station starts in a day, and whatever its
// clock was, it makes one backup; one with a time far ahead does not keep later ones
// out.
func TestStartsMakeNoStorm(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		folder := filepath.Join(b.Folder, FolderName)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		for n := range 7 { // the clock was a month ahead for a week
			name := nameOf(station, n+1, time.Now().Add(time.Duration(30+n)*24*time.Hour))
			if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for range 50 {
			b.runs(t, 10*time.Minute)
		}
		if b.made.Load() != 1 {
			t.Errorf("%d were made in a morning", b.made.Load())
		}
		b.runs(t, 8*24*time.Hour)
		all := names(t, folder)
		if len(all) != 7 || strings.Contains(all[0], "-00000") && !strings.Contains(all[0], "-000009-") && !strings.Contains(all[0], "-000010-") {
			t.Errorf("kept %v", all)
		}
	})
}

// TestAFailureIsToldOnceAndTriedAgain within the hour.
func TestAFailureIsToldOnceAndTriedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.fails.Store(true)
		time.AfterFunc(5*time.Hour+time.Minute, func() { b.fails.Store(false) })
		b.runs(t, 7*time.Hour)
		if b.made.Load() != 1 || strings.Join(b.said, " ") != "backup-failed" {
			t.Errorf("%d made, said %v", b.made.Load(), b.said)
		}
	})
}

// TestADeadSecondPlaceHoldsUpNothing: a network folder that never answers gets one
// call, backups go on, and it is said; when it answers, the last backup is there.
func TestADeadSecondPlaceHoldsUpNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.Second = t.TempDir()
		alive := make(chan struct{})
		b.copy = func(file, folder string) error {
			b.copied.Add(1)
			<-alive
			return copyTo(file, folder)
		}
		time.AfterFunc(80*time.Hour, func() {
			if b.copied.Load() != 1 || b.made.Load() != 4 {
				t.Errorf("%d calls, %d backups while it was dead", b.copied.Load(), b.made.Load())
			}
			close(alive)
		})
		b.runs(t, 83*time.Hour)
		there := names(t, b.Second)
		if strings.Join(b.said, " ") != "second-place-silent" || len(there) != 2 || !strings.Contains(there[1], "-000004-") {
			t.Errorf("said %v, there %v", b.said, there)
		}
	})
}

// TestAPulledStick: a second place that is gone is said and not made, and gets its
// copy when it is back.
func TestAPulledStick(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.Second = filepath.Join(t.TempDir(), "stick")
		time.AfterFunc(150*time.Minute, func() {
			if _, err := os.Stat(b.Second); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("it was made: %v", err)
			}
			if err := os.Mkdir(b.Second, 0o700); err != nil {
				t.Error(err)
			}
		})
		k := b.runs(t, 4*time.Hour)
		if got := names(t, b.Second); len(got) != 1 || strings.Join(b.said, " ") != "second-place-failed" || len(k.State()) != 0 {
			t.Errorf("%v, said %v, now %v", got, b.said, k.State())
		}
	})
}

// TestRoomIsToldAgainWhenItComesBack, and not each time that it is looked at.
func TestRoomIsToldAgainWhenItComesBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.Second = t.TempDir()
		begun := time.Now()
		b.Room = func() error {
			switch past := time.Since(begun); {
			case past > 10*time.Minute && past < 20*time.Minute, past > 30*time.Minute && past < 40*time.Minute:
				return &queue.RoomError{Free: uint64(past), Refused: past > 35*time.Minute}
			default:
				return nil
			}
		}
		b.runs(t, time.Hour)
		if strings.Join(b.said, ", ") != "room low, room low, room refused" {
			t.Errorf("said %v", b.said)
		}
	})
}

// TestTheLastBackupIsOld after two days.
func TestTheLastBackupIsOld(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Second = t.TempDir()
	if err := os.Mkdir(filepath.Join(b.Folder, FolderName), 0o700); err != nil {
		t.Fatal(err)
	}
	made := time.Now().Add(-47 * time.Hour)
	if err := os.WriteFile(filepath.Join(b.Folder, FolderName, nameOf(station, 1, made)), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if said := Backups(b.Folder, station, b.Second, time.Now()); len(said) != 0 {
		t.Errorf("%v", said)
	}
	said := Backups(b.Folder, station, b.Second, time.Now().Add(2*time.Hour))
	if len(said) != 1 || kind(said[0]) != string(queue.CareOld) {
		t.Errorf("%v", said)
	}
}

// TestRealBackup: with nothing but the defaults, beside whoever has the queue.
func TestRealBackup(t *testing.T) {
	t.Parallel()
	folder, second := t.TempDir(), t.TempDir()
	q, err := queue.Open(folder, queue.Options{Station: "dock"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = q.Close() })
	me, err := q.Identify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	k := New(Options{Folder: folder, Station: me.ID, Second: second})
	if wait := k.turn(t.Context()); wait != every || len(k.State()) != 0 {
		t.Errorf("%v, %v", wait, k.State())
	}
	for _, at := range []string{k.folder(), second} {
		head, err := queue.ReadBackupHead(filepath.Join(at, names(t, at)[0]))
		if err != nil || head.StationID != me.ID {
			t.Errorf("%s: %+v, %v", at, head, err)
		}
	}
}

// TestTheFirstScansHaveTheMachine: the backup of the day waits after the start, and
// that the last one is old is not said before it could be made; a full disk is said at
// once.
func TestTheFirstScansHaveTheMachine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.Wait = time.Minute
		b.Room = func() error { return &queue.RoomError{} }
		folder := filepath.Join(b.Folder, FolderName)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, nameOf(station, 1, time.Now().Add(-72*time.Hour))), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		b.runs(t, 59*time.Second)
		if b.made.Load() != 0 || len(b.said) != 1 || b.said[0] != "room low" {
			t.Errorf("in the first minute %d were made, and it said %v", b.made.Load(), b.said)
		}
		b.said = nil
		b.runs(t, 2*time.Minute)
		if b.made.Load() != 1 || len(b.said) != 1 {
			t.Errorf("then %d were made, and it said %v", b.made.Load(), b.said)
		}
	})
}

// TestABackupWaitsForAPause of the dock, but not for ever.
func TestABackupWaitsForAPause(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		b := newBench(t)
		b.Wait = time.Minute
		until := 10 * time.Minute
		b.Resting = func() time.Duration { return max(time.Since(begun.Add(until)), 0) }
		b.runs(t, 11*time.Minute+59*time.Second)
		if b.made.Load() != 0 {
			t.Error("a backup was made while the dock worked")
		}
		begun = time.Now()
		b.runs(t, 12*time.Minute+time.Second)
		if b.made.Load() != 1 {
			t.Errorf("in a pause %d were made", b.made.Load())
		}
	})
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.Wait = time.Minute
		b.Resting = func() time.Duration { return 0 }
		b.runs(t, 64*time.Minute)
		if b.made.Load() != 1 {
			t.Errorf("without a pause %d were made", b.made.Load())
		}
	})
}
