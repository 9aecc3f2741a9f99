package queue_test

import (
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/queuetest"
)

func (c counter) reconcile(name string) queue.Reconciliation {
	c.Helper()
	r, err := c.q.Reconcile(c.Context(), name, contoso)
	c.must(err)
	return r
}

// registerReady has all that is ready registered.
func (c counter) registerReady() {
	c.Helper()
	var ids []string
	for e, err := range c.q.List(c.Context(), queue.Filter{States: []queue.State{queue.Ready}}) {
		c.must(err)
		ids = append(ids, e.ID)
	}
	planner{c.T, c.q, ids}.settled(queue.Outcome{Registered: true, DeviceID: "d"})
}

// TestRowsThatNobodyCouldRead: what was refused of a list keeps its order, until the
// whole of it came, or somebody counted the boxes.
func TestRowsThatNobodyCouldRead(t *testing.T) {
	t.Parallel()
	damaged := func(c counter) {
		l := listOf("BL-1", 1, 2)
		l.Refused = 1
		c.announce(l)
		c.pkid(order("BL-1"), 1)
		c.pkid(order("BL-1"), 2)
		c.registerReady()
		if r := c.reconcile("BL-1"); r.MayLeave() || r.Refused != 1 || !r.Unread() || len(r.Staying()) != 0 {
			t.Errorf("%+v", r)
		}
	}
	c := newCounter(t)
	damaged(c)
	c.announce(listOf("BL-1", 3)) // another part of it, and not the same made whole
	c.pkid(order("BL-1"), 3)
	c.registerReady()
	if r := c.reconcile("BL-1"); r.MayLeave() {
		t.Errorf("%+v", r)
	}
	c = newCounter(t)
	damaged(c)
	c.announce(listOf("BL-1", 1, 2, 3))
	if r := c.reconcile("BL-1"); r.MayLeave() || r.Refused != 0 || r.Missing != 1 {
		t.Errorf("%+v", r)
	}
	c.pkid(order("BL-1"), 3)
	c.registerReady()
	if r := c.reconcile("BL-1"); !r.MayLeave() {
		t.Errorf("%+v", r)
	}
	c = newCounter(t)
	damaged(c)
	for boxes, want := range map[int]bool{2: true, 3: false} {
		_, err := c.q.SetExpected(t.Context(), c.room(order("BL-1")), boxes, "Ana")
		c.must(err)
		if r := c.reconcile("BL-1"); r.MayLeave() != want || r.Due() != boxes {
			t.Errorf("%d boxes: %+v", boxes, r)
		}
	}
}

// TestWhatWentAway: without a list, a box that went to another station or was taken
// back keeps its order, until it comes anew.
func TestWhatWentAway(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.pkid(order("BL-1"), 1)
	second := c.pkid(order("BL-1"), 2)
	code, err := queuetest.Open(t).StationCode(t.Context())
	c.must(err)
	_, err = c.q.HandOver(t.Context(), queue.Departure{To: code, Entries: []string{second.Entry.ID}}, queue.Act{By: "Léa"})
	c.must(err)
	c.registerReady()
	_, err = c.q.CloseReception(t.Context(), c.room(order("BL-1")), "Ana")
	c.must(err)
	if r := c.reconcile("BL-1"); r.MayLeave() || len(r.Staying()) != 1 || r.Staying()[0].State != queue.Moved {
		t.Errorf("%+v", r)
	}
	delete(c.rooms, order("BL-1"))
	c.pkid(order("BL-1"), 2)
	c.registerReady()
	_, err = c.q.CloseReception(t.Context(), c.room(order("BL-1")), "Ana")
	c.must(err)
	if r := c.reconcile("BL-1"); !r.MayLeave() || len(r.Devices) != 2 {
		t.Errorf("%+v", r)
	}
}

