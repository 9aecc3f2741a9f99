package partnercentertest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/autopilot/autopilottest"
	"pkidstation/queue/partnercenter/partnercentertest"
)

func hashOf(pkid autopilot.PKID, serial string) autopilot.HardwareHash {
	return autopilottest.Hash(autopilot.HashContents{PKID: pkid, Serial: serial, Manufacturer: "HP", Model: strings.Repeat("x", 120)})
}

// TestHash: what a hash is answered, whatever stands beside it.
func TestHash(t *testing.T) {
	t.Parallel()
	pkid := boxes(0, 1)[0].PKID
	hash := hashOf(pkid, "S1")
	for name, test := range map[string]struct {
		device autopilot.Device
		want   autopilot.Code
	}{
		"alone":                  {autopilot.Device{Hash: hash}, ""},
		"with its PKID":          {autopilot.Device{PKID: pkid, Hash: hash}, ""},
		"with its serial":        {autopilot.Device{Serial: "s1", Hash: hash}, ""},
		"with both":              {autopilot.Device{PKID: pkid, Serial: "S1", Hash: hash}, ""},
		"no base64":              {autopilot.Device{PKID: pkid, Hash: hash[:400] + "!" + hash[401:]}, autopilot.CodeInvalidHash},
		"cut off":                {autopilot.Device{PKID: pkid, Hash: hash[:256]}, autopilot.CodeInvalidHash},
		"no hash":                {autopilot.Device{PKID: pkid, Hash: "T0EA"}, autopilot.CodeInvalidHash},
		"another PKID":           {autopilot.Device{PKID: boxes(1, 1)[0].PKID, Hash: hash}, autopilot.CodeInvalidHash},
		"another serial":         {autopilot.Device{Serial: "S2", Hash: hash}, autopilot.CodeInvalidHash},
		"that names nobody":      {autopilot.Device{Hash: hashOf("", "")}, autopilot.CodeInvalidHash},
		"a PKID that is none":    {autopilot.Device{PKID: "1", Hash: hashOf("", "S1")}, autopilot.CodeMissingIdentity},
		"unknown to Microsoft":   {autopilot.Device{Hash: hashOf(boxes(9, 1)[0].PKID, "S1")}, autopilot.CodeUnknownDevice},
		"somebody else's device": {autopilot.Device{Hash: hashOf(boxes(8, 1)[0].PKID, "S1")}, autopilot.CodeOtherTenant},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := partnercentertest.NewServer(partnercentertest.Options{})
			server.SetDirectory(boxes(9, 1)[0].PKID, autopilot.CodeUnknownDevice)
			server.SetForeign(boxes(8, 1)[0].PKID, fabrikam)
			post(t, server, contoso, test.device)
			if diff := cmp.Diff([]autopilot.Code{test.want}, answers(server, 0)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if got := len(server.Ledger()); (got == 1) != (test.want == "") {
				t.Errorf("%d registered", got)
			}
		})
	}
}

// TestManufacturerBesideAHash is none of the six combinations.
func TestManufacturerBesideAHash(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{})
	body := `{"batchId":"B","devices":[{"HardwareHash":"` + string(hashOf("", "S1")) + `","SerialNumber":"S1","OemManufacturerName":"HP"}]}`
	if status, text := ask(t, server, "POST", in(contoso, "deviceBatches"), body); status != 202 {
		t.Fatal(status, text)
	}
	if diff := cmp.Diff([]autopilot.Code{autopilot.CodeInvalidBody}, answers(server, 0)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestHashIsTheDeviceInside: a hash and a PKID are one device, in one upload and in
// two, and no answer has the hash.
func TestHashIsTheDeviceInside(t *testing.T) {
	t.Parallel()
	byPKID, bySerial := false, false
	for seed := range uint64(12) {
		server, c := socketless(t, partnercentertest.Options{Seed: seed, JobStutter: -1, JobTime: time.Minute})
		box := boxes(0, 1)[0]
		hash := autopilot.Device{Hash: hashOf(box.PKID, "S1")}
		tracking := create(t, c, contoso, "B", []autopilot.Device{hash, {PKID: box.PKID}})
		create(t, c, contoso, "B", []autopilot.Device{{PKID: box.PKID}})
		if diff := cmp.Diff([]autopilot.Code{"", autopilot.CodeDuplicate, autopilot.CodeAlreadyHere}, answers(server, 0)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if l := server.Ledger(); len(l) != 1 || l[0].PKID != box.PKID || l[0].Serial != "S1" {
			t.Errorf("registered: %+v", l)
		}
		server.Advance(time.Hour)
		job, err := c.JobStatus(t.Context(), contoso, tracking)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range job.Devices {
			byPKID = byPKID || d.Code == "" && d.PKID == box.PKID
			bySerial = bySerial || d.Code == "" && d.PKID == "" && d.Serial == "S1"
		}
		status, text := ask(t, server, "GET", in(contoso, "deviceBatches/B/devices"), "")
		if status != 200 || strings.Contains(text, string(hash.Hash[:64])) || !strings.Contains(text, string(box.PKID)) {
			t.Errorf("%d: %s", status, text)
		}
	}
	if !byPKID || !bySerial {
		t.Errorf("named by PKID: %v, by serial: %v", byPKID, bySerial)
	}
}
