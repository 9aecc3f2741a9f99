package station_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
	"pkidstation/scanner"
	"pkidstation/scanner/command"
)

// lenovo is a serial that proves its maker and carries its model.
func lenovo(n int) scanner.Scan {
	return scanner.Scan{Text: fmt.Sprintf("1S20XW0012USPF0ABC1%d", n), AIM: "]C0", Symbology: scanner.Code128, Source: "script", At: time.Now()}
}

// TestWithoutPKID: a box that a person closed goes by serial, manufacturer and
// model; one that was only left in quiet is said to be held.
func TestWithoutPKID(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, true)
	first := lenovo(1)
	take(t, s, first)
	if given, err := s.CloseQuiet(t.Context(), first.At.Add(time.Second)); err != nil || len(given) > 0 {
		t.Fatalf("too soon: %v, %v", given, err)
	}
	for _, want := range []int{1, 0} {
		if given, err := s.CloseQuiet(t.Context(), first.At.Add(time.Minute)); err != nil || len(given) != want || want == 1 && given[0].Word != queue.OnHold {
			t.Fatalf("left in quiet: %+v, %v", given, err)
		}
	}
	given, err := s.Take(t.Context(), scanOf("!NEXT"))
	if err != nil || given[0].Word != queue.Accepted || given[0].Entry.Manufacturer != "LENOVO" || given[0].Entry.Model != "20XW0012US" {
		t.Fatalf("closed: %+v, %v", given, err)
	}
	take(t, s, scanOf("S1"), scanOf("!NEXT"))
	if diff := cmp.Diff([]string{"PF0ABC11 ready", "5CG1234001 held no-pkid"}, boxes(t, q)); diff != "" {
		t.Error(diff)
	}
}

// TestNoDeviceTwice: a box that goes without PKID and the PKID of the same box
// never stand beside each other unasked.
func TestNoDeviceTwice(t *testing.T) {
	t.Parallel()
	const p1 = "3305123400001"
	left := func(scan scanner.Scan) scanner.Scan {
		scan.At = scan.At.Add(time.Minute)
		return scan
	}
	for name, tt := range map[string]struct {
		scans []scanner.Scan
		want  []string
	}{
		"left in mid-box, PKID first":   {[]scanner.Scan{scanOf("P1"), left(lenovo(1)), scanOf("!NEXT")}, []string{p1 + " ready", "PF0ABC11 held no-pkid"}},
		"left in mid-box, serial first": {[]scanner.Scan{lenovo(1), left(scanOf("P1"))}, []string{"PF0ABC11 held no-pkid", p1 + " ready"}},
		"its PKID comes after all":      {[]scanner.Scan{lenovo(1), scanOf("!NEXT"), lenovo(1), scanOf("P1")}, []string{p1 + " PF0ABC11 ready"}},
		"both, and then together": {
			[]scanner.Scan{scanOf("P1"), scanOf("!NEXT"), lenovo(1), scanOf("!NEXT"), scanOf("P1"), lenovo(1)},
			[]string{p1 + " PF0ABC11 held conflict", "PF0ABC11 held conflict"},
		},
		"two boxes in one go": {[]scanner.Scan{lenovo(1), lenovo(2), scanOf("!NEXT")}, []string{"PF0ABC11 held no-pkid", "PF0ABC12 held no-pkid"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := queuetest.Open(t)
			take(t, newStation(t, q, true), tt.scans...)
			if diff := cmp.Diff(tt.want, boxes(t, q)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestLettersUnsure: what an unknown keyboard may have swapped is held, the PKID
// beside it or not, and calibration is kept.
func TestLettersUnsure(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, true)
	serial := scanOf("S1")
	serial.Unsure, serial.Source = true, "wedge"
	take(t, s, scanOf("P1"))
	if said := take(t, s, serial); said[0] != "held layout-open" {
		t.Errorf("joining: %v", said)
	}
	second := scanOf("S2")
	second.Unsure, second.Source = true, "wedge"
	take(t, s, scanOf("!NEXT"), second)
	if said := take(t, s, scanOf("P2")); said[0] != "held layout-open" {
		t.Errorf("joined: %v", said)
	}
	calibration := scanner.Scan{Text: command.Calibration, Layout: "fr", Source: "wedge"}
	if said := take(t, s, calibration); said[0] != "ignored calibrated" {
		t.Errorf("calibration: %v", said)
	}
	if l, ok, err := q.Learnt(t.Context(), queue.LearnLayout, ""); err != nil || !ok || l.Value != "fr" {
		t.Errorf("kept: %+v %v %v", l, ok, err)
	}
	calibration.Layout = ""
	if said := take(t, s, calibration); said[0] != "refused nothing-here" {
		t.Errorf("calibration by a scanner that is no keyboard: %v", said)
	}
}

// TestAnotherLabelBeforeTheCamera: of the label before, a serial alone was read,
// and of this one a PKID alone. A label that stays in view is one.
func TestAnotherLabelBeforeTheCamera(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		wait time.Duration
		held bool // the first label stays in view
		want []string
	}{
		"another label":     {2 * time.Second, false, []string{"5CG1234001 held no-pkid", "3305123400001 ready"}},
		"the same in sight": {2 * time.Second, true, []string{"3305123400001 5CG1234001 ready"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := queuetest.Open(t)
			s := newStation(t, q, true)
			now := time.Now()
			see := func(number uint64, after time.Duration, words ...string) {
				for _, scan := range frame(number, words...) {
					scan.At = now.Add(after)
					take(t, s, scan)
				}
			}
			see(1, 0, "S1")
			if tt.held {
				see(2, tt.wait-500*time.Millisecond, "~S1")
			}
			see(3, tt.wait, "P1")
			if diff := cmp.Diff(tt.want, boxes(t, q)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestALostCodeIsNotBridged: after a code that could not be kept nothing is paired
// unasked until the next boundary.
func TestALostCodeIsNotBridged(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, true)
	gone, stop := context.WithCancel(t.Context())
	stop()
	if _, err := s.Take(gone, scanOf("P1")); err == nil {
		t.Fatal("a write that cannot be was made")
	}
	take(t, s, scanOf("S1"), scanOf("P2"), scanOf("!NEXT"), scanOf("S3"), scanOf("P3"))
	want := []string{"3305123400002 5CG1234001 held conflict", "3305123400003 5CG1234003 ready"}
	if diff := cmp.Diff(want, boxes(t, q)); diff != "" {
		t.Error(diff)
	}
}
