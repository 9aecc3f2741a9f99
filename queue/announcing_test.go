package queue_test

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/queuetest"
)

// A counter is a queue that lists are taken into and boxes are captured in.
type counter struct {
	*testing.T

	q     *queue.Queue
	rooms map[queue.Work]string
}

func newCounter(t *testing.T) counter {
	t.Helper()
	return counter{t, queuetest.Open(t), map[queue.Work]string{}}
}

func (c counter) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

// order is the work of an order of Contoso's.
func order(name string) queue.Work {
	return queue.Work{Customer: contoso, GroupTag: "STD", Order: name}
}

func device(n int) autopilot.Device {
	return autopilot.Device{PKID: queuetest.PKID(n), Serial: fmt.Sprintf("SN-%05d", n)}
}

// listOf is a list of devices for an order.
func listOf(name string, numbers ...int) queue.SupplierList {
	var all []queue.Announced
	for i, n := range numbers {
		all = append(all, queue.Announced{Device: device(n), Order: name, Row: i + 2})
	}
	return listWith(all...)
}

func listWith(all ...queue.Announced) queue.SupplierList {
	return queue.SupplierList{File: "liste.csv", SHA256: fmt.Sprintf("%x", fmt.Sprint(all)), Customer: contoso, Devices: slices.Values(all)}
}

func (c counter) announce(l queue.SupplierList) queue.Announcing {
	c.Helper()
	got, err := c.q.Announce(c.Context(), l, queue.Act{By: "Léa"})
	c.must(err)
	return got
}

func (c counter) room(w queue.Work) string {
	c.Helper()
	if c.rooms[w] == "" {
		r, err := c.q.OpenReception(c.Context(), w, "Ana")
		c.must(err)
		c.rooms[w] = r.ID
	}
	return c.rooms[w]
}

func (c counter) pkid(w queue.Work, n int) queue.Verdict {
	c.Helper()
	v, err := c.q.Capture(c.Context(), queue.Capture{Reception: c.room(w), PKID: queuetest.PKID(n), By: "Ana", Read: queue.Read{Text: string(queuetest.PKID(n))}})
	c.must(err)
	return v
}

func (c counter) serial(w queue.Work, into, serial string) queue.Verdict {
	c.Helper()
	v, err := c.q.Attach(c.Context(), queue.Part{Reception: c.room(w), Into: into, Serial: serial, By: "Ana", Read: queue.Read{Text: serial}})
	c.must(err)
	return v
}

// both captures a box by its serial, then its PKID, or the other way round.
func (c counter) both(w queue.Work, pkid int, serial string, serialFirst bool) queue.Verdict {
	c.Helper()
	if serialFirst {
		box := c.serial(w, "", serial)
		v, err := c.q.Capture(c.Context(), queue.Capture{Reception: c.room(w), Into: box.Entry.ID, PKID: queuetest.PKID(pkid), By: "Ana"})
		c.must(err)
		return v
	}
	first := c.pkid(w, pkid)
	return c.serial(w, first.Entry.ID, serial)
}

func (c counter) entry(id string) queue.Entry {
	c.Helper()
	e, err := c.q.Entry(c.Context(), id)
	c.must(err)
	return e
}

func (c counter) wants(v queue.Verdict, word queue.Word, why queue.Reason) {
	c.Helper()
	if e := c.entry(v.Entry.ID); v.Word != word || e.Reason != why && word != queue.Seen {
		c.Errorf("%s %s (%s %s), want %s %s", v.Word, v.Reason, e.State, e.Reason, word, why)
	}
}

