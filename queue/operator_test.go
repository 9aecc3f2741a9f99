package queue_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// TestOperatorGolden: these records begin with version 2.
func TestOperatorGolden(t *testing.T) {
	t.Parallel()
	sinceTwo(t, "operator", queue.Operator{Number: 12, Name: "Léa"})
	sinceTwo(t, "operator_erased", queue.Operator{Number: 12, ErasedAt: noon()})
	sinceTwo(t, "audit_operator", queue.AuditLine{
		Number: 3, At: noon(), Operator: 12, Station: "dock 1", Action: queue.ActionErase, Note: "operator 7 asked", Before: "00", Hash: "ff",
	})
	sinceTwo(t, "reception_operator", queue.Reception{ID: "r", OpenedAt: noon(), OpenedByNumber: 1, ClosedByNumber: 2, ClosedAt: noon()})
	sinceTwo(t, "learnt_operator", queue.Learnt{Subject: queue.LearnRule, Key: "k", Value: "v", ByNumber: 3, At: noon()})
	sinceTwo(t, "removal_operator", queue.Removal{ID: "removal-1", Entry: "e", State: queue.RemovalPlanned, ByNumber: 4, Reason: "r", PlannedAt: noon()})
	sinceTwo(t, "entry_operator", queue.Entry{ID: "e", Seq: 1, Reception: "r", Number: 1, State: queue.Held, CapturedAt: noon(), ChangedAt: noon(), OperatorNumber: 5})
}

func sinceTwo[T any](t *testing.T, name string, want T) {
	t.Helper()
	file := filepath.Join("testdata", name+"_v2.golden")
	data, err := queue.EncodeRecord(want)
	must(t, err)
	if *update {
		must(t, os.WriteFile(file, data, 0o600))
	}
	kept, err := os.ReadFile(file)
	must(t, err)
	got, err := queue.DecodeRecord[T](kept)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("read otherwise, %v: %s", err, diff)
	}
	if !bytes.Equal(kept, data) {
		t.Errorf("written otherwise; a change needs a new version:\n%s\n%s", kept, data)
	}
}

// TestNamesStandInTheTableAlone: what an operator did is told by name, and on the
// disk there is the name once: in their own record.
func TestNamesStandInTheTableAlone(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	q := audited(t, folder, "dock 1")
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		must(t, err)
		lines, err := q.History(t.Context(), e.ID)
		must(t, err)
		if one, err := q.Entry(t.Context(), e.ID); err != nil || one.Operator != e.Operator || !slices.Contains([]string{"Ana", "Bob"}, e.Operator) || lines[0].By != e.Operator {
			t.Errorf("%q, %q, %+v %v", e.Operator, one.Operator, lines[0], err)
		}
		r, err := q.Reception(t.Context(), e.Reception)
		if err != nil || r.OpenedBy != "Ana" || r.ClosedBy != "Ana" {
			t.Errorf("%+v %v", r, err)
		}
	}
	learnt, err := q.AllLearnt(t.Context(), queue.LearnRule)
	if err != nil || len(learnt) != 4 || learnt[0].By != "Léa" {
		t.Errorf("%+v %v", learnt, err)
	}
	all, err := q.Operators(t.Context())
	if diff := cmp.Diff([]queue.Operator{{Number: 1, Name: "Ana"}, {Number: 2, Name: "Bob"}, {Number: 3, Name: "Léa"}}, all); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	must(t, q.Close())
	for called, want := range map[string]int{"Ana": 1, "Bob": 1, "Léa": 1} {
		if n := strings.Count(journalText(t, folder), called); n != want {
			t.Errorf("%s stands in the journal %d times", called, n)
		}
	}
	must(t, rebuiltAlike(folder))
}

// journalText is all that the journal has.
func journalText(t *testing.T, folder string) string {
	t.Helper()
	var all strings.Builder
	must(t, filepath.WalkDir(filepath.Join(folder, "journal"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close() //nolint:errcheck // it was only read
		var r io.Reader = f
		if strings.HasSuffix(path, ".gz") {
			if r, err = gzip.NewReader(f); err != nil {
				return err
			}
		}
		_, err = io.Copy(&all, r)
		return err
	}))
	return all.String()
}

