package queue_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A fault is a system call of a child that fails: the nth of its kind on each of
// the child's threads, or all from the nth on.
type fault struct {
	call, errno string
	nth         int
	on          bool
}

func (f fault) String() string {
	if f.on {
		return fmt.Sprintf("%s of each %s from the %d. on", f.errno, f.call, f.nth)
	}
	return fmt.Sprintf("%s of the %d. %s", f.errno, f.nth, f.call)
}

// faultDeadline is when a child hangs.
const faultDeadline = 60 * time.Second

// run runs a steady child with the fault; met says that it came to it.
func (f fault) run(t *testing.T, folder string, s steady) (said *saying, met bool) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), faultDeadline)
	defer stop()
	trace := filepath.Join(t.TempDir(), "trace")
	when := fmt.Sprint(f.nth)
	if f.on {
		when += "+"
	}
	cmd := s.command(ctx, folder, "strace", "-f", "--seccomp-bpf", "-qq", "-o", trace, "-s", "0",
		"-e", "trace="+f.call, "-e", "signal=none", "-e", fmt.Sprintf("inject=%s:error=%s:when=%s", f.call, f.errno, when))
	cmd.Env = append(cmd.Env, "GOMAXPROCS=2")
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	said = heard(out)
	if ctx.Err() != nil {
		t.Errorf("%v: the child hung; it said last %q", f, lastLine(out))
	}
	if err != nil && cmd.ProcessState.ExitCode() != 1 || bytes.Contains(complaints.Bytes(), []byte("goroutine ")) {
		t.Errorf("%v: the child fell over: %v\n%.2000s", f, err, &complaints)
	}
	data, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	return said, bytes.Contains(data, []byte("(INJECTED)"))
}

func lastLine(out []byte) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return lines[len(lines)-1]
}

// faultyCalls are the calls by which a queue changes what is on the disk. There
// is no write among them: the Go runtime wakes itself with it, and what is kept
// is written with pwrite64.
func faultyCalls() []string {
	return []string{"pwrite64", "fdatasync", "fsync", "ftruncate", "linkat", "renameat", "unlinkat", "mkdirat"}
}

// TestEveryFault has each write and each sync of a run of 50 captures fail once,
// queue.db's included, and then each from then on. Whatever was told accepted is
// there when the station is started again, what is captured again with its ID is
// there once, and the child goes on by itself where the fault was once, or says in
// words what is wrong, and neither falls over nor hangs.
func TestEveryFault(t *testing.T) {
	t.Parallel()
	needsStrace(t)
	for _, call := range faultyCalls() {
		step := 19
		switch {
		case torture():
			step = 1
		case call == "pwrite64":
			step = 151
		}
		for _, errno := range []string{"EIO", "ENOSPC"} {
			for _, on := range []bool{false, true} {
				t.Run(fmt.Sprint(call, errno, on), func(t *testing.T) {
					t.Parallel()
					everyFault(t, fault{call: call, errno: errno, on: on}, step)
				})
			}
		}
	}
}

// everyFault puts the fault at each step-th place until there is none any more.
func everyFault(t *testing.T, f fault, step int) {
	t.Helper()
	if step > 1 && (f.errno == "ENOSPC") != (f.call == "pwrite64") {
		return // the short form has each call fail in the likelier way
	}
	met := true
	kinds := map[string]int{}
	for f.nth = 1; met; f.nth += step {
		folder := t.TempDir()
		var said *saying
		said, met = f.run(t, folder, steady{Count: 50})
		for _, failed := range said.failed {
			_, kind, _ := strings.Cut(failed, " ")
			if kinds[kind]++; strings.HasPrefix(kind, "WORDLESS") {
				t.Errorf("%v: nobody can be told what this is: %s", f, failed)
			}
		}
		if !f.on && (!said.done || len(said.told) != 50) {
			t.Errorf("%v: the child told %d, done %v: %v", f, len(said.told), said.done, said.failed)
		}
		if !said.done && len(said.failed) == 0 {
			t.Errorf("%v: the child ended and did not say why", f)
		}
		if found := said.keeps(t.Context(), folder); found.bad() {
			t.Errorf("%v: %+v: %v", f, found, said.failed)
		}
	}
	t.Logf("%s of %s: %d places; told %v", f.errno, f.call, (f.nth-1)/step, kinds)
}

// TestFaultsAreSeen: the harness sees a station that tells the verdict too early.
func TestFaultsAreSeen(t *testing.T) {
	t.Parallel()
	needsStrace(t)
	lost := 0
	for nth := 200; lost == 0 && nth < 220; nth++ { // the next write to the journal is among them
		f := fault{call: "pwrite64", errno: "ENOSPC", nth: nth, on: true}
		folder := t.TempDir()
		said, met := f.run(t, folder, steady{Count: 50, Trick: eager})
		if !met || len(said.told) == 0 {
			t.Fatalf("no fault: %+v", said)
		}
		lost = said.keeps(t.Context(), folder).lost
	}
	if lost == 0 {
		t.Error("a verdict before the capture is not seen")
	}
}