// TestAListTwice: the same file says so, another with the same devices adds what is
// new, and what contradicts is refused.
func TestAListTwice(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	first := c.announce(listOf("BL-1", 1, 2, 3))
	if again := c.announce(listOf("BL-1", 1, 2, 3)); !again.Again || again.Number != first.Number || again.By != "Léa" || again.Taken != 3 {
		t.Errorf("%+v", again)
	}
	odd := device(2)
	odd.Serial = "OTHER"
	stolen := device(7)
	stolen.Serial = "SN-00001"
	got := c.announce(listWith(
		queue.Announced{Device: autopilot.Device{PKID: queuetest.PKID(1), Model: "M"}, Order: "BL-1", Pallet: "P1", Row: 2},
		queue.Announced{Device: odd, Order: "BL-1", Row: 3},
		queue.Announced{Device: device(3), Order: "BL-2", Row: 4},
		queue.Announced{Device: stolen, Order: "BL-1", Row: 5},
		queue.Announced{Device: device(5), Order: "BL-1", Row: 6},
		queue.Announced{Device: device(5), Order: "BL-1", Row: 7},
	))
	if got.Taken != 1 || got.Known != 2 || got.Refused != 3 || len(got.Clashing) != 3 {
		t.Fatalf("%+v", got)
	}
	for i, want := range []struct {
		row, other int
		why        queue.Reason
	}{{3, 3, queue.Conflict}, {4, 4, queue.OtherCustomer}, {5, 2, queue.Conflict}} {
		if cl := got.Clashing[i]; cl.Row != want.row || cl.Other.Row != want.other || cl.Reason != want.why || cl.Other.List != first.Number {
			t.Errorf("%+v", cl)
		}
	}
	r, err := c.q.Reconcile(t.Context(), "BL-1", contoso)
	c.must(err)
	if r.Announced != 4 || r.Devices[0].Model != "M" || r.Devices[0].Pallet != "P1" || r.Devices[0].Serial != "SN-00001" {
		t.Errorf("%+v", r)
	}
}

// TestNothingOfAListIsTaken: strict, dry, broken off, or with nothing in it, a list
// leaves nothing.
func TestNothingOfAListIsTaken(t *testing.T) {
	t.Parallel()
	odd := device(1)
	odd.Serial = "OTHER"
	broken, cancel := context.WithCancel(t.Context())
	for _, tt := range []struct {
		name string
		ctx  context.Context
		list queue.SupplierList
		want error
	}{
		{"strict", t.Context(), func() queue.SupplierList {
			l := listWith(queue.Announced{Device: device(5), Row: 2, Order: "BL-1"}, queue.Announced{Device: odd, Row: 3, Order: "BL-1"})
			l.Strict = true
			return l
		}(), queue.ErrClashes},
		{"dry", t.Context(), func() queue.SupplierList {
			l := listOf("BL-1", 5, 6)
			l.DryRun = true
			return l
		}(), nil},
		{"nothing new", t.Context(), listWith(queue.Announced{Device: odd, Row: 3, Order: "BL-1"}), queue.ErrNothingNew},
		{"broken off", broken, func() queue.SupplierList {
			l := listOf("BL-1", 5, 6, 7)
			all := slices.Collect(l.Devices)
			l.Devices = func(yield func(queue.Announced) bool) {
				for i, d := range all {
					if i == 2 {
						cancel()
					}
					if !yield(d) {
						return
					}
				}
			}
			return l
		}(), context.Canceled},
		{"control characters", t.Context(), listWith(queue.Announced{Device: device(5), Order: "BL\x00-1"}), queue.ErrListed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			q := queuetest.OpenIn(t, folder)
			c := counter{t, q, map[queue.Work]string{}}
			c.announce(listOf("BL-1", 1))
			c.must(q.Close())
			before, err := everything(folder)
			c.must(err)
			c.q = queuetest.OpenIn(t, folder)
			if _, err := c.q.Announce(tt.ctx, tt.list, queue.Act{By: "Léa"}); !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
			c.must(c.q.Close())
			after, err := everything(folder)
			if diff := cmp.Diff(before, after); diff != "" || err != nil {
				t.Errorf("%v %s", err, diff)
			}
		})
	}
}

