package queue_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"pkidstation/queue"
)

// TestCheckFindsDamage changes one thing behind the queue's back and wants it
// found.
func TestCheckFindsDamage(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func(tx *bbolt.Tx) error{
		"an index key is gone":  func(tx *bbolt.Tx) error { return dropFirst(tx.Bucket([]byte("pkid"))) },
		"a state index is gone": func(tx *bbolt.Tx) error { return dropFirst(tx.Bucket([]byte("state"))) },
		"an ID is gone":         func(tx *bbolt.Tx) error { return dropFirst(tx.Bucket([]byte("id"))) },
		"an entry is gone":      func(tx *bbolt.Tx) error { return dropFirst(tx.Bucket([]byte("entry"))) },
		"an audit line is gone": func(tx *bbolt.Tx) error { return dropFirst(tx.Bucket([]byte("audit"))) },
		"the end of the audit is cut off": func(tx *bbolt.Tx) error {
			k, _ := tx.Bucket([]byte("audit")).Cursor().Last()
			return tx.Bucket([]byte("audit")).Delete(k)
		},
		"a line of the history is gone":  func(tx *bbolt.Tx) error { return dropFirst(tx.Bucket([]byte("history"))) },
		"an open reception is not found": func(tx *bbolt.Tx) error { return dropFirst(tx.Bucket([]byte("work"))) },
		"an entry moved behind its history": func(tx *bbolt.Tx) error {
			k, v := tx.Bucket([]byte("entry")).Cursor().First()
			moved := bytes.Replace(v, []byte(`"state":"ready"`), []byte(`"state":"registered"`), 1)
			state := tx.Bucket([]byte("state"))
			if err := errors.Join(state.Delete(append([]byte("ready\x00"), k...)), state.Put(append([]byte("registered\x00"), k...), []byte{1})); err != nil {
				return err
			}
			return tx.Bucket([]byte("entry")).Put(k, moved)
		},
		"a running number is missing": func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte("entry"))
			k, v := b.Cursor().First()
			e, err := queue.Decode(v)
			if err != nil {
				return err
			}
			e.Number += 3
			moved, err := queue.Encode(e)
			if err != nil {
				return err
			}
			return b.Put(k, moved)
		},
		"an audit line was changed": func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte("audit"))
			k, v := b.Cursor().First()
			return b.Put(k, bytes.Replace(v, []byte("dock 1"), []byte("dock 2"), 1))
		},
		"an entry cannot be read": func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte("entry"))
			k, _ := b.Cursor().First()
			return b.Put(k, []byte("{"))
		},
		"two stand for one PKID": func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte("entry"))
			k, v := b.Cursor().First()
			return b.Put(k, bytes.ReplaceAll(v, []byte("3305123400000"), []byte("3305123400001")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			fill(t, folder)
			db, err := bbolt.Open(filepath.Join(folder, queue.FileName), 0o600, &bbolt.Options{Timeout: time.Second})
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Update(damage); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			q, err := queue.Open(folder, queue.Options{ReadOnly: true})
			if err != nil {
				t.Fatal(err)
			}
			defer q.Close() //nolint:errcheck // read only
			if wrong, err := q.Check(t.Context()); err != nil || len(wrong) == 0 {
				t.Errorf("check found nothing (%v)", err)
			}
		})
	}
}

func fill(t *testing.T, folder string) {
	t.Helper()
	q, err := queue.Open(folder, queue.Options{Station: "dock 1"})
	if err != nil {
		t.Fatal(err)
	}
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso}, "Ana")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if _, err := q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: pkid(i), By: "Ana"}); err != nil {
			t.Fatal(err)
		}
	}
	if wrong, err := q.Check(t.Context()); err != nil || len(wrong) > 0 {
		t.Fatalf("unsound before: %v %v", wrong, err)
	}
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
}

func dropFirst(b *bbolt.Bucket) error {
	k, _ := b.Cursor().First()
	return b.Delete(k)
}
