package queue_test

import (
	"errors"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/queuetest"
)

// These are what a hostile reading of lists and reconciliation found.

// register has Microsoft take entries of one customer and tag.
func (c counter) register(ids ...string) {
	c.Helper()
	first := c.entry(ids[0])
	made, err := c.q.Plan(c.Context(), first.Customer, first.GroupTag, ids)
	c.must(err)
	_, err = c.q.Attempt(c.Context(), made.ID, queue.Attempt{RequestID: "request"})
	c.must(err)
	var all []queue.Outcome
	for _, id := range made.Entries {
		all = append(all, queue.Outcome{Entry: id, Registered: true, DeviceID: "device-" + id})
	}
	_, err = c.q.Settle(c.Context(), made.ID, all)
	c.must(err)
}

func (c counter) reconciled(name string, customer autopilot.TenantID) queue.Reconciliation {
	c.Helper()
	r, err := c.q.Reconcile(c.Context(), name, customer)
	c.must(err)
	return r
}

func (c counter) is(id string, state queue.State, why queue.Reason) queue.Entry {
	c.Helper()
	e := c.entry(id)
	if e.State != state || e.Reason != why {
		c.Errorf("box %d is %s %s, want %s %s", e.Number, e.State, e.Reason, state, why)
	}
	return e
}

var (
	decides   = queue.Act{By: "Léa", Reason: "looked at the box"}
	fabrikams = queue.Work{Customer: fabrik, GroupTag: "STD", Order: "X"}
)

// TestTwoMakersNumberAlike: two devices of one serial in one list are both in the
// index, and what was read of a box alone says which of them it is.
func TestTwoMakersNumberAlike(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.announce(listWith(
		queue.Announced{Device: autopilot.Device{PKID: queuetest.PKID(1), Serial: "S1", Manufacturer: "Dell"}, Order: "X", Row: 2},
		queue.Announced{Device: autopilot.Device{PKID: queuetest.PKID(2), Serial: "s1", Manufacturer: "HP"}, Order: "X", Row: 3},
	))
	box := c.serial(order("X"), "", "S1")
	v, err := c.q.KeepUnreadable(t.Context(), queue.Illegible{Reception: c.room(order("X")), Into: box.Entry.ID, By: "Ana"})
	c.must(err)
	if e := c.is(v.Entry.ID, queue.Held, queue.Unreadable); e.PKID != "" {
		t.Errorf("it is taken for %s", e.PKID)
	}
	queuetest.Check(t, c.q)
	all, err := c.q.Announcements(t.Context())
	c.must(err)
	_, err = c.q.DropAnnouncement(t.Context(), all[0].Number, decides)
	c.must(err)
	queuetest.Check(t, c.q)
}

// TestUnreadableOnce: a box that a list completed is not kept again when its try of
// unknown outcome is repeated.
func TestUnreadableOnce(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.announce(listOf("X", 1))
	box := c.serial(order("X"), "", "SN-00001")
	b := queue.Illegible{ID: queue.NewID(), Reception: c.room(order("X")), Into: box.Entry.ID, By: "Ana"}
	for range 2 {
		v, err := c.q.KeepUnreadable(t.Context(), b)
		c.must(err)
		if v.Entry.ID != box.Entry.ID {
			t.Errorf("it is kept as %s, too", v.Entry.ID)
		}
	}
	if counts, err := c.q.Counts(t.Context()); err != nil || counts.Ready != 1 || counts.Held != 0 {
		t.Errorf("%+v, %v", counts, err)
	}
}

// TestAListAfterABoxWithItsSerial: a box whose serial is announced with another PKID
// is held as soon as the list comes.
func TestAListAfterABoxWithItsSerial(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	v := c.both(order("X"), 9, "SN-00001", true)
	if got := c.announce(listOf("X", 1)); len(got.Doubted) != 1 {
		t.Errorf("%+v", got)
	}
	if e := c.is(v.Entry.ID, queue.Held, queue.Conflict); e.Listed.PKID != queuetest.PKID(1) {
		t.Errorf("%+v", e.Listed)
	}
}

// TestExpectedAndDisputed: a list does not let a box go that another one here
// contradicts.
func TestExpectedAndDisputed(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.announce(listOf("X", 1))
	mine, other := c.pkid(order("X"), 5), c.pkid(queue.Work{Customer: fabrik, GroupTag: "STD", Order: "Y"}, 5)
	c.wants(mine, queue.OnHold, queue.NotAnnounced)
	c.wants(other, queue.OnHold, queue.OtherCustomer)
	if got := c.announce(listOf("X", 5)); len(got.Freed) != 0 {
		t.Errorf("%+v", got.Freed)
	}
	c.is(mine.Entry.ID, queue.Held, queue.OtherCustomer)
}

