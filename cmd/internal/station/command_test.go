package station_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/queue/queuetest"
	"pkidstation/scanner"
	"pkidstation/scanner/command"
)

// ean is 13 digits that a scanner without AIM identifier may have read of an
// EAN-13: its check digit is right.
const ean = "5901234123457"

// TestCommands plays scripts: what each read is told, and what is kept in the end.
func TestCommands(t *testing.T) {
	t.Parallel()
	const p1, p2, s1, s2 = "3305123400001", "3305123400002", "5CG1234001", "5CG1234002"
	for _, tt := range []struct{ name, script, told, kept string }{
		{"undo", "P1 !UNDO P1", "accepted, ignored undone, accepted", p1 + " discarded, " + p1 + " ready"},
		{"undo nothing", "!UNDO", "refused nothing-here", ""},
		{"next box", "P1 !NEXT S2 P2", "accepted, ignored box-closed, attached, accepted", p1 + " ready, " + p2 + " " + s2 + " ready"},
		{"next box before the PKID was read", "S1 !NEXT P2", "attached, held no-pkid, accepted", s1 + " held no-pkid, " + p2 + " ready"},
		{"next box without a box", "!NEXT", "ignored box-closed", ""},
		{"hold", "P1 !HOLD S1", "accepted, held by-person, attached", p1 + " " + s1 + " held by-person"},
		{"hold nothing", "!HOLD", "refused nothing-here", ""},
		{"hold what is held", "S1 !HOLD", "attached, held by-person", s1 + " held no-pkid"},
		{"hold before the PKID is read", "S1 !HOLD P1", "attached, held by-person, held by-person", p1 + " " + s1 + " held by-person"},
		{"hold what is asked about", ean + " !HOLD !PKID", "held could-be-gtin, held by-person, held by-person", ean + " held by-person"},
		{"unreadable, then its serial", "!UNREADABLE S1 !NEXT P2", "held unreadable, attached, held unreadable, accepted", s1 + " held unreadable, " + p2 + " ready"},
		{"unreadable after its serial", "S1 !UNREADABLE", "attached, held unreadable", s1 + " held unreadable"},
		{"unreadable is another box than one with a PKID", "P1 S1 !UNREADABLE S2", "accepted, attached, held unreadable, attached", p1 + " " + s1 + " ready, " + s2 + " held unreadable"},
		{"unreadable, and then it was read", "!UNREADABLE P1", "held unreadable, accepted", p1 + " ready"},
		{"repeat", "P1 !REPEAT", "accepted, accepted", p1 + " ready"},
		{"repeat nothing", "!REPEAT", "refused nothing-here", ""},
		{"no such command", "!RELEASE !DISCARD !REMOVE", "refused no-such-command, refused no-such-command, refused no-such-command", ""},
		{"lock", "P1 !LOCK P2 !UNDO !BADGE%Marie P2", "accepted, ignored now-locked, refused locked, refused locked, ignored unlocked, accepted", p1 + " ready, " + p2 + " ready"},
		{"a product key at a locked dock", "!LOCK VK7JG-NPHTM-C97JM-9MPGT-3V66T", "ignored now-locked, refused secret", ""},
		{"close", "P1 !CLOSE", "accepted, ignored reception-closed", p1 + " ready"},
		{"nothing to answer", "P1 !PKID !NOTPKID !CONFIRM", "accepted, refused not-now, refused not-now, refused not-now", p1 + " ready"},

		{"13 digits, they are the PKID", ean + " !PKID S1", "held could-be-gtin, accepted, attached", ean + " " + s1 + " ready"},
		{"they are not", ean + " !NOTPKID P1 " + ean, "held could-be-gtin, ignored not-the-pkid, accepted, ignored learnt-gtin", ean + " discarded, " + p1 + " ready"},
		{"they are not, the serial waits", "S1 " + ean + " !NOTPKID P1", "attached, held could-be-gtin, ignored not-the-pkid, accepted", p1 + " " + s1 + " ready"},
		{"they are not, the serial follows", ean + " S1 !NOTPKID P1", "held could-be-gtin, attached, ignored not-the-pkid, accepted", p1 + " " + s1 + " ready"},
		{"nobody answers", ean + " !NEXT P1", "held could-be-gtin, held could-be-gtin, accepted", ean + " held could-be-gtin, " + p1 + " ready"},
		{"two serials with the same digits", ean + " S1 !NEXT S2 " + ean + " P2", "held could-be-gtin, attached, held could-be-gtin, attached, ignored learnt-gtin, accepted", s1 + " held no-pkid, " + p2 + " " + s2 + " ready"},
		{"the same, digits first", ean + " S1 !NEXT " + ean + " S2 P2", "held could-be-gtin, attached, held could-be-gtin, seen held, attached learnt-gtin, accepted", s1 + " held no-pkid, " + p2 + " " + s2 + " ready"},
		{"a scanner's symbol that proves it is not remembered", "E7 " + ean, "ignored no-identity, held could-be-gtin", ean + " held could-be-gtin"},

		{"digits in doubt for their serial, too", "P1 S1 S2 " + ean + " !PKID", "accepted, attached, attached, held could-be-gtin, held conflict", p1 + " " + s1 + " ready, " + ean + " " + s2 + " held conflict"},
		{"not the PKID beside a PKID", "P1 " + ean + " !NOTPKID S1", "accepted, held could-be-gtin, ignored not-the-pkid, attached", p1 + " " + s1 + " ready, " + ean + " discarded"},
		{"not the PKID of an unreadable box", "!UNREADABLE " + ean + " !NOTPKID P1", "held unreadable, held could-be-gtin, ignored not-the-pkid, accepted", p1 + " ready"},
		{"an answer taken back", ean + " !NOTPKID !UNDO " + ean, "held could-be-gtin, ignored not-the-pkid, ignored answer-undone, held could-be-gtin", ean + " discarded, " + ean + " held could-be-gtin"},
		{"the question is gone", "S1 P1 " + ean + " S2 !PKID", "attached, accepted, held could-be-gtin, held conflict, refused not-now", p1 + " " + s1 + " ready, " + ean + " " + s2 + " held conflict"},
		{"seen asks again", ean + " !NEXT P2 " + ean + " !PKID", "held could-be-gtin, held could-be-gtin, accepted, seen held, accepted", ean + " ready, " + p2 + " ready"},
		{"unreadable in a carton", "!CARTON !UNREADABLE P1 !CARTON S2", "ignored carton-opened, held unreadable, accepted, ignored carton-closed, attached", "held unreadable, " + p1 + " ready, " + s2 + " held no-pkid"},

		{"a carton", "!CARTON Q2 P1 S1 P2 !CARTON P3", "ignored carton-opened, ignored carton-total, accepted, ignored in-carton, accepted, ignored carton-closed, accepted", p1 + " ready, " + p2 + " ready, 3305123400003 ready"},
		{"a carton that is short", "!CARTON Q2 P1 !NEXT !NEXT", "ignored carton-opened, ignored carton-total, accepted, refused carton-short, ignored carton-closed", p1 + " ready"},
		{"a carton with one too many", "!CARTON Q1 P1 P1 P2", "ignored carton-opened, ignored carton-total, accepted, seen ready, refused carton-full", p1 + " ready"},
		{"a carton whose device is undone", "!CARTON Q1 P1 !UNDO P2", "ignored carton-opened, ignored carton-total, accepted, ignored undone, accepted", p1 + " discarded, " + p2 + " ready"},
		{"a reception does not close over a short carton", "!CARTON Q2 P1 !CLOSE", "ignored carton-opened, ignored carton-total, accepted, refused carton-short", p1 + " ready"},
		{"a quantity without a carton", "Q2", "ignored no-identity", ""},

		{"a change of customer, broken off by a box", "!CUSTOMER BL-9 P1 P1", "ignored scan-order, ignored scan-confirm, refused customer-not-changed, accepted", p1 + " ready"},
		{"a change of customer, order unknown", "!CUSTOMER BL-1 P1", "ignored scan-order, refused unknown-order, accepted", p1 + " ready"},
		{"a change of customer, confirmed too soon", "!CUSTOMER !CONFIRM P1", "ignored scan-order, refused customer-not-changed, accepted", p1 + " ready"},
		{"a change of customer, broken off by a command", "!CUSTOMER BL-9 !UNDO !CONFIRM", "ignored scan-order, ignored scan-confirm, refused customer-not-changed, refused not-now", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			q := queuetest.Open(t)
			other := station.New(station.Options{Queue: q, Operator: "Ana"})
			if _, err := other.Open(t.Context(), queue.Work{Customer: "22222222-bbbb-4bbb-8bbb-222222222222", GroupTag: "FAB", Order: "BL-9"}); err != nil {
				t.Fatal(err)
			}
			s := newStation(t, q, true)
			var told []string
			for word := range strings.FieldsSeq(tt.script) {
				told = append(told, take(t, s, scanOf(word))...)
			}
			if diff := cmp.Diff(tt.told, strings.Join(told, ", ")); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.kept, strings.Join(boxes(t, q), ", ")); diff != "" {
				t.Errorf("kept (-want +got):\n%s", diff)
			}
		})
	}
}

