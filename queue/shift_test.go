package queue_test

import (
	"slices"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/queuetest"
)

func TestUnfinished(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	u, err := c.q.Unfinished(t.Context())
	c.must(err)
	if !u.Nothing() {
		t.Errorf("an empty station has %+v", u)
	}
	w := order("BL-1")
	first := c.pkid(w, 1).Entry
	c.pkid(w, 2)
	c.serial(w, "", "S9")
	gone := c.pkid(w, 3).Entry.ID
	c.must(c.q.Discard(t.Context(), []string{gone}, queue.Act{By: "Ana"}))
	c.must(c.q.Hold(t.Context(), []string{c.pkid(order("BL-2"), 4).Entry.ID}, queue.Act{By: "Ana"}))
	queuetest.Fill(t, c.q, order("BL-3"), 10, 2) // its reception is closed
	u, err = c.q.Unfinished(t.Context())
	c.must(err)
	if len(u.Receptions) != 2 || u.Receptions[0].Order != "BL-1" || u.Receptions[0].Here != 3 || u.Receptions[1].Here != 1 ||
		u.Boxes != 1 || u.Held != 1 || u.Unsent != 4 || !u.Oldest.Equal(first.CapturedAt) {
		t.Errorf("unfinished: %+v", u)
	}
	c.must(c.q.HandShift(t.Context(), "Ana", "Marie", u))
	lines := auditOf(t, c.q)
	if l := lines[len(lines)-1]; l.Action != queue.ActionHandShift || l.By != "Marie" || l.Of != "Ana" ||
		l.Note != "2 receptions open, 1 boxes without PKID, 1 held, 4 unsent" {
		t.Errorf("the audit has %+v", l)
	}
}

// TestWhatWasRefusedIsUnfinished: it waits for a person, too.
func TestWhatWasRefusedIsUnfinished(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	id := c.pkid(order("BL-1"), 1).Entry.ID
	planner{t, c.q, []string{id}}.settled(queue.Outcome{Entry: id, Code: "808"})
	_, err := c.q.CloseReception(t.Context(), c.room(order("BL-1")), "Ana")
	c.must(err)
	u, err := c.q.Unfinished(t.Context())
	c.must(err)
	if u.Refused != 1 || u.Nothing() || u.Unsent != 0 {
		t.Errorf("unfinished: %+v", u)
	}
	c.must(c.q.HandShift(t.Context(), "Ana", "Marie", u))
	lines := auditOf(t, c.q)
	if note := lines[len(lines)-1].Note; note != "0 receptions open, 0 boxes without PKID, 0 held, 0 unsent, 1 rejected" {
		t.Errorf("the audit has %q", note)
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	w := order("BL-1")
	gone := c.pkid(w, 1).Entry.ID
	c.must(c.q.Discard(t.Context(), []string{gone}, queue.Act{By: "Ana"}))
	again := c.both(w, 1, "S1", false).Entry.ID
	third := c.serial(order("BL-2"), "", "S1").Entry.ID
	for name, tt := range map[string]struct {
		pkid, serial string
		want         []string
	}{
		"by PKID":      {string(queuetest.PKID(1)), "", []string{again, gone}},
		"by serial":    {"", "S1", []string{third, again}},
		"by both":      {string(queuetest.PKID(1)), "S1", []string{third, again, gone}},
		"unknown":      {string(queuetest.PKID(2)), "S", nil},
		"of nothing":   {"", "", nil},
		"a beginning?": {"33", "", nil},
	} {
		all, err := c.q.Find(t.Context(), autopilot.PKID(tt.pkid), tt.serial)
		c.must(err)
		var got []string
		for _, e := range all {
			if got = append(got, e.ID); e.Operator == "" {
				t.Errorf("%s: nobody captured it", name)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: found %v, want %v", name, got, tt.want)
		}
	}
}

func TestAnnouncedWorks(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	works := func(name string) []queue.Work {
		all, err := c.q.AnnouncedWorks(t.Context(), name)
		c.must(err)
		return all
	}
	if len(works("")) != 0 || len(works("BL-1")) != 0 {
		t.Error("an order without list has works")
	}
	announce := func(order string, customer autopilot.TenantID, tag autopilot.GroupTag, numbers ...int) {
		var all []queue.Announced
		for i, n := range numbers {
			all = append(all, queue.Announced{Device: device(n), Order: order, GroupTag: tag, Row: i + 2})
		}
		l := listWith(all...)
		l.Customer = customer
		c.announce(l)
	}
	announce("BL-1", contoso, "STD", 1, 2)
	if want := []queue.Work{{Customer: contoso, GroupTag: "STD", Order: "BL-1"}}; !slices.Equal(works("BL-1"), want) {
		t.Errorf("one customer: %+v", works("BL-1"))
	}
	announce("BL-1", fabrik, "FAB", 3)
	announce("BL-1", contoso, "OTHER", 4)
	if got := works("BL-1"); len(got) != 2 || got[0] != (queue.Work{Customer: contoso, Order: "BL-1"}) || got[1].GroupTag != "FAB" {
		t.Errorf("two customers, two tags: %+v", got)
	}
	announce("BL-2", "", "", 5)
	if len(works("BL-2")) != 0 {
		t.Error("a list for nobody says for whom")
	}
}

// TestLayers: the boxes that stand are counted, whatever else is captured meanwhile,
// and a restart forgets nothing.
func TestLayers(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	w := order("BL-1")
	r := c.room(w)
	ends := func(number, boxes int) {
		t.Helper()
		_, l, err := c.q.EndLayer(t.Context(), r, "Ana")
		c.must(err)
		if l != (queue.Layer{Number: number, Boxes: boxes}) {
			t.Errorf("ended %+v, want %d: %d", l, number, boxes)
		}
	}
	ends(1, 0)
	c.pkid(w, 1)
	c.pkid(order("BL-2"), 50)
	c.must(c.q.Discard(t.Context(), []string{c.pkid(w, 2).Entry.ID}, queue.Act{By: "Ana"}))
	c.pkid(w, 3)
	ends(1, 2)
	ends(2, 0)
	c.pkid(w, 4)
	if l, err := c.q.Layer(t.Context(), r); err != nil || l != (queue.Layer{Number: 2, Boxes: 1}) {
		t.Errorf("now: %+v, %v", l, err)
	}
	ends(2, 1)
}
