package queue_test

import (
	"slices"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// unconfirmed captures a PKID while nobody knows whether the customer is right.
func (c counter) unconfirmed(w queue.Work, n int, into string) queue.Verdict {
	c.Helper()
	v, err := c.q.Capture(c.Context(), queue.Capture{Reception: c.room(w), Into: into, PKID: queuetest.PKID(n), Unconfirmed: true, By: "Ana"})
	c.must(err)
	return v
}

func (c counter) confirmed(w queue.Work, ids ...string) []queue.Verdict {
	c.Helper()
	all, err := c.q.ConfirmCustomer(c.Context(), c.room(w), ids, "Ana")
	c.must(err)
	return all
}

// TestUnconfirmedIsHeldUntilItIsConfirmed: it is kept, nothing of it goes out, and
// then it is judged as if it had been sure.
func TestUnconfirmedIsHeldUntilItIsConfirmed(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	w := order("BL-1")
	v := c.unconfirmed(w, 1, "")
	c.wants(v, queue.OnHold, queue.Unconfirmed)
	c.wants(c.pkid(w, 1), queue.Seen, queue.Reason(queue.Held))
	if v := c.serial(w, v.Entry.ID, "S1"); v.Word != queue.Attached {
		t.Errorf("its serial: %s %s", v.Word, v.Reason)
	}
	if e := c.entry(v.Entry.ID); e.State != queue.Held || e.Reason != queue.Unconfirmed || e.Serial != "S1" {
		t.Errorf("with its serial it is %+v", e)
	}
	all := c.confirmed(w, v.Entry.ID)
	if len(all) != 1 || all[0].Word != queue.Accepted || c.entry(v.Entry.ID).State != queue.Ready {
		t.Errorf("confirmed: %+v", all)
	}
	if again := c.confirmed(w, v.Entry.ID); len(again) != 0 {
		t.Errorf("confirmed twice: %+v", again)
	}
	lines, err := c.q.History(t.Context(), v.Entry.ID)
	c.must(err)
	if at := slices.IndexFunc(lines, func(l queue.AuditLine) bool { return l.Action == queue.ActionConfirmCustomer }); at < 0 || lines[at].By != "Ana" {
		t.Errorf("the history is %+v", lines)
	}
}

// TestABoxThatWaitsForItsPKIDIsUnconfirmedToo: its PKID does not let it go.
func TestABoxThatWaitsForItsPKIDIsUnconfirmedToo(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	w := order("BL-1")
	v, err := c.q.Attach(t.Context(), queue.Part{Reception: c.room(w), Serial: "S1", Maker: "HP", Model: "M", Unconfirmed: true, By: "Ana"})
	c.must(err)
	if e, done, err := c.q.CloseBox(t.Context(), v.Entry.ID, "Ana", true); err != nil || done || e.State != queue.Held {
		t.Errorf("closed without PKID: %+v, %v, %v", e, done, err)
	}
	r := c.room(w)
	both, err := c.q.Capture(t.Context(), queue.Capture{Reception: r, Into: v.Entry.ID, PKID: queuetest.PKID(1), By: "Ana"})
	c.must(err)
	c.wants(both, queue.OnHold, queue.Unconfirmed)
	// And one that was sure before becomes unsure by what is read now.
	sure, err := c.q.Attach(t.Context(), queue.Part{Reception: r, Serial: "S2", By: "Ana"})
	c.must(err)
	c.wants(c.unconfirmed(w, 2, sure.Entry.ID), queue.OnHold, queue.Unconfirmed)
	for _, v := range c.confirmed(w, v.Entry.ID, sure.Entry.ID) {
		c.wants(v, queue.Accepted, "")
	}
	illegible, err := c.q.KeepUnreadable(t.Context(), queue.Illegible{Reception: r, Unconfirmed: true, By: "Ana"})
	c.must(err)
	if c.confirmed(w, illegible.Entry.ID); c.entry(illegible.Entry.ID).Unconfirmed || c.entry(illegible.Entry.ID).Reason != queue.Unreadable {
		t.Errorf("an unreadable box: %+v", c.entry(illegible.Entry.ID))
	}
}

// TestWhatAListAddsIsUnconfirmedToo: a box whose label cannot be read is found by its
// serial while nobody knows whether the customer is right.
func TestWhatAListAddsIsUnconfirmedToo(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.announce(listOf("BL-1", 1))
	w := order("BL-1")
	box := c.serial(w, "", "SN-00001").Entry
	v, err := c.q.KeepUnreadable(t.Context(), queue.Illegible{Reception: c.room(w), Into: box.ID, Unconfirmed: true, By: "Ana"})
	c.must(err)
	c.wants(v, queue.OnHold, queue.Unconfirmed)
	if all := c.confirmed(w, box.ID); len(all) != 1 || all[0].Word != queue.Accepted || all[0].Entry.PKID != queuetest.PKID(1) {
		t.Errorf("confirmed: %+v", all)
	}
	again := c.serial(w, "", "SN-00007").Entry
	v, err = c.q.KeepUnreadable(t.Context(), queue.Illegible{Reception: c.room(w), Into: again.ID, Unconfirmed: true, By: "Ana"})
	c.must(err)
	if v.Reason != queue.Unreadable || !c.entry(again.ID).Unconfirmed {
		t.Errorf("in no list: %+v", v)
	}
}

// TestASerialIsUnconfirmedToo, where its box was begun by a model while somebody knew
// the customer: the box goes by both.
func TestASerialIsUnconfirmedToo(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	w := order("BL-1")
	box, err := c.q.Attach(t.Context(), queue.Part{Reception: c.room(w), Model: "M", Maker: "HP", By: "Ana"})
	c.must(err)
	_, err = c.q.Attach(t.Context(), queue.Part{Reception: c.room(w), Into: box.Entry.ID, Serial: "S1", Unconfirmed: true, By: "Ana"})
	c.must(err)
	if e, done, err := c.q.CloseBox(t.Context(), box.Entry.ID, "Ana", true); err != nil || done || e.State != queue.Held || !e.Unconfirmed {
		t.Errorf("closed: %+v, %v, %v", e, done, err)
	}
	known := c.pkid(w, 1).Entry
	_, err = c.q.Attach(t.Context(), queue.Part{Reception: c.room(w), Into: known.ID, Serial: "S2", Unconfirmed: true, By: "Ana"})
	c.must(err)
	if e := c.entry(known.ID); e.State != queue.Ready || e.Unconfirmed {
		t.Errorf("the serial of a box that is sure: %+v", e)
	}
}

// TestConfirmingLetsNothingElseGo: whatever else is against a box stays against it.
func TestConfirmingLetsNothingElseGo(t *testing.T) {
	t.Parallel()
	w, other := order("BL-1"), order("BL-2")
	for name, tt := range map[string]struct {
		prepare func(c counter) string
		why     queue.Reason
	}{
		"could be the EAN": {func(c counter) string {
			v, err := c.q.Capture(c.Context(), queue.Capture{Reception: c.room(w), PKID: queuetest.PKID(1), Hold: queue.CouldBeGTIN, Unconfirmed: true, By: "Ana"})
			c.must(err)
			return v.Entry.ID
		}, queue.CouldBeGTIN},
		"held by a person": {func(c counter) string {
			id := c.unconfirmed(w, 1, "").Entry.ID
			_, err := c.q.HoldBox(c.Context(), id, "Ana")
			c.must(err)
			return id
		}, queue.ByPerson},
		"put into doubt": {func(c counter) string {
			id := c.unconfirmed(w, 1, "").Entry.ID
			c.serial(w, id, "S1")
			_, err := c.q.Doubt(c.Context(), []string{id}, "Ana")
			c.must(err)
			return id
		}, queue.Conflict},
		"another customer's meanwhile": {func(c counter) string {
			id := c.unconfirmed(w, 1, "").Entry.ID
			c.pkid(other, 1)
			return id
		}, queue.OtherCustomer},
		"all are reviewed": {func(c counter) string {
			c.must(c.q.SetReview(c.Context(), queue.ReviewAll, queue.Act{By: "Ana"}))
			return c.unconfirmed(w, 1, "").Entry.ID
		}, queue.ForReview},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCounter(t)
			id := tt.prepare(c)
			all := c.confirmed(w, id)
			if e := c.entry(id); e.State != queue.Held || e.Reason != tt.why || e.Unconfirmed || len(all) != 1 || all[0].Word != queue.OnHold {
				t.Errorf("it is %s %s, told %+v", e.State, e.Reason, all)
			}
		})
	}
}

