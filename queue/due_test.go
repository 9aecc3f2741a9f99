package queue_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// A clock is set by hand, back and forth.
type clock struct{ at atomic.Pointer[time.Time] }

func (c *clock) set(at time.Time) { c.at.Store(&at) }
func (c *clock) now() time.Time   { return *c.at.Load() }

func noon() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

// clocked is a dock whose clock is in the test's hand.
func clocked(t *testing.T) (*dock, *clock) {
	t.Helper()
	c := &clock{}
	c.set(noon())
	q, err := queue.Open(t.TempDir(), queue.Options{Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		sound(t, q)
		if err := q.Close(); err != nil {
			t.Error(err)
		}
	})
	return &dock{T: t, q: q, work: map[string]queue.Reception{}}, c
}

func (d *dock) due(at time.Time) string {
	d.Helper()
	groups, err := d.q.Due(d.Context(), at, time.Hour)
	if err != nil {
		d.Fatal(err)
	}
	return saidGroups(groups)
}

func saidGroups(groups []queue.Group) string {
	var said []string
	for _, g := range groups {
		var numbers []string
		for _, e := range g.Entries {
			numbers = append(numbers, string(e.PKID[len(e.PKID)-1:]))
		}
		said = append(said, fmt.Sprintf("%c/%s:%s", g.Customer[0], g.Tag, strings.Join(numbers, "")))
	}
	return strings.Join(said, " ")
}

// TestDueAtTheMinute: an entry of an open reception is due when its time is
// up, not before, and NextDue says when.
func TestDueAtTheMinute(t *testing.T) {
	t.Parallel()
	d, c := clocked(t)
	r := d.reception(queue.Work{Customer: contoso, GroupTag: "STD"})
	d.read(r, "P1")
	c.set(noon().Add(10 * time.Minute))
	d.read(r, "P2")
	d.read(r, "P3?")
	for after, want := range map[time.Duration]string{
		0: "", time.Hour - 1: "", time.Hour: "1/STD:1", 70*time.Minute - 1: "1/STD:1", 70 * time.Minute: "1/STD:12", -24 * time.Hour: "",
	} {
		if got := d.due(noon().Add(after)); got != want {
			t.Errorf("%v after: %q, want %q", after, got, want)
		}
	}
	for after, want := range map[time.Duration]time.Time{
		0: noon().Add(time.Hour), time.Hour: noon().Add(70 * time.Minute), 70 * time.Minute: {}, -24 * time.Hour: noon().Add(time.Hour),
	} {
		if got, err := d.q.NextDue(t.Context(), noon().Add(after), time.Hour); err != nil || !got.Equal(want) {
			t.Errorf("next due, %v after: %v, %v, want %v", after, got, err, want)
		}
	}
}

// TestTheClockOrdersNothing: with a clock that goes back between two captures
// the list, the numbers and the groups stay in the order of the captures, and
// closing sends all, whatever the clock says.
func TestTheClockOrdersNothing(t *testing.T) {
	t.Parallel()
	d, c := clocked(t)
	r := d.reception(queue.Work{Customer: contoso, GroupTag: "STD"})
	for i, at := range []time.Duration{0, -365 * 24 * time.Hour, 48 * time.Hour, -time.Minute} {
		c.set(noon().Add(at))
		if e := d.read(r, fmt.Sprint("P", i+1)).Entry; e.Number != i+1 || e.Seq != uint64(i+1) {
			t.Errorf("capture %d is number %d, sequence %d", i+1, e.Number, e.Seq)
		}
	}
	if got := d.due(noon()); got != "1/STD:2" {
		t.Errorf("of an open reception %q is due", got)
	}
	if _, err := d.q.CloseReception(t.Context(), r.ID, "Ana"); err != nil {
		t.Fatal(err)
	}
	if got := d.due(noon().Add(-1000 * time.Hour)); got != "1/STD:1234" {
		t.Errorf("of a closed reception %q is due", got)
	}
}

// TestGroupTags: an entry's own tag comes first, then the customer's setting
// as it is now; without either the group has none.
func TestGroupTags(t *testing.T) {
	t.Parallel()
	d, _ := clocked(t)
	set := func(c autopilot.TenantID, tag autopilot.GroupTag) {
		if err := d.q.SetCustomer(t.Context(), queue.CustomerSetting{ID: c, GroupTag: tag}, queue.Act{}); err != nil {
			t.Fatal(err)
		}
	}
	want := func(want string) {
		t.Helper()
		groups, err := d.q.Ready(t.Context())
		if got := saidGroups(groups); err != nil || got != want {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	}
	d.read(d.reception(queue.Work{Customer: contoso}), "P1")
	d.read(d.reception(queue.Work{Customer: fabrik}), "P2")
	d.read(d.reception(queue.Work{Customer: contoso, GroupTag: "OWN"}), "P3")
	d.read(d.reception(queue.Work{Customer: contoso, Order: "BL-2"}), "P4")
	want("1/:14 2/:2 1/OWN:3")
	set(contoso, "STD")
	want("1/STD:14 2/:2 1/OWN:3")
	set(contoso, "OWN")
	want("1/OWN:134 2/:2")
	set(contoso, "")
	want("1/:14 2/:2 1/OWN:3")
	customers, err := d.q.Customers(t.Context())
	if err != nil || len(customers) != 1 || customers[0].ID != contoso {
		t.Errorf("customers: %+v, %v", customers, err)
	}
}