// TestAListReleasesNothing: once there is a supervisor, a list of somebody else's
// leaves a held box held.
func TestAListReleasesNothing(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.announce(listOf("BL-1", 1))
	v := c.pkid(order("BL-1"), 9)
	c.must(c.q.SetPIN(t.Context(), "Léa", pinLea, queue.Act{By: "Léa"}))
	if got := c.announce(listOf("BL-1", 9)); len(got.Waiting) != 1 || len(got.Freed) != 0 || c.entry(v.Entry.ID).State != queue.Held {
		t.Errorf("%+v", got)
	}
	pass, err := c.q.Unlock(t.Context(), "Léa", pinLea)
	c.must(err)
	w := c.pkid(order("BL-1"), 10)
	got, err := c.q.Announce(t.Context(), listOf("BL-1", 10), queue.Act{By: "Léa", Pass: pass})
	if c.must(err); len(got.Freed) != 1 || c.entry(w.Entry.ID).State != queue.Ready {
		t.Errorf("%+v", got)
	}
}

// TestTwoListsOfOneSerial: a PKID of another order is no box of this one, though its
// serial is announced here without a PKID; and two makers' devices are two, in one
// file or in two.
func TestTwoListsOfOneSerial(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.announce(listWith(queue.Announced{Device: autopilot.Device{Serial: "S1"}, Order: "BL-1", Row: 2}))
	c.announce(listWith(queue.Announced{Device: autopilot.Device{PKID: queuetest.PKID(5)}, Order: "BL-2", Row: 2}))
	c.wants(c.both(order("BL-1"), 5, "S1", true), queue.OnHold, queue.OtherCustomer)
	maker := func(n int, name string) queue.Announced {
		return queue.Announced{Device: autopilot.Device{PKID: queuetest.PKID(n), Serial: "T1", Manufacturer: name}, Order: "BL-3", Row: n}
	}
	c.announce(listWith(maker(11, "Dell Inc.")))
	if got := c.announce(listWith(maker(12, "HP"))); got.Taken != 1 || len(got.Clashing) != 0 {
		t.Errorf("%+v", got)
	}
}

// TestTheSameFileForOthers: for another customer or order it is not the same list,
// and is told what stands against it.
func TestTheSameFileForOthers(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	first := listOf("BL-1", 1)
	c.announce(first)
	second := listOf("BL-1", 1)
	second.Customer, second.SHA256 = fabrik, first.SHA256
	if got, err := c.q.Announce(t.Context(), second, queue.Act{By: "Léa"}); got.Again || len(got.Clashing) != 1 || err == nil {
		t.Errorf("%+v, %v", got, err)
	}
	third := listOf("BL-2", 1)
	third.Order, third.SHA256 = "BL-2", first.SHA256
	if got, err := c.q.Announce(t.Context(), third, queue.Act{By: "Léa"}); got.Again || len(got.Clashing) != 1 || err == nil {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestFromTheListAndThenScanned: by its serial too, in whatever letters.
func TestFromTheListAndThenScanned(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.announce(listWith(
		queue.Announced{Device: autopilot.Device{Serial: "T-1", Manufacturer: "HP", Model: "M"}, Order: "BL-1", Row: 2},
		queue.Announced{Device: device(1), Order: "BL-1", Row: 3},
	))
	_, err := c.q.RegisterAnnounced(t.Context(), order("BL-1"), queue.Act{By: "Léa"})
	c.must(err)
	c.wants(c.serial(order("BL-1"), "", "T-1"), queue.Seen, "")
	c.wants(c.both(order("BL-1"), 1, "sn-00001", true), queue.Seen, "")
	if r := c.reconcile("BL-1"); r.Arrived != 2 || r.Conflicts != 0 || len(r.Devices) != 2 {
		t.Errorf("%+v", r)
	}
}

// TestReleasedInParts: more devices than one change may have are registered all the
// same.
func TestReleasedInParts(t *testing.T) {
	if !torture() {
		t.Skip("it makes 11,000 entries: in the long form")
	}
	t.Parallel()
	c := newCounter(t)
	numbers := make([]int, 11_000)
	for i := range numbers {
		numbers[i] = i + 1
	}
	c.announce(listOf("BL-1", numbers...))
	c.pkid(order("BL-1"), 7)
	got, err := c.q.RegisterAnnounced(t.Context(), order("BL-1"), queue.Act{By: "Léa"})
	if c.must(err); len(got.Made) != 10_999 || got.Here != 1 || got.Without != 0 {
		t.Errorf("%d made, %d here, %d without", len(got.Made), got.Here, got.Without)
	}
}
