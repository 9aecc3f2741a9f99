package queue_test

import (
	"bytes"
	"errors"
	"flag"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestRecordGolden: what each version wrote is read for ever.
func TestRecordGolden(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 8, 30, 0, 123456789, time.UTC)
	want := queue.Entry{
		ID: "0b8c1f5e-3c0a-4a53-9f0d-8f3a3c1f7d21", Seq: 7, Reception: "r", Number: 3,
		Device:   autopilot.Device{PKID: "3305123456781", Serial: "5CG1234XYZ", Manufacturer: "HP", Model: "EliteBook"},
		Customer: contoso, GroupTag: "STD", Order: "BL-1", Pallet: "P1", State: queue.Registered, Reason: queue.AlreadyThere,
		Other: "o", Plan: "plan-1", Batch: "STD", TrackingID: "t", DeviceID: "d", Code: autopilot.CodeAlreadyHere, Answer: "ZtdDeviceAlreadyAssigned",
		CapturedAt: at, ChangedAt: at, Operator: "Ana", Station: "dock 1", Source: "serial:/dev/ttyACM0",
		Reads: []queue.Read{{Text: "]C03305123456781", Symbology: "code128", AIM: "]C0", Source: "serial:/dev/ttyACM0"}},
	}
	golden(t, "entry", want)
	if _, err := queue.Decode([]byte(`{"v":3,"value":{}}`)); !errors.Is(err, queue.ErrNewer) {
		t.Errorf("a newer record gave %v", err)
	}
}

// TestFlippedRecord: no change of a record goes unseen.
func TestFlippedRecord(t *testing.T) {
	t.Parallel()
	data, err := queue.Encode(queue.Entry{ID: "e", Seq: 7, Device: autopilot.Device{PKID: "3305123456781"}, State: queue.Ready})
	if err != nil {
		t.Fatal(err)
	}
	for at := range data {
		for bit := range 8 {
			flipped := bytes.Clone(data)
			flipped[at] ^= 1 << bit
			if e, err := queue.Decode(flipped); err == nil && e.PKID != "3305123456781" {
				t.Errorf("byte %d, bit %d: read as %+v", at, bit, e)
			}
		}
	}
}
