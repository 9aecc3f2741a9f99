package main_test

import (
	"strings"
	"testing"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
)

// TestRemoveAnOrderTwice: the same command again tells the same, asks for no
// name and calls nobody; of an order without anything to take back, JSON says
// nothing.
func TestRemoveAnOrderTwice(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	runIt(t, data, "]C03305123456781\n]C03305123456798\n", nil, "scan", "--stdin", "--customer", oneCustomer, "--group-tag", "STD", "--order", "BL-1").want(t, 0)
	server, environ := simulator(t, partnercentertest.Options{})
	got := runIt(t, data, "", environ, remove("--order", "BL-1", "--yes", "--json")...)
	if got.want(t, 0, "Nothing to take back"); got.out != "" {
		t.Errorf("not JSON: %s", got.out)
	}
	got = runIt(t, data, "", environ, remove("--order", "BL-1", "--yes")...)
	if got.want(t, 0); !strings.Contains(got.out, "Nothing to take back") {
		t.Errorf("a person is told nothing: %s", got.out)
	}
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0, `"registered":2`)
	first := runIt(t, data, "", environ, remove("--order", "BL-1", "--yes", "--json")...)
	if first.want(t, 0); len(objects(t, first.out)) != 2 || strings.Count(first.out, `"state":"removed"`) != 2 {
		t.Errorf("%s", first.out)
	}
	calls := len(server.Requests())
	for _, how := range [][]string{{"--json"}, {"--json", "--yes"}, {"--json", "--done"}} {
		again := runIt(t, data, "", environ, remove(append(how, "--order", "BL-1")...)...)
		if again.want(t, 0); again.out != first.out {
			t.Errorf("%v tells\n%s, not\n%s", how, again.out, first.out)
		}
	}
	if n := len(server.Requests()); n != calls {
		t.Errorf("%d calls about what is done", n-calls)
	}
}

// TestRemoveAnOrderThatWentOn: what was taken back of an order is nobody's to
// confirm again once its boxes are somebody else's.
func TestRemoveAnOrderThatWentOn(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	runIt(t, data, "]C03305123456781\n", nil, "scan", "--stdin", "--customer", oneCustomer, "--group-tag", "STD", "--order", "BL-1").want(t, 0)
	_, environ := simulator(t, partnercentertest.Options{})
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0)
	runIt(t, data, "", environ, remove("--order", "BL-1", "--yes")...).want(t, 0)
	runIt(t, data, "", nil, assign("--order", "BL-1", "--state", "removed", "--group-tag", "STD")...).want(t, 0)
	runIt(t, data, "", nil, "queue", "release", "--all", "--by", "Ana").want(t, 0)
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0)
	if is := states(t, data); is != "removed registered" {
		t.Fatalf("they are %s", is)
	}
	got := runIt(t, data, "fabrikam.example\n", environ, remove("--order", "BL-1", "--json")...)
	got.want(t, 0, "1 device of fabrikam.example")
	if is := states(t, data); is != "removed removed" || len(objects(t, got.out)) != 2 {
		t.Errorf("they are %s, told %s", is, got.out)
	}
}

// TestRemovingAnOrderSendsNothing: who takes an order back from the wrong customer
// has nothing more sent there, neither of that order, which is held, nor at once of
// any other.
func TestRemovingAnOrderSendsNothing(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	scan := func(code, order string) {
		t.Helper()
		runIt(t, data, code+"\n", nil, "scan", "--stdin", "--customer", oneCustomer, "--group-tag", "STD", "--order", order).want(t, 0)
	}
	server, environ := simulator(t, partnercentertest.Options{})
	scan("]C03305123456781", "BL-1")
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0)
	scan("]C03305123456798", "BL-1")
	scan("]C03305123456804", "BL-2")
	got := runIt(t, data, "", environ, remove("--order", "BL-1", "--yes", "--json")...)
	got.want(t, 0, "1 box of this order was ready")
	if is := states(t, data); is != "removed held ready" {
		t.Errorf("they are %s", is)
	}
	if there := server.Registered(); len(there) != 0 {
		t.Errorf("sent to the wrong customer: %+v", there)
	}
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 3)
	if is := states(t, data); is != "removed held registered" {
		t.Errorf("they are %s", is)
	}
}

// TestRemovingAnOrderStopsItsRetries: what of the order was refused, and would be sent
// again by itself, is not.
func TestRemovingAnOrderStopsItsRetries(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server, environ := simulator(t, partnercentertest.Options{})
	server.SetDirectory("3305123456798", autopilot.CodeUnknownDevice)
	codes := "]C03305123456781\n]C03305123456798\n"
	runIt(t, data, codes, nil, "scan", "--stdin", "--customer", oneCustomer, "--group-tag", "STD", "--order", "BL-1").want(t, 0)
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 3)
	runIt(t, data, "", environ, remove("--order", "BL-1", "--yes", "--json")...).want(t, 0, "1 box of this order was refused")
	if is := states(t, data); is != "removed rejected" {
		t.Errorf("they are %s", is)
	}
	q := queuetest.OpenIn(t, data)
	if next, err := q.NextRetry(t.Context()); err != nil || !next.IsZero() {
		t.Errorf("sent again at %v, %v", next, err)
	}
}

// TestRemovingAnOrderAgainHoldsWhatCame: more of the order was scanned since its boxes
// were taken back.
func TestRemovingAnOrderAgainHoldsWhatCame(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	scan := func(code string) {
		t.Helper()
		runIt(t, data, code+"\n", nil, "scan", "--stdin", "--customer", oneCustomer, "--group-tag", "STD", "--order", "BL-1").want(t, 0)
	}
	_, environ := simulator(t, partnercentertest.Options{})
	scan("]C03305123456781")
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0)
	runIt(t, data, "", environ, remove("--order", "BL-1", "--yes")...).want(t, 0)
	scan("]C03305123456798")
	runIt(t, data, "", environ, remove("--order", "BL-1", "--yes")...).want(t, 0)
	if is := states(t, data); is != "removed held" {
		t.Errorf("they are %s", is)
	}
}
