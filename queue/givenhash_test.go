package queue_test

import (
	"errors"
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/autopilot/autopilottest"
	"pkidstation/queue/queuetest"
)

// boxWith opens a box of a serial number, which waits for its PKID.
func boxWith(t *testing.T, q *queue.Queue, serial string) queue.Entry {
	t.Helper()
	r, err := q.OpenReception(t.Context(), standard(), "Léa")
	if err != nil {
		t.Fatal(err)
	}
	v, err := q.Attach(t.Context(), queue.Part{Reception: r.ID, Serial: serial, Read: queue.Read{Text: serial}, By: "Léa"})
	if err != nil {
		t.Fatal(err)
	}
	return v.Entry
}

// TestGiveHash: the box goes by its hash once a person releases it, with what the
// hash was held against; the plan, the removal and the file of another station have
// what they need of it.
func TestGiveHash(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	box := boxWith(t, q, "5CG4071QZ8")
	hash := autopilottest.Hash(autopilot.HashContents{PKID: "3305123456781", Serial: "5CG4071QZ8", Manufacturer: "HP"})
	act := queue.Act{By: "Ana", Reason: "no label"}
	e, err := q.GiveHash(t.Context(), box.ID, hash, act)
	if err != nil || e.Hash != hash || e.State != queue.Held || e.Reason != queue.NoPKID {
		t.Fatalf("%s %s, %v", e.State, e.Reason, err)
	}
	if err := q.Release(t.Context(), []string{box.ID}, act); err != nil {
		t.Fatal(err)
	}
	if e, err = q.Entry(t.Context(), box.ID); err != nil || e.State != queue.Ready {
		t.Fatalf("%s, %v", e.State, err)
	}
	if got, want := e.ToSend(), (autopilot.Device{Serial: "5CG4071QZ8", Hash: hash}); got != want {
		t.Errorf("sent is %+v", got)
	}
	p, err := q.Plan(t.Context(), contoso, "STD", []string{box.ID})
	if err != nil || len(p.Devices) != 1 || p.Devices[0].Hash != hash {
		t.Fatalf("%+v, %v", p, err)
	}
	if _, err := q.Settle(t.Context(), p.ID, []queue.Outcome{{Entry: box.ID, Registered: true, DeviceID: "d"}}); err != nil {
		t.Fatal(err)
	}
	removals, err := q.Remove(t.Context(), []string{box.ID}, false, wrongCustomer())
	if err != nil || len(removals) != 1 {
		t.Fatalf("%+v, %v", removals, err)
	}
	if got, want := removals[0].Device, (autopilot.Device{PKID: "3305123456781", Serial: "5CG4071QZ8"}); got != want {
		t.Errorf("taken back is %+v", got)
	}
	lines, err := q.History(t.Context(), box.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		if strings.Contains(l.Note, string(hash[:32])) {
			t.Errorf("the audit has the hash: %s", l.Note)
		}
	}
}

// TestGiveHashRefused changes nothing.
func TestGiveHashRefused(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	ready := queuetest.Fill(t, q, standard(), 1, 1)[0]
	box := boxWith(t, q, "5CG4071QZ8")
	of := func(pkid autopilot.PKID, serial string) autopilot.HardwareHash {
		return autopilottest.Hash(autopilot.HashContents{PKID: pkid, Serial: serial})
	}
	var other *autopilot.HashMismatchError
	var claimed *queue.ClaimedError
	for name, test := range map[string]struct {
		id   string
		hash autopilot.HardwareHash
		is   func(error) bool
	}{
		"another serial":       {box.ID, of("3305123456781", "5CG4071QZ9"), func(err error) bool { return errors.As(err, &other) && other.Field == autopilot.FieldSerial }},
		"another PKID":         {ready, of("3305123456781", ""), func(err error) bool { return errors.As(err, &other) && other.Field == autopilot.FieldPKID }},
		"no hash":              {box.ID, "T0EA", func(err error) bool { return errors.Is(err, autopilot.ErrHashLength) }},
		"the hash of a ready":  {box.ID, of(queuetest.PKID(1), "5CG4071QZ8"), func(err error) bool { return errors.As(err, &claimed) && claimed.By.ID == ready }},
		"of nobody that is in": {"nobody", of("", "S"), func(err error) bool { return errors.Is(err, queue.ErrNoEntry) }},
	} {
		before, _ := q.Entry(t.Context(), test.id)
		if _, err := q.GiveHash(t.Context(), test.id, test.hash, queue.Act{By: "Ana"}); err == nil || !test.is(err) {
			t.Errorf("%s: %v", name, err)
		}
		if after, _ := q.Entry(t.Context(), test.id); after.Device != before.Device {
			t.Errorf("%s: it has a hash", name)
		}
	}
	p, err := q.Plan(t.Context(), contoso, "STD", []string{ready})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.GiveHash(t.Context(), p.Entries[0], of(queuetest.PKID(1), ""), queue.Act{By: "Ana"}); err == nil {
		t.Error("what is on its way was given a hash")
	}
}

// TestHashIsHandedOver: the other station has it, and refuses one that was bent.
func TestHashIsHandedOver(t *testing.T) {
	t.Parallel()
	q, there := queuetest.Open(t), queuetest.Open(t)
	box := boxWith(t, q, "5CG4071QZ8")
	hash := autopilottest.Hash(autopilot.HashContents{Serial: "5CG4071QZ8"})
	act := queue.Act{By: "Ana"}
	if _, err := q.GiveHash(t.Context(), box.ID, hash, act); err != nil {
		t.Fatal(err)
	}
	to, err := there.StationCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h, err := q.HandOver(t.Context(), queue.Departure{To: to, Entries: []string{box.ID}}, act)
	if err != nil {
		t.Fatal(err)
	}
	_, data, err := q.HandoverFile(t.Context(), h.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := there.TakeIn(t.Context(), data, act); err != nil {
		t.Fatal(err)
	}
	if e, err := there.Entry(t.Context(), box.ID); err != nil || e.Hash != hash {
		t.Errorf("%+v, %v", e, err)
	}
}
