package queue_test

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/queuetest"
)

func TestCheckFindsALostRemoval(t *testing.T) {
	t.Parallel()
	for _, bucket := range []string{"removal", "take-back"} {
		t.Run(bucket, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			q, err := queue.Open(folder, queue.Options{})
			if err != nil {
				t.Fatal(err)
			}
			p := planner{t, q, queuetest.Fill(t, q, standard(), 1, 1)}
			p.removing()
			p.must(q.Close())
			db, err := bbolt.Open(filepath.Join(folder, queue.FileName), 0o600, &bbolt.Options{Timeout: time.Second})
			p.must(err)
			p.must(db.Update(func(tx *bbolt.Tx) error { return dropFirst(tx.Bucket([]byte(bucket))) }))
			p.must(db.Close())
			look, err := queue.Open(folder, queue.Options{ReadOnly: true})
			p.must(err)
			defer look.Close() //nolint:errcheck // read only
			if wrong, err := look.Check(t.Context()); err != nil || len(wrong) == 0 {
				t.Errorf("check found nothing (%v)", err)
			}
		})
	}
}

// A file of the station's second layout, made by its code, opens with what it
// lacked in place; whoever only looks at it changes nothing and finds it sound.
func TestAFileOfTheSecondLayout(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, queue.FileName)
	unzip(t, filepath.Join("testdata", "schema2.db.gz"), path)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	look, err := queue.Open(folder, queue.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	sound(t, look)
	if err := look.Close(); err != nil {
		t.Fatal(err)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("looking changed the file (%v)", err)
	}
	q := openIn(t, folder)
	if m, err := q.Marks(t.Context()); err != nil || m != (queue.Marks{AlreadyThere: 2}) {
		t.Errorf("marks: %+v, %v", m, err)
	}
	counts, err := q.Counts(t.Context())
	if err != nil || counts != (queue.Counts{Registered: 3, Rejected: 1, Submitted: 1, Ready: 1}) {
		t.Errorf("counts: %+v, %v", counts, err)
	}
	made, err := q.Remove(t.Context(), []string{"e1"}, false, wrongCustomer())
	if err != nil || len(made) != 1 || made[0].DeviceID != "d1" || made[0].Batch != "STD" {
		t.Errorf("what it has can be taken back: %+v, %v", made, err)
	}
	if err := q.SetPause(t.Context(), queue.Pause{Reason: queue.Throttled}); err != nil {
		t.Error(err)
	}
}

func unzip(t *testing.T, from, to string) {
	t.Helper()
	packed, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close() //nolint:errcheck // nothing was written
	plain, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(io.LimitReader(plain, 1<<24))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestRemovalGolden(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 25, 8, 30, 0, 123456789, time.UTC)
	golden(t, "removal", queue.Removal{
		ID: "removal-7", Entry: "e", Customer: contoso, Device: autopilot.Device{PKID: "3305123456781"}, DeviceID: "d", Batch: "STD",
		State: queue.RemovalAsked, By: "Léa", Reason: "wrong <customer>", OnSite: true, RequestID: "r", Attempt: 2, Note: queue.StillThere,
		Code: "811", Answer: "ZtdDeviceRegisteredByOtherTenant", Person: true, Due: at, PlannedAt: at, AskedAt: at, EndedAt: at,
	})
}

// A removal whose device was missing once; without that it is written as ever.
func TestRemovalMissingGolden(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 25, 8, 30, 0, 123456789, time.UTC)
	golden(t, "removal_missing", queue.Removal{
		ID: "removal-7", Entry: "e", Customer: contoso, Device: autopilot.Device{PKID: "3305123456781"}, DeviceID: "d", Batch: "STD",
		State: queue.RemovalPlanned, By: "Léa", Reason: "wrong", RequestID: "r", Attempt: 1, Seen: true, Due: at, MissingAt: at, PlannedAt: at,
	})
}