// TestChangeOfCustomer: the order says for whom, and only the confirmation does it.
func TestChangeOfCustomer(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, true)
	fabrikam := queue.Work{Customer: "22222222-bbbb-4bbb-8bbb-222222222222", GroupTag: "FAB", Order: "BL-9"}
	if _, err := q.OpenReception(t.Context(), fabrikam, "Ana"); err != nil {
		t.Fatal(err)
	}
	take(t, s, scanOf("P1"), scanOf("!CUSTOMER"))
	given, err := s.Take(t.Context(), scanOf("BL-9"))
	if err != nil || given[0].Work != fabrikam {
		t.Errorf("the order gave %+v, %v", given, err)
	}
	if r, _ := s.Current(); r.Customer != tenant {
		t.Error("changed before it was confirmed")
	}
	take(t, s, scanOf("!CONFIRM"), scanOf("P2"))
	if r, open := s.Current(); !open || r.Work != fabrikam {
		t.Errorf("the reception at hand is %+v", r)
	}
	open, err := q.OpenReceptions(t.Context())
	if err != nil || len(open) != 1 {
		t.Errorf("open: %+v, %v", open, err)
	}
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if (e.PKID == "3305123400002") != (e.Customer == fabrikam.Customer) {
			t.Errorf("%s is for %s", e.PKID, e.Customer)
		}
	}
}

