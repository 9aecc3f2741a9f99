package queue_test

import (
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// What is done with a removed entry later is no removal, and of the customers each
// has its own.
func TestTakenBack(t *testing.T) {
	t.Parallel()
	d, clock := clocked(t)
	p := planner{t, d.q, queuetest.Fill(t, d.q, standard(), 1, 2)}
	wrong := p.entry(p.ids[0]).Customer
	other := p.ids[1]
	p.ids = p.ids[:1]
	want := func(entry string, at time.Time, id string) {
		t.Helper()
		if got, err := d.q.TakenBack(t.Context(), []string{entry}, wrong); err != nil || at.IsZero() != (len(got[entry]) == 0) ||
			!at.IsZero() && (len(got[entry]) != 1 || !got[entry][0].At.Equal(at) || got[entry][0].DeviceID != id) {
			t.Errorf("from the wrong customer: %+v, %v, want %v %q", got, err, at, id)
		}
	}
	want(p.ids[0], time.Time{}, "")
	r := p.removing()[0]
	at := noon().Add(3 * time.Hour)
	clock.set(at)
	_, err := d.q.WaitRemoval(t.Context(), r.ID, queue.RemovalStep{Asked: true, DeviceID: "found-later"})
	p.must(err)
	_, err = d.q.Removed(t.Context(), r.ID, "gone")
	p.must(err)
	clock.set(at.Add(48 * time.Hour))
	p.must(d.q.Assign(t.Context(), p.ids, fabrik, "FAB", queue.Act{By: "Léa"}))
	fresh := p.from(p.ids[0])
	want(p.ids[0], at, "found-later")
	want(fresh.ID, at, "found-later")
	want(other, time.Time{}, "")
	if got, err := d.q.TakenBack(t.Context(), []string{fresh.ID}, fabrik); err != nil || len(got) != 0 {
		t.Errorf("from who never had it: %+v, %v", got, err)
	}
	p.must(d.q.Release(t.Context(), []string{fresh.ID}, queue.Act{By: "Léa"}))
	made, err := d.q.Plan(t.Context(), fabrik, "FAB", []string{fresh.ID})
	p.must(err)
	_, err = d.q.Settle(t.Context(), made.ID, []queue.Outcome{{Entry: fresh.ID, Registered: true, DeviceID: "second"}})
	p.must(err)
	again, err := d.q.Remove(t.Context(), []string{fresh.ID}, false, wrongCustomer())
	p.must(err)
	_, err = d.q.Removed(t.Context(), again[0].ID, "gone")
	p.must(err)
	want(fresh.ID, at, "found-later")
	all, err := d.q.TakenBack(t.Context(), []string{p.ids[0], other}, "")
	if got := all[p.ids[0]]; err != nil || len(all) != 1 || len(got) != 2 || !got[1].At.Equal(at.Add(48*time.Hour)) || got[1].DeviceID != "second" {
		t.Errorf("from any: %+v, %v", all, err)
	}
}

// A device without a PKID is known by its serial number, maker and model; and what
// is still to be taken back counts as taken back now.
func TestTakenBackByTuple(t *testing.T) {
	t.Parallel()
	d, _ := clocked(t)
	p := planner{T: t, q: d.q}
	box := queue.Part{Serial: "S1", Maker: "HP", Model: "M"}
	p.ids = []string{p.tuple(standard(), box)}
	first := p.ids[0]
	r := p.removing()[0]
	second := p.tuple(queue.Work{Customer: contoso, GroupTag: "STD", Order: "BL-2"}, box)
	dell := p.tuple(queue.Work{Customer: contoso, GroupTag: "STD", Order: "BL-3"}, queue.Part{Serial: "S1", Maker: "Dell", Model: "M"})
	want := func(when, entry string, back bool) {
		t.Helper()
		if got, err := d.q.TakenBack(t.Context(), []string{entry}, contoso); err != nil || (len(got) != 0) != back {
			t.Errorf("%s: %+v, %v", when, got, err)
		}
	}
	want("its own removal", first, false)
	want("another's", second, true)
	want("of another maker", dell, false)
	_, err := d.q.Removed(t.Context(), r.ID, "gone")
	p.must(err)
	want("its own removal, done", first, true)
	want("another's, done", second, true)
	want("of another maker, done", dell, false)
}

// What was sent by serial number, maker and model, since Microsoft did not know the
// PKID, is known by those when the box comes again with another PKID.
func TestTakenBackOfAMisreadPKID(t *testing.T) {
	t.Parallel()
	box := queue.Part{Serial: "S1", Maker: "HP", Model: "M"}
	p := identified(t, box)
	p.settled(queue.Outcome{Code: "812", RetryAt: time.Now()})
	p.must(p.q.RetryByTuple(t.Context(), p.ids, queue.Act{By: "Léa", Reason: "seen"}))
	p.settled(queue.Outcome{Registered: true, DeviceID: "first"})
	first := p.entry(p.ids[0])
	removals, err := p.q.Remove(t.Context(), p.ids, false, wrongCustomer())
	p.must(err)
	_, err = p.q.Removed(t.Context(), removals[0].ID, "gone")
	p.must(err)
	r, err := p.q.OpenReception(t.Context(), queue.Work{Customer: first.Customer, GroupTag: first.GroupTag, Order: "again"}, "Ana")
	p.must(err)
	v, err := p.q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: queuetest.PKID(77), By: "Ana"})
	p.must(err)
	box.Reception, box.Into, box.By = r.ID, v.Entry.ID, "Ana"
	_, err = p.q.Attach(t.Context(), box)
	p.must(err)
	if got, err := p.q.TakenBack(t.Context(), []string{v.Entry.ID}, first.Customer); err != nil || len(got) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