// TestHeldAndAnnouncedForAnother: a box that is held already is told whose it is when
// a list says so, and after it was assigned against one.
func TestHeldAndAnnouncedForAnother(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	l := listOf("Z", 8)
	l.Customer = fabrik
	c.announce(l)
	foreign := c.pkid(fabrikams, 1) // no list of Fabrikam's has it, and X is not announced
	unknown := c.pkid(queue.Work{Customer: fabrik, GroupTag: "STD", Order: "Z"}, 2)
	nobodys := c.pkid(queue.Work{Order: "X"}, 3)
	c.announce(listOf("X", 1, 2, 3))
	for _, v := range []queue.Verdict{foreign, unknown} {
		if e := c.is(v.Entry.ID, queue.Held, queue.OtherCustomer); e.Listed.Customer != contoso {
			t.Errorf("%+v", e.Listed)
		}
	}
	c.must(c.q.Assign(t.Context(), []string{nobodys.Entry.ID}, fabrik, "STD", decides))
	if e := c.is(nobodys.Entry.ID, queue.Held, queue.OtherCustomer); e.Listed.Customer != contoso {
		t.Errorf("%+v", e.Listed)
	}
	c.must(c.q.Assign(t.Context(), []string{nobodys.Entry.ID}, contoso, "STD", decides))
	c.is(nobodys.Entry.ID, queue.Held, queue.Assigned)
}

// TestRegisteredAgainstWhatIsHere: what is registered without a scan collides with
// what is here as a scan does.
func TestRegisteredAgainstWhatIsHere(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	elsewhere := queue.Work{Customer: fabrik, GroupTag: "STD", Order: "Y"}
	same, twin := c.pkid(elsewhere, 1), c.both(elsewhere, 22, "SN-00002", true)
	c.announce(listOf("X", 1, 2))
	c.must(c.q.Release(t.Context(), []string{same.Entry.ID}, decides))
	got, err := c.q.RegisterAnnounced(t.Context(), order("X"), decides)
	c.must(err)
	if got.Held != 2 {
		t.Fatalf("%+v", got)
	}
	c.is(got.Made[0].ID, queue.Held, queue.OtherCustomer)
	c.is(got.Made[1].ID, queue.Held, queue.Conflict)
	c.is(same.Entry.ID, queue.Held, queue.OtherCustomer)
	c.is(twin.Entry.ID, queue.Held, queue.Conflict)
}

// TestNobodyScannedIt: what was registered without a scan is no last capture.
func TestNobodyScannedIt(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.announce(listOf("X", 1, 2))
	v := c.pkid(order("X"), 1)
	_, err := c.q.RegisterAnnounced(t.Context(), order("X"), decides)
	c.must(err)
	if e, err := c.q.Undo(t.Context(), "", queue.Act{By: "Ana"}); err != nil || e.ID != v.Entry.ID {
		t.Errorf("%+v, %v", e, err)
	}
}

// TestRegisteredForAnother: a device that is announced for one customer and was
// registered for another keeps the order, whoever is asked for.
func TestRegisteredForAnother(t *testing.T) {
	t.Parallel()
	for _, work := range []queue.Work{fabrikams, {Customer: fabrik, GroupTag: "STD"}} {
		c := newCounter(t)
		c.register(c.pkid(work, 1).Entry.ID)
		c.announce(listOf("X", 1))
		for _, customer := range []autopilot.TenantID{"", contoso} {
			if r := c.reconciled("X", customer); r.MayLeave() || r.Conflicts != 1 {
				t.Errorf("of %q: %+v", customer, r)
			}
		}
	}
}

// TestAssignedToTheOrder: a box that was scanned for another customer and assigned is
// its new customer's, whose order does not leave without it.
func TestAssignedToTheOrder(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	mine, moved := c.pkid(order("X"), 1), c.pkid(fabrikams, 2)
	c.must(c.q.Hold(t.Context(), []string{moved.Entry.ID}, decides))
	c.must(c.q.Assign(t.Context(), []string{moved.Entry.ID}, contoso, "STD", decides))
	c.register(mine.Entry.ID)
	for _, w := range []queue.Work{order("X"), fabrikams} {
		_, err := c.q.CloseReception(t.Context(), c.room(w), "Ana")
		c.must(err)
	}
	if r := c.reconciled("X", contoso); r.MayLeave() || len(r.Devices) != 2 {
		t.Errorf("%+v", r)
	}
	if r := c.reconciled("X", fabrik); len(r.Devices) != 0 {
		t.Errorf("%+v", r)
	}
	c.announce(listOf("X", 1, 2))
	c.must(c.q.Release(t.Context(), []string{moved.Entry.ID}, decides))
	c.register(moved.Entry.ID)
	if r := c.reconciled("X", contoso); !r.MayLeave() || r.Arrived != 2 {
		t.Errorf("%+v", r)
	}
}

