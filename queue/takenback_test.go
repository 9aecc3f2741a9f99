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
		if got, err := d.q.TakenBack(t.Context(), []string{entry}, wrong); err != nil || !got[entry].At.Equal(at) || got[entry].DeviceID != id {
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
	if got := all[p.ids[0]]; err != nil || len(all) != 1 || !got.At.Equal(at.Add(48*time.Hour)) || got.DeviceID != "second" {
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
