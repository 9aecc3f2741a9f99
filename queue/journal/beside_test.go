package journal_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"pkidstation/queue/journal"
)

// TestReadOnly: it changes nothing, appends nothing, and makes no folder.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	nowhere := filepath.Join(t.TempDir(), "nowhere")
	if _, _, err := journal.Open(nowhere, journal.Options{ReadOnly: true}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no folder gave %v", err)
	}
	folder := filled(t, 30)
	tear(t, folder, "half a line")
	before := dump(t, folder)
	j, report := mustOpen(t, folder, journal.Options{ReadOnly: true})
	if report.Torn == nil || report.Torn.Seq != 31 || report.Torn.Aside != "" || j.Last() != 30 {
		t.Errorf("it found %+v", report.Torn)
	}
	_, err := j.Append("event", nil)
	for _, err := range []error{err, j.Sync(), j.Pack(), j.Retire(3)} {
		if !errors.Is(err, journal.ErrReadOnly) {
			t.Errorf("gave %v", err)
		}
	}
	wantEvents(t, j, 0, 30)
	if dump(t, folder) != before {
		t.Error("it changed something")
	}
}

// TestReadingBesideAppending: readers of the same and of another process' kind
// see a prefix without damage, over new and packed segments.
func TestReadingBesideAppending(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), journal.FolderName)
	j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small})
	put(t, j, string(event(0)))
	done := make(chan struct{})
	go func() {
		defer close(done)
		for n := 1; n < 1500; n++ {
			_, err := j.Append("event", event(n))
			if err == nil && n%100 == 0 {
				err = errors.Join(j.Sync(), j.Pack())
			}
			if err != nil {
				t.Error(err)
				return
			}
		}
	}()
	for reading := true; reading; runtime.Gosched() {
		select {
		case <-done:
			reading = false
		default:
		}
		least := j.Last()
		other, _ := mustOpen(t, folder, journal.Options{ReadOnly: true})
		for name, reader := range map[string]*journal.Journal{"same": j, "other": other} {
			from := least / 2
			lines, damages := read(t, reader, from)
			if len(damages) > 0 || lines[len(lines)-1].Seq < least {
				t.Fatalf("%s reader: of at least %d lines from %d got %d, %v", name, least, from, len(lines), damages)
			}
			for n, l := range lines {
				if l.Seq != max(1, from)+uint64(n) || eventOf(l.Body) != int(l.Seq)-1 {
					t.Fatalf("%s reader: line %d at place %d", name, l.Seq, n)
				}
			}
		}
	}
	wantEvents(t, j, 0, 1500)
}

// TestLineWrittenWhileRead: a reader that saw the place of a line before it was
// written, and its end after, sees no damage.
func TestLineWrittenWhileRead(t *testing.T) {
	t.Parallel()
	disk := &simulated{world: newWorld()}
	j, _ := mustOpen(t, folder, journal.Options{SegmentSize: 1 << 20, FS: disk})
	put(t, j, strings.Repeat("x", 64<<10-300)) // ends just before what is read at once
	looks := 0
	disk.before = func(a action) {
		if a.verb != look || filepath.Base(a.name) != "000000000001.log" {
			return
		}
		if looks++; looks == 4 { // opened, measured, read once
			put(t, j, strings.Repeat("y", 1000))
			put(t, j, "{}")
		}
	}
	if lines, damages := read(t, j, 0); len(lines) != 3 || damages != nil || looks < 4 {
		t.Errorf("%d lines, %v in %d looks", len(lines), damages, looks)
	}
}

// TestSegmentBegunWhileRead: lines that came behind the reader's place in the last
// segment before the next was begun are read.
func TestSegmentBegunWhileRead(t *testing.T) {
	t.Parallel()
	disk := &simulated{world: newWorld()}
	j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small, FS: disk})
	put(t, j, string(event(0)))
	looks := 0
	disk.before = func(a action) {
		if a.verb != look || filepath.Base(a.name) != "000000000001.log" {
			return
		}
		if looks++; looks == 4 { // opened, measured, read to its end
			for n := 1; n < 30; n++ {
				put(t, j, string(event(n)))
			}
		}
	}
	wantEvents(t, j, 0, 30)
	if looks < 5 {
		t.Errorf("%d looks", looks)
	}
}

// TestEnough: a reader may stop.
func TestEnough(t *testing.T) {
	t.Parallel()
	j, _ := mustOpen(t, filled(t, 30), journal.Options{})
	count := 0
	for _, err := range j.Lines(5) {
		if count++; err != nil || count == 3 {
			break
		}
	}
	if count != 3 {
		t.Errorf("read %d", count)
	}
}