// TestWithoutAReception: commands that need none work, the others are refused,
// and none opens one.
func TestCommandsWithoutReception(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := station.New(station.Options{Queue: q, Operator: "Ana", Pairing: true})
	for _, word := range command.Words() {
		text := command.Command{Word: word, Argument: map[command.Word]string{command.Badge: "Marie"}[word]}.Text()
		given, err := s.Take(t.Context(), scanner.Scan{Text: text, AIM: "]C0", Symbology: scanner.Code128})
		if err != nil || len(given) != 1 {
			t.Errorf("%s: %v, %v", word, given, err)
		}
		s.Take(t.Context(), scanOf("!BADGE%Marie")) //nolint:errcheck // unlocks; breaks a change off
	}
	if open, err := q.OpenReceptions(t.Context()); err != nil || len(open) > 0 {
		t.Errorf("open: %v, %v", open, err)
	}
}

// TestWhatTheCameraSaw is remembered for the scanner that cannot tell.
func TestWhatTheCameraSaw(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, true)
	take(t, s, frame(1, "P1", "E7")...)
	if said := take(t, s, scanOf(ean)); said[0] != "ignored learnt-gtin" {
		t.Errorf("told %v", said)
	}
}

// TestBadge: who scanned their badge is who captures.
func TestBadge(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, true)
	take(t, s, scanOf("!BADGE%Marie"), scanOf("P1"))
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		if err != nil || e.Operator != "Marie" {
			t.Errorf("%s captured", e.Operator)
		}
	}
}

// TestPallet: the pallet's number stays on the boxes that follow, also after a
// restart, until another is read.
func TestPallet(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	const first, second = "340123450000000000", "340123450000000017"
	take(t, newStation(t, q, true), scanOf("P1"), scanOf(first), scanOf("P2"))
	take(t, newStation(t, q, true), scanOf("P3"), scanOf(second), scanOf("P4"))
	want := map[string]string{"3305123400001": "", "3305123400002": first, "3305123400003": first, "3305123400004": second}
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		if err != nil || e.Pallet != want[string(e.PKID)] {
			t.Errorf("%s is on %q", e.PKID, e.Pallet)
		}
	}
}