// TestOnlyWhatIsStillAskedAboutIsConfirmed: what a person decided meanwhile, what is
// of another reception and what was not unconfirmed stays.
func TestOnlyWhatIsStillAskedAboutIsConfirmed(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	w := order("BL-1")
	act := queue.Act{By: "Ana", Reason: "because"}
	given, gone, free := c.unconfirmed(w, 1, "").Entry.ID, c.unconfirmed(w, 2, "").Entry.ID, c.unconfirmed(w, 3, "").Entry.ID
	elsewhere, sure := c.unconfirmed(order("BL-2"), 4, "").Entry.ID, c.pkid(w, 5).Entry.ID
	c.must(c.q.Assign(t.Context(), []string{given}, fabrik, "", act))
	c.must(c.q.Discard(t.Context(), []string{gone}, act))
	c.must(c.q.Release(t.Context(), []string{free}, act))
	if all := c.confirmed(w, given, gone, free, elsewhere, sure); len(all) != 0 {
		t.Errorf("confirmed %+v", all)
	}
	if e := c.entry(given); e.State != queue.Held || e.Reason != queue.Assigned || e.Customer != fabrik {
		t.Errorf("the one that was given away: %+v", e)
	}
	if c.entry(elsewhere).Reason != queue.Unconfirmed || c.entry(free).State != queue.Ready || c.entry(sure).State != queue.Ready {
		t.Error("another one changed")
	}
}
