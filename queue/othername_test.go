package queue_test

import (
	"errors"
	"slices"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/autopilot/autopilottest"
	"pkidstation/queue/queuetest"
)

// A device goes by its PKID, by serial number, manufacturer and model, or by its
// hardware hash: whichever of them it stands here by, it is met by the others.

// byTuple is a device by serial number, manufacturer and model.
func byTuple(serial string) autopilot.Device {
	return autopilot.Device{Serial: serial, Manufacturer: "HP", Model: "HP EliteBook 840 G10"}
}

// hashOf is the hardware hash of device n.
func hashOf(n int) autopilot.HardwareHash {
	return autopilottest.Hash(autopilot.HashContents{PKID: queuetest.PKID(n), Serial: device(n).Serial, Manufacturer: "HP"})
}

// nobodys is a list that is for nobody in particular, of order BL-1.
func nobodys(all ...autopilot.Device) queue.SupplierList {
	var rows []queue.Announced
	for i, d := range all {
		rows = append(rows, queue.Announced{Device: d, Order: "BL-1", Row: i + 2})
	}
	l := listWith(rows...)
	l.Customer = ""
	return l
}

// unscanned registers what a list announces of BL-1 for a customer.
func (c counter) unscanned(customer autopilot.TenantID) queue.Unscanned {
	c.Helper()
	got, err := c.q.RegisterAnnounced(c.Context(), queue.Work{Customer: customer, GroupTag: "STD", Order: "BL-1"}, decides)
	c.must(err)
	return got
}

// finds looks a PKID or a serial up.
func (c counter) finds(pkid autopilot.PKID, serial string) []string {
	c.Helper()
	found, err := c.q.Find(c.Context(), pkid, serial)
	c.must(err)
	var ids []string
	for _, e := range found {
		ids = append(ids, e.ID)
	}
	return ids
}

// TestFoundByWhatTheHashHolds: what goes by its hash alone is found by the PKID in
// it, and is another's no more.
func TestFoundByWhatTheHashHolds(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.announce(nobodys(autopilot.Device{Hash: hashOf(1)}))
	made := c.unscanned(contoso).Made[0]
	c.register(made.ID)
	if got := c.finds(queuetest.PKID(1), ""); !slices.Equal(got, []string{made.ID}) {
		t.Errorf("by its PKID: %v", got)
	}
	if got := c.finds("", device(1).Serial); !slices.Equal(got, []string{made.ID}) {
		t.Errorf("by its serial: %v", got)
	}
	c.wants(c.pkid(fabrikams, 1), queue.OnHold, queue.OtherCustomer)
	c.is(made.ID, queue.Registered, "")
}

// TestAnnouncedForNobody and registered for two: the second is held, however the list
// has the device.
func TestAnnouncedForNobody(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]autopilot.Device{
		"by PKID": device(1), "by tuple": byTuple("sn-00001"), "by hash": {Hash: hashOf(1)}, "by hash and serial": {Serial: "SN-00001", Hash: hashOf(1)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCounter(t)
			c.announce(nobodys(d))
			first := c.unscanned(contoso).Made[0]
			second := c.unscanned(fabrik)
			if second.Held != 1 {
				t.Errorf("%+v", second)
			}
			c.is(first.ID, queue.Held, queue.OtherCustomer)
			e := c.is(second.Made[0].ID, queue.Held, queue.OtherCustomer)
			c.must(c.q.Release(t.Context(), []string{first.ID}, decides))
			var claimed *queue.ClaimedError
			if err := c.q.Release(t.Context(), []string{e.ID}, decides); !errors.As(err, &claimed) || claimed.By.ID != first.ID {
				t.Errorf("released beside it: %v", err)
			}
		})
	}
}

