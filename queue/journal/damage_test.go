package journal_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pkidstation/queue/journal"
)

// lastSegment is the path and the text of the last segment.
func lastSegment(t *testing.T, folder string) (path string, text []byte) {
	t.Helper()
	all := names(t, folder, "*.log")
	path = filepath.Join(folder, all[len(all)-1])
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, text
}

// tear writes something behind the last line.
func tear(t *testing.T, folder, what string) {
	t.Helper()
	path, text := lastSegment(t, folder)
	end := len(bytes.TrimRight(text, "\n"))
	if end > 0 {
		end++
	}
	if err := os.WriteFile(path, overwrite(text, []byte(what), int64(end)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// dump is all that a folder holds.
func dump(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, entry := range entries {
		text, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		fmt.Fprintf(&all, "%s %q %v\n", entry.Name(), text, err)
	}
	return all.String()
}

// TestTornTail: what a crash left of a line is put aside, and the line that
// comes in its place is read.
func TestTornTail(t *testing.T) {
	t.Parallel()
	donor := filled(t, 40)
	_, text := lastSegment(t, donor)
	line := bytes.SplitAfter(text, []byte("\n"))[0]
	for name, torn := range map[string]string{
		"half a line":        string(line[:len(line)/2]),
		"a line's end":       string(line[len(line)/2:]),
		"NULs":               strings.Repeat("\x00", 700),
		"a stale line":       string(line),
		"two halves":         string(line[:20]) + "\n\n\n" + string(line[30:]),
		"hex and no more":    "00000000 00000000 " + strings.Repeat("9", 300),
		"one byte":           "x",
		"more than the file": strings.Repeat("y", 2*small),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := filled(t, 30)
			tear(t, folder, torn)
			j, report := mustOpen(t, folder, journal.Options{SegmentSize: small, Now: clock()})
			if r := report.Torn; r == nil || r.Seq != 31 || r.Length < int64(len(strings.TrimRight(torn, "\n"))) || len(report.Damage) > 0 {
				t.Fatalf("it found %+v of %d bytes, %v", r, len(torn), report.Damage)
			}
			aside, err := os.ReadFile(filepath.Join(folder, report.Torn.Aside))
			if err != nil || strings.TrimRight(string(aside), "\n") != strings.TrimRight(torn, "\n") ||
				report.Torn.Aside != "torn-20261128T150421.124Z-000000000031" {
				t.Errorf("in %s is kept %q, %v", report.Torn.Aside, aside, err)
			}
			wantEvents(t, j, 0, 30)
			put(t, j, string(event(30)))
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
			j, report = mustOpen(t, folder, journal.Options{SegmentSize: small})
			wantEvents(t, j, 0, 31)
			if report.Torn != nil || report.Damage != nil {
				t.Errorf("opened again it found %+v", report)
			}
		})
	}
}

// TestDamageInTheMiddle is told with its place, left as it is, and appending
// goes on at the end.
func TestDamageInTheMiddle(t *testing.T) {
	t.Parallel()
	folder := filled(t, 5)
	path, text := lastSegment(t, folder)
	offset := bytes.IndexByte(text, '\n') + 1
	text[offset+40] ^= 1
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	want := journal.DamageError{Segment: filepath.Base(path), Offset: int64(offset), Seq: 2, Next: 3}
	for range 2 {
		j, report := mustOpen(t, folder, journal.Options{SegmentSize: small})
		if report.Torn != nil || len(report.Damage) != 1 || report.Damage[0] != want {
			t.Errorf("Open told %+v", report)
		}
		got, damages := read(t, j, 0)
		if len(damages) != 1 || damages[0] != want {
			t.Errorf("Lines told %v, want %v", damages, want)
		}
		if uint64(len(got)) != j.Last()-1 {
			t.Errorf("of %d lines %d are read", j.Last(), len(got))
		}
		if _, damages := read(t, j, want.Next); damages != nil {
			t.Errorf("behind it there is %v", damages)
		}
		put(t, j, string(event(int(j.Last()))))
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, now := lastSegment(t, folder); !bytes.HasPrefix(now, bytes.TrimRight(text, "\n")) {
		t.Error("something was overwritten")
	}
}

// TestDamagedSegments: a closed segment that is lost, foreign, cut off or badly
// packed costs its own lines and is told once.
func TestDamagedSegments(t *testing.T) {
	t.Parallel()
	for name, harm := range map[string]func(path string, text []byte) error{
		"lost":    func(path string, _ []byte) error { return os.Remove(path) },
		"emptied": func(path string, _ []byte) error { return os.Truncate(path, 0) },
		"cut off": func(path string, text []byte) error {
			return os.Truncate(path, int64(len(bytes.TrimRight(text, "\n"))/2))
		},
		"NULs": func(path string, text []byte) error { return os.WriteFile(path, make([]byte, len(text)), 0o600) },
		"noise": func(path string, text []byte) error {
			return os.WriteFile(path, bytes.Repeat([]byte("noise\n"), len(text)/6), 0o600)
		},
	} {
		for _, packed := range []bool{false, true} {
			t.Run(fmt.Sprint(name, " packed ", packed), func(t *testing.T) {
				t.Parallel()
				folder := filled(t, 60)
				j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small})
				if packed {
					if err := j.Pack(); err != nil {
						t.Fatal(err)
					}
				}
				path := filepath.Join(folder, names(t, folder, "*.log*")[2])
				text, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if err := harm(path, text); err != nil {
					t.Fatal(err)
				}
				lines, damages := read(t, j, 0)
				if len(damages) != 1 || lines[len(lines)-1].Seq != 60 {
					t.Fatalf("it ends at %d, damages %v", lines[len(lines)-1].Seq, damages)
				}
				if missing := damages[0].Next - damages[0].Seq; uint64(len(lines))+missing != 60 || missing == 0 {
					t.Errorf("%d lines are read, and told was %v", len(lines), damages[0])
				}
			})
		}
	}
}

