package queue_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/journal"
)

// A steady child captures so many boxes whose IDs are fixed before, tries each
// again where the disk fails, and says what it tries and what it was told. With a
// trick it breaks the promise, for a harness to show that it would see that.
type steady struct {
	First, Count int
	Trick        string
}

const (
	forgetful = "forgetful" // the journal is not synced
	eager     = "eager"     // the verdict is told before the capture
	abrupt    = "abrupt"    // it ends as if it were killed
	eternal   = 1 << 30     // boxes until it is killed
)

// childSteady tells a child what it captures; see steady.
const childSteady = "PKIDSTATION_QUEUE_TEST_STEADY"

func (s steady) environ(folder string) []string {
	return append(os.Environ(), childRole+"=steady", childFolder+"="+folder,
		fmt.Sprintf("%s=%d %d %s", childSteady, s.First, s.Count, s.Trick))
}

// command is the child, run by wrapper where there is one.
func (s steady) command(ctx context.Context, folder string, wrapper ...string) *exec.Cmd {
	args := slices.Concat(wrapper, []string{os.Args[0], "-test.run=^$"})
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = s.environ(folder)
	cmd.WaitDelay = 10 * time.Second
	return cmd
}

// steadyID and steadyNumber are the ID of a box, and the box of an ID.
func steadyID(n int) string { return fmt.Sprintf("event-%06d", n) }

func steadyNumber(id string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimPrefix(id, "event-"))
	return n, err == nil && steadyID(n) == id
}

// steadyOptions give a short run many segments, checkpoints and growths.
func steadyOptions() queue.Options {
	return queue.WithSmallSteps(queue.Options{Station: "dock 2", Program: "child", Segment: 16 << 10})
}

// tries is how often a steady child repeats what failed.
const tries = 5

// beSteady is what a steady child does. All of it is on one thread, so that what
// counts calls by thread counts the same ones each time.
func beSteady(folder string, out io.Writer) error {
	runtime.LockOSThread()
	s := steady{}
	words := strings.Split(os.Getenv(childSteady), " ")
	s.First, _ = strconv.Atoi(words[0])
	s.Count, _ = strconv.Atoi(words[1])
	s.Trick = words[2]
	opts := steadyOptions()
	if s.Trick == forgetful {
		opts = queue.WithDisk(opts, looseDisk{})
	}
	say := func(words ...any) { fmt.Fprintln(out, words...) } //nolint:errcheck // the parent reads until the end
	var q *queue.Queue
	err := again(say, "open", func() (err error) {
		q, err = queue.Open(folder, opts)
		return err
	})
	if err != nil {
		return err
	}
	say("open")
	if err := s.capture(q, say); err != nil {
		return errors.Join(err, q.Close())
	}
	if s.Trick == abrupt {
		os.Exit(0)
	}
	if err := q.Close(); err != nil {
		say("failed", "close", kindOf(err))
	}
	say("done")
	return nil
}

func (s steady) capture(q *queue.Queue, say func(...any)) error {
	ctx := context.Background()
	var r queue.Reception
	err := again(say, "reception", func() (err error) {
		r, err = q.OpenReception(ctx, queue.Work{Customer: contoso, GroupTag: "Dock"}, "child")
		return err
	})
	for n := s.First; n < s.First+s.Count && err == nil; n++ {
		id := steadyID(n)
		say("trying", id)
		if s.Trick == eager {
			say("told", id)
		}
		err = again(say, id, func() error {
			v, err := q.Capture(ctx, queue.Capture{ID: id, Reception: r.ID, PKID: pkid(n), By: "child"})
			if err == nil && v.Word != queue.Accepted {
				err = fmt.Errorf("%s is %s", id, v.Word)
			}
			return err
		})
		if err == nil {
			say("told", id)
		}
	}
	return err
}

// again repeats what fails, and says what a person would be told.
func again(say func(...any), what string, do func() error) (err error) {
	for range tries {
		if err = do(); err == nil {
			return nil
		}
		say("failed", what, kindOf(err))
	}
	return err
}

// kindOf is what a person is told of an error of the disk, in one word, and all
// of it where there is none.
func kindOf(err error) string {
	if _, ok := errors.AsType[*queue.CommitError](err); ok {
		return "unknown-outcome"
	}
	if _, ok := errors.AsType[*queue.InUseError](err); ok {
		return "in-use"
	}
	for known, kind := range map[error]string{
		queue.ErrNotWritable: "not-writable", queue.ErrUnavailable: "unavailable", queue.ErrNotQueue: "not-a-queue",
		queue.ErrNotOpened: "not-opened", queue.ErrNotClosed: "not-closed", queue.ErrVanished: "vanished",
	} {
		if errors.Is(err, known) {
			return kind
		}
	}
	return "WORDLESS " + strings.ReplaceAll(err.Error(), "\n", " | ")
}