// TestErasing: the name is gone from what is read and from what is written from
// then on, and the audit fits together.
func TestErasing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	q := audited(t, folder, "dock 1")
	act := queue.Act{By: "Léa", Reason: "asked for it"}
	ana, err := q.OperatorNamed(t.Context(), "Ana")
	must(t, err)
	for _, c := range []struct {
		number uint64
		act    queue.Act
		want   error
	}{
		{99, act, queue.ErrNoOperator},
		{ana.Number, queue.Act{By: "Léa", Reason: " "}, queue.ErrNoReason},
		{ana.Number, queue.Act{By: "Léa", Reason: "(ANA) asked"}, queue.ErrReasonNames},
	} {
		if _, err := q.EraseOperator(t.Context(), c.number, c.act); !errors.Is(err, c.want) {
			t.Errorf("%v: %v", c, err)
		}
	}
	for range 2 { // the second does nothing
		done, err := q.EraseOperator(t.Context(), ana.Number, act)
		if err != nil || !done.Operator.Erased() || done.Operator.Name != "" || done.Lines != 0 {
			t.Fatalf("%+v %v", done, err)
		}
	}
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		must(t, err)
		if want := []string{"Bob", "operator 1"}[e.Number%2]; e.Operator != want {
			t.Errorf("box %d is of %q, want %q", e.Number, e.Operator, want)
		}
		if e.State == queue.Ready {
			must(t, q.Hold(t.Context(), []string{e.ID}, act))
		}
	}
	if _, err := q.OperatorNamed(t.Context(), "Ana"); !errors.Is(err, queue.ErrNoOperator) {
		t.Errorf("found by name: %v", err)
	}
	if wrong, err := q.Check(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("%v %v", wrong, err)
	}
	must(t, q.Close())
	if n := strings.Count(journalText(t, folder), "Ana"); n != 1 { // in the line that first had it
		t.Errorf("Ana stands in the journal %d times", n)
	}
	must(t, rebuiltAlike(folder))
	q = queuetest.OpenIn(t, folder)
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso, Order: "BL-9"}, "Ana")
	if err != nil || r.OpenedBy != "Ana" {
		t.Errorf("%+v %v", r, err)
	}
	if again, err := q.OperatorNamed(t.Context(), "Ana"); err != nil || again.Number != 4 {
		t.Errorf("who comes again has a new number: %+v %v", again, err)
	}
}

// TestASupervisorsNameStays until they are none.
func TestASupervisorsNameStays(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	must(t, audited(t, folder, "dock 1").Close())
	db, err := bbolt.Open(filepath.Join(folder, queue.FileName), 0o600, nil)
	must(t, err)
	must(t, db.Update(func(tx *bbolt.Tx) error { return tx.Bucket([]byte("supervisor")).Put([]byte("Léa"), []byte("{}")) }))
	must(t, db.Close())
	q, err := queue.Open(folder, queue.Options{})
	must(t, err)
	defer q.Close() //nolint:errcheck // nothing is written
	if _, err := q.EraseOperator(t.Context(), 3, queue.Act{By: "Bob", Reason: "left"}); !errors.Is(err, queue.ErrStillSupervisor) {
		t.Errorf("%v", err)
	}
}

// TestErasingReachesEarlierRecords: a file of the third layout has names in its
// records, which become numbers, and in its chain, where they stay and are told.
func TestErasingReachesEarlierRecords(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	unzip(t, filepath.Join("testdata", "schema3.db.gz"), filepath.Join(folder, queue.FileName))
	q := queuetest.OpenIn(t, folder)
	names := map[string]int{}
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		must(t, err)
		lines, err := q.History(t.Context(), e.ID)
		must(t, err)
		names[e.Operator]++
		if lines[0].By == "" || lines[0].Operator != 0 {
			t.Errorf("%+v", lines[0])
		}
	}
	if len(names) == 0 || names[""] > 0 {
		t.Fatalf("%v", names)
	}
	for called := range names {
		o, err := q.OperatorNamed(t.Context(), called)
		must(t, err)
		done, err := q.EraseOperator(t.Context(), o.Number, queue.Act{By: "Léo", Reason: "left"})
		if err != nil || done.Lines == 0 {
			t.Errorf("%q: %+v, %v", called, done, err)
		}
	}
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		must(t, err)
		if e.Operator != queue.ErasedName(e.OperatorNumber) {
			t.Errorf("%q", e.Operator)
		}
	}
	if wrong, err := q.Check(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("%v %v", wrong, err)
	}
	must(t, q.Close())
	must(t, rebuiltAlike(folder))
}
