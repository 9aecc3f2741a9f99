package queue_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// workedOn has some of everything captured and sent.
func workedOn(t *testing.T, q *queue.Queue) (ids []string) {
	t.Helper()
	ids = queuetest.Fill(t, q, queue.Work{Customer: contoso, GroupTag: "TAG", Order: "4711"}, 1, 20)
	act := queue.Act{By: "Ana", Reason: "test"}
	if err := q.Hold(t.Context(), ids[:3], act); err != nil {
		t.Fatal(err)
	}
	p, err := q.Plan(t.Context(), contoso, "TAG", ids[5:10])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.Attempt(t.Context(), p.ID, queue.Attempt{RequestID: "r1"}); err != nil {
		t.Fatal(err)
	}
	if _, err := q.Submitted(t.Context(), p.ID, "job"); err != nil {
		t.Fatal(err)
	}
	if _, err := q.Settle(t.Context(), p.ID, []queue.Outcome{{Entry: ids[5], Registered: true, DeviceID: "d1"}, {Entry: ids[6], Code: "807"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := q.Plan(t.Context(), contoso, "TAG", ids[10:12]); err != nil {
		t.Fatal(err)
	}
	if _, err := q.Identify(t.Context()); err != nil {
		t.Fatal(err)
	}
	return ids
}

// entriesOf are all entries as text.
func entriesOf(t *testing.T, q *queue.Queue) (all []queue.Entry) {
	t.Helper()
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

// TestBackupBesideItsOwner: a backup is made beside whoever owns the queue, has all
// of it, and is restored into another folder.
func TestBackupBesideItsOwner(t *testing.T) {
	t.Parallel()
	folder, file := t.TempDir(), filepath.Join(t.TempDir(), "b.gz")
	q := openIn(t, folder)
	workedOn(t, q)
	b, err := queue.MakeBackup(t.Context(), folder, file, queue.BackupOptions{})
	if err != nil {
		t.Fatal(err)
	}
	counts, err := q.Counts(t.Context())
	me, e := q.Identify(t.Context())
	if err := errors.Join(err, e); err != nil || b.States != counts || b.StationID != me.ID || b.Wrong != 0 || b.Size == 0 {
		t.Errorf("%+v of %+v, %+v: %v", b, counts, me, err)
	}
	nothingLeft(t, folder, filepath.Dir(file))

	other := t.TempDir()
	r, err := queue.Restore(t.Context(), other, file, queue.RestoreOptions{Station: "dock 9", By: "Ana"})
	if err != nil {
		t.Fatal(err)
	}
	if r.Counts != counts || r.Aside != "" || r.Doubtful != 10+2+1 || r.Held != 0 || r.Station.ID == me.ID || r.Station.From != me.ID {
		t.Errorf("%+v", r)
	}
	nothingLeft(t, other)
	back := openIn(t, other)
	was, is := entriesOf(t, q), entriesOf(t, back)
	for n := range was {
		open := was[n].State == queue.Held || was[n].State == queue.Ready || was[n].State == queue.Planned || was[n].State == queue.Rejected
		if is[n].Restored != open {
			t.Errorf("%s %s is restored %v", was[n].ID, was[n].State, is[n].Restored)
		}
		is[n].Restored, is[n].Sent = was[n].Restored, was[n].Sent
		if a, b := mustEncode(t, was[n]), mustEncode(t, is[n]); a != b {
			t.Errorf("was %s\nis %s", a, b)
		}
	}
	if got, err := back.Identify(t.Context()); err != nil || got.ID != r.Station.ID {
		t.Errorf("%+v %v", got, err)
	}
	if back.Recovery() != (queue.Recovery{}) {
		t.Errorf("%+v", back.Recovery())
	}
}

func mustEncode(t *testing.T, e queue.Entry) string {
	t.Helper()
	data, err := queue.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// nothingLeft fails where something unfinished lies about.
func nothingLeft(t *testing.T, folders ...string) {
	t.Helper()
	for _, folder := range folders {
		left, err := filepath.Glob(filepath.Join(folder, "*.new"))
		pending, _ := filepath.Glob(filepath.Join(folder, "*.pending"))
		if err != nil || len(left)+len(pending) > 0 {
			t.Errorf("%s has %v %v, %v", folder, left, pending, err)
		}
	}
}

// TestBackupWritesOverNothing: what is there stays, unless it is told otherwise.
func TestBackupWritesOverNothing(t *testing.T) {
	t.Parallel()
	folder, file := t.TempDir(), filepath.Join(t.TempDir(), "b.gz")
	q := openIn(t, folder)
	workedOn(t, q)
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := queue.MakeBackup(t.Context(), folder, file, queue.BackupOptions{}); !errors.Is(err, queue.ErrBackupExists) {
		t.Errorf("gave %v", err)
	}
	if data, err := os.ReadFile(file); err != nil || string(data) != "mine" {
		t.Errorf("%q %v", data, err)
	}
	if _, err := queue.MakeBackup(t.Context(), folder, file, queue.BackupOptions{Force: true}); err != nil {
		t.Error(err)
	}
	if _, err := queue.ReadBackupHead(file); err != nil {
		t.Error(err)
	}
	nothingLeft(t, folder, filepath.Dir(file))
	if _, err := queue.MakeBackup(t.Context(), t.TempDir(), file+"2", queue.BackupOptions{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of nothing: %v", err)
	}
}

// TestBackupEnds: a backup that is broken off leaves nothing.
func TestBackupEnds(t *testing.T) {
	t.Parallel()
	folder, file := t.TempDir(), filepath.Join(t.TempDir(), "b.gz")
	q := openIn(t, folder)
	workedOn(t, q)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := queue.MakeBackup(ctx, folder, file, queue.BackupOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("gave %v", err)
	}
	nothingLeft(t, folder, filepath.Dir(file))
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it left a file: %v", err)
	}
}

// TestRestoreKeepsWhatWasThere: what was in the folder is put aside, whole; a
// folder that somebody has open is refused; a file that is no backup changes
// nothing.
func TestRestoreKeepsWhatWasThere(t *testing.T) {
	t.Parallel()
	folder, file := t.TempDir(), filepath.Join(t.TempDir(), "b.gz")
	q := queuetest.OpenIn(t, folder)
	ids := workedOn(t, q)
	if _, err := queue.MakeBackup(t.Context(), folder, file, queue.BackupOptions{}); err != nil {
		t.Fatal(err)
	}
	more := queuetest.Fill(t, q, queue.Work{Customer: contoso}, 100, 5)
	if _, err := queue.Restore(t.Context(), folder, file, queue.RestoreOptions{}); !isInUse(err) {
		t.Errorf("beside its owner: %v", err)
	}
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(t.TempDir(), "bad.gz")
	if err := os.WriteFile(bad, []byte("no backup"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := queue.Restore(t.Context(), folder, bad, queue.RestoreOptions{}); !errors.Is(err, queue.ErrNotBackup) {
		t.Errorf("gave %v", err)
	}
	r, err := queue.Restore(t.Context(), folder, file, queue.RestoreOptions{Station: "dock 1", Hold: true})
	if err != nil || r.Aside == "" || r.Held != 10 {
		t.Fatalf("%+v %v", r, err)
	}
	nothingLeft(t, folder)
	old, err := queue.Open(r.Aside, queue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = old.Close() })
	if got := len(entriesOf(t, old)); got != len(ids)+len(more) {
		t.Errorf("%d entries are aside", got)
	}
	back := openIn(t, folder)
	for _, e := range entriesOf(t, back) {
		if e.State == queue.Ready || e.Reason == queue.FromBackup && !e.Sent {
			t.Errorf("%+v", e)
		}
	}
	if got := len(entriesOf(t, back)); got != len(ids) {
		t.Errorf("%d entries are back", got)
	}
}

func isInUse(err error) bool {
	_, used := errors.AsType[*queue.InUseError](err)
	return used
}

// TestRestoreIsFinishedAtTheNextStart: wherever a restore is cut off after it is
// decided, the next start does the rest; before, nothing has changed.
func TestRestoreIsFinishedAtTheNextStart(t *testing.T) {
	t.Parallel()
	source, file := t.TempDir(), filepath.Join(t.TempDir(), "b.gz")
	workedOn(t, openIn(t, source))
	if _, err := queue.MakeBackup(t.Context(), source, file, queue.BackupOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, moved := range [][][2]string{
		nil,
		{{"queue.db", "before-restore-1/queue.db"}},
		{{"queue.db", "before-restore-1/queue.db"}, {"restore-1.new/queue.db", "queue.db"}},
		{{"queue.db", "before-restore-1/queue.db"}, {"restore-1.new/queue.db", "queue.db"}, {"journal", "before-restore-1/journal"}},
		{{"queue.db", "before-restore-1/queue.db"}, {"restore-1.new/queue.db", "queue.db"}, {"journal", "before-restore-1/journal"}, {"restore-1.new/journal", "journal"}},
	} {
		folder := t.TempDir()
		old := queuetest.OpenIn(t, folder)
		queuetest.Fill(t, old, queue.Work{Customer: contoso}, 100, 3)
		if err := old.Close(); err != nil {
			t.Fatal(err)
		}
		fresh := t.TempDir()
		if _, err := queue.Restore(t.Context(), fresh, file, queue.RestoreOptions{}); err != nil {
			t.Fatal(err)
		}
		at := func(name string) string { return filepath.Join(folder, filepath.FromSlash(name)) }
		err := errors.Join(os.Rename(fresh, at("restore-1.new")), os.Mkdir(at("before-restore-1"), 0o700),
			os.WriteFile(at("restore.pending"), []byte(`{"new":"restore-1.new","aside":"before-restore-1"}`), 0o600))
		for _, m := range moved {
			err = errors.Join(err, os.Rename(at(m[0]), at(m[1])))
		}
		if err != nil {
			t.Fatal(err)
		}
		q := openIn(t, folder)
		if got := len(entriesOf(t, q)); got != 20 || !q.Recovery().Nothing() {
			t.Errorf("after %v: %d entries, %+v", moved, got, q.Recovery())
		}
		nothingLeft(t, folder)
		aside := queuetest.OpenIn(t, at("before-restore-1"))
		if got := len(entriesOf(t, aside)); got != 3 {
			t.Errorf("after %v: %d entries aside", moved, got)
		}
	}
}

// TestPendingLeadsNowhere: a restore.pending that was not written here is not
// obeyed.
func TestPendingLeadsNowhere(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{"new":"restore-/../../x.new"}`, `{"new":"../restore-1.new"}`, `{"new":"restore-1.new","aside":"../before-restore-1"}`, `nonsense`, `{}`, strings.Repeat("x", 1<<16),
	} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, "restore.pending"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		q := openIn(t, folder)
		queuetest.Fill(t, q, queue.Work{Customer: contoso}, 1, 1)
		if data, err := os.ReadFile(filepath.Join(folder, "restore.pending")); err != nil || !bytes.Equal(data, []byte(text)) {
			t.Errorf("%.40q was touched: %v", text, err)
		}
	}
}
