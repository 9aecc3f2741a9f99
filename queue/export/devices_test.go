package export_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
)

// TestDevices: the bytes are Write's, refusals name their device, and a full file
// says where the next begins.
func TestDevices(t *testing.T) {
	t.Parallel()
	all := []autopilot.Device{
		{PKID: "0000000000017", Serial: "5CG1"},
		{PKID: "17"},
		{Serial: "=1+1", Manufacturer: "HP", Model: "X"},
		{PKID: "0000000000017"},
		{Serial: "5CG2"},
		{Serial: "5CG3", Manufacturer: "HP", Model: "EliteBook"},
		{PKID: "0000000000024"},
	}
	var b strings.Builder
	looked, refused, err := export.Devices(&b, all, export.Options{Rows: 2})
	if err != nil || looked != 6 {
		t.Fatal(looked, err)
	}
	if diff := cmp.Diff(export.Header+"\r\n,0000000000017,,,\r\n5CG3,,,HP,EliteBook\r\n", b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want := []export.DeviceRefusal{
		{Index: 1, Column: "Windows Product ID", Reason: export.BadPKID},
		{Index: 2, Column: "Device Serial Number", Reason: export.Formula},
		{Index: 3, Reason: export.Duplicate},
		{Index: 4, Reason: export.NoIdentity},
	}
	if diff := cmp.Diff(want, refused); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDevicesOfNothing(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if looked, refused, err := export.Devices(&b, []autopilot.Device{{Serial: "5CG2"}}, export.Options{}); looked != 1 || len(refused) != 1 || err != nil || b.Len() > 0 {
		t.Error(looked, refused, err, b.String())
	}
	if _, _, err := export.Devices(&b, nil, export.Options{Header: "a,b"}); !errors.Is(err, export.ErrHeader) {
		t.Error(err)
	}
}