// TestDamageAtTheEndOfAClosedSegment is told though nothing follows it.
func TestDamageAtTheEndOfAClosedSegment(t *testing.T) {
	t.Parallel()
	folder := filled(t, 20)
	path, text := lastSegment(t, folder)
	end := len(bytes.TrimRight(text, "\n"))
	text[end-1] ^= 1
	next := fmt.Sprintf("%012d.log", 21)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, next), bytes.Repeat([]byte("\n"), small), 0o600); err != nil {
		t.Fatal(err)
	}
	j, report := mustOpen(t, folder, journal.Options{SegmentSize: small, ReadOnly: true})
	_, damages := read(t, j, 0)
	if len(damages) != 1 || damages[0].Seq != 20 || damages[0].Next != 0 || j.Last() != 19 {
		t.Errorf("told was %v, the last is %d, %+v", damages, j.Last(), report)
	}
}

// TestForeignBytesBehindAClosedSegment are told, and no line is missing.
func TestForeignBytesBehindAClosedSegment(t *testing.T) {
	t.Parallel()
	folder := filled(t, 20)
	path := filepath.Join(folder, names(t, folder, "*.log")[1])
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text[len(text)-1] = 'x'
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	j, report := mustOpen(t, folder, journal.Options{SegmentSize: small})
	lines, damages := read(t, j, 0)
	if len(lines) != 20 || len(damages) != 1 || damages[0].Seq != damages[0].Next || damages[0].Segment != filepath.Base(path) {
		t.Errorf("%d lines, %v, %+v", len(lines), damages, report)
	}
}

// TestTornIsKept: wherever a crash comes while torn bytes are moved aside, they
// are all in one place or the other.
func TestTornIsKept(t *testing.T) {
	t.Parallel()
	disk := &simulated{world: newWorld()}
	j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small, FS: disk})
	for n := range 4 {
		put(t, j, string(event(n)))
	}
	torn := []byte(strings.Repeat("torn", 300))
	path := filepath.Join(folder, "000000000001.log")
	n := disk.world.nodes[disk.world.seen[path]]
	n.seen = overwrite(n.seen, torn, int64(len(bytes.TrimRight(n.seen, "\n")))+1)
	n.safe = bytes.Clone(n.seen)
	begin := disk.world.least()
	disk = &simulated{world: disk.world.least()}
	mustOpen(t, folder, journal.Options{SegmentSize: small, FS: disk})
	r := rand.New(rand.NewPCG(3, 3))
	for cut := range len(disk.trace) + 1 {
		for range 100 {
			w := begin.least()
			replay(w, disk.trace[:cut], nil)
			w = w.crash(r)
			kept := false
			for _, n := range w.seen {
				kept = kept || n >= 0 && bytes.Contains(w.nodes[n].seen, torn)
			}
			if !kept {
				t.Fatalf("cut at %d of %d they are lost", cut, len(disk.trace))
			}
		}
	}
}

// TestForeignLine: a line with a sound checksum that does not continue the one
// before it is not read.
func TestForeignLine(t *testing.T) {
	t.Parallel()
	folder, other := t.TempDir(), t.TempDir()
	for n, folder := range []string{folder, other} {
		j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small})
		put(t, j, fmt.Sprintf("{%d}", n))
		put(t, j, "{}")
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
	path, mine := lastSegment(t, folder)
	_, theirs := lastSegment(t, other)
	second := bytes.SplitAfter(theirs, []byte("\n"))[1]
	if err := os.WriteFile(path, overwrite(mine, second, int64(bytes.IndexByte(mine, '\n')+1)), 0o600); err != nil {
		t.Fatal(err)
	}
	j, report := mustOpen(t, folder, journal.Options{SegmentSize: small})
	if j.Last() != 1 || report.Torn == nil {
		t.Errorf("the last line is %d, %+v", j.Last(), report)
	}
}
