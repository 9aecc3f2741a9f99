package main_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// simulator is a simulated Partner Center and the environment that leads
// pkidctl there, with waits that fit a test.
func simulator(t *testing.T, opts partnercentertest.Options) (*partnercentertest.Server, []string) {
	t.Helper()
	server := partnercentertest.NewServer(opts)
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return server, []string{
		"PKIDSTATION_PARTNER_CENTER_URL=" + server.URL(), "PKIDSTATION_ACCESS_TOKEN=x",
		"PKIDSTATION_UPLOAD_POLL_FIRST=10ms", "PKIDSTATION_UPLOAD_POLL_MAX=20ms",
		"PKIDSTATION_UPLOAD_RETRY_FIRST=10ms", "PKIDSTATION_UPLOAD_RETRY_MAX=50ms",
	}
}

// refusing answers a code for one PKID.
func refusing(pkid string, code autopilot.Code) func(autopilot.Device) autopilot.Code {
	return func(d autopilot.Device) autopilot.Code {
		if string(d.PKID) == pkid {
			return code
		}
		return ""
	}
}

// scanned scans codes for a customer, tag STD, and gives the entries' ids.
func scanned(t *testing.T, data string, codes ...string) []string {
	t.Helper()
	got := runIt(t, data, strings.Join(codes, "\n")+"\n", nil, "scan", "--json", "--stdin", "--customer", oneCustomer, "--group-tag", "STD")
	got.want(t, 0)
	var ids []string
	for _, o := range objects(t, got.out) {
		ids = append(ids, o.word(t, "id"))
	}
	return ids
}

// states are the entries' states, oldest first.
func states(t *testing.T, data string) string {
	t.Helper()
	var all []string
	for _, o := range objects(t, runIt(t, data, "", nil, "queue", "list", "--json").out) {
		all = append(all, o.word(t, "state"))
	}
	return strings.Join(all, " ")
}

// put brings a new station's one entry into a state.
func put(t *testing.T, state queue.State) (data, id string) {
	t.Helper()
	data = t.TempDir()
	code := "]C03305123456781"
	if state == queue.Held {
		code = "5901234123457"
	}
	id = scanned(t, data, code)[0]
	switch state { //nolint:exhaustive // scanning alone brings the rest there, or nothing does
	case queue.Registered:
		_, environ := simulator(t, partnercentertest.Options{})
		runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0)
	case queue.Rejected:
		_, environ := simulator(t, partnercentertest.Options{Directory: refusing("3305123456781", autopilot.CodeOtherTenant)})
		runIt(t, data, "", environ, "upload", "--until-settled").want(t, 3)
	case queue.Exported:
		runIt(t, data, "", nil, "export", "partner-center", "--customer", oneCustomer, "--out", t.TempDir()+"/a.csv").want(t, 0)
	case queue.Discarded:
		runIt(t, data, "", nil, "queue", "discard", id, "--by", "Ana").want(t, 0)
	}
	if got := states(t, data); got != string(state) {
		t.Fatalf("the entry is %s, want %s", got, state)
	}
	return data, id
}

// TestWaysOfAPerson tries each act from each state that pkidctl can bring an
// entry to: the contract's ways are done, anything else is exit 1 and changes
// nothing.
func TestWaysOfAPerson(t *testing.T) {
	t.Parallel()
	ways := map[queue.State]map[string]queue.State{
		queue.Held:       {"release": queue.Ready, "discard": queue.Discarded},
		queue.Ready:      {"hold": queue.Held, "discard": queue.Discarded},
		queue.Registered: {},
		queue.Rejected:   {"retry": queue.Ready, "discard": queue.Discarded},
		queue.Exported:   {},
		queue.Discarded:  {},
	}
	for state, allowed := range ways {
		for _, act := range []string{"release", "hold", "discard", "retry"} {
			t.Run(string(state)+" "+act, func(t *testing.T) {
				t.Parallel()
				data, id := put(t, state)
				want, code := state, 1
				if next, ok := allowed[act]; ok {
					want, code = next, 0
				}
				got := runIt(t, data, "", nil, "queue", act, id, "--by", "Ana", "--reason", "as it must be")
				got.want(t, code)
				if is := states(t, data); is != string(want) {
					t.Errorf("%s from %s: now %s, want %s", act, state, is, want)
				}
				if code == 1 && (got.out != "" || !strings.Contains(got.errors, "pkidctl: Not done")) {
					t.Errorf("it does not say in a sentence that nothing was done:\n%s%s", got.out, got.errors)
				}
			})
		}
	}
}