// TestListsAreRecords: the journal alone makes lists and their indexes anew, and a
// dropped list is gone from them.
func TestListsAreRecords(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	c := counter{t, queuetest.OpenIn(t, folder), map[queue.Work]string{}}
	numbers := make([]int, 100)
	for i := range numbers {
		numbers[i] = i + 1
	}
	c.announce(listOf("BL-1", numbers...))
	dropped := c.announce(listOf("BL-2", 200, 201))
	c.wants(c.pkid(order("BL-1"), 200), queue.OnHold, queue.OtherCustomer)
	a, err := c.q.DropAnnouncement(t.Context(), dropped.Number, queue.Act{By: "Léa", Reason: "wrong file"})
	c.must(err)
	if !a.Dropped() {
		t.Errorf("%+v", a)
	}
	if _, err := c.q.DropAnnouncement(t.Context(), 99, queue.Act{}); !errors.Is(err, queue.ErrNoAnnouncement) {
		t.Errorf("%v", err)
	}
	c.wants(c.pkid(order("BL-2"), 201), queue.Accepted, "")
	c.announce(listOf("BL-2", 200, 201)) // the same file again, for it was dropped
	all, err := c.q.Announcements(t.Context())
	c.must(err)
	if len(all) != 3 || all[2].Taken != 100 || all[0].Dropped() || !all[1].Dropped() {
		t.Errorf("%+v", all)
	}
	heads, err := c.q.Orders(t.Context(), all[2].At.Add(-1))
	c.must(err)
	want := []queue.OrderHead{{Order: "BL-1", Customer: contoso, Listed: true, Open: true}, {Order: "BL-2", Customer: contoso, Listed: true, Open: true}}
	byName := cmpopts.SortSlices(func(a, b queue.OrderHead) bool { return a.Order < b.Order })
	if diff := cmp.Diff(want, heads, byName, cmpopts.IgnoreFields(queue.OrderHead{}, "At")); diff != "" {
		t.Error(diff)
	}
	c.must(c.q.Close())
	if err := rebuiltAlike(folder); err != nil {
		t.Error(err)
	}
}

// TestTheFourthLayout: a queue of the station's fourth layout, made by its code,
// gets lists and finds its orders.
func TestTheFourthLayout(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	packed, err := zip.OpenReader(filepath.Join("testdata", "schema4.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close() //nolint:errcheck // nothing was written
	if err := os.CopyFS(folder, packed); err != nil {
		t.Fatal(err)
	}
	c := counter{t, queuetest.OpenIn(t, folder), map[queue.Work]string{}}
	if r := c.q.Recovery(); !r.Nothing() {
		t.Errorf("something had to be put right: %+v", r)
	}
	if counts, err := c.q.Counts(t.Context()); err != nil || counts.Held != 3 || counts.Ready != 20 {
		t.Errorf("%+v, %v", counts, err)
	}
	r, err := c.q.Reconcile(t.Context(), "BL-2026-0117", contoso)
	if err != nil || len(r.Devices) != 10 || r.Open != 0 || r.MayLeave() {
		t.Errorf("%+v, %v", r, err)
	}
	c.announce(listOf("BL-2026-0118", 40, 41))
	r, err = c.q.Reconcile(t.Context(), "BL-2026-0118", contoso)
	if err != nil || r.Arrived != 1 || r.Missing != 1 || r.Open != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	c.must(c.q.Close())
	if err := rebuiltAlike(folder); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(folder, queue.FileName+".schema-4")); err != nil {
		t.Error(err)
	}
}

// TestAListIsGoneInItsTime: what a list announces stays as long as identities do.
func TestAListIsGoneInItsTime(t *testing.T) {
	t.Parallel()
	a := settledAt(t, noon())
	must(t, a.q.SetRetention(t.Context(), queue.Retention{Identity: 60, Rest: 30}, queue.Act{By: "Léa"}))
	numbers := make([]int, 500)
	for i := range numbers {
		numbers[i] = i + 1
	}
	if _, err := a.q.Announce(t.Context(), listOf("BL-1", numbers...), queue.Act{By: "Léa"}); err != nil {
		t.Fatal(err)
	}
	a.days(50)
	if r, err := a.q.Reconcile(t.Context(), "BL-1", contoso); err != nil || r.Announced != 500 {
		t.Errorf("after 50 days: %d, %v", r.Announced, err)
	}
	a.days(20)
	if r, err := a.q.Reconcile(t.Context(), "BL-1", contoso); err != nil || r.Announced != 0 {
		t.Errorf("after 70 days: %d, %v", r.Announced, err)
	}
	if all, err := a.q.Announcements(t.Context()); err != nil || len(all) != 1 || !all[0].Dropped() {
		t.Errorf("%+v, %v", all, err)
	}
}
