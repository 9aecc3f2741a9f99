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

// TestReadFromTheList: a box whose PKID cannot be read is found by its serial.
func TestReadFromTheList(t *testing.T) {
	t.Parallel()
	for name, finish := range map[string]func(c counter, box queue.Entry) queue.Entry{
		"its label cannot be read": func(c counter, box queue.Entry) queue.Entry {
			v, err := c.q.KeepUnreadable(c.Context(), queue.Illegible{Reception: c.room(order("BL-1")), Into: box.ID, By: "Ana"})
			c.must(err)
			return v.Entry
		},
		"the box is closed": func(c counter, box queue.Entry) queue.Entry {
			e, _, err := c.q.CloseBox(c.Context(), box.ID, "Ana", true)
			c.must(err)
			return e
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCounter(t)
			c.announce(listWith(queue.Announced{Device: device(1), Order: "BL-1", Row: 2}, queue.Announced{
				Device: autopilot.Device{Serial: "T-1", Manufacturer: "HP", Model: "M"}, Order: "BL-1", Row: 3,
			}, queue.Announced{Device: autopilot.Device{Serial: "S-1"}, Order: "BL-1", Row: 4}))
			e := c.entry(finish(c, c.serial(order("BL-1"), "", "sn-00001").Entry).ID)
			if e.State != queue.Ready || e.PKID != queuetest.PKID(1) || e.ByList != queue.ListedPKID || e.Listed.Row != 2 {
				t.Errorf("%+v", e)
			}
			e = c.entry(finish(c, c.serial(order("BL-1"), "", "T-1").Entry).ID)
			if e.State != queue.Ready || e.PKID != "" || e.Manufacturer != "HP" || e.Model != "M" || e.ByList != queue.ListedPKID {
				t.Errorf("%+v", e)
			}
			for _, serial := range []string{"S-1", "NOBODY"} {
				if e = c.entry(finish(c, c.serial(order("BL-1"), "", serial).Entry).ID); e.State != queue.Held || e.ByList != "" {
					t.Errorf("%s: %+v", serial, e)
				}
			}
			if r, err := c.q.Reconcile(t.Context(), "BL-1", contoso); err != nil || r.Arrived != 3 || r.Unexpected != 1 {
				t.Errorf("%+v, %v", r, err)
			}
		})
	}
}

// TestWhatAListHasAgainstASerial: a box without PKID does not go by serial,
// manufacturer and model where a list says that it is another's, or another thing.
func TestWhatAListHasAgainstASerial(t *testing.T) {
	t.Parallel()
	hp := func(serial, model string) autopilot.Device {
		return autopilot.Device{Serial: serial, Manufacturer: "HP", Model: model}
	}
	for _, tt := range []struct {
		name, serial string
		prepare      func(c counter)
		state        queue.State
		why          queue.Reason
	}{
		{"no list for the order", "S-1", nil, queue.Ready, ""},
		{"announced", "S-1", func(c counter) {
			c.announce(listWith(queue.Announced{Device: hp("S-1", "M"), Order: "BL-1", Row: 2}))
		}, queue.Ready, ""},
		{"another order's", "S-1", func(c counter) {
			c.announce(listWith(queue.Announced{Device: hp("S-1", "M"), Order: "BL-2", Row: 2}))
		}, queue.Held, queue.OtherCustomer},
		{"another customer's", "SN-00001", func(c counter) {
			l := listOf("BL-9", 1)
			l.Customer = fabrik
			c.announce(l)
		}, queue.Held, queue.OtherCustomer},
		{"another maker's, who numbers alike", "S-1", func(c counter) {
			c.announce(listWith(queue.Announced{Device: autopilot.Device{Serial: "S-1", Manufacturer: "LENOVO"}, Order: "BL-2", Row: 2}))
		}, queue.Ready, ""},
		{"a model that the list spells otherwise", "S-1", func(c counter) {
			c.announce(listWith(queue.Announced{Device: hp("S-1", "X"), Order: "BL-1", Row: 2}))
		}, queue.Ready, ""},
		{"its PKID is here", "SN-00001", func(c counter) {
			c.announce(listOf("BL-1", 1))
			c.pkid(order("BL-1"), 1)
		}, queue.Held, queue.Conflict},
		{"in no list", "S-1", func(c counter) { c.announce(listOf("BL-1", 1)) }, queue.Held, queue.NotAnnounced},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := newCounter(t)
			if tt.prepare != nil {
				tt.prepare(c)
			}
			v, err := c.q.Attach(t.Context(), queue.Part{Reception: c.room(order("BL-1")), Serial: tt.serial, Maker: "HP", Model: "M", By: "Ana"})
			c.must(err)
			e, done, err := c.q.CloseBox(t.Context(), v.Entry.ID, "Ana", true)
			c.must(err)
			if e.State != tt.state || e.Reason != tt.why || done != (tt.state == queue.Ready) {
				t.Errorf("it is %s %s, done %v", e.State, e.Reason, done)
			}
			if tt.why == queue.OtherCustomer && e.Listed.List == 0 {
				t.Error("nobody is told whose it is")
			}
		})
	}
}

