package queue_test

import (
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/queuetest"
)

// TestWhatAListHasAgainstABox goes through what a capture meets in the lists.
func TestWhatAListHasAgainstABox(t *testing.T) {
	t.Parallel()
	mine, others := order("BL-1"), queue.Work{Customer: fabrik, GroupTag: "STD", Order: "BL-9"}
	for _, tt := range []struct {
		name string
		do   func(c counter) queue.Verdict
		word queue.Word
		why  queue.Reason
	}{
		{"announced", func(c counter) queue.Verdict { return c.pkid(mine, 1) }, queue.Accepted, ""},
		{"announced, its serial first", func(c counter) queue.Verdict { return c.both(mine, 1, "SN-00001", true) }, queue.Accepted, ""},
		{"its serial in small letters", func(c counter) queue.Verdict { return c.both(mine, 1, "sn-00001", false) }, queue.Attached, ""},
		{"with the serial of another", func(c counter) queue.Verdict { return c.both(mine, 1, "SN-00002", true) }, queue.OnHold, queue.Conflict},
		{"with the serial of another, after it", func(c counter) queue.Verdict { return c.both(mine, 1, "SN-00002", false) }, queue.OnHold, queue.Conflict},
		{"with a serial that nobody announced", func(c counter) queue.Verdict { return c.both(mine, 1, "XX", false) }, queue.OnHold, queue.Conflict},
		{"the serial is announced, the PKID is not", func(c counter) queue.Verdict { return c.both(mine, 70, "SN-00002", true) }, queue.OnHold, queue.Conflict},
		{"in no list", func(c counter) queue.Verdict { return c.pkid(mine, 70) }, queue.OnHold, queue.NotAnnounced},
		{"another order's", func(c counter) queue.Verdict { return c.pkid(mine, 40) }, queue.OnHold, queue.OtherCustomer},
		{"another customer's", func(c counter) queue.Verdict { return c.pkid(others, 1) }, queue.OnHold, queue.OtherCustomer},
		{"no list for the order", func(c counter) queue.Verdict { return c.pkid(order("BL-7"), 70) }, queue.Accepted, ""},
		{"no order", func(c counter) queue.Verdict { return c.pkid(order(""), 1) }, queue.Accepted, ""},
		{"no order, and in no list", func(c counter) queue.Verdict { return c.pkid(order(""), 70) }, queue.Accepted, ""},
		{"no order, another customer's", func(c counter) queue.Verdict { return c.pkid(queue.Work{Customer: fabrik}, 1) }, queue.OnHold, queue.OtherCustomer},
		{"no customer", func(c counter) queue.Verdict { return c.pkid(queue.Work{Order: "BL-1"}, 1) }, queue.OnHold, queue.NoCustomer},
		{"an article number that is announced", func(c counter) queue.Verdict {
			v, err := c.q.Capture(c.Context(), queue.Capture{Reception: c.room(mine), PKID: queuetest.PKID(2), Hold: queue.CouldBeGTIN})
			c.must(err)
			return v
		}, queue.Accepted, ""},
		{"typed, and announced", func(c counter) queue.Verdict {
			v, err := c.q.Capture(c.Context(), queue.Capture{Reception: c.room(mine), PKID: queuetest.PKID(2), Hold: queue.TypedByHand})
			c.must(err)
			return v
		}, queue.Accepted, ""},
		{"typed, and not announced", func(c counter) queue.Verdict {
			v, err := c.q.Capture(c.Context(), queue.Capture{Reception: c.room(mine), PKID: queuetest.PKID(70), Hold: queue.TypedByHand})
			c.must(err)
			return v
		}, queue.OnHold, queue.TypedByHand},
		{"a list of serials alone", func(c counter) queue.Verdict { return c.both(order("BL-S"), 80, "SER-1", true) }, queue.Accepted, ""},
		{"its serial is another order's", func(c counter) queue.Verdict { return c.both(order("BL-7"), 80, "SER-1", true) }, queue.OnHold, queue.OtherCustomer},
		{"its serial is another customer's, and comes later", func(c counter) queue.Verdict { return c.both(others, 80, "ser-1", false) }, queue.OnHold, queue.OtherCustomer},
		{"its serial is another order's, and its PKID is announced", func(c counter) queue.Verdict { return c.both(order("BL-4"), 90, "SER-1", true) }, queue.Accepted, ""},
		{"a list of serials, and not its", func(c counter) queue.Verdict { return c.both(order("BL-S"), 80, "SER-9", true) }, queue.OnHold, queue.NotAnnounced},
		{"a list of serials, the serial later", func(c counter) queue.Verdict { return c.both(order("BL-S"), 80, "SER-9", false) }, queue.OnHold, queue.NotAnnounced},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := newCounter(t)
			c.announce(listOf("BL-1", 1, 2, 3))
			c.announce(listOf("BL-2", 40))
			c.announce(listWith(queue.Announced{Device: autopilot.Device{Serial: "SER-1"}, Order: "BL-S", Row: 2}))
			c.announce(listWith(queue.Announced{Device: autopilot.Device{PKID: queuetest.PKID(90)}, Order: "BL-4", Row: 2}))
			c.wants(tt.do(c), tt.word, tt.why)
		})
	}
}

// TestTheListIsTold: what is held for a list says what the list has.
func TestTheListIsTold(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	list := c.announce(listOf("BL-1", 1, 2))
	v := c.both(order("BL-1"), 1, "SN-00002", true)
	want := queue.Listed{List: list.Number, Row: 2, PKID: queuetest.PKID(1), Serial: "SN-00001", Customer: contoso, Order: "BL-1"}
	if got := c.entry(v.Entry.ID).Listed; got != want || v.Entry.Listed != want {
		t.Errorf("%+v, and the verdict %+v", got, v.Entry.Listed)
	}
}

// TestAListAfterTheBoxes: what is here already is judged by a list that comes later.
func TestAListAfterTheBoxes(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	right, wrong := c.both(order("BL-1"), 1, "SN-00001", true), c.both(order("BL-1"), 2, "XX", true)
	foreign := c.pkid(queue.Work{Customer: fabrik, GroupTag: "STD"}, 3)
	got := c.announce(listOf("BL-1", 1, 2, 3))
	if len(got.Doubted) != 2 || len(got.Sent)+len(got.Freed)+len(got.Clashing) != 0 {
		t.Fatalf("%+v", got)
	}
	if e := c.entry(right.Entry.ID); e.State != queue.Ready {
		t.Errorf("the right one is %s", e.State)
	}
	if e := c.entry(wrong.Entry.ID); e.State != queue.Held || e.Reason != queue.Conflict || e.Listed.Serial != "SN-00002" {
		t.Errorf("%+v", e)
	}
	if e := c.entry(foreign.Entry.ID); e.State != queue.Held || e.Reason != queue.OtherCustomer || e.Listed.Customer != contoso {
		t.Errorf("%+v", e)
	}
	late := c.pkid(order("BL-1"), 9)
	c.wants(late, queue.OnHold, queue.NotAnnounced)
	if got := c.announce(listOf("BL-1", 9)); len(got.Freed) != 1 {
		t.Errorf("%+v", got)
	}
	if e := c.entry(late.Entry.ID); e.State != queue.Ready {
		t.Errorf("the late one is %s %s", e.State, e.Reason)
	}
}
