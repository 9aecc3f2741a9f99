package partnercentertest_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// TestForeign: 806 for whom somebody else registered it, 808 for the others,
// and in no list.
func TestForeign(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{})
	server.SetForeign(boxes(0, 1)[0].PKID, contoso)
	post(t, server, contoso, boxes(0, 2)...)
	post(t, server, fabrikam, boxes(0, 1)...)
	if diff := cmp.Diff([]autopilot.Code{"806", "", "808"}, answers(server, 0)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := ids(t, server, contoso); len(got) != 1 || len(server.Registered()) != 1 {
		t.Errorf("listed %v, registered %v", got, server.Registered())
	}
}

// TestListsArePerCustomer, and per batch.
func TestListsArePerCustomer(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{})
	post(t, server, contoso, boxes(0, 2)...)
	post(t, server, fabrikam, boxes(2, 1)...)
	if len(ids(t, server, contoso)) != 2 || len(ids(t, server, fabrikam)) != 1 {
		t.Errorf("%v, %v", ids(t, server, contoso), ids(t, server, fabrikam))
	}
}

// TestDirectoryChanges: what Microsoft knows may change while a client waits.
func TestDirectoryChanges(t *testing.T) {
	t.Parallel()
	late, always := boxes(0, 1)[0], boxes(1, 1)[0]
	server := partnercentertest.NewServer(partnercentertest.Options{
		Directory: func(d autopilot.Device) autopilot.Code {
			if d.PKID == always.PKID {
				return autopilot.CodeNotUnique
			}
			return ""
		},
		KnownAfter: map[autopilot.PKID]time.Duration{late.PKID: 72 * time.Hour, "": time.Hour},
	})
	both := []autopilot.Device{late, always}
	post(t, server, contoso, both...)
	server.Advance(71 * time.Hour)
	post(t, server, contoso, both...)
	server.Advance(time.Hour)
	server.SetDirectory(always.PKID, "")
	post(t, server, contoso, both...)
	server.SetDirectory(boxes(2, 1)[0].PKID, "999")
	post(t, server, contoso, boxes(2, 1)...)
	if diff := cmp.Diff([]autopilot.Code{"812", "813", "812", "813", "", "", "999"}, answers(server, 0)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestTupleOfAnUnknownPKID: a device is known by its firmware's words though
// its PKID is not.
func TestTupleOfAnUnknownPKID(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{})
	server.SetDirectory(boxes(0, 1)[0].PKID, autopilot.CodeUnknownDevice)
	post(t, server, contoso, boxes(0, 1)[0], autopilot.Device{Serial: "S1", Manufacturer: "LENOVO", Model: "20XW"})
	if diff := cmp.Diff([]autopilot.Code{"812", ""}, answers(server, 0)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestTwins: by PKID or by serial, maker and model, it is one device.
func TestTwins(t *testing.T) {
	t.Parallel()
	tuple := autopilot.Device{Serial: "S1", Manufacturer: "LENOVO", Model: "20XW"}
	other := autopilot.Device{Serial: "S1", Manufacturer: "Lenovo", Model: "20XW"}
	twins := map[autopilot.PKID]autopilot.Device{boxes(0, 1)[0].PKID: tuple}
	for name, order := range map[string][]autopilot.Device{"PKID first": {boxes(0, 1)[0], tuple}, "tuple first": {tuple, boxes(0, 1)[0]}} {
		server := partnercentertest.NewServer(partnercentertest.Options{Twins: twins})
		post(t, server, contoso, order[0])
		post(t, server, contoso, order[1])
		post(t, server, fabrikam, order[1], order[0], other)
		if diff := cmp.Diff([]autopilot.Code{"", "806", "808", autopilot.CodeDuplicate, ""}, answers(server, 0)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
