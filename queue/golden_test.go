package queue_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// golden holds a record against what each version wrote, which is read for ever.
func golden[T any](t *testing.T, name string, want T) {
	t.Helper()
	data, err := queue.EncodeRecord(want)
	if err != nil {
		t.Fatal(err)
	}
	newest := filepath.Join("testdata", name+"_v2.golden")
	if *update {
		if err := os.WriteFile(newest, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for version, file := range []string{filepath.Join("testdata", name+"_v1.golden"), newest} {
		kept, err := os.ReadFile(file)
		if version == 0 && errors.Is(err, fs.ErrNotExist) {
			continue // no station of version 1 had this kind
		}
		if err != nil {
			t.Fatal(err)
		}
		got, err := queue.DecodeRecord[T](kept)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("version %d is read otherwise: %s", version+1, diff)
		}
		if file == newest && !bytes.Equal(kept, data) {
			t.Errorf("version 2 is written otherwise; a change needs a new version:\n%s\n%s", kept, data)
		}
	}
	goldenPacked(t, filepath.Join("testdata", name+"_v3.golden"), data, want)
}

// goldenPacked holds what queue.db has of a record, in hex digits, against what
// was written once.
func goldenPacked[T any](t *testing.T, file string, data []byte, want T) {
	t.Helper()
	packed := queue.Pack(data)
	if *update {
		if err := os.WriteFile(file, fmt.Appendf(nil, "%x\n", packed), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	got, err := queue.DecodeRecord[T](kept)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("version 3 is read otherwise: %v %s", err, diff)
	}
	if back, err := queue.Unpack(kept); err != nil || !bytes.Equal(back, data) {
		t.Errorf("version 3 says %s (%v), not %s", back, err, data)
	}
	if !bytes.Equal(packed, kept) {
		t.Errorf("version 3 is written otherwise: %x", packed)
	}
}

// FuzzPack wants whatever is packed to come back letter for letter, and what is
// read as packed to be a record or an error.
func FuzzPack(f *testing.F) {
	for _, name := range []string{"entry", "plan", "customer", "audit"} {
		data, err := os.ReadFile(filepath.Join("testdata", name+"_v2.golden"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		f.Add(queue.Pack(data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := queue.Unpack(data); err != nil {
			_, _ = queue.Decode(data)
		}
		short := queue.Pack(data)
		if bytes.Equal(short, data) {
			return
		}
		if back, err := queue.Unpack(short); err != nil || !bytes.Equal(back, data) {
			t.Errorf("%s came back as %s: %v", data, back, err)
		}
	})
}

func TestPlanGolden(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 8, 30, 0, 123456789, time.UTC)
	golden(t, "plan", queue.Plan{
		ID: "plan-7", Customer: contoso, Batch: "STD", Entries: []string{"a", "b"},
		Devices: []autopilot.Device{{PKID: "3305123456781"}, {Serial: "S", Manufacturer: "HP", Model: "M"}}, State: queue.PlanSubmitted,
		RequestID: "r", Append: true, Attempt: 2, Again: true, TrackingID: "t", PlannedAt: at, SentAt: at, SubmittedAt: at, EndedAt: at,
		Note: queue.Throttled, Open: 1,
	})
}

func TestReceptionGolden(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC)
	golden(t, "reception", queue.Reception{
		ID: "r", Work: queue.Work{Customer: contoso, GroupTag: "STD", Order: "BL-1"}, OpenedBy: "Ana", OpenedAt: at, ClosedBy: "Léa", ClosedAt: at, Boxes: 12,
	})
}

func TestCustomerGolden(t *testing.T) {
	t.Parallel()
	golden(t, "customer", queue.CustomerSetting{ID: contoso, Name: "Contoso & Fils", GroupTag: "STD"})
}

func TestAuditLineGolden(t *testing.T) {
	t.Parallel()
	golden(t, "audit", queue.AuditLine{
		Number: 3, At: time.Date(2026, 11, 23, 9, 30, 0, 1, time.FixedZone("", 3600)).UTC(), By: "Léa", Station: "dock 1", Action: queue.ActionOutcome,
		Entry: "e", Reception: "r", Plan: "plan-7", From: queue.Submitted, To: queue.Rejected, Reason: queue.NoOutcome, Note: "808 <autre>",
		Before: "00", Hash: "ff",
	})
}

// FuzzDecode wants any bytes in the file to be a record or an error, and what
// is a record to be written and read as the same.
func FuzzDecode(f *testing.F) {
	for _, name := range []string{"entry", "plan", "customer", "audit"} {
		data, err := os.ReadFile(filepath.Join("testdata", name+"_v1.golden"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, seed := range []string{"", "{", `{"v":1}`, `{"v":2,"value":{}}`, `{"v":1,"value":{"seq":-1}}`, `{"v":1,"value":{"captured_at":"0000"}}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := queue.Decode(data)
		if err != nil {
			return
		}
		again, err := queue.Encode(e)
		if err != nil {
			t.Fatalf("read and cannot be written: %v", err)
		}
		if back, err := queue.Decode(again); err != nil || !cmp.Equal(e, back) {
			t.Errorf("%s was read as something else: %v\n%s", data, err, cmp.Diff(e, back))
		}
		if !json.Valid(again) {
			t.Errorf("written as %s", again)
		}
	})
}