// A saying is what a steady child said.
type saying struct {
	tried  int             // the first box that was not tried
	told   map[string]bool // IDs of verdicts
	failed []string
	done   bool
	open   bool
}

// hear takes a line; the last one may be cut off.
func (s *saying) hear(line string) {
	word, rest, _ := strings.Cut(line, " ")
	n, whole := steadyNumber(rest)
	switch {
	case word == "trying" && whole:
		s.tried = max(s.tried, n+1)
	case word == "told" && whole:
		s.told[rest] = true
	case word == "failed":
		s.failed = append(s.failed, rest)
	case word == "open":
		s.open = true
	case word == "done":
		s.done = true
	}
}

// heard is what a child said in all.
func heard(out []byte) *saying {
	said := &saying{told: map[string]bool{}}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		said.hear(lines.Text())
	}
	return said
}

// A finding is what is wrong with a queue after something happened to it.
type finding struct {
	lost, doubled int
	wrong         []string
	recovery      queue.Recovery
}

func (f finding) bad() bool { return f.lost > 0 || f.doubled > 0 || len(f.wrong) > 0 }

func (f *finding) note(err error, doing string) {
	if err != nil {
		f.wrong = append(f.wrong, fmt.Sprintf("%s: %v", doing, err))
	}
}

// keeps opens the queue that a steady child left, and holds it against what was
// told: lost are the captures that are not there, and doubled what is there twice
// or was never tried, after what was tried last is captured again with the same ID.
func (s *saying) keeps(ctx context.Context, folder string) (f finding) {
	q, err := queue.Open(folder, steadyOptions())
	if err != nil {
		f.note(err, "opening")
		f.lost = len(s.told)
		return f
	}
	f.recovery = q.Recovery()
	wrong, err := q.Check(ctx)
	f.wrong = append(f.wrong, wrong...)
	f.note(err, "checking")
	wrong, behind, err := q.CheckJournal(ctx)
	f.wrong = append(f.wrong, wrong...)
	f.note(err, "checking the journal")
	if behind > 0 {
		f.wrong = append(f.wrong, fmt.Sprintf("the index is %d changes behind", behind))
	}
	kept := f.entries(ctx, q)
	for id := range s.told {
		if kept[id] == 0 {
			f.lost++
		}
	}
	f.note(s.repeat(ctx, q), "again")
	for id, n := range f.entries(ctx, q) {
		if number, ours := steadyNumber(id); !ours || number >= s.tried || n > 1 {
			f.doubled++
		}
	}
	f.note(q.Close(), "closing")
	return f
}

// repeat captures again the last boxes that were tried, as the caller does.
func (s *saying) repeat(ctx context.Context, q *queue.Queue) error {
	r, err := q.OpenReception(ctx, queue.Work{Customer: contoso, GroupTag: "Dock"}, "child")
	if err != nil {
		return err
	}
	for n := max(0, s.tried-3); n < s.tried; n++ {
		v, err := q.Capture(ctx, queue.Capture{ID: steadyID(n), Reception: r.ID, PKID: pkid(n), By: "child"})
		if err != nil || v.Word != queue.Accepted || v.Entry.ID != steadyID(n) {
			return fmt.Errorf("%s: %v %s, %w", steadyID(n), v.Word, v.Entry.ID, err)
		}
	}
	return nil
}

// entries counts the entries by ID, and once more where a PKID is there twice.
func (f *finding) entries(ctx context.Context, q *queue.Queue) map[string]int {
	kept, pkids := map[string]int{}, map[string]bool{}
	for e, err := range q.List(ctx, queue.Filter{}) {
		if err != nil {
			f.note(err, "listing")
			break
		}
		kept[e.ID]++
		if pkids[string(e.PKID)] {
			kept[e.ID]++
		}
		pkids[string(e.PKID)] = true
	}
	return kept
}

// looseDisk is the disk, but that nothing the journal writes is ever synced.
type looseDisk struct{}

type looseFile struct{ *os.File }

func (looseFile) Sync() error     { return nil }
func (looseFile) Datasync() error { return nil }

func (looseDisk) OpenFile(name string, flag int, perm fs.FileMode) (journal.File, error) {
	f, err := os.OpenFile(name, flag, perm)
	return looseFile{f}, err
}
func (looseDisk) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (looseDisk) Mkdir(name string, perm fs.FileMode) error  { return os.Mkdir(name, perm) }
func (looseDisk) Rename(from, to string) error               { return os.Rename(from, to) }
func (looseDisk) Remove(name string) error                   { return os.Remove(name) }
func (looseDisk) SyncFolder(string) error                    { return nil }
