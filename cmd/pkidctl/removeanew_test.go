package main_test

import (
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// cameAnew is an order of two boxes. The removal of the first was killed after
// Microsoft had carried it out; then another station registered the device anew,
// and an upload of this one found that.
func cameAnew(t *testing.T) (data string, server *partnercentertest.Server, environ []string, id string) {
	t.Helper()
	data = t.TempDir()
	runIt(t, data, "]C03305123456781\n]C03305123456798\n", nil, "scan", "--stdin", "--customer", oneCustomer, "--group-tag", "STD", "--order", "BL-1").want(t, 0)
	server, environ = simulator(t, partnercentertest.Options{})
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0)
	id = objects(t, runIt(t, data, "", nil, "queue", "list", "--json").out)[0].word(t, "id")
	other := anotherStation(t, server)
	e := askedAndKilled(t, data, id)
	must(t, other.DeleteDevice(t.Context(), oneCustomer, e.Batch, e.DeviceID, "one"))
	_, err := other.AppendBatch(t.Context(), oneCustomer, e.Batch, []autopilot.Device{{PKID: e.PKID}}, "theirs")
	must(t, err)
	runIt(t, data, "", environ, "upload").want(t, 3, "registered anew since", "another device ID")
	return data, server, environ, id
}

// askedAndKilled has a removal on disk as if its process was killed while it asked.
func askedAndKilled(t *testing.T, data, id string) queue.Entry {
	t.Helper()
	q, err := queue.Open(data, queue.Options{})
	must(t, err)
	defer q.Close() //nolint:errcheck // what was written is looked at
	e, err := q.Entry(t.Context(), id)
	must(t, err)
	made, err := q.Remove(t.Context(), []string{id}, false, queue.Act{By: "Ana", Reason: "wrong customer"})
	must(t, err)
	step := queue.RemovalStep{RequestID: "one", DeviceID: e.DeviceID, Batch: e.Batch, Seen: true}
	_, err = q.AttemptRemoval(t.Context(), made[0].ID, step)
	must(t, err)
	return e
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// registeredPKIDs are what is registered at Microsoft.
func registeredPKIDs(server *partnercentertest.Server) string {
	var all []string
	for _, c := range server.Registered() {
		all = append(all, string(c.PKID))
	}
	return strings.Join(all, " ")
}

// TestRemoveAgainTakesWhatCameAnew: the same command again does not, by the
// order, whichever way it is said; a box that is named is taken back.
func TestRemoveAgainTakesWhatCameAnew(t *testing.T) {
	t.Parallel()
	data, server, environ, id := cameAnew(t)
	french := append([]string{"LANG=fr_FR.UTF-8", "LC_ALL=", "LC_MESSAGES="}, environ...)
	runIt(t, data, "", environ, remove("--order", "BL-1", "--yes")...).
		want(t, 3, "1 box is left alone", "registered anew since", "by its ID", "A supervisor must decide", "Registration removed")
	runIt(t, data, "", french, remove("--order", "BL-1", "--yes")...).want(t, 3, "1 carton reste tel quel", "réinscrit depuis", "par son ID")
	runIt(t, data, "", environ, remove("--order", "BL-1", "--on-site", "--yes")...).want(t, 3, "1 box is left alone")
	runIt(t, data, "", environ, remove("--order", "BL-1", "--done")...).want(t, 3, "1 box is left alone")
	got := runIt(t, data, "", environ, remove("--order", "BL-1", "--yes", "--json")...)
	got.want(t, 3, "1 box is left alone")
	if o := objects(t, got.out); len(o) != 2 || o[0].word(t, "reason") != "registered-anew" || o[1].word(t, "state") != "removed" {
		t.Errorf("told: %s", got.out)
	}
	if is := states(t, data); is != "removing removed" || registeredPKIDs(server) != "3305123456781" {
		t.Fatalf("they are %s, registered %s", is, registeredPKIDs(server))
	}
	runIt(t, data, "", environ, remove(id, "--yes")...).want(t, 0, "Registration removed")
	if is := states(t, data); is != "removed removed" || registeredPKIDs(server) != "" {
		t.Errorf("they are %s, registered %s", is, registeredPKIDs(server))
	}
	runIt(t, data, "", nil, "check").want(t, 0)
}

// TestWhatCameAnewStays: whoever leaves it to the other station says that the
// first registration is gone, which Microsoft's lists do not deny.
func TestWhatCameAnewStays(t *testing.T) {
	t.Parallel()
	data, server, environ, id := cameAnew(t)
	runIt(t, data, "", environ, remove(id, "--done")...).want(t, 0, "Registration removed")
	if is := states(t, data); is != "removed registered" || len(server.Registered()) != 2 {
		t.Errorf("they are %s, registered %s", is, registeredPKIDs(server))
	}
	runIt(t, data, "", nil, "check").want(t, 0)
}
