package main_test

import (
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// customers are the customers and tags of the entries, oldest first.
func customers(t *testing.T, data string) (all []string) {
	t.Helper()
	for _, o := range objects(t, runIt(t, data, "", nil, "queue", "list", "--json").out) {
		all = append(all, o.word(t, "customer")+" "+o.word(t, "group_tag")+" "+o.word(t, "state")+" "+o.word(t, "reason"))
	}
	return all
}

// assign is the command with what it needs.
func assign(args ...string) []string {
	return append([]string{"queue", "assign", "--customer", "fabrikam.example", "--by", "Ana", "--reason", "wrong pallet"}, args...)
}

// TestAssignGoesToTheNewCustomer: what is assigned is registered for the new
// customer and nobody else. Another customer's entry loses its group tag, which
// was the old one's; the same customer's keeps it.
func TestAssignGoesToTheNewCustomer(t *testing.T) {
	t.Parallel()
	data, id := put(t, queue.Ready)
	runIt(t, data, "", nil, assign(id)...).want(t, 0, "1 box done")
	if got := customers(t, data)[0]; got != "fabrikam.example  ready " {
		t.Errorf("after assigning: %s", got)
	}
	runIt(t, data, "", nil, assign(id, "--group-tag", "NEW")...).want(t, 0)
	runIt(t, data, "", nil, assign(id)...).want(t, 0)
	if got := customers(t, data)[0]; got != "fabrikam.example NEW ready " {
		t.Errorf("assigned again: %s", got)
	}
	server, environ := simulator(t, partnercentertest.Options{})
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0)
	if l := server.Ledger(); len(l) != 1 || l[0].Customer != "fabrikam.example" || l[0].Batch != "NEW" {
		t.Errorf("ledger: %+v", l)
	}
}

// TestAssignKeepsTheHold: a doubt is not cleared by naming a customer.
func TestAssignKeepsTheHold(t *testing.T) {
	t.Parallel()
	data, id := put(t, queue.Held)
	runIt(t, data, "", nil, assign(id)...).want(t, 0)
	if got := customers(t, data)[0]; got != "fabrikam.example  held could-be-gtin" {
		t.Errorf("after assigning: %s", got)
	}
}

// TestAssignWhatWasSent: a device that may be known to Microsoft for one
// customer is never given to another.
func TestAssignWhatWasSent(t *testing.T) {
	t.Parallel()
	for _, state := range []queue.State{queue.Registered, queue.Rejected, queue.Exported, queue.Discarded} {
		t.Run(string(state), func(t *testing.T) {
			t.Parallel()
			data, id := put(t, state)
			before := customers(t, data)[0]
			runIt(t, data, "", nil, assign(id)...).want(t, 1, "Not done")
			runIt(t, data, "", nil, assign("--all")...).want(t, 0, "0 boxes done")
			if got := customers(t, data)[0]; got != before {
				t.Errorf("it was %s and is %s", before, got)
			}
		})
	}
}

// TestRetriedEntriesKeepTheirCustomer: ready again is not unsent again.
func TestRetriedEntriesKeepTheirCustomer(t *testing.T) {
	t.Parallel()
	data, id := put(t, queue.Rejected)
	runIt(t, data, "", nil, "queue", "retry", id, "--by", "Ana").want(t, 0)
	runIt(t, data, "", nil, assign(id)...).want(t, 1, "Not done")
	runIt(t, data, "", nil, assign("--all")...).want(t, 3, "0 boxes done")
	if got := customers(t, data)[0]; got != oneCustomer+" STD ready " {
		t.Errorf("now %s", got)
	}
}

func TestAssignAnOrder(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	runIt(t, data, "]C03305123456781\n]C03305123456798\n", nil, "scan", "--stdin", "--order", "BL-1").want(t, 0)
	runIt(t, data, "]C03305123456804\n", nil, "scan", "--stdin", "--order", "BL-2").want(t, 0)
	runIt(t, data, "", nil, assign("--order", "BL-1", "--group-tag", "STD")...).want(t, 0, "2 boxes done")
	got := customers(t, data)
	if got[0] != "fabrikam.example STD held assigned" || got[1] != got[0] || got[2] != "  held no-customer" {
		t.Errorf("now %q", got)
	}
	runIt(t, data, "", nil, assign("--order", "BL-9")...).want(t, 0, "0 boxes done")
}

func TestAssignUsage(t *testing.T) {
	t.Parallel()
	data, id := put(t, queue.Ready)
	for _, tt := range []struct {
		args []string
		say  string
	}{
		{[]string{"queue", "assign", id, "--by", "Ana", "--reason", "x"}, "--customer"},
		{[]string{"queue", "assign", id, "--by", "Ana", "--customer", "fabrikam.example"}, "--reason"},
		{[]string{"queue", "assign", id, "--customer", "fabrikam.example", "--reason", "x"}, "--by"},
		{[]string{"queue", "assign", id, "--customer", "fabrikam.example", "--reason", "x", "--by", "  "}, "--by"},
		{assign(), "--all"},
		{assign(id, "--all"), "--all"},
		{assign(id, "--order", "BL-1"), "--all"},
		{assign("--all", "--state", "sold"), "sold"},
		{assign(id, "--group-tag", "a b"), "group tag"},
		{[]string{"queue", "assign", id, "--customer", "a b", "--by", "Ana", "--reason", "x"}, "Microsoft ID"},
		{[]string{"queue", "undo"}, "--by"},
		{[]string{"queue", "undo", id, "--by", "Ana"}, "undo"},
		{[]string{"queue", "hold", id}, "--by"},
		{[]string{"queue", "discard", "--by", "Ana"}, "--all"},
		{[]string{"queue", "discard", id, "--all", "--by", "Ana"}, "--all"},
	} {
		runIt(t, data, "", nil, tt.args...).want(t, 2, tt.say)
	}
	if got := customers(t, data)[0]; got != oneCustomer+" STD ready " {
		t.Errorf("usage errors made %s of it", got)
	}
}

// TestUndoTakesBackTheLastOnly: undo goes back one capture at a time, across
// receptions, and stops before what left the station.
func TestUndoTakesBackTheLastOnly(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	scanned(t, data, "]C03305123456781", "5901234123457", "]C03305123456798")
	runIt(t, data, "", nil, "queue", "undo", "--by", "Ana").want(t, 0, "box 3", "3305123456798")
	if got := states(t, data); got != "ready held discarded" {
		t.Errorf("after one undo: %s", got)
	}
	// What was undone is accepted anew, as another box.
	if ids := scanned(t, data, "]C03305123456798"); len(ids) != 1 {
		t.Fatal(ids)
	}
	if got := states(t, data); got != "ready held discarded ready" {
		t.Errorf("scanned anew: %s", got)
	}
	_, environ := simulator(t, partnercentertest.Options{Directory: refusing("3305123456798", autopilot.CodeUnknownDevice)})
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 3)
	before := states(t, data)
	runIt(t, data, "", nil, "queue", "undo", "--by", "Ana").want(t, 1, "Not done")
	if got := states(t, data); got != before || got != "registered held discarded rejected" {
		t.Errorf("undo after the upload made %s of %s", got, before)
	}
}
