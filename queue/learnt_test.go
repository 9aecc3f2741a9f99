package queue_test

import (
	"errors"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"pkidstation/queue"
)

func TestLearn(t *testing.T) {
	t.Parallel()
	q := open(t)
	ctx := t.Context()
	const ean = "5901234123457"
	for range 2 {
		if err := q.Learn(ctx, queue.LearnGTIN, ean, "", queue.Act{By: "Ana"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(q.Learn(ctx, queue.LearnLayout, "", "fr", queue.Act{By: "Ana"}), q.Learn(ctx, queue.LearnLayout, "", "be", queue.Act{By: "Léa"})); err != nil {
		t.Fatal(err)
	}
	if l, ok, err := q.Learnt(ctx, queue.LearnGTIN, ean); err != nil || !ok || l.By != "Ana" || l.At.IsZero() {
		t.Errorf("learnt: %+v %v %v", l, ok, err)
	}
	if l, ok, err := q.Learnt(ctx, queue.LearnLayout, ""); err != nil || !ok || l.Value != "be" {
		t.Errorf("learnt anew: %+v %v %v", l, ok, err)
	}
	if _, ok, err := q.Learnt(ctx, queue.LearnGTIN, ""); err != nil || ok {
		t.Errorf("another subject's key was found: %v", err)
	}
	if all, err := q.AllLearnt(ctx, queue.LearnGTIN); err != nil || len(all) != 1 {
		t.Errorf("all: %v %v", all, err)
	}
	for range 2 {
		if err := q.Forget(ctx, queue.LearnGTIN, ean, queue.Act{By: "Ana"}); err != nil {
			t.Fatal(err)
		}
	}
	if all, err := q.AllLearnt(ctx, queue.LearnGTIN); err != nil || len(all) != 0 {
		t.Errorf("after it was forgotten: %v %v", all, err)
	}
}

// TestEarlierFile: a file without what this version learns is read as it is, and
// brought up when it is opened for writing.
func TestEarlierFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	q, err := queue.Open(folder, queue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := bbolt.Open(filepath.Join(folder, queue.FileName), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		return errors.Join(tx.DeleteBucket([]byte("learnt")), tx.Bucket([]byte("meta")).Put([]byte("schema"), []byte("1")))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	looked, err := queue.Open(folder, queue.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	_, ok, err := looked.Learnt(t.Context(), queue.LearnLayout, "")
	all, errAll := looked.AllLearnt(t.Context(), queue.LearnLayout)
	if wrong, errCheck := looked.Check(t.Context()); ok || len(all)+len(wrong) > 0 || errors.Join(err, errAll, errCheck, looked.Close()) != nil {
		t.Errorf("looking: %v %v %v %v %v", ok, all, wrong, err, errAll)
	}
	q = openIn(t, folder)
	if err := q.Learn(t.Context(), queue.LearnLayout, "", "fr", queue.Act{By: "Ana"}); err != nil {
		t.Fatal(err)
	}
	if l, ok, err := q.Learnt(t.Context(), queue.LearnLayout, ""); err != nil || !ok || l.Value != "fr" {
		t.Errorf("brought up: %+v %v %v", l, ok, err)
	}
}
