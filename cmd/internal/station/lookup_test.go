package station_test

import (
	"strings"
	"testing"

	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/queuetest"
	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

// TestLookUpWhateverItIsTakenFor: what nobody here registered is told for what it is;
// what somebody did is found, though its serial looks like another code.
func TestLookUpWhateverItIsTakenFor(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: "contoso.example", GroupTag: "STD"}, "Ana")
	if err != nil {
		t.Fatal(err)
	}
	for _, serial := range []string{
		"012345678905",     // Surface: one in ten passes the check of an article number
		"pf0abc12",         // as a list spells it
		"PAB-12345",        // as a part number
		"00AA11BB22CC",     // as a MAC address
		"351234567890124",  // as an IMEI
		"3305123456798",    // as a PKID
		"SAB12CD3", "K-77", // with what may be a data identifier; as nobody knows what
	} {
		if _, err := q.Attach(t.Context(), queue.Part{Reception: r.ID, Serial: serial, By: "Ana"}); err != nil {
			t.Fatal(err)
		}
	}
	s := station.New(station.Options{Queue: q})
	for _, test := range []struct {
		scan  scanner.Scan
		found int
		known bool
	}{
		{scanner.Scan{Text: "012345678905"}, 1, true},
		{scanner.Scan{Text: "012345678905", AIM: "]C0", Symbology: scanner.Code128}, 1, true},
		{scanner.Scan{Text: "S012345678905"}, 1, true},
		{scanner.Scan{Text: "PF0ABC12"}, 1, true},
		{scanner.Scan{Text: "1S20XW0012USPF0ABC12"}, 1, true},
		{scanner.Scan{Text: "PAB-12345"}, 1, true},
		{scanner.Scan{Text: "pab-12345"}, 1, true},
		{scanner.Scan{Text: "00:AA:11:BB:22:CC"}, 1, true},
		{scanner.Scan{Text: "351234567890124"}, 1, true},
		{scanner.Scan{Text: "3305123456798"}, 1, true},
		{scanner.Scan{Text: "SAB12CD3"}, 1, true},
		{scanner.Scan{Text: "AB12CD3"}, 1, true},
		{scanner.Scan{Text: "k-77 "}, 1, true},
		{scanner.Scan{Text: "330512345673"}, 0, false},
		{scanner.Scan{Text: "00:AA:11:BB:22:DD"}, 0, false},
		{scanner.Scan{Text: "3305123456781"}, 0, true},
		{scanner.Scan{Text: "K-78"}, 0, true},
		{scanner.Scan{Text: "VK7JG-NPHTM-C97JM-9MPGT-3V66T"}, 0, false},
		{scanner.Scan{Text: "%PKID%NEXT"}, 0, false},
		{scanner.Scan{Text: strings.Repeat("W", 600)}, 0, false},
		{scanner.Scan{Text: "a\x07b"}, 0, false},
	} {
		l, err := s.LookUp(t.Context(), test.scan)
		if err != nil || len(l.Found) != test.found || l.Known != test.known {
			t.Errorf("%.30q: %d found, known %v, taken for %s, %v", test.scan.Text, len(l.Found), l.Known, l.Kind, err)
		}
		if l.Known && l.Kind != label.PKID && l.Kind != label.Serial && l.Kind != label.Other {
			t.Errorf("%.30q was found, and is told as %s", test.scan.Text, l.Kind)
		}
	}
}

// TestLookUpBothReadings: a box that is gone under the one reading of its code hides
// none that is registered under the other.
func TestLookUpBothReadings(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: "contoso.example", GroupTag: "STD"}, "Ana")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, serial := range []string{"SAB12CD3", "AB12CD3"} {
		v, err := q.Attach(t.Context(), queue.Part{Reception: r.ID, Serial: serial, By: "Ana"})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, v.Entry.ID)
	}
	if err := q.Discard(t.Context(), ids[:1], queue.Act{By: "Ana"}); err != nil {
		t.Fatal(err)
	}
	v, err := q.Capture(t.Context(), queue.Capture{Reception: r.ID, Into: ids[1], PKID: autopilot.PKID("3305123456781"), By: "Ana"})
	if err != nil || v.Word != queue.Accepted {
		t.Fatalf("%s, %v", v.Word, err)
	}
	l, err := station.New(station.Options{Queue: q}).LookUp(t.Context(), scanner.Scan{Text: "SAB12CD3"})
	if e, found := queue.StandsFor(l.Found); err != nil || !found || e.ID != ids[1] || len(l.Found) != 2 {
		t.Errorf("%+v, %v", l.Found, err)
	}
}