// A person's word that it is done does not say which registration they removed.
func TestTakenBackByAPersonsWord(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 1)
	p.settled(queue.Outcome{Registered: true, DeviceID: "asked-for"})
	_, err := p.q.Remove(t.Context(), p.ids, true, wrongCustomer())
	p.must(err)
	p.must(p.q.RemovedOnSite(t.Context(), p.ids, queue.Act{By: "Ana", Reason: "done"}))
	got, err := p.q.TakenBack(t.Context(), p.ids, contoso)
	if all := got[p.ids[0]]; err != nil || len(all) != 1 || all[0].DeviceID != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

// Where the web site says 806 soon after the device was taken back from the same
// customer, nobody knows of which registration.
func TestConfirmedWith806SoonAfterARemoval(t *testing.T) {
	t.Parallel()
	d, clock := clocked(t)
	p := planner{t, d.q, queuetest.Fill(t, d.q, standard(), 1, 1)}
	p.settled(queue.Outcome{Registered: true, DeviceID: "first"})
	_, err := d.q.Remove(t.Context(), p.ids, true, wrongCustomer())
	p.must(err)
	p.must(d.q.RemovedOnSite(t.Context(), p.ids, queue.Act{By: "Ana", Reason: "done"}))
	said := func() queue.Entry {
		t.Helper()
		p.must(d.q.Exported(t.Context(), p.ids, "Dock", queue.Act{By: "Ana"}))
		settled, err := d.q.ConfirmExport(t.Context(), []queue.Outcome{{Entry: p.ids[0], Registered: true, Code: "806"}}, queue.Act{By: "Ana"})
		p.must(err)
		return settled[0]
	}
	p.ids = queuetest.Fill(t, d.q, standard(), 1, 1)
	if e := said(); e.State != queue.Rejected || e.Code != "806" {
		t.Errorf("at once: %s %s", e.State, e.Code)
	}
	clock.set(noon().Add(-365 * 24 * time.Hour)) // it was a year ahead when the device was taken back
	p.must(d.q.Retry(t.Context(), p.ids, queue.Act{By: "Ana"}))
	if e := said(); e.State != queue.Rejected {
		t.Errorf("by a clock that was set right: %s %s", e.State, e.Code)
	}
	clock.set(noon().Add(queue.Forgetting + time.Minute))
	p.must(d.q.Retry(t.Context(), p.ids, queue.Act{By: "Ana"}))
	if e := said(); e.State != queue.Registered {
		t.Errorf("a day later: %s %s", e.State, e.Code)
	}
}
