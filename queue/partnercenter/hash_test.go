package partnercenter_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/autopilot/autopilottest"
	"pkidstation/queue/partnercenter"
)

func hash() autopilot.HardwareHash {
	return autopilottest.Hash(autopilot.HashContents{PKID: "3305123456781", Serial: "5CG4071QZ8", Model: strings.Repeat("x", 120)})
}

// TestHashOnTheWire: the field's name, and nothing beside it that Partner Center
// does not take with a hash.
func TestHashOnTheWire(t *testing.T) {
	t.Parallel()
	body := string(partnercenter.AppendBody([]autopilot.Device{
		{Hash: hash()},
		{PKID: "3305123456781", Serial: "5CG4071QZ8", Manufacturer: "HP", Model: "HP EliteBook", Hash: hash()},
		{PKID: "3305123456798"},
	}))
	h := string(hash())
	want := `[{"hardwareHash":"` + h + `"},{"productKey":"3305123456781","serialNumber":"5CG4071QZ8","hardwareHash":"` + h + `"},{"productKey":"3305123456798"}]`
	if body != want {
		t.Errorf("%.200s… of %d bytes, want %d", body, len(body), len(want))
	}
}

// TestHashOfAnotherDevice is not sent, and no error text has anything of it.
func TestHashOfAnotherDevice(t *testing.T) {
	t.Parallel()
	s := newService(t, func(http.ResponseWriter, *http.Request) { t.Error("it was sent") })
	for name, d := range map[string]autopilot.Device{
		"another PKID":   {PKID: "3305123456798", Hash: hash()},
		"another serial": {Serial: "5CG4071QZ9", Hash: hash()},
		"cut off":        {PKID: "3305123456781", Hash: hash()[:300]},
		"no hash":        {PKID: "3305123456781", Hash: "x"},
	} {
		_, err := s.client.AppendBatch(t.Context(), contoso, "DOCK-7", []autopilot.Device{{PKID: "3305123456804"}, d}, "r")
		if failed := failure(t, err); failed.Kind() != partnercenter.Invalid {
			t.Errorf("%s: %v", name, err)
		}
		if name == "another PKID" {
			if _, ok := errors.AsType[*autopilot.HashMismatchError](err); !ok {
				t.Errorf("%s: %v", name, err)
			}
		}
		if text := err.Error(); strings.Contains(text, "3305123456798") || strings.Contains(text, "T0") || !strings.Contains(text, "hash") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// TestNoHashInAnErrorText: what Microsoft says of a hash may repeat it.
func TestNoHashInAnErrorText(t *testing.T) {
	t.Parallel()
	h := string(hash())
	for name, text := range map[string]string{"whole": h, "cut": h[:300], "in a word": "hash=" + h + ";"} {
		err := refusedWith(t, http.StatusBadRequest, `{"code":"2000","description":"The hash `+text+` is bad for `+"11111111-2222-4333-8444-555555555555"+`"}`)
		said := err.Error() + err.Description
		if strings.Contains(said, h[:40]) || !strings.Contains(said, "(hardware hash)") || !strings.Contains(said, "11111111-2222-4333-8444-555555555555") {
			t.Errorf("%s: %s", name, said)
		}
	}
}
