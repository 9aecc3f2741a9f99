package queue_test

import (
	"errors"
	"flag"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestRecordGolden: what version 1 wrote is read for ever.
func TestRecordGolden(t *testing.T) {
	t.Parallel()
	const golden = "testdata/entry_v1.golden"
	at := time.Date(2026, 11, 23, 8, 30, 0, 123456789, time.UTC)
	want := queue.Entry{
		ID: "0b8c1f5e-3c0a-4a53-9f0d-8f3a3c1f7d21", Seq: 7, Reception: "r", Number: 3,
		Device:   autopilot.Device{PKID: "3305123456781", Serial: "5CG1234XYZ", Manufacturer: "HP", Model: "EliteBook"},
		Customer: contoso, GroupTag: "STD", Order: "BL-1", Pallet: "P1", State: queue.Registered, Reason: queue.AlreadyThere,
		Other: "o", Plan: "plan-1", Batch: "STD", TrackingID: "t", DeviceID: "d", Code: autopilot.CodeAlreadyHere, Answer: "ZtdDeviceAlreadyAssigned",
		CapturedAt: at, ChangedAt: at, Operator: "Ana", Station: "dock 1", Source: "serial:/dev/ttyACM0",
		Reads: []queue.Read{{Text: "]C03305123456781", Symbology: "code128", AIM: "]C0", Source: "serial:/dev/ttyACM0"}},
	}
	data, err := queue.Encode(want)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(golden, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	got, err := queue.Decode(kept)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("version 1 is read otherwise: %s", diff)
	}
	if string(kept) != string(data) {
		t.Errorf("version 1 is written otherwise; a change needs a new version:\n%s\n%s", kept, data)
	}
	if _, err := queue.Decode([]byte(`{"v":2,"value":{}}`)); !errors.Is(err, queue.ErrNewer) {
		t.Errorf("a newer record gave %v", err)
	}
}
