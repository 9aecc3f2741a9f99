package main_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// anotherStation is one of the same partner's.
func anotherStation(t *testing.T, server *partnercentertest.Server) *partnercenter.Client {
	t.Helper()
	client, err := partnercenter.New(partnercenter.Options{BaseURL: server.URL(), Token: func(context.Context) (string, error) { return "x", nil }})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// registeredElsewhere has another station of ours register a device that no
// list shows while this station registers it too.
func registeredElsewhere(t *testing.T, data string) (*partnercentertest.Server, []string, []string) {
	t.Helper()
	server, environ := simulator(t, partnercentertest.Options{
		ListLag: 24 * time.Hour, Directory: refusing("3305123456798", autopilot.CodeAlreadyHere),
	})
	if _, err := anotherStation(t, server).CreateBatch(t.Context(), oneCustomer, "BERLIN", []autopilot.Device{{PKID: "3305123456781"}}, "r"); err != nil {
		t.Fatal(err)
	}
	runIt(t, data, "]C03305123456781\n]C03305123456798\n", nil, "scan", "--stdin", "--customer", oneCustomer, "--group-tag", "STD", "--order", "BL-1").want(t, 0)
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0)
	var ids []string
	for _, o := range objects(t, runIt(t, data, "", nil, "queue", "list", "--json").out) {
		if ids = append(ids, o.word(t, "id")); o.word(t, "reason") != "already-there" {
			t.Fatalf("not marked: %v", o)
		}
	}
	return server, environ, ids
}

// TestRemoveWhatIsOursAfterAll: before a marked box is refused, the lists are
// read; what they show is taken back, and what they do not stays refused.
func TestRemoveWhatIsOursAfterAll(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server, environ, ids := registeredElsewhere(t, data)
	runIt(t, data, "", environ, remove(ids[0], "--yes")...).want(t, 1, "somebody else registered") // not listed yet
	server.Advance(48 * time.Hour)
	runIt(t, data, "", away(environ), remove(ids[0], "--yes")...).want(t, 1, "somebody else registered", "could not be looked up", "cannot be reached")
	runIt(t, data, "", nil, remove(ids[0], "--yes")...).want(t, 1, "somebody else registered", "could not be looked up")
	csv := []string{"PKIDSTATION_PARTNER_CENTER_WAY=csv"}
	if got := runIt(t, data, "", csv, remove(ids[0], "--yes")...); strings.Contains(got.errors, "looked up") {
		t.Errorf("there is nobody to look it up: %s", got.errors)
	}
	if is := states(t, data); is != "registered registered" {
		t.Fatalf("they are %s", is)
	}
	runIt(t, data, "", environ, remove(ids[1], "--yes")...).want(t, 1, "somebody else registered")
	got := runIt(t, data, "", environ, remove(ids[0], "--yes", "--json")...)
	got.want(t, 0, "1 box", "ours after all")
	if o := objects(t, got.out); len(o) != 1 || o[0].word(t, "state") != "removed" {
		t.Errorf("%s", got.out)
	}
	if is := states(t, data); is != "removed registered" || len(server.Registered()) != 0 {
		t.Errorf("they are %s, registered %+v", is, server.Registered())
	}
	runIt(t, data, "", nil, "check").want(t, 0)
}

// TestRemoveAnOrderThatIsOursAfterAll: by order too, and what is somebody
// else's is left alone.
func TestRemoveAnOrderThatIsOursAfterAll(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server, environ, _ := registeredElsewhere(t, data)
	server.Advance(48 * time.Hour)
	runIt(t, data, oneCustomer+"\n", environ, remove("--order", "BL-1")...).want(t, 0, "1 box is left alone", "1 device of")
	if is := states(t, data); is != "removed registered" {
		t.Errorf("they are %s", is)
	}
	runIt(t, data, "", nil, "check").want(t, 0)
}
