package journal_test

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"pkidstation/queue/journal"
)

// TestNotASegment: what has a segment's name and is none is not followed, not
// opened and not overwritten, wherever it stands.
func TestNotASegment(t *testing.T) {
	t.Parallel()
	elsewhere := filepath.Join(t.TempDir(), "elsewhere.log")
	if err := os.WriteFile(elsewhere, []byte("not ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	kinds := map[string]func(path string) error{
		"folder":       func(path string) error { return os.Mkdir(path, 0o700) },
		"link":         func(path string) error { return os.Symlink(elsewhere, path) },
		"link nowhere": func(path string) error { return os.Symlink(path+"-nowhere", path) },
		"noise":        func(path string) error { return os.WriteFile(path, bytes.Repeat([]byte{0, '\n', 0xff}, 999), 0o600) },
		"too long":     func(path string) error { return sparse(path, 4<<30) },
	}
	for kind, plant := range kinds {
		soon := names(t, filled(t, 50), "*.log")
		for _, name := range append(soon[len(soon)/2:], "000000000021.log", "000000000022.log", "000000000500.log", "4611686018427387904.log", "000000000500.log.gz", "000000000003.log", "next.new") {
			t.Run(kind+" "+name, func(t *testing.T) {
				t.Parallel()
				folder := filled(t, 20)
				if err := plant(filepath.Join(folder, name)); err != nil {
					t.Skip(err)
				}
				for n := 20; n < 50; n += 10 {
					tenMore(t, folder, n)
				}
				if text, err := os.ReadFile(elsewhere); err != nil || string(text) != "not ours" {
					t.Errorf("a link was followed: %q, %v", text, err)
				}
			})
		}
	}
}

// tenMore opens a journal of n events, appends ten, and wants all read.
func tenMore(t *testing.T, folder string, n int) {
	t.Helper()
	j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small})
	if j.Last() != uint64(n) {
		t.Fatalf("the last line is %d, not %d", j.Last(), n)
	}
	for k := range 10 {
		put(t, j, string(event(n+k)))
	}
	if lines, _ := read(t, j, 0); len(lines) != n+10 {
		t.Errorf("%d lines are read", len(lines))
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
}

// sparse makes a file of NULs that takes no room.
func sparse(path string, size int64) error {
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		return err
	}
	return os.Truncate(path, size)
}

// TestHostileLengths: opening and reading holds no more than the longest line.
func TestHostileLengths(t *testing.T) { //nolint:paralleltest // it measures memory
	header := "01234567 89abcdef "
	for name, test := range map[string]struct { //nolint:paralleltest // as above
		head string
		size int64
		most uint64 // bytes allocated
	}{
		"NULs":                {"", 4 << 30, 32 << 20},
		"no line's beginning": {strings.Repeat(" ", 1<<20), 2 << 30, 32 << 20},
		"a line's beginning":  {header, 4 << 30, 6 * journal.MaxBody},
		"many beginnings":     {strings.Repeat(header+"\n", 100_000), 4 << 30, 32 << 20},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			path := filepath.Join(folder, "000000000001.log")
			if err := sparse(path, test.size); err != nil {
				t.Skip(err)
			}
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.WriteAt([]byte(test.head), 0); err != nil {
				t.Fatal(err)
			}
			if _, err := f.WriteAt(beyond(), 160<<20); err != nil {
				t.Fatal(err)
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
			before := allocated()
			j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small})
			if lines, _ := read(t, j, 0); len(lines) != 0 {
				t.Errorf("%d lines", len(lines))
			}
			if got := allocated() - before; got > test.most {
				t.Errorf("it took %d MiB", got>>20)
			}
		})
	}
}

// beyond is a line that would be read, but for where it stands.
func beyond() []byte {
	return sealed("\n!00000000 901 2026-11-28T15:04:23.126Z event {}\n")
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// TestBomb: a packed segment that unpacks without end is read to the bound.
func TestBomb(t *testing.T) {
	t.Parallel()
	folder := filled(t, 5)
	path := filepath.Join(folder, "000000000900.log.gz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := bomb(f, 160<<20, beyond()); err != nil {
		t.Fatal(err)
	}
	j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small})
	wantEvents(t, j, 0, 5)
}

// TestHighestNumber: behind it there is none, and that is no crash.
func TestHighestNumber(t *testing.T) {
	t.Parallel()
	disk := &simulated{world: newWorld()}
	path := filepath.Join(folder, fmt.Sprintf("%d.log", uint64(1)<<62))
	for _, a := range []action{{verb: mkdir, name: folder}, {verb: create, name: path}, {
		verb: writeAt,
		data: sealed(fmt.Sprintf("!00000000 %d 2026-11-28T15:04:23.126Z event {}\n%s", uint64(1)<<62, strings.Repeat("\n", small))),
	}} {
		disk.world.apply(a)
	}
	j, _ := mustOpen(t, folder, journal.Options{FS: disk, SegmentSize: small})
	if j.Last() != 1<<62 {
		t.Fatalf("the last line is %d", j.Last())
	}
	if _, err := j.Append("event", nil); err == nil {
		t.Error("it was continued")
	}
	if lines, _ := read(t, j, math.MaxUint64); len(lines) != 0 {
		t.Error("there are lines behind it")
	}
}
