package station_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/queuetest"
)

// TestAnOrderAtADockForNobody: an order's barcode opens its reception, whatever it
// looks like and whatever was read before it; one that nobody knows opens none.
func TestAnOrderAtADockForNobody(t *testing.T) {
	t.Parallel()
	const p1 = "3305123400001"
	for _, tt := range []struct{ name, script, told, kept string }{
		{"nobody knows it", "BL-6 BL-7 !CONFIRM P1", "refused unknown, ignored scan-confirm, ignored customer-changed, held not-announced", p1 + " held not-announced"},
		{"nobody knows it, and it says that it is one", "ORDER:4500123457 ORDER:4500123456 !CONFIRM", "refused unknown-order, ignored scan-confirm, ignored customer-changed", ""},
		{"nobody knows it, after a box", "P1 ORDER:4500123457", "held no-customer, refused unknown-order", p1 + " held no-customer"},
		{"it looks like a serial", "AB12CD3 !CONFIRM", "ignored scan-confirm, ignored customer-changed", ""},
		{"it looks like a PKID", "P7 !CONFIRM", "ignored scan-confirm, ignored customer-changed", ""},
		{"it is read twice", "BL-7 BL-7 !CONFIRM", "ignored scan-confirm, ignored scan-confirm, ignored customer-changed", ""},
		{"a box was read before it", "P1 BL-7 !CONFIRM P1", "held no-customer, ignored scan-confirm, ignored customer-changed, held other-customer", p1 + " held no-customer, " + p1 + " held other-customer"},
		{"two customers have it", "P1 BL-8 P1", "held no-customer, refused several-works, seen held", p1 + " held no-customer"},
		{"a product key", "VK7JG-NPHTM-C97JM-9MPGT-3V66T", "refused secret", ""},
		{"control characters", "BL-7\x01 BL-7", "refused control-characters, ignored scan-confirm", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			q := queuetest.Open(t)
			for i, order := range []string{"BL-7", "4500123456", "AB12CD3", "3305123400007"} {
				announce(t, q, order, fabrikamBL().Customer, 4+i)
			}
			announce(t, q, "BL-8", fabrikamBL().Customer, 2)
			announce(t, q, "BL-8", tenant, 3)
			s := station.New(station.Options{Queue: q, Operator: "Ana", Pairing: true, Confirmed: true})
			if told := played(t, s, tt.script); told != tt.told {
				t.Errorf("told %s\nwant %s", told, tt.told)
			}
			if kept := strings.Join(boxes(t, q), ", "); kept != tt.kept {
				t.Errorf("kept %s\nwant %s", kept, tt.kept)
			}
		})
	}
}

// TestWhatWasReadForNobodyIsTold where an order's barcode leaves it behind.
func TestWhatWasReadForNobodyIsTold(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	announce(t, q, "BL-7", fabrikamBL().Customer, 4)
	s := station.New(station.Options{Queue: q, Operator: "Ana", Pairing: true, Confirmed: true})
	played(t, s, "P1 P2 P3 !UNDO BL-7")
	given, err := s.Take(t.Context(), scanOf("!CONFIRM"))
	if err != nil || given[0].Reason != queue.Changed || given[0].Held != 2 || given[0].Count != 0 {
		t.Errorf("changed: %+v, %v", given, err)
	}
}

