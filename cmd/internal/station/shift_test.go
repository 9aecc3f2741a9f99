package station_test

import (
	"slices"
	"testing"
	"time"

	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// taken are the audit's lines of shifts that were taken over.
func taken(t *testing.T, s *station.Station, script string) (told string, last queue.Verdict) {
	t.Helper()
	told = play(t, s, script)
	given, err := s.Take(t.Context(), scanOf("!REPEAT"))
	if err != nil {
		t.Fatal(err)
	}
	return told, given[0]
}

// TestAShiftIsTakenOver: whoever comes is shown what is open, and takes it over by
// their badge or by the confirmation, which is written down once.
func TestAShiftIsTakenOver(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, script, told string }{
		{"by the badge", "P1 !BADGE%Marie +3s !BADGE%Marie P2", "accepted, ignored shift-waits, ignored shift-taken, accepted"},
		{"a badge that the scanner reads twice", "P1 !BADGE%Marie !BADGE%Marie P2", "accepted, ignored shift-waits, ignored shift-waits, held unconfirmed"},
		{"a badge that lies before the scanner", "P1 !BADGE%Marie +1s !BADGE%Marie +1s !BADGE%Marie +1s !BADGE%Marie P2", "accepted, ignored shift-waits, ignored shift-waits, ignored shift-waits, ignored shift-waits, held unconfirmed"},
		{"a badge that unlocks", "P1 !BADGE%Marie !LOCK +5m !BADGE%Marie P2 !CONFIRM", "accepted, ignored shift-waits, ignored now-locked, ignored shift-waits, held unconfirmed, accepted"},
		{"by the confirmation", "P1 !BADGE%Marie !CONFIRM P2", "accepted, ignored shift-waits, ignored shift-taken, accepted"},
		{"after a box", "P1 !BADGE%Marie P2 !BADGE%Marie", "accepted, ignored shift-waits, held unconfirmed, accepted"},
		{"a third one", "P1 !BADGE%Marie !BADGE%Luc !CONFIRM", "accepted, ignored shift-waits, ignored shift-waits, ignored shift-taken"},
		{"back again", "P1 !BADGE%Marie !BADGE%Ana P2 !CONFIRM", "accepted, ignored shift-waits, ignored unlocked, held unconfirmed, accepted"},
		{"a locked dock", "P1 !LOCK !BADGE%Marie P2 !CONFIRM", "accepted, ignored now-locked, ignored shift-waits, held unconfirmed, accepted"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			inTime(t, func(t *testing.T, q *queue.Queue) {
				t.Helper()
				if told := play(t, careful(t, q), tt.script); told != tt.told {
					t.Errorf("told %s\nwant %s", told, tt.told)
				}
			})
		})
	}
}

// TestWhatAShiftIsShown: what is open at that moment.
func TestWhatAShiftIsShown(t *testing.T) {
	t.Parallel()
	inTime(t, func(t *testing.T, q *queue.Queue) {
		t.Helper()
		s := careful(t, q)
		if _, err := s.Expect(t.Context(), 9); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		_, v := taken(t, s, "P1 P2 !HOLD !NEXT S7 +5m !BADGE%Marie")
		u := v.Unfinished
		if v.Name != "Marie" || v.Work != contosoBL() || len(u.Receptions) != 1 || u.Receptions[0].Here != 3 || u.Receptions[0].Expected != 9 ||
			u.Boxes != 1 || u.Held != 1 || u.Unsent != 1 || u.Oldest.Sub(began) > time.Second {
			t.Errorf("shown %+v", v)
		}
		// A dock without reception of its own hands over what is open elsewhere.
		other := station.New(station.Options{Queue: q, Operator: "Ana", Confirmed: true})
		if told := play(t, other, "!BADGE%Marie !CONFIRM"); told != "ignored shift-waits, ignored shift-taken" {
			t.Errorf("told %s", told)
		}
	})
}