// TestAnnouncedWhatAnotherHas: a device that was scanned for one customer is not
// registered for another, because a list of theirs calls it otherwise.
func TestAnnouncedWhatAnotherHas(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]autopilot.Device{"by tuple": byTuple("sn-00001"), "by hash": {Hash: hashOf(1)}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCounter(t)
			box := c.both(fabrikams, 1, "SN-00001", true).Entry
			c.register(box.ID)
			l := nobodys(d)
			l.Customer = contoso
			c.announce(l)
			if got := c.unscanned(contoso); got.Held != 1 || got.Made[0].Other != box.ID {
				t.Errorf("%d held: %+v", got.Held, got.Made[0])
			}
			c.is(box.ID, queue.Registered, "")
		})
	}
}

// TestTwoMakersOneSerial: another maker's device of the same serial is another device,
// and another spelling of the same maker is not.
func TestTwoMakersOneSerial(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	lenovo, hewlett := byTuple("S-1"), byTuple("s-1")
	lenovo.Manufacturer, lenovo.Model, hewlett.Manufacturer = "LENOVO", "20XW00ABFR", "Hewlett-Packard"
	c.announce(nobodys(byTuple("S-1"), lenovo))
	both := c.unscanned(fabrik)
	if len(both.Made) != 2 || both.Held != 0 {
		t.Errorf("%+v", both)
	}
	if r := c.reconciled("BL-1", fabrik); r.Announced != 2 || r.Conflicts != 0 || r.Unexpected != 0 {
		t.Errorf("%+v", r)
	}
	l := nobodys(hewlett)
	l.Customer = contoso
	c.announce(l)
	got := c.unscanned(contoso)
	for _, e := range got.Made {
		if e.State != queue.Held || e.Reason != queue.OtherCustomer {
			t.Errorf("%+v", e)
		}
	}
	if len(got.Made) == 0 {
		t.Error("nothing was made")
	}
}

// TestAHashThatStandsHere is not given to another box: neither while that goes by it,
// nor where it goes by its PKID or tuple.
func TestAHashThatStandsHere(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	first, second := c.serial(order("A"), "", device(1).Serial).Entry, c.serial(fabrikams, "", device(1).Serial).Entry
	_, err := c.q.GiveHash(t.Context(), first.ID, hashOf(1), decides)
	c.must(err)
	var claimed *queue.ClaimedError
	if _, err := c.q.GiveHash(t.Context(), second.ID, hashOf(1), decides); !errors.As(err, &claimed) || claimed.By.ID != first.ID {
		t.Errorf("the hash of a box that has it: %v", err)
	}
	bare := autopilottest.Hash(autopilot.HashContents{Serial: device(1).Serial}) // as one without a PKID in it
	if _, err := c.q.GiveHash(t.Context(), second.ID, bare, decides); !errors.As(err, &claimed) {
		t.Errorf("its serial in another hash: %v", err)
	}
	_, err = c.q.GiveHash(t.Context(), first.ID, hashOf(1), decides) // once more to its own
	c.must(err)
}