// TestAPersonsReasonIsKept: who did it, and why, stand in the history.
func TestAPersonsReasonIsKept(t *testing.T) {
	t.Parallel()
	data, id := put(t, queue.Ready)
	runIt(t, data, "", nil, "queue", "hold", id, "--by", "Léa", "--reason", "carton abîmé").want(t, 0, "acts as supervisor", "1 box done")
	runIt(t, data, "", nil, "queue", "show", id).want(t, 0, "Put on hold  Léa  carton abîmé")
	runIt(t, data, "", []string{"LANG=fr_FR.UTF-8"}, "queue", "show", id).want(t, 0, "Léa  carton abîmé", "Bloqué")
	runIt(t, data, "", nil, "check").want(t, 0)
}

// TestNamedEntriesAllOrNone: one that cannot stops all that were named.
func TestNamedEntriesAllOrNone(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ids := scanned(t, data, "]C03305123456781", "5901234123457", "]C03305123456798")
	for _, tt := range []struct {
		act   []string
		code  int
		after string
	}{
		{[]string{"hold", ids[0], ids[1], ids[2]}, 1, "ready held ready"},
		{[]string{"hold", ids[0], "no-such-id"}, 1, "ready held ready"},
		{[]string{"release", ids[1], ids[0]}, 1, "ready held ready"},
		{[]string{"retry", ids[0]}, 1, "ready held ready"},
		{[]string{"hold", ids[0], ids[2]}, 0, "held held held"},
		{[]string{"release", ids[0], ids[0]}, 0, "ready held held"}, // one named twice is one
		{[]string{"discard", ids[0], ids[1], ids[2]}, 0, "discarded discarded discarded"},
		{[]string{"discard", ids[0]}, 1, "discarded discarded discarded"},
	} {
		runIt(t, data, "", nil, append(append([]string{"queue"}, tt.act...), "--by", "Ana")...).want(t, tt.code)
		if diff := cmp.Diff(tt.after, states(t, data)); diff != "" {
			t.Fatalf("%v: %s", tt.act, diff)
		}
	}
}

// TestAllDoesWhatItCan: with --all one that is refused does not stop the
// others, is said, and needs a person.
func TestAllDoesWhatItCan(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	scanned(t, data, "]C03305123456781", "5901234123457")
	runIt(t, data, "]C03305123456798\n", nil, "scan", "--stdin", "--order", "nobody's").want(t, 0)
	got := runIt(t, data, "", nil, "queue", "release", "--all", "--by", "Ana")
	got.want(t, 3, "1 box done", "no customer")
	if is := states(t, data); is != "ready ready held" {
		t.Errorf("now %s", is)
	}
	runIt(t, data, "", nil, "queue", "retry", "--all", "--by", "Ana").want(t, 0, "0 boxes done")
	runIt(t, data, "", nil, "queue", "hold", "--all", "--state", "held", "--by", "Ana").want(t, 3, "0 boxes done")
	runIt(t, data, "", nil, "queue", "discard", "--all", "--state", "held", "--by", "Ana").want(t, 0, "1 box done")
	if is := states(t, data); is != "ready ready discarded" {
		t.Errorf("now %s", is)
	}
}

// TestContradictionsAreNotReleasedByAll: which of two is right is decided box
// by box.
func TestContradictionsAreNotReleasedByAll(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	scanned(t, data, "]C03305123456781")
	got := runIt(t, data, "]C03305123456781\n", nil, "scan", "--json", "--stdin", "--customer", "contoso.example")
	got.want(t, 0, `"reason":"other-customer"`)
	second := objects(t, got.out)[0].word(t, "id")
	runIt(t, data, "", nil, "queue", "release", "--all", "--by", "Ana").want(t, 3, "0 boxes done", "contradicts another box")
	runIt(t, data, "", nil, "queue", "release", second, "--by", "Ana").want(t, 0)
	if is := states(t, data); is != "held ready" {
		t.Errorf("now %s", is)
	}
	// Of one PKID only one goes on.
	for _, o := range objects(t, runIt(t, data, "", nil, "queue", "list", "--json", "--state", "held").out) {
		runIt(t, data, "", nil, "queue", "release", o.word(t, "id"), "--by", "Ana").want(t, 1)
	}
	runIt(t, data, "", nil, "check").want(t, 0)
}