// With nothing open nothing is handed over.
func TestNothingIsHandedOver(t *testing.T) {
	t.Parallel()
	s := station.New(station.Options{Queue: queuetest.Open(t), Operator: "Ana", Confirmed: true})
	if told := play(t, s, "!BADGE%Marie !CONFIRM"); told != "ignored unlocked, refused not-now" {
		t.Errorf("told %s", told)
	}
}

// TestLayersAreCounted as they are taken off the pallet.
func TestLayersAreCounted(t *testing.T) {
	t.Parallel()
	inTime(t, func(t *testing.T, q *queue.Queue) {
		t.Helper()
		s := careful(t, q)
		layer := func(want queue.Layer, all int) {
			t.Helper()
			v, err := s.EndLayer(t.Context())
			if err != nil || v.Layer != want || v.Count != all || want.Boxes > 0 != (v.Reason == queue.LayerEnded) {
				t.Errorf("ended %+v, %v; want %+v of %d", v, err, want, all)
			}
		}
		layer(queue.Layer{}, 0)
		if _, v := taken(t, s, "P1 P2"); v.Layer != (queue.Layer{}) {
			t.Errorf("a box tells of layers where nobody counts them: %+v", v.Layer)
		}
		layer(queue.Layer{Number: 1, Boxes: 2}, 2)
		if _, v := taken(t, s, "P3 !UNDO P4"); v.Layer != (queue.Layer{Number: 2, Boxes: 1}) {
			t.Errorf("a box of the second layer tells %+v", v.Layer)
		}
		again := station.New(station.Options{Queue: q, Operator: "Ana", Confirmed: true})
		if _, err := again.Open(t.Context(), contosoBL()); err != nil {
			t.Fatal(err)
		}
		if given, err := again.Take(t.Context(), scanOf("P5")); err != nil || given[0].Layer != (queue.Layer{Number: 2, Boxes: 2}) {
			t.Errorf("after a restart: %+v, %v", given, err)
		}
	})
}

// A box of a layer that is done tells nothing of the layer that is begun.
func TestABoxOfAnEarlierLayer(t *testing.T) {
	t.Parallel()
	inTime(t, func(t *testing.T, q *queue.Queue) {
		t.Helper()
		s := careful(t, q)
		play(t, s, "P1 P2")
		if _, err := s.EndLayer(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, v := taken(t, s, "P3 P1"); v.Word != queue.Seen || v.Layer != (queue.Layer{}) {
			t.Errorf("told %s of layer %+v", v.Word, v.Layer)
		}
	})
}

// TestALayerThatIsTakenBack: a box that is taken back after its layer was ended, and
// read again, is of that layer still.
func TestALayerThatIsTakenBack(t *testing.T) {
	t.Parallel()
	inTime(t, func(t *testing.T, q *queue.Queue) {
		t.Helper()
		s := careful(t, q)
		end := func(want queue.Layer) {
			t.Helper()
			if v, err := s.EndLayer(t.Context()); err != nil || v.Layer != want {
				t.Errorf("ended %+v, %v; want %+v", v, err, want)
			}
		}
		play(t, s, "P1 P2")
		end(queue.Layer{Number: 1, Boxes: 2})
		play(t, s, "P3 P4 P5")
		end(queue.Layer{Number: 2, Boxes: 3})
		play(t, s, "!UNDO P6")
		end(queue.Layer{Number: 2, Boxes: 3})
		play(t, s, "P7 !UNDO !UNDO P8 P9")
		end(queue.Layer{Number: 2, Boxes: 4})
	})
}

// What is held for the customer's sake and then handed to the window's close stays.
func TestClosingConfirmsNothing(t *testing.T) {
	t.Parallel()
	inTime(t, func(t *testing.T, q *queue.Queue) {
		t.Helper()
		s := careful(t, q)
		play(t, s, "+31m P1")
		v, err := s.End(t.Context())
		if err != nil || v.Reason != queue.ReceptionEnded || v.Count != 1 {
			t.Errorf("closed: %+v, %v", v, err)
		}
		if kept := boxes(t, q); !slices.Equal(kept, []string{"3305123400001 held unconfirmed"}) {
			t.Errorf("kept %v", kept)
		}
	})
}