// TestAListAfterABoxWithoutPKID: what goes by its serial is judged by a list that
// comes later, as what goes by its PKID is.
func TestAListAfterABoxWithoutPKID(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	closed := func(serial string) queue.Entry {
		v, err := c.q.Attach(t.Context(), queue.Part{Reception: c.room(order("BL-1")), Serial: serial, Maker: "HP", Model: "M", By: "Ana"})
		c.must(err)
		e, _, err := c.q.CloseBox(t.Context(), v.Entry.ID, "Ana", true)
		c.must(err)
		return e
	}
	foreign, mine := closed("SN-00007"), closed("SN-00001")
	l := listOf("BL-9", 7)
	l.Customer = fabrik
	if got := c.announce(l); len(got.Doubted) != 1 || got.Doubted[0].ID != foreign.ID {
		t.Errorf("%+v", got)
	}
	if e := c.entry(foreign.ID); e.State != queue.Held || e.Reason != queue.OtherCustomer || e.Listed.Customer != fabrik {
		t.Errorf("the foreign one is %s %s", e.State, e.Reason)
	}
	if got := c.announce(listOf("BL-1", 1)); len(got.Doubted) != 0 {
		t.Errorf("%+v", got)
	}
	if e := c.entry(mine.ID); e.State != queue.Ready {
		t.Errorf("the announced one is %s %s", e.State, e.Reason)
	}
	late := closed("SN-00005")
	if late.State != queue.Held || late.Reason != queue.NotAnnounced {
		t.Errorf("the late one is %s %s", late.State, late.Reason)
	}
	if got := c.announce(listOf("BL-1", 5)); len(got.Freed) != 1 {
		t.Errorf("%+v", got)
	}
	if e := c.entry(late.ID); e.State != queue.Ready {
		t.Errorf("the late one is %s %s", e.State, e.Reason)
	}
}

