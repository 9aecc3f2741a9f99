package upload_test

import (
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
)

// there registers a device in a batch, by another station of ours, or outside
// all batches by somebody else.
func (c *center) there(customer autopilot.TenantID, batch string, d autopilot.Device) {
	c.home[d.PKID] = customer
	if batch == "" {
		return
	}
	k := key(customer, batch)
	c.names[k] = batch
	c.batches[k] = append(c.batches[k], partnercenter.Device{Device: d, ID: "other-" + string(d.PKID)})
}

// A device that one of our batches lists was registered by us; one that is in
// none was there already. One turn of lists tells of all.
func TestAlreadyThereIsToldFromOurs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 6)
		b.center.there(contoso, "Dock", b.entries[0].Device)
		b.center.there(contoso, "Berlin", b.entries[1].Device)
		b.center.there(contoso, "Berlin", b.entries[2].Device)
		b.center.there(contoso, "", b.entries[3].Device)
		b.center.there(contoso, "", b.entries[4].Device)
		status := b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 6})
		for i, batch := range []string{"Dock", "Berlin", "Berlin"} {
			if e := b.entry(i + 1); e.Reason != "" || e.Batch != batch || e.DeviceID != "other-"+string(pkid(i+1)) || e.Code != autopilot.CodeAlreadyHere {
				t.Errorf("entry %d: %+v", i+1, e)
			}
		}
		for i := 4; i <= 5; i++ {
			if e := b.entry(i); e.Reason != queue.AlreadyThere {
				t.Errorf("entry %d: %+v", i, e)
			}
		}
		if status.Marks.AlreadyThere != 2 {
			t.Errorf("marks: %+v", status.Marks)
		}
		looks := b.center.count("list") - 1 // the first was before sending
		if n := b.center.count("devices"); looks > 6 || n != 2*looks {
			t.Errorf("%d lists of devices in %d looks, want one a batch and look", n, looks)
		}
	})
}

// Lists lag: nobody is called already there before they have had their time.
func TestAlreadyThereWaitsForTheLists(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 2)
		b.center.there(contoso, "Dock", b.entries[0].Device)
		listed := b.center.batches[key(contoso, "Dock")]
		b.center.batches[key(contoso, "Dock")] = nil // not listed yet
		time.AfterFunc(50*time.Second, func() {
			b.center.mu.Lock()
			defer b.center.mu.Unlock()
			b.center.batches[key(contoso, "Dock")] = append(b.center.batches[key(contoso, "Dock")], listed...)
		})
		b.run(t, 30*time.Second)
		b.want(t, map[queue.State]int{queue.Submitted: 1, queue.Registered: 1})
		b.settle(t)
		if e := b.entry(1); e.State != queue.Registered || e.Reason != "" || e.DeviceID == "" {
			t.Errorf("entry: %+v", e)
		}
	})
}

// Lists that cannot be had leave it open, and nothing else.
func TestAlreadyThereWithoutLists(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 2)
		b.center.there(contoso, "Dock", b.entries[0].Device)
		b.center.at = strike("devices", false, failure(partnercenter.Throttled), failure(partnercenter.NoAnswer), worded(partnercenter.Invalid))
		b.run(t, 2*time.Hour)
		b.want(t, map[queue.State]int{queue.Registered: 2})
		if e := b.entry(1); e.Reason != "" {
			t.Errorf("entry: %+v", e)
		}
	})
}

// A device that was refused before, by an answer, and that somebody else
// registered meanwhile, is not ours: no attempt of ours stands in the lists.
func TestRefusedBeforeAndAlreadyThereByOthers(t *testing.T) {
	t.Parallel()
	for _, refuse := range []struct {
		name string
		with func(*bench)
	}{
		{"as a device", func(b *bench) {
			b.center.codes = map[autopilot.PKID]autopilot.Code{pkid(1): autopilot.CodeUnknownDevice}
			time.AfterFunc(time.Hour, func() {
				b.center.mu.Lock()
				defer b.center.mu.Unlock()
				b.center.codes = nil
				b.center.there(contoso, "", b.entries[0].Device)
			})
		}},
		{"as a whole", func(b *bench) {
			b.center.there(contoso, "", b.entries[0].Device)
			b.center.at = strike("create", false, worded(partnercenter.Forbidden), worded(partnercenter.Throttled))
		}},
		{"without an answer, and it was not taken", func(b *bench) {
			b.center.there(contoso, "", b.entries[0].Device)
			b.center.at = strike("create", false, failure(partnercenter.NoAnswer))
		}},
	} {
		t.Run(refuse.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.add(contoso, "Dock", "r1", 1)
				refuse.with(b)
				b.run(t, 48*time.Hour)
				if e := b.entry(1); e.State != queue.Registered || e.Reason != queue.AlreadyThere {
					t.Errorf("entry: %+v", e)
				}
			})
		})
	}
}

// The same by serial number, manufacturer and model: the whole of it counts.
func TestTupleAlreadyThere(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(func(o *upload.Options) { o.PollMax = 20 * time.Second })
		b.add(contoso, "Dock", "r1", 2)
		for i, model := range []string{"One", "Two"} {
			b.entries[i].Serial, b.entries[i].Manufacturer, b.entries[i].Model, b.entries[i].ByTuple = "A1", "Maker", model, true
		}
		b.center.shape = func(j *partnercenter.Job) {
			for i := range j.Devices {
				j.Devices[i].Code, j.Devices[i].Status = autopilot.CodeAlreadyHere, partnercenter.StatusFinishedWithErrors
			}
		}
		k := key(contoso, "Berlin")
		b.center.names[k] = "Berlin"
		b.center.batches[k] = []partnercenter.Device{{ID: "two", Device: autopilot.Device{PKID: pkid(77), Serial: "A1", Manufacturer: "Maker", Model: "Two"}}}
		b.center.at = func(c call, after bool) error {
			if c.pkids != nil && after {
				b.center.batches[key(contoso, "Dock")] = nil
			}
			return nil
		}
		b.settle(t)
		if e := b.entry(1); e.Reason != queue.AlreadyThere {
			t.Errorf("entry 1: %+v", e)
		}
		if e := b.entry(2); e.Reason != "" || e.DeviceID != "two" || e.Batch != "Berlin" {
			t.Errorf("entry 2: %+v", e)
		}
	})
}

// A device that is on its way in an open plan is not sent a second time; when
// that plan is over, it is.
func TestTupleOnItsWayIsNotSentTwice(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.center.jobTime = 10 * time.Minute
		b.add(contoso, "Dock", "r1", 1)
		b.add(contoso, "Berlin", "r1", 1)
		b.add(contoso, "Dock", "r1", 1)
		for i := range b.entries {
			b.entries[i].Device = autopilot.Device{Serial: "A1", Manufacturer: "Maker", Model: "One"}
		}
		b.run(t, 5*time.Minute)
		b.want(t, map[queue.State]int{queue.Submitted: 1, queue.Ready: 2})
		if n := len(b.center.posts()); n != 1 {
			t.Errorf("%d posts", n)
		}
		if n := b.ledger.scans; n > 20 {
			t.Errorf("looked %d times for what is ready", n)
		}
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 3})
	})
}
