package autopilot_test

import (
	"errors"
	"strings"
	"testing"

	"pkidstation/queue/autopilot"
)

func TestParseTenantID(t *testing.T) {
	t.Parallel()
	for text, taken := range map[string]bool{
		"c0ffee00-1111-4222-8333-444455556666": true,
		"contoso.onmicrosoft.com":              true,
		"a":                                    true,
		strings.Repeat("a", 64):                true,
		strings.Repeat("a", 65):                false,
		"":                                     false,
		".contoso":                             false,
		"contoso.":                             false,
		"../customers":                         false,
		"contoso/devicebatches":                false,
		"contoso?x=1":                          false,
		"contoso\n":                            false,
		"contosó":                              false,
	} {
		got, err := autopilot.ParseTenantID(text)
		switch {
		case taken && (err != nil || string(got) != text):
			t.Errorf("ParseTenantID(%q) gave %q, %v", text, got, err)
		case !taken && (!errors.Is(err, autopilot.ErrTenantID) || got != ""):
			t.Errorf("ParseTenantID(%q) gave %q, %v, want ErrTenantID", text, got, err)
		}
	}
}

func TestParseGroupTag(t *testing.T) {
	t.Parallel()
	for text, taken := range map[string]bool{
		"CONTOSO-STD":           true,
		"contoso_std.2":         true,
		"...":                   true,
		strings.Repeat("A", 64): true,
		strings.Repeat("A", 65): false,
		"":                      false,
		".":                     false,
		"..":                    false,
		"A B":                   false,
		"A,B":                   false,
		"A/B":                   false,
		"=A":                    false,
		"É":                     false,
		"A\n":                   false,
	} {
		got, err := autopilot.ParseGroupTag(text)
		switch {
		case taken && (err != nil || string(got) != text):
			t.Errorf("ParseGroupTag(%q) gave %q, %v", text, got, err)
		case !taken && (!errors.Is(err, autopilot.ErrGroupTag) || got != ""):
			t.Errorf("ParseGroupTag(%q) gave %q, %v, want ErrGroupTag", text, got, err)
		}
	}
}

func TestIdentified(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		device autopilot.Device
		want   bool
	}{
		"nothing":           {autopilot.Device{}, false},
		"PKID":              {autopilot.Device{PKID: "3305123456781"}, true},
		"serial alone":      {autopilot.Device{Serial: "5CG4071QZ8"}, false},
		"no model":          {autopilot.Device{Serial: "5CG4071QZ8", Manufacturer: "HP"}, false},
		"the whole tuple":   {autopilot.Device{Serial: "5CG4071QZ8", Manufacturer: "HP", Model: "EliteBook"}, true},
		"PKID and a serial": {autopilot.Device{PKID: "3305123456781", Serial: "5CG4071QZ8"}, true},
	} {
		if got := test.device.Identified(); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestOnlyAlreadyHereMeansRegistered(t *testing.T) {
	t.Parallel()
	for _, code := range []autopilot.Code{"", "0", "640", "801", "802", "803", "806", "807", "808", "811", "812", "813", "814", "ZtdDeviceDuplicated", "806 "} {
		if got, want := code.MeansRegistered(), code == "806"; got != want {
			t.Errorf("%q means registered: %v, want %v", code, got, want)
		}
	}
}
