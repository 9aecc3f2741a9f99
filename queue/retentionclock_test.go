package queue_test

import (
	"errors"
	"testing"
	"time"

	"pkidstation/queue"
)

// aging is a queue of settled boxes whose clock is in the test's hand.
type aging struct {
	*testing.T

	q     *queue.Queue
	clock *clock
	ids   []string
}

// settledAt has boxes captured and discarded with the clock at a time.
func settledAt(t *testing.T, at time.Time) aging {
	t.Helper()
	c := &clock{}
	c.set(at)
	a := aging{T: t, q: openWith(t, t.TempDir(), queue.Options{Station: "dock 1", Now: c.now}), clock: c}
	r, err := a.q.OpenReception(t.Context(), queue.Work{Customer: contoso, GroupTag: "Dock"}, "Ana")
	must(t, err)
	for i := range 5 {
		v, err := a.q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: pkid(i), By: "Ana", Read: queue.Read{Text: "marked"}})
		must(t, err)
		a.ids = append(a.ids, v.Entry.ID)
	}
	must(t, a.q.Discard(t.Context(), a.ids, queue.Act{By: "Léa", Reason: "broken"}))
	return a
}

// days lets so many pass, with a look at what goes on each.
func (a aging) days(n int) {
	a.Helper()
	for range n {
		a.clock.set(a.clock.now().Add(24 * time.Hour))
		retain(a.T, a.q)
	}
	sound(a.T, a.q)
}

func (a aging) kept() bool {
	a.Helper()
	e, err := a.q.Entry(a.Context(), a.ids[3])
	must(a.T, err)
	return len(e.Reads) > 0
}

// TestAWrongClockTakesNothingAway: neither years ahead for a week, nor what was
// captured under the date of an empty battery.
func TestAWrongClockTakesNothingAway(t *testing.T) {
	t.Parallel()
	a := settledAt(t, noon())
	a.days(1)
	a.clock.set(noon().AddDate(5, 0, 0))
	a.days(9)
	a.clock.set(noon().AddDate(0, 0, 11))
	a.days(1)
	if !a.kept() {
		t.Error("a clock that was years ahead for nine days took it away")
	}
	a.days(90)
	if a.kept() {
		t.Error("it stays when its time is over")
	}
	a = settledAt(t, time.Date(2009, 1, 1, 0, 2, 0, 0, time.UTC))
	a.clock.set(noon())
	a.days(60)
	if !a.kept() {
		t.Error("an empty battery's date took it away")
	}
	a.days(100)
	if a.kept() {
		t.Error("what was settled under an empty battery's date stays for ever")
	}
}

// TestAStationThatWasOff is caught up with in days, not in as many as it was off.
func TestAStationThatWasOff(t *testing.T) {
	t.Parallel()
	a := settledAt(t, noon())
	a.days(5)
	a.clock.set(noon().AddDate(0, 0, 120))
	a.days(8)
	if !a.kept() {
		t.Error("it went at once")
	}
	a.days(10)
	if a.kept() {
		t.Error("it did not go")
	}
}

// TestAnOldHandoversFileGoes with the rest of what its boxes were.
func TestAnOldHandoversFileGoes(t *testing.T) {
	t.Parallel()
	c, there := &clock{}, open(t)
	c.set(noon())
	a := aging{T: t, q: openWith(t, t.TempDir(), queue.Options{Station: "dock 1", Now: c.now}), clock: c}
	var gone []queue.Handover
	for n := range 2 {
		r, err := a.q.OpenReception(t.Context(), queue.Work{Customer: contoso, GroupTag: "Dock"}, "Ana")
		must(t, err)
		_, err = a.q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: pkid(n), By: "Ana"})
		must(t, err)
		h, err := a.q.HandOver(t.Context(), queue.Departure{To: code(t, there)}, queue.Act{By: "Léa", Reason: "no line"})
		must(t, err)
		gone = append(gone, h)
		a.days(60)
	}
	if _, _, err := a.q.HandoverFile(t.Context(), gone[0].ID); !errors.Is(err, queue.ErrHandoverGone) {
		t.Errorf("of 120 days ago: %v", err)
	}
	if _, _, err := a.q.HandoverFile(t.Context(), gone[1].ID); err != nil {
		t.Errorf("of 60 days ago: %v", err)
	}
	sound(t, a.q)
}

// TestATupleNeedsWhatWasRead: what was read says whether the letters of a serial
// are sure, so it stays with a refused entry as long as its serial does.
func TestATupleNeedsWhatWasRead(t *testing.T) {
	t.Parallel()
	d, c := clocked(t)
	p := identifiedIn(t, d.q, queue.Part{Serial: "S1", Maker: "HP", Model: "M", Read: queue.Read{Unsure: true}})
	p.settled(queue.Outcome{Code: "812"})
	aging{T: t, q: d.q, clock: c}.days(120)
	if e := p.entry(p.ids[0]); e.Operator != "" || e.Serial == "" {
		t.Errorf("it was not old enough: %+v", e)
	}
	if err := d.q.RetryByTuple(t.Context(), p.ids, queue.Act{By: "Léa", Reason: "seen"}); !errors.Is(err, queue.ErrNoTuple) {
		t.Errorf("letters that are not sure went: %v", err)
	}
}

// TestRetentionClockGolden keeps how the calendar is written.
func TestRetentionClockGolden(t *testing.T) {
	t.Parallel()
	golden(t, "retention_clock", queue.RetentionClock{Today: noon(), Turned: noon(), Seen: []queue.RetentionDay{{Day: noon(), Last: 7}}})
}
