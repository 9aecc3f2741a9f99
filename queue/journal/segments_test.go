package journal_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"pkidstation/queue/journal"
)

// TestPack: segments are begun, packed, and read as one.
func TestPack(t *testing.T) {
	t.Parallel()
	folder := filled(t, 60)
	j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small})
	plain := names(t, folder, "*.log")
	if len(plain) < 5 || plain[0] != "000000000001.log" {
		t.Fatalf("60 events are in %v", plain)
	}
	wantEvents(t, j, 0, 60)
	for n := range 62 {
		wantEvents(t, j, n, max(n, 60))
	}
	before, err := j.Size()
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Pack(); err != nil {
		t.Fatal(err)
	}
	if packed, left := names(t, folder, "*.log.gz"), names(t, folder, "*.log"); len(packed) != len(plain)-1 || len(left) != 1 {
		t.Errorf("of %v were packed %v, left %v", plain, packed, left)
	}
	if after, err := j.Size(); err != nil || after >= before/2 {
		t.Errorf("packed from %d to %d bytes, %v", before, after, err)
	}
	wantEvents(t, j, 0, 60)
	put(t, j, string(event(60)))
	wantEvents(t, j, 17, 61)
}

// TestRetire: what is left begins at the number or before it, and is continued.
func TestRetire(t *testing.T) {
	t.Parallel()
	folder := filled(t, 61)
	j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small})
	if err := j.Pack(); err != nil {
		t.Fatal(err)
	}
	for _, before := range []uint64{0, 1, 12, 30, 1000} {
		if err := j.Retire(before); err != nil {
			t.Fatal(err)
		}
		lines, damages := read(t, j, 0)
		if first := lines[0].Seq; before > 0 && before < 61 && first > before || damages != nil {
			t.Errorf("retired before %d, and the first is %d, %v", before, first, damages)
		}
		wantEvents(t, j, int(lines[0].Seq)-1, 61)
	}
	if left := names(t, folder, "*.log*"); len(left) != 1 {
		t.Errorf("all that could be retired was, and left is %v", left)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j, _ = mustOpen(t, folder, journal.Options{SegmentSize: small})
	if l := put(t, j, string(event(61))); l.Seq != 62 {
		t.Errorf("after retiring line 62 is %d", l.Seq)
	}
}

// TestSpareIsReady: the next segment is whole before the current one is full, so
// a line is a write and a sync, and one that begins a segment only renames besides.
func TestSpareIsReady(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		disk := &simulated{world: newWorld()}
		j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small, FS: disk})
		for n := range 25 {
			from := len(disk.sofar())
			put(t, j, strings.Repeat("x", 900))
			verbs := ""
			for _, a := range disk.sofar()[from:] {
				if a.verb != look && filepath.Base(a.name) != "next.new" || a.verb == rename { // else made beside it
					verbs += string(a.verb) + ","
				}
			}
			want := "write,sync,"
			if n%4 == 0 && n > 0 { // four lines fill a segment
				want = "rename,sync folder,write,sync,"
			}
			if verbs != want {
				t.Errorf("line %d was %s", j.Last(), verbs)
			}
			synctest.Wait()
			made := disk.sofar()[from:]
			if begun := slices.ContainsFunc(made, func(a action) bool { return a.verb == create }); begun != (n%4 == 3) {
				t.Errorf("line %d began a segment: %v", j.Last(), begun)
			}
		}
	})
}

// TestSegmentIsWholeBeforeItsName: a file is full and synced, and not written
// since, when it becomes a segment.
func TestSegmentIsWholeBeforeItsName(t *testing.T) {
	t.Parallel()
	disk := &simulated{world: newWorld()}
	segments := 0
	disk.fail(func(a action) *fault {
		if a.verb == rename && filepath.Base(a.name) == "next.new" {
			segments++
			n := disk.world.nodes[disk.world.seen[a.name]]
			if len(n.loose) > 0 || len(n.safe) < small || len(bytes.Trim(n.safe, "\n")) > 0 {
				t.Errorf("of %d bytes %d writes are not synced", len(n.safe), len(n.loose))
			}
		}
		return nil
	})
	if err := record(disk, 60, func() int { return 1 }); err != nil || segments < 5 {
		t.Errorf("%d segments, %v", segments, err)
	}
}

func (s *simulated) sofar() []action {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.trace
}

// TestSyncOfNothing costs nothing.
func TestSyncOfNothing(t *testing.T) {
	t.Parallel()
	disk := &simulated{world: newWorld()}
	j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small, FS: disk})
	put(t, j, "{}")
	before := len(disk.sofar())
	if err := j.Sync(); err != nil || len(disk.sofar()) != before {
		t.Errorf("it did %v, %v", disk.sofar()[before:], err)
	}
}

// TestPackReadsBack: a copy that the disk wrote otherwise costs no line.
func TestPackReadsBack(t *testing.T) {
	t.Parallel()
	disk := &simulated{world: newWorld()}
	j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small, FS: disk})
	for n := range 20 {
		put(t, j, string(event(n)))
	}
	disk.fail(func(a action) *fault {
		if strings.HasSuffix(a.name, ".gz.new") {
			return &fault{flips: true, done: true}
		}
		return nil
	})
	if err := j.Pack(); err == nil {
		t.Error("it was not noticed")
	}
	wantEvents(t, j, 0, 20)
	disk.fail(nil)
	if err := j.Pack(); err != nil {
		t.Error(err)
	}
	wantEvents(t, j, 0, 20)
}

// TestRetireKeepsTheLastLine, though the current segment is empty.
func TestRetireKeepsTheLastLine(t *testing.T) {
	t.Parallel()
	disk := &simulated{world: newWorld()}
	j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small, FS: disk})
	for n := range 20 {
		put(t, j, string(event(n)))
	}
	disk.fail(func(a action) *fault { // a segment is begun and gets no line
		if a.verb == writeAt && disk.begun(a.name) {
			return &fault{err: os.ErrDeadlineExceeded}
		}
		return nil
	})
	last := 20
	for ; ; last++ {
		if _, err := j.Append("event", event(last)); err != nil {
			break
		}
	}
	disk.fail(nil)
	_ = j.Close() // it is broken
	j, _ = mustOpen(t, folder, journal.Options{SegmentSize: small, FS: disk})
	if err := j.Retire(uint64(last + 10)); err != nil {
		t.Fatal(err)
	}
	lines, damages := read(t, j, 0)
	if len(lines) == 0 || damages != nil || lines[len(lines)-1].Seq != uint64(last) {
		t.Fatalf("of %d lines are left %d, %v", last, len(lines), damages)
	}
	if l := put(t, j, string(event(last))); l.Prev != lines[len(lines)-1].Sum {
		t.Errorf("the chain was broken: %+v", l)
	}
}

// begun tells whether a segment that is not the first has no line yet.
func (s *simulated) begun(name string) bool {
	n, ok := s.world.seen[name]
	return ok && filepath.Ext(name) == ".log" && len(bytes.Trim(s.world.nodes[n].seen, "\n")) == 0
}