// played gives a station a script as a Desk does: what no reception is open for is
// kept in one without customer.
func played(t *testing.T, s *station.Station, script string) string {
	t.Helper()
	var told []string
	for word := range strings.FieldsSeq(script) {
		given, err := s.Take(t.Context(), scanOf(word))
		if errors.Is(err, station.ErrNoReception) {
			if err = s.OpenIfNone(t.Context()); err == nil {
				given, err = s.Take(t.Context(), scanOf(word))
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range given {
			told = append(told, strings.TrimSpace(fmt.Sprintf("%s %s", v.Word, v.Reason)))
		}
	}
	return strings.Join(told, ", ")
}

// What is done at the window breaks a change of customer off, as a code does: a
// confirmation that comes later is of something else.
func TestTheWindowBreaksAChangeOff(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func(*station.Station) error{
		"a reception is opened": func(s *station.Station) error {
			_, err := s.Open(t.Context(), contosoBL())
			return err
		},
		"the reception is closed": func(s *station.Station) error {
			_, err := s.End(t.Context())
			return err
		},
		"a PKID is typed": func(s *station.Station) error {
			v, err := s.Typed(t.Context(), "3305123400007")
			if v.Word != queue.NotTaken || v.Reason != queue.NotChanged {
				t.Errorf("typed: %+v", v)
			}
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inTime(t, func(t *testing.T, q *queue.Queue) {
				t.Helper()
				if _, err := q.OpenReception(t.Context(), fabrikamBL(), "Ana"); err != nil {
					t.Fatal(err)
				}
				s := careful(t, q)
				play(t, s, "!CUSTOMER BL-9")
				if err := do(s); err != nil {
					t.Fatal(err)
				}
				if told := play(t, s, "!CONFIRM"); told != "refused not-now" {
					t.Errorf("told %s", told)
				}
				if r, _ := s.Current(); r.Work != contosoBL() || len(boxes(t, q)) > 0 {
					t.Errorf("at hand %+v, kept %v", r.Work, boxes(t, q))
				}
			})
		})
	}
}

// TestOneQuestionAtATime: while a change of customer is asked about, the confirmation
// is of that, and nobody is asked whether the customer is still the old one.
func TestOneQuestionAtATime(t *testing.T) {
	t.Parallel()
	inTime(t, func(t *testing.T, q *queue.Queue) {
		t.Helper()
		if _, err := q.OpenReception(t.Context(), fabrikamBL(), "Ana"); err != nil {
			t.Fatal(err)
		}
		s := careful(t, q)
		play(t, s, "P1 !BADGE%Marie P2 !CUSTOMER BL-9")
		if customer, comes := s.Asked(); customer || comes != "" {
			t.Errorf("asked %v, %q", customer, comes)
		}
		play(t, s, "P3")
		if customer, comes := s.Asked(); !customer || comes != "Marie" {
			t.Errorf("broken off, and asked %v, %q", customer, comes)
		}
	})
}

// TestOneReceptionAtADock: another one is opened at the window while something was
// read in none; that one does not stay open for ever.
func TestOneReceptionAtADock(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := station.New(station.Options{Queue: q, Operator: "Ana", Pairing: true, Confirmed: true})
	if err := s.OpenIfNone(t.Context()); err != nil {
		t.Fatal(err)
	}
	play(t, s, "S1")
	if _, err := s.Open(t.Context(), contosoBL()); err != nil {
		t.Fatal(err)
	}
	open, err := q.OpenReceptions(t.Context())
	if err != nil || len(open) != 1 || open[0].Work != contosoBL() {
		t.Errorf("open: %+v, %v", open, err)
	}
	if told := play(t, s, "P1"); told != "accepted" {
		t.Errorf("told %s", told)
	}
}

// TestAnOrderOpensItsReception: from a list alone, with the confirming scan.
func TestAnOrderOpensItsReception(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	announce(t, q, "BL-7", fabrikamBL().Customer, 1)
	announce(t, q, "BL-8", fabrikamBL().Customer, 2)
	announce(t, q, "BL-8", tenant, 3)
	s := station.New(station.Options{Queue: q, Operator: "Ana", Pairing: true, Confirmed: true})
	if told := play(t, s, "BL-8"); told != "refused several-works" {
		t.Errorf("an order of two customers: %s", told)
	}
	if open, err := q.OpenReceptions(t.Context()); err != nil || len(open) > 0 {
		t.Errorf("an order of two customers opens %+v, %v", open, err)
	}
	given, err := s.Take(t.Context(), scanOf("BL-7"))
	if err != nil || given[0].Reason != queue.ScanConfirm || given[0].Work.Customer != fabrikamBL().Customer {
		t.Fatalf("the order: %+v, %v", given, err)
	}
	if _, open := s.Current(); open {
		t.Error("open before it was confirmed")
	}
	if told := play(t, s, "!CONFIRM P1"); told != "ignored customer-changed, accepted" {
		t.Errorf("told %s", told)
	}
	if r, open := s.Current(); !open || r.Work != (queue.Work{Customer: fabrikamBL().Customer, GroupTag: "FAB", Order: "BL-7"}) {
		t.Errorf("open: %+v, %v", r, open)
	}
	if told := play(t, s, "!CUSTOMER BL-8"); told != "ignored scan-order, refused several-works" {
		t.Errorf("an order of two customers: %s", told)
	}
	other := newStation(t, q, true)
	if told := play(t, other, "!CUSTOMER BL-7 !CONFIRM"); told != "ignored scan-order, ignored scan-confirm, ignored customer-changed" {
		t.Errorf("by the command: %s", told)
	}
}

// announce takes in a list of one device for an order; n is that of scanOf.
func announce(t *testing.T, q *queue.Queue, order string, customer autopilot.TenantID, n int) {
	t.Helper()
	d := queue.Announced{Order: order, GroupTag: "FAB", Row: 2}
	d.PKID = autopilot.PKID(scanOf(fmt.Sprintf("P%d", n)).Text)
	name := fmt.Sprint(order, customer, n)
	list := queue.SupplierList{File: name, SHA256: name, Customer: customer, Devices: slices.Values([]queue.Announced{d})}
	if _, err := q.Announce(t.Context(), list, queue.Act{By: "Ana"}); err != nil {
		t.Fatal(err)
	}
}