// TestThePKIDOfAHash, read for the same work, is that box's; another one contradicts
// the hash, and so does another serial.
func TestThePKIDOfAHash(t *testing.T) {
	t.Parallel()
	hashed := func(t *testing.T) (counter, queue.Entry) {
		t.Helper()
		c := newCounter(t)
		box := c.serial(order("A"), "", device(1).Serial).Entry
		e, err := c.q.GiveHash(t.Context(), box.ID, hashOf(1), decides)
		c.must(err)
		return c, e
	}
	t.Run("with its box at hand", func(t *testing.T) {
		t.Parallel()
		c, box := hashed(t)
		v, err := c.q.Capture(t.Context(), queue.Capture{Reception: c.room(order("A")), Into: box.ID, PKID: queuetest.PKID(1), By: "Ana"})
		c.must(err)
		if e := c.is(box.ID, queue.Ready, ""); v.Word != queue.Accepted || v.Entry.ID != box.ID || e.PKID != queuetest.PKID(1) {
			t.Errorf("%s: %+v", v.Word, v.Entry)
		}
	})
	t.Run("by itself", func(t *testing.T) {
		t.Parallel()
		c, box := hashed(t)
		v := c.pkid(order("A"), 1)
		if e := c.is(box.ID, queue.Ready, ""); v.Word != queue.Accepted || v.Entry.ID != box.ID || e.PKID != queuetest.PKID(1) {
			t.Errorf("%s: %+v", v.Word, v.Entry)
		}
	})
	t.Run("read of another box", func(t *testing.T) {
		t.Parallel()
		c, box := hashed(t)
		other := c.serial(order("A"), "", device(2).Serial).Entry
		v, err := c.q.Capture(t.Context(), queue.Capture{Reception: c.room(order("A")), Into: other.ID, PKID: queuetest.PKID(1), By: "Ana"})
		c.must(err)
		c.wants(v, queue.OnHold, queue.Conflict)
		if e := c.entry(box.ID); e.PKID != "" || e.State != queue.Held {
			t.Errorf("%+v", e)
		}
	})
	t.Run("once it was registered by it", func(t *testing.T) {
		t.Parallel()
		c, box := hashed(t)
		c.must(c.q.Release(t.Context(), []string{box.ID}, decides))
		c.register(box.ID)
		if v := c.pkid(order("A"), 1); v.Word != queue.Seen || v.Entry.ID != box.ID {
			t.Errorf("%s: %+v", v.Word, v.Entry)
		}
	})
	t.Run("another PKID", func(t *testing.T) {
		t.Parallel()
		c, box := hashed(t)
		v, err := c.q.Capture(t.Context(), queue.Capture{Reception: c.room(order("A")), Into: box.ID, PKID: queuetest.PKID(2), By: "Ana"})
		c.must(err)
		c.wants(v, queue.OnHold, queue.Conflict)
		c.is(box.ID, queue.Held, queue.Conflict)
	})
	t.Run("another serial", func(t *testing.T) {
		t.Parallel()
		c := newCounter(t)
		box := c.pkid(order("A"), 1).Entry
		_, err := c.q.GiveHash(t.Context(), box.ID, hashOf(1), decides)
		c.must(err)
		c.serial(order("A"), box.ID, device(2).Serial)
		c.is(box.ID, queue.Held, queue.Conflict)
	})
}

// TestReconciledByTheHash: what goes by its hash ticks off what is announced by PKID
// alone.
func TestReconciledByTheHash(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.announce(listWith(queue.Announced{Device: autopilot.Device{PKID: queuetest.PKID(1)}, Order: "BL-1", Row: 2}))
	box := c.serial(order("BL-1"), "", device(1).Serial).Entry
	_, err := c.q.GiveHash(t.Context(), box.ID, hashOf(1), decides)
	c.must(err)
	c.must(c.q.Release(t.Context(), []string{box.ID}, decides))
	c.register(box.ID)
	if r := c.reconciled("BL-1", contoso); r.Arrived != 1 || r.Unexpected != 0 || !r.MayLeave() {
		t.Errorf("%+v", r)
	}
}

// TestThePaperSaysWhatWasRead: where a person decided that the box is right and its
// list wrong, the serial is the box's.
func TestThePaperSaysWhatWasRead(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.announce(listOf("BL-1", 1))
	v := c.both(order("BL-1"), 1, "SN-00099", true)
	c.wants(v, queue.OnHold, queue.Conflict)
	c.must(c.q.Release(t.Context(), []string{v.Entry.ID}, decides))
	c.register(v.Entry.ID)
	if r := c.reconciled("BL-1", contoso); len(r.Devices) != 1 || r.Devices[0].Serial != "SN-00099" {
		t.Errorf("%+v", r.Devices)
	}
}