// TestHandedOverIntoAList: what comes from another station is held against the lists
// of this one, and what nobody scanned stays marked.
func TestHandedOverIntoAList(t *testing.T) {
	t.Parallel()
	w := twoStations(t)
	here, there := counter{t, w.q, map[queue.Work]string{}}, counter{t, w.there, map[queue.Work]string{}}
	there.announce(listOf("BL", 1))
	here.announce(listOf("X", 5))
	foreign := here.pkid(queue.Work{Customer: fabrik, GroupTag: "STD", Order: "Y"}, 1)
	unscanned, err := here.q.RegisterAnnounced(t.Context(), order("X"), decides)
	here.must(err)
	_, file := w.over(queue.Departure{Entries: []string{foreign.Entry.ID, unscanned.Made[0].ID}})
	if h, _ := w.taken(file); h.Held != 1 {
		t.Errorf("%+v", h)
	}
	if e := there.is(foreign.Entry.ID, queue.Held, queue.OtherCustomer); e.Listed.Customer != contoso {
		t.Errorf("%+v", e.Listed)
	}
	if e := there.is(unscanned.Made[0].ID, queue.Ready, ""); e.ByList != queue.ListedDevice {
		t.Errorf("%+v", e)
	}
}

// TestWhatAListSaidGoesInItsTime: of an entry nothing stays that a list said of it,
// and one that was scanned after all stays so.
func TestWhatAListSaidGoesInItsTime(t *testing.T) {
	t.Parallel()
	a := settledAt(t, noon())
	c := counter{t, a.q, map[queue.Work]string{}}
	c.announce(listOf("X", 11))
	got, err := c.q.RegisterAnnounced(t.Context(), order("X"), decides)
	c.must(err)
	c.pkid(order("X"), 11)
	c.register(got.Made[0].ID)
	c.must(c.q.SetRetention(t.Context(), queue.Retention{Identity: 60, Rest: 30}, decides))
	a.days(40)
	if r := c.reconciled("X", contoso); r.Arrived != 1 || c.entry(got.Made[0].ID).Operator != "" {
		t.Errorf("%+v", r)
	}
	a.days(45)
	if e := c.entry(got.Made[0].ID); e.PKID != "" || e.Listed != (queue.Listed{}) {
		t.Errorf("%+v", e)
	}
}

// TestAListThatAnotherCountsOn: what a later list announces too cannot be dropped
// with the first one, or the order would leave without it.
func TestAListThatAnotherCountsOn(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	first, second := c.announce(listOf("X", 1, 2, 3)), c.announce(listOf("X", 1, 2, 3, 4))
	_, err := c.q.DropAnnouncement(t.Context(), first.Number, decides)
	if leaned, ok := errors.AsType[*queue.LeanedError](err); !ok || leaned.By != second.Number {
		t.Errorf("%v", err)
	}
	c.register(c.pkid(order("X"), 4).Entry.ID)
	if r := c.reconciled("X", contoso); r.MayLeave() || r.Missing != 3 {
		t.Errorf("%+v", r)
	}
	for _, list := range []uint64{second.Number, first.Number} {
		_, err := c.q.DropAnnouncement(t.Context(), list, decides)
		c.must(err)
	}
	if again := c.announce(listOf("X", 1, 2, 3, 4)); again.Again || again.Taken != 4 {
		t.Errorf("%+v", again)
	}
}

// TestAListThatSaysWhose: a list that says whose its devices are is not known to one
// that does not; the other way it is.
func TestAListThatSaysWhose(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	nobodys := listOf("X", 1, 2)
	nobodys.Customer, nobodys.SHA256 = "", "nobody's"
	first := c.announce(nobodys)
	got, err := c.q.Announce(t.Context(), listOf("X", 1, 2), decides)
	if !errors.Is(err, queue.ErrNothingNew) || len(got.Clashing) != 2 || got.Clashing[0].Reason != queue.OtherCustomer {
		t.Errorf("%+v, %v", got, err)
	}
	_, err = c.q.DropAnnouncement(t.Context(), first.Number, decides)
	c.must(err)
	c.announce(listOf("X", 1, 2))
	if got := c.announce(nobodys); got.Known != 2 {
		t.Errorf("%+v", got)
	}
	c.wants(c.pkid(fabrikams, 1), queue.OnHold, queue.OtherCustomer)
}

// TestContradictedByAList: a box with the serial of an announced device, and one that
// is announced for another customer, contradict; one that nobody announced does not.
func TestContradictedByAList(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.announce(listOf("X", 1))
	theirs := listOf("Y", 2)
	theirs.Customer = fabrik
	c.announce(theirs)
	c.both(order("X"), 9, "SN-00001", true)
	c.pkid(order("X"), 2)
	c.pkid(order("X"), 70)
	r := c.reconciled("X", contoso)
	if r.Missing != 1 || r.Conflicts != 2 || r.Unexpected != 1 || r.MayLeave() {
		t.Errorf("%+v", r)
	}
}
