package queue_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// goldenSince2 is golden for what version 1 had not.
func goldenSince2[T any](t *testing.T, name string, want T) {
	t.Helper()
	data, err := queue.EncodeRecord(want)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", name+"_v2.golden")
	if *update {
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, err := queue.DecodeRecord[T](kept)
	if diff := cmp.Diff(want, got); err != nil || diff != "" || !bytes.Equal(kept, data) {
		t.Errorf("version 2 is read or written otherwise: %v %s\n%s\n%s", err, diff, kept, data)
	}
}

func TestRestoredGoldens(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 28, 20, 45, 0, 0, time.UTC)
	goldenSince2(t, "station", queue.StationRecord{ID: "b7e2", Name: "dock 1", Since: at, From: "a1c9", BackedUpAt: at.Add(-time.Hour)})
	goldenSince2(t, "plan_restored", queue.Plan{
		ID: "plan-7", Customer: contoso, Batch: "STD", Entries: []string{"a"}, Devices: []autopilot.Device{{PKID: "3305123456781"}},
		State: queue.PlanPlanned, Again: true, Restored: true, PlannedAt: at, Open: 1,
	})
	goldenSince2(t, "entry_restored", queue.Entry{
		ID: "a", Seq: 1, Reception: "r", Number: 1, Device: autopilot.Device{PKID: "3305123456781"}, Customer: contoso,
		State: queue.Held, Reason: queue.FromBackup, Sent: true, Restored: true, CapturedAt: at, ChangedAt: at,
	})
}

// TestAStationKeepsItsID: over starts and another name.
func TestAStationKeepsItsID(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	first := queue.StationRecord{}
	for _, name := range []string{"dock 1", "dock 1", "dock 2"} {
		q, err := queue.Open(folder, queue.Options{Station: name})
		if err != nil {
			t.Fatal(err)
		}
		got, err := q.Identify(t.Context())
		if err != nil || got.Name != name || got.ID == "" || first.ID != "" && got.ID != first.ID {
			t.Errorf("%+v, %+v, %v", first, got, err)
		}
		if first = got; q.Close() != nil {
			t.Error("closing")
		}
	}
}
