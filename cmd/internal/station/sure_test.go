package station_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/queue/queuetest"
	"pkidstation/scanner"
)

// careful is a station that asks for whom the next box is.
func careful(t *testing.T, q *queue.Queue) *station.Station {
	t.Helper()
	s := station.New(station.Options{Queue: q, Operator: "Ana", Pairing: true, Confirmed: true})
	if _, err := s.Open(t.Context(), contosoBL()); err != nil {
		t.Fatal(err)
	}
	return s
}

func contosoBL() queue.Work { return queue.Work{Customer: tenant, GroupTag: "STD", Order: "BL-1"} }

func fabrikamBL() queue.Work {
	return queue.Work{Customer: "22222222-bbbb-4bbb-8bbb-222222222222", GroupTag: "FAB", Order: "BL-9"}
}

// inTime opens a queue in a bubble, whose clock the test moves.
func inTime(t *testing.T, test func(t *testing.T, q *queue.Queue)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(10 * time.Hour) // the morning
		q, err := queue.Open(t.TempDir(), queue.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			queuetest.Check(t, q)
			if err := q.Close(); err != nil {
				t.Error(err)
			}
		}()
		test(t, q)
	})
}

// play gives a station a script: words of scanOf, and waits such as "+31m".
func play(t *testing.T, s *station.Station, script string) string {
	t.Helper()
	var told []string
	for word := range strings.FieldsSeq(script) {
		if wait, ok := strings.CutPrefix(word, "+"); ok {
			d, err := time.ParseDuration(wait)
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(d)
			continue
		}
		told = append(told, take(t, s, scanOf(word))...)
	}
	return strings.Join(told, ", ")
}

