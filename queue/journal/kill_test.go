package journal_test

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"

	"pkidstation/queue/journal"
)

// appendOn appends events for ever, syncs each, and says which line is durable.
func appendOn(folder string, out io.Writer) error {
	j, _, err := journal.Open(folder, journal.Options{SegmentSize: 64 << 10})
	if err != nil {
		return err
	}
	for n := int(j.Last()); ; n++ {
		l, err := j.Append("event", event(n))
		if err == nil {
			err = j.Sync()
		}
		if err == nil && n%400 == 0 {
			err = j.Pack()
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(out, l.Seq) //nolint:errcheck // the parent reads until the end
	}
}

// TestKilled: a process is killed while it appends, again and again, and each
// line of which it said so is there.
func TestKilled(t *testing.T) {
	t.Parallel()
	cycles := 20
	if torture() {
		cycles = 300
	}
	folder := t.TempDir()
	told := uint64(0)
	for cycle := range cycles {
		told = max(told, killed(t, folder, 1+rand.IntN(120)))
		j, _ := mustOpen(t, folder, journal.Options{SegmentSize: 64 << 10, ReadOnly: true})
		lines, damages := read(t, j, 0)
		if len(damages) > 0 || uint64(len(lines)) < told || uint64(len(lines)) != j.Last() {
			t.Fatalf("cycle %d: told %d lines, there are %d to %d, damages %v", cycle, told, len(lines), j.Last(), damages)
		}
		for n, l := range lines {
			if l.Seq != uint64(n+1) || eventOf(l.Body) != n {
				t.Fatalf("cycle %d: line %d at place %d: %.60q", cycle, l.Seq, n+1, l.Body)
			}
		}
	}
	t.Logf("%d kills, %d lines", cycles, told)
}

// killed starts a child, kills it after it told so many lines, and gives the
// last that it told.
func killed(t *testing.T, folder string, after int) uint64 {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), childFolder+"="+folder)
	child.Stderr = t.Output()
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	told := uint64(0)
	for lines := bufio.NewScanner(out); lines.Scan(); after-- {
		if _, err := fmt.Sscan(lines.Text(), &told); err != nil {
			t.Fatal(err)
		}
		if after == 0 {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := child.Wait(); err == nil || child.ProcessState.ExitCode() == 1 {
		t.Fatalf("the child was not killed: %v", err)
	}
	return told
}