// TestNotRegisteredAgain: what was taken back from a customer, or is another station's
// now, does not go out by a list alone; what was only misread does.
func TestNotRegisteredAgain(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.announce(listWith(
		queue.Announced{Device: device(1), Order: "BL-1", Row: 2}, queue.Announced{Device: device(2), Order: "BL-1", Row: 3},
		queue.Announced{Device: device(3), Order: "BL-1", Row: 4}, queue.Announced{Device: byTuple("T-4"), Order: "BL-1", Row: 5},
	))
	taken := c.pkid(order("BL-1"), 1).Entry
	c.register(taken.ID)
	removals, err := c.q.Remove(t.Context(), []string{taken.ID}, false, decides)
	c.must(err)
	_, err = c.q.Removed(t.Context(), removals[0].ID, "")
	c.must(err)
	there := queuetest.Open(t)
	to, err := there.StationCode(t.Context())
	c.must(err)
	_, err = c.q.HandOver(t.Context(), queue.Departure{To: to, Entries: []string{c.pkid(order("BL-1"), 2).Entry.ID}}, decides)
	c.must(err)
	c.must(c.q.Discard(t.Context(), []string{c.pkid(order("BL-1"), 3).Entry.ID}, decides))
	got := c.unscanned(contoso)
	if len(got.Made) != 2 || got.Here != 2 || got.Made[0].PKID != queuetest.PKID(3) || got.Made[1].Serial != "T-4" {
		t.Errorf("%+v", got)
	}
}

// TestWhatTellsMost of a box that is gone is where it went, not a slip after that.
func TestWhatTellsMost(t *testing.T) {
	t.Parallel()
	in := func(states ...queue.State) (all []queue.Entry) {
		for i, s := range states {
			all = append(all, queue.Entry{ID: string(s), Seq: uint64(9 - i), State: s, Device: device(1)})
		}
		return all
	}
	for _, test := range []struct {
		found []queue.Entry
		want  string
	}{
		{in(queue.Discarded, queue.Removed), "removed"},
		{in(queue.Discarded, queue.Moved), "moved"},
		{in(queue.Discarded, queue.Discarded), "discarded"},
		{in(queue.Ready, queue.Removed), "ready"},
		{in(queue.Held, queue.Rejected, queue.Registered), "registered"},
		{in(queue.Held, queue.Rejected), "rejected"},
	} {
		if e, found := queue.StandsFor(test.found); !found || e.ID != test.want {
			t.Errorf("%s, want %s", e.ID, test.want)
		}
	}
}

// TestATupleThatIsAnnouncedForAnother does not go out by itself when its box is
// closed: nobody read a PKID of which the lists could say whose it is.
func TestATupleThatIsAnnouncedForAnother(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		customer autopilot.TenantID
		maker    string
		goes     bool
	}{
		"for another": {fabrik, "HP", false}, "for the same": {contoso, "HP", true}, "another maker's": {fabrik, "LENOVO", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCounter(t)
			d := byTuple("s-1")
			d.Manufacturer = test.maker
			l := listWith(queue.Announced{Device: d, Order: "BL-Z", Row: 2}, queue.Announced{Device: d, Order: "BL-1", Row: 3})
			if l.Customer = test.customer; !test.goes {
				l = listWith(queue.Announced{Device: d, Order: "BL-Z", Row: 2})
				l.Customer = test.customer
			}
			c.announce(l)
			v, err := c.q.Attach(t.Context(), queue.Part{Reception: c.room(order("BL-1")), Serial: "S-1", Maker: "HP", Model: "M", By: "Ana"})
			c.must(err)
			e, completed, err := c.q.CloseBox(t.Context(), v.Entry.ID, "Ana", true)
			c.must(err)
			if completed != test.goes {
				t.Errorf("it goes: %v, %+v", completed, e)
			}
		})
	}
}

// TestAHashThatIsAnnouncedForAnother: whoever releases the box is told whose it is.
func TestAHashThatIsAnnouncedForAnother(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	l := listOf("BL-Z", 1)
	l.Customer = fabrik
	c.announce(l)
	box := c.serial(order("A"), "", device(1).Serial).Entry
	_, err := c.q.GiveHash(t.Context(), box.ID, hashOf(1), decides)
	c.must(err)
	if e := c.is(box.ID, queue.Held, queue.OtherCustomer); e.Listed.Customer != fabrik || e.Listed.Order != "BL-Z" {
		t.Errorf("%+v", e.Listed)
	}
	lines, err := c.q.History(t.Context(), box.ID)
	c.must(err)
	if last := lines[len(lines)-1]; last.Reason != queue.OtherCustomer {
		t.Errorf("%+v", last)
	}
	c.must(c.q.Release(t.Context(), []string{box.ID}, decides)) // a person's word
}