// TestTheFirstScanWaitsForTheCustomer: after midnight, after a while, after another
// badge. Nothing is lost, and nothing goes out before somebody says for whom.
func TestTheFirstScanWaitsForTheCustomer(t *testing.T) {
	t.Parallel()
	const p1, p2, p3 = "3305123400001", "3305123400002", "3305123400003"
	for _, tt := range []struct{ name, script, told, kept string }{
		{"a short break", "P1 +29m P2", "accepted, accepted", p1 + " ready, " + p2 + " ready"},
		{"a long break", "P1 +30m P2 !CONFIRM P3", "accepted, held unconfirmed, accepted, accepted", p1 + " ready, " + p2 + " ready, " + p3 + " ready"},
		{"a long break, nobody says", "P1 +30m P2 P3", "accepted, held unconfirmed, held unconfirmed", p1 + " ready, " + p2 + " held unconfirmed, " + p3 + " held unconfirmed"},
		{"confirmed before anything is read", "P1 +30m !CONFIRM P2", "accepted, ignored customer-confirmed, accepted", p1 + " ready, " + p2 + " ready"},
		{"several boxes are confirmed at once", "+31m P1 P2 !CONFIRM", "held unconfirmed, held unconfirmed, ignored customer-confirmed", p1 + " ready, " + p2 + " ready"},
		{"midnight", "+13h50m P1 !CONFIRM +9m P2 +2m P3", "held unconfirmed, accepted, accepted, held unconfirmed", p1 + " ready, " + p2 + " ready, " + p3 + " held unconfirmed"},
		{"the same badge", "P1 !BADGE%Ana P2", "accepted, ignored unlocked, accepted", p1 + " ready, " + p2 + " ready"},
		{"another badge", "P1 !BADGE%Marie P2 !CONFIRM", "accepted, ignored shift-waits, held unconfirmed, accepted", p1 + " ready, " + p2 + " ready"},
		{"serial and PKID", "+31m S1 P1 !CONFIRM", "attached, held unconfirmed, accepted", p1 + " 5CG1234001 ready"},
		{"a serial alone", "+31m S1 !CONFIRM P1", "attached, ignored customer-confirmed, accepted", p1 + " 5CG1234001 ready"},
		{"PKID and serial", "+31m P1 S1 !CONFIRM", "held unconfirmed, attached, accepted", p1 + " 5CG1234001 ready"},
		{"the box began before", "S1 !BADGE%Marie P1 !CONFIRM", "attached, ignored shift-waits, held unconfirmed, accepted", p1 + " 5CG1234001 ready"},
		{"digits in doubt", "+31m " + ean + " !CONFIRM !PKID", "held could-be-gtin, held could-be-gtin, accepted", ean + " ready"},
		{"digits in doubt, answered first", "+31m " + ean + " !PKID !CONFIRM", "held could-be-gtin, held unconfirmed, accepted", ean + " ready"},
		{"held by a person", "+31m P1 !HOLD !CONFIRM", "held unconfirmed, held by-person, held by-person", p1 + " held by-person"},
		{"unreadable", "+31m !UNREADABLE !CONFIRM P1", "held unreadable, held unreadable, accepted", p1 + " ready"},
		{"taken back", "+31m P1 !UNDO !CONFIRM", "held unconfirmed, ignored undone, ignored customer-confirmed", p1 + " discarded"},
		{"read again", "+31m P1 P1 !CONFIRM", "held unconfirmed, seen held, accepted", p1 + " ready"},
		{"a carton", "+31m !CARTON P1 P2 !CONFIRM !CARTON", "ignored carton-opened, held unconfirmed, held unconfirmed, ignored customer-confirmed, ignored carton-closed", p1 + " ready, " + p2 + " ready"},
		{"no customer changes it", "+31m P1 !CUSTOMER BL-1 !CONFIRM", "held unconfirmed, ignored scan-order, ignored scan-confirm, accepted", p1 + " ready"},
		{"another customer", "+31m P1 !CUSTOMER BL-9 !CONFIRM P2", "held unconfirmed, ignored scan-order, ignored scan-confirm, ignored customer-changed, accepted", p1 + " held unconfirmed, " + p2 + " ready"},
		{"another customer, and back", "+31m P1 !CUSTOMER BL-9 !CONFIRM !CUSTOMER BL-1 !CONFIRM +31m P2 !CONFIRM", "held unconfirmed, ignored scan-order, ignored scan-confirm, ignored customer-changed, ignored scan-order, ignored scan-confirm, ignored customer-changed, held unconfirmed, accepted", p1 + " held unconfirmed, " + p2 + " ready"},
		{"the change is broken off", "+31m P1 !CUSTOMER P2 !CONFIRM", "held unconfirmed, ignored scan-order, refused unknown-order, accepted", p1 + " ready"},
		{"nothing to confirm", "P1 !CONFIRM", "accepted, refused not-now", p1 + " ready"},
		{"locked", "+31m P1 !LOCK !CONFIRM !BADGE%Ana !CONFIRM", "held unconfirmed, ignored now-locked, refused locked, ignored unlocked, accepted", p1 + " ready"},
		{"the serial joins a model that was read before", "MTM:20XW0012US !BADGE%Marie S1 !NEXT", "attached, ignored shift-waits, attached, held no-pkid", "5CG1234001 held no-pkid"},
		{"a change of customer that was left standing", "P1 !CUSTOMER BL-9 +31m !CONFIRM P2", "accepted, ignored scan-order, ignored scan-confirm, refused customer-not-changed, held unconfirmed", p1 + " ready, " + p2 + " held unconfirmed"},
		{"the order is read twice", "!CUSTOMER BL-9 BL-9 !CONFIRM", "ignored scan-order, ignored scan-confirm, ignored scan-confirm, ignored customer-changed", ""},
		{"the same badge, Caps Lock is on", "P1 !BADGE%aNA P2", "accepted, ignored unlocked, accepted", p1 + " ready, " + p2 + " ready"},
		{"a product key is not kept either way", "+31m VK7JG-NPHTM-C97JM-9MPGT-3V66T", "refused secret", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			inTime(t, func(t *testing.T, q *queue.Queue) {
				t.Helper()
				if _, err := q.OpenReception(t.Context(), fabrikamBL(), "Ana"); err != nil {
					t.Fatal(err)
				}
				told := play(t, careful(t, q), tt.script)
				if diff := cmp.Diff(tt.told, told); diff != "" {
					t.Errorf("told (-want +got):\n%s", diff)
				}
				if diff := cmp.Diff(tt.kept, strings.Join(boxes(t, q), ", ")); diff != "" {
					t.Errorf("kept (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// TestWhereNobodyIsAsked, as in pkidctl, time and badges change no verdict.
func TestWhereNobodyIsAsked(t *testing.T) {
	t.Parallel()
	inTime(t, func(t *testing.T, q *queue.Queue) {
		t.Helper()
		s := newStation(t, q, true)
		want := "accepted, accepted, ignored unlocked, accepted, refused not-now"
		if told := play(t, s, "P1 +25h P2 !BADGE%Marie P3 !CONFIRM"); told != want {
			t.Errorf("told %s", told)
		}
		if _, err := s.Resume(t.Context(), contosoBL()); err != nil || asks(s) {
			t.Errorf("after a restart it asks, %v", err)
		}
	})
}

// TestARestartLeavesNothingConfirmed: what was held stays so; its label read again,
// before somebody says for whom or after, is what lets it go.
func TestARestartLeavesNothingConfirmed(t *testing.T) {
	t.Parallel()
	inTime(t, func(t *testing.T, q *queue.Queue) {
		t.Helper()
		play(t, careful(t, q), "+31m P1 +1m P2 +1m P3")
		s := station.New(station.Options{Queue: q, Operator: "Ana", Pairing: true, Confirmed: true})
		if _, err := s.Resume(t.Context(), contosoBL()); err != nil || !asks(s) {
			t.Fatalf("after a restart it does not ask, %v", err)
		}
		told := play(t, s, "P4 P2 !CONFIRM P5 P3 P3")
		if want := "held unconfirmed, seen held, ignored customer-confirmed, accepted, accepted, seen ready"; told != want {
			t.Errorf("told %s", told)
		}
		want := []string{
			"3305123400001 held unconfirmed", "3305123400002 ready", "3305123400003 ready", "3305123400004 ready", "3305123400005 ready",
		}
		if diff := cmp.Diff(want, boxes(t, q)); diff != "" {
			t.Error(diff)
		}
		if told := play(t, newStationFor(t, q, contosoBL()), "P1"); told != "seen held" {
			t.Errorf("where nobody is asked: %s", told)
		}
	})
}

func newStationFor(t *testing.T, q *queue.Queue, work queue.Work) *station.Station {
	t.Helper()
	s := station.New(station.Options{Queue: q, Operator: "Ana", Pairing: true})
	if _, err := s.Open(t.Context(), work); err != nil {
		t.Fatal(err)
	}
	return s
}

// A box that lies before the camera all night keeps nobody at the dock.
func TestWhatLiesBeforeTheCameraConfirmsNothing(t *testing.T) {
	t.Parallel()
	inTime(t, func(t *testing.T, q *queue.Queue) {
		t.Helper()
		s := careful(t, q)
		take(t, s, frame(1, "P1")...)
		for n := range uint64(40) {
			time.Sleep(time.Minute)
			take(t, s, frame(2+n, "~P1")...)
		}
		if told := take(t, s, frame(50, "P2")...); !slices.Equal(told, []string{"held unconfirmed"}) {
			t.Errorf("told %v", told)
		}
	})
}

// TestConfirmedAtTheWindow: by a press, as by the command; the verdict names who.
func TestConfirmedAtTheWindow(t *testing.T) {
	t.Parallel()
	inTime(t, func(t *testing.T, q *queue.Queue) {
		t.Helper()
		s := careful(t, q)
		if v, err := s.Confirm(t.Context()); err != nil || v.Reason != queue.NotNow {
			t.Errorf("nothing is asked: %+v, %v", v, err)
		}
		play(t, s, "+31m P1 P2")
		typed, err := s.Typed(t.Context(), "3305123400003")
		if err != nil || typed.Reason != queue.TypedByHand || !typed.Entry.Unconfirmed {
			t.Errorf("typed: %+v, %v", typed, err)
		}
		v, err := s.Confirm(t.Context())
		if err != nil || v.Reason != queue.CustomerConfirmed || v.Count != 2 || v.Of != 3 || v.Work != contosoBL() {
			t.Errorf("confirmed: %+v, %v", v, err)
		}
		if asks(s) {
			t.Error("it still asks")
		}
	})
}

// A change of customer says how many boxes stay behind.
func TestWhatStaysBehindIsTold(t *testing.T) {
	t.Parallel()
	inTime(t, func(t *testing.T, q *queue.Queue) {
		t.Helper()
		if _, err := q.OpenReception(t.Context(), fabrikamBL(), "Ana"); err != nil {
			t.Fatal(err)
		}
		s := careful(t, q)
		play(t, s, "+31m P1 P2 !CUSTOMER BL-9")
		given, err := s.Take(t.Context(), scanOf("!CONFIRM"))
		if err != nil || given[0].Reason != queue.Changed || given[0].Count != 2 || given[0].Work != fabrikamBL() {
			t.Errorf("changed: %+v, %v", given, err)
		}
	})
}

// What was taken back stays behind nowhere.
func TestWhatWasTakenBackDoesNotStayBehind(t *testing.T) {
	t.Parallel()
	inTime(t, func(t *testing.T, q *queue.Queue) {
		t.Helper()
		if _, err := q.OpenReception(t.Context(), fabrikamBL(), "Ana"); err != nil {
			t.Fatal(err)
		}
		s := careful(t, q)
		play(t, s, "+31m P1 P2 !UNDO !CUSTOMER BL-9")
		given, err := s.Take(t.Context(), scanOf("!CONFIRM"))
		if err != nil || given[0].Reason != queue.Changed || given[0].Count != 1 {
			t.Errorf("changed: %+v, %v", given, err)
		}
	})
}

// TestCloseReadsBack: for whom, how many, and of how many.
func TestCloseReadsBack(t *testing.T) {
	t.Parallel()
	closed := func(t *testing.T, prepare func(*queue.Queue, *station.Station)) queue.Verdict {
		t.Helper()
		q := queuetest.Open(t)
		s := careful(t, q)
		prepare(q, s)
		given, err := s.Take(t.Context(), scanner.Scan{Text: "%PKID%CLOSE", Source: "script"})
		if err != nil || given[0].Reason != queue.ReceptionEnded || given[0].Work != contosoBL() {
			t.Fatalf("closed: %+v, %v", given, err)
		}
		return given[0]
	}
	if v := closed(t, func(*queue.Queue, *station.Station) {}); v.Count != 0 || v.Of != 0 {
		t.Errorf("an empty one: %d of %d", v.Count, v.Of)
	}
	v := closed(t, func(_ *queue.Queue, s *station.Station) {
		if r, err := s.Expect(t.Context(), 20); err != nil || r.Expected != 20 {
			t.Errorf("expecting: %+v, %v", r, err)
		}
		play(t, s, "P1 P2 !HOLD P3 !UNDO")
	})
	if v.Count != 2 || v.Of != 20 || v.Held != 1 {
		t.Errorf("as somebody said: %d of %d", v.Count, v.Of)
	}
	list := func(script string) func(*queue.Queue, *station.Station) {
		return func(q *queue.Queue, s *station.Station) {
			for n := range 4 {
				announce(t, q, "BL-1", tenant, n+1)
			}
			play(t, s, script)
		}
	}
	if v := closed(t, list("P1 P2 P9")); v.Count != 3 || v.Of != 4 || v.Beside != 1 {
		t.Errorf("of a list: %d of %d, %d of them are not on it", v.Count, v.Of, v.Beside)
	}
	if v := closed(t, list("P1 P2 P3 P9")); v.Count != 4 || v.Of != 4 || v.Beside != 1 {
		t.Errorf("as many as are announced, but not those: %d of %d, %d of them are not on it", v.Count, v.Of, v.Beside)
	}
	if v := closed(t, list("P1 P2 P9 !UNDO P3 P4")); v.Count != 4 || v.Of != 4 || v.Beside != 0 {
		t.Errorf("all of a list: %d of %d, %d of them are not on it", v.Count, v.Of, v.Beside)
	}
}

func asks(s *station.Station) bool {
	customer, _ := s.Asked()
	return customer
}
