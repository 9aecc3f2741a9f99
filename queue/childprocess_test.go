package queue_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// childRole and childFolder tell the test binary that it is a child and where
// its queue is; childStart is the first number that it captures.
const (
	childRole   = "PKIDSTATION_QUEUE_TEST_CHILD"
	childFolder = "PKIDSTATION_QUEUE_TEST_FOLDER"
)

func TestMain(m *testing.M) {
	if role := os.Getenv(childRole); role != "" {
		if err := beChild(role, os.Getenv(childFolder), os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// beChild opens the queue, says so, and does what its role says until its
// input ends or it is killed.
func beChild(role, folder string, out io.Writer) error {
	if role == "steady" {
		return beSteady(folder, out)
	}
	ctx := context.Background()
	if file, ok := strings.CutPrefix(role, "backup "); ok { // it opens no queue
		_, err := queue.MakeBackup(ctx, folder, file, queue.BackupOptions{})
		return err
	}
	q, err := queue.Open(folder, queue.Options{Station: "dock 2", Program: "child"})
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "open") //nolint:errcheck // the parent reads until the end
	if role == "capture" {
		err = captureOn(ctx, q, out)
	} else {
		_, err = io.Copy(io.Discard, os.Stdin)
	}
	if err != nil {
		return err
	}
	return q.Close()
}

// captureOn captures new PKIDs for ever and moves some of them on, and says
// what it was told, a line a verdict.
func captureOn(ctx context.Context, q *queue.Queue, out io.Writer) error {
	r, err := q.OpenReception(ctx, queue.Work{Customer: contoso, GroupTag: "TAG"}, "child")
	if err != nil {
		return err
	}
	for n := r.Boxes + 1; ; n++ {
		c := queue.Capture{Reception: r.ID, PKID: autopilot.PKID(fmt.Sprintf("33%011d", n)), By: "child"}
		v, err := q.Capture(ctx, c)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, v.Word, v.Entry.ID, v.Entry.PKID) //nolint:errcheck // as above
		if n%3 != 0 {
			continue
		}
		p, err := q.Plan(ctx, contoso, "TAG", []string{v.Entry.ID})
		if err != nil {
			return err
		}
		fmt.Fprintln(out, "planned", v.Entry.ID, p.ID) //nolint:errcheck // as above
	}
}

// A child is another process of this test with a queue open.
type child struct {
	*exec.Cmd
	lines *bufio.Scanner
	in    io.WriteCloser
}

// startChild starts a child and waits until it has the queue open.
func startChild(t *testing.T, role, folder string) *child {
	t.Helper()
	c := &child{Cmd: exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")}
	c.Env = append(os.Environ(), childRole+"="+role, childFolder+"="+folder)
	c.Stderr = t.Output()
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if c.in, err = c.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	c.lines = bufio.NewScanner(out)
	if !c.lines.Scan() || strings.TrimSpace(c.lines.Text()) != "open" {
		t.Fatalf("the child did not open the queue: %q", c.lines.Text())
	}
	return c
}