// TestRegisteredWithoutAScan: what is announced goes out by a supervisor's word,
// marked as such, and a box that is scanned later is the same one.
func TestRegisteredWithoutAScan(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	unsure := queue.Announced{Device: device(4), Order: "BL-1", Row: 5, Unsure: true, GroupTag: "KIOSK"}
	c.announce(listWith(slices.Concat(slices.Collect(listOf("BL-1", 1, 2, 3).Devices), []queue.Announced{
		unsure, {Device: autopilot.Device{Serial: "S-1"}, Order: "BL-1", Row: 6},
	})...))
	c.pkid(order("BL-1"), 1)
	got, err := c.q.RegisterAnnounced(t.Context(), queue.Work{Customer: contoso, Order: "BL-1"}, queue.Act{By: "Léa", Reason: "shipped to the customer"})
	c.must(err)
	if len(got.Made) != 3 || got.Here != 1 || got.Without != 1 || got.Held != 1 {
		t.Fatalf("%+v", got)
	}
	e := c.entry(got.Made[0].ID)
	if e.PKID != queuetest.PKID(2) || e.State != queue.Ready || e.ByList != queue.ListedDevice || e.Listed.Row != 3 || len(e.Reads) != 0 || e.Source != string(queue.FromList) {
		t.Errorf("%+v", e)
	}
	lines, err := c.q.History(t.Context(), e.ID)
	c.must(err)
	if len(lines) != 1 || lines[0].Action != queue.ActionUnscanned || lines[0].By != "Léa" || lines[0].Reason != queue.FromList {
		t.Errorf("%+v", lines)
	}
	r, err := c.q.Reconcile(t.Context(), "BL-1", contoso)
	c.must(err)
	if r.Arrived != 1 || r.Missing != 4 || !r.Devices[1].Unscanned || r.Devices[1].State != queue.Ready {
		t.Errorf("%+v", r)
	}
	v := c.pkid(order("BL-1"), 2)
	c.wants(v, queue.Seen, "")
	if e := c.entry(v.Entry.ID); len(e.Reads) != 1 || e.ByList != queue.ListedDevice {
		t.Errorf("%+v", e)
	}
	if r, err = c.q.Reconcile(t.Context(), "BL-1", contoso); err != nil || r.Arrived != 2 {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := c.q.RegisterAnnounced(t.Context(), queue.Work{Customer: contoso, Order: "BL-1"}, queue.Act{By: "Léa"}); err != queue.ErrNothingNew { //nolint:errorlint // as it is
		t.Errorf("%v", err)
	}
	if _, err := c.q.RegisterAnnounced(t.Context(), queue.Work{Order: "BL-1"}, queue.Act{By: "Léa"}); err != queue.ErrNoCustomer { //nolint:errorlint // as it is
		t.Errorf("%v", err)
	}
}

// TestASerialInSmallLetters: what is registered from a list is the box that is here,
// however the list spells its serial.
func TestASerialInSmallLetters(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.serial(order("BL-1"), "", "SN-00001")
	small := device(1)
	small.Serial = "sn-00001"
	c.announce(listWith(queue.Announced{Device: small, Order: "BL-1", Row: 2}))
	got, err := c.q.RegisterAnnounced(t.Context(), queue.Work{Customer: contoso, Order: "BL-1"}, queue.Act{By: "Léa", Reason: "because"})
	if !errors.Is(err, queue.ErrNothingNew) || got.Here != 1 || len(got.Made) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestListedByHash: a device that a list has by its hardware hash alone is told apart
// from others, met by its PKID, and goes by the hash where it is not scanned.
func TestListedByHash(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	hashed := func(n int) queue.Announced {
		h := autopilottest.Hash(autopilot.HashContents{PKID: queuetest.PKID(n), Serial: device(n).Serial, Manufacturer: "HP", Model: "M"})
		return queue.Announced{Device: autopilot.Device{Hash: h}, Order: "BL-1", Row: n + 2}
	}
	if got := c.announce(listWith(hashed(1), hashed(2), hashed(4))); got.Taken != 3 || got.Known != 0 {
		t.Fatalf("%+v", got.Announcement)
	}
	c.wants(c.pkid(order("BL-1"), 1), queue.Accepted, "")
	c.wants(c.both(order("BL-1"), 2, "SN-00003", true), queue.OnHold, queue.Conflict)
	got, err := c.q.RegisterAnnounced(t.Context(), queue.Work{Customer: contoso, Order: "BL-1"}, queue.Act{By: "Léa"})
	c.must(err)
	if len(got.Made) != 1 || got.Here != 2 || got.Made[0].Hash == "" || got.Made[0].State != queue.Ready {
		t.Errorf("%+v", got)
	}
	if r, err := c.q.Reconcile(t.Context(), "BL-1", contoso); err != nil || r.Announced != 3 || r.Arrived != 1 || r.Conflicts != 1 || r.Devices[0].Hash != "" || r.Devices[2].PKID != queuetest.PKID(4) {
		t.Errorf("%+v, %v", r, err)
	}
}