// TestTwoScanners: two people with a scanner each read at the same time; no
// serial lands on the other's PKID, and each one's commands are for their own box.
func TestTwoScanners(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, true)
	from := func(source, word string) scanner.Scan {
		scan := scanOf(word)
		scan.Source = "serial:" + source
		return scan
	}
	take(t, s, from("a", "P1"), from("b", "P2"), from("a", "S1"), from("b", "S2"), from("a", "!HOLD"), from("b", "P3"), from("a", "!UNDO"))
	want := []string{"3305123400001 5CG1234001 discarded", "3305123400002 5CG1234002 ready", "3305123400003 ready"}
	if diff := cmp.Diff(want, boxes(t, q)); diff != "" {
		t.Error(diff)
	}
	// After a restart each is at its own box again.
	s = newStation(t, q, true)
	take(t, s, from("b", "S3"), from("a", "S4"), from("a", "P4"))
	want = append(want[:2], "3305123400003 5CG1234003 ready", "3305123400004 5CG1234004 ready")
	if diff := cmp.Diff(want, boxes(t, q)); diff != "" {
		t.Error(diff)
	}
}

// TestScannerAndCamera are in one hand: what both read of a box is one box.
func TestScannerAndCamera(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, true)
	s.Share("serial:a")
	scan := scanOf("P1")
	scan.Source = "serial:a"
	take(t, s, scan)
	seen := frame(1, "S1")
	seen[0].Source = "camera:b"
	take(t, s, seen...)
	if diff := cmp.Diff([]string{"3305123400001 5CG1234001 ready"}, boxes(t, q)); diff != "" {
		t.Error(diff)
	}
}

// TestNextOutlivesARestart: what a person closed stays closed.
func TestNextOutlivesARestart(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	take(t, newStation(t, q, true), scanOf("S1"), scanOf("!NEXT"))
	take(t, newStation(t, q, true), scanOf("P2"))
	take(t, newStation(t, q, true), scanOf("!CARTON"), scanOf("P3"))
	take(t, newStation(t, q, true), scanOf("S4"))
	want := []string{"5CG1234001 held no-pkid", "3305123400002 ready", "3305123400003 ready", "5CG1234004 held no-pkid"}
	if diff := cmp.Diff(want, boxes(t, q)); diff != "" {
		t.Error(diff)
	}
}

// TestTheCameraCommandsNothing: a sheet in view is no command, and the frame's
// other codes are taken.
func TestTheCameraCommandsNothing(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, true)
	take(t, s, scanOf("P2"), scanOf("!NEXT"))
	take(t, s, frame(1, "P1", "!UNDO")...)
	take(t, s, frame(2, "~P1", "~!UNDO")...)
	if diff := cmp.Diff([]string{"3305123400002 ready", "3305123400001 ready"}, boxes(t, q)); diff != "" {
		t.Error(diff)
	}
}

// TestLockedDock: whatever stays in view is taken once a badge was read; nothing
// is done by hand meanwhile.
func TestLockedDock(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, true)
	take(t, s, scanOf("!LOCK"))
	if said := take(t, s, frame(1, "P1", "S1")...); len(said) != 2 || said[0] != "refused locked" {
		t.Errorf("locked: %v", said)
	}
	if said := take(t, s, frame(2, "~P1", "~S1")...); len(said) > 0 {
		t.Errorf("said again: %v", said)
	}
	if v, err := s.Typed(t.Context(), "3305123400009"); err != nil || v.Reason != queue.Locked {
		t.Errorf("typed: %+v, %v", v, err)
	}
	_, undone := s.Undo(t.Context())
	if err := s.Close(t.Context()); !errors.Is(err, station.ErrLocked) || !errors.Is(undone, station.ErrLocked) {
		t.Errorf("closed: %v, undone: %v", err, undone)
	}
	take(t, s, scanOf("!BADGE%Marie"))
	take(t, s, frame(3, "~P1", "~S1")...)
	if diff := cmp.Diff([]string{"3305123400001 5CG1234001 ready"}, boxes(t, q)); diff != "" {
		t.Error(diff)
	}
}
