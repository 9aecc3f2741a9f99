package main_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
)

const removalKeys = "id pkid serial customer state reason code"

// registeredAt registers codes for a customer who is called Contoso SARL.
func registeredAt(t *testing.T, data string, opts partnercentertest.Options, codes ...string) (*partnercentertest.Server, []string, []string) {
	t.Helper()
	ids := scanned(t, data, codes...)
	server, environ := simulator(t, opts)
	runIt(t, data, "", nil, "customers", "set", oneCustomer, "--name", "Contoso SARL").want(t, 0)
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0)
	return server, environ, ids
}

func remove(args ...string) []string {
	return append([]string{"remove", "--by", "Ana", "--reason", "wrong customer"}, args...)
}

// TestRemoveAsksForTheName: without the customer's name, typed, nothing is
// planned.
func TestRemoveAsksForTheName(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	_, environ, ids := registeredAt(t, data, partnercentertest.Options{}, "]C03305123456781")
	for _, typed := range []string{"", "\n", "Contoso\n", "Fabrikam\n", oneCustomer + "\n", strings.Repeat("x", 1<<20) + "\n"} {
		got := runIt(t, data, typed, environ, remove(ids[0])...)
		got.want(t, 1, "1 device of Contoso SARL", "not the customer's name")
		if is := states(t, data); is != "registered" {
			t.Fatalf("after %.20q it is %s", typed, is)
		}
	}
	runIt(t, data, "", append(environ, "LANG=fr_FR.UTF-8"), remove(ids[0])...).want(t, 1, "Tapez le nom du client")
	// On the site nothing is called; the name counts whatever its case.
	runIt(t, data, "contoso  sarl\n", nil, remove(ids[0], "--on-site")...).want(t, 3, "Customers › Contoso SARL › Devices", "STD", "--done")
	if is := states(t, data); is != "removing" {
		t.Errorf("it is %s", is)
	}
}

// TestRemoveOnTheSite: a CSV partner's way, from the steps to the person's word,
// and on to the right customer.
func TestRemoveOnTheSite(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server, _, ids := registeredAt(t, data, partnercentertest.Options{}, "]C03305123456781", "]C03305123456798")
	csv := []string{"PKIDSTATION_PARTNER_CENTER_WAY=csv"}
	got := runIt(t, data, "", csv, remove(ids[0], ids[1], "--yes", "--json")...)
	got.want(t, 3)
	for _, o := range objects(t, got.out) {
		o.wantKeys(t, removalKeys)
		if o.word(t, "state") != "removing" || o.word(t, "reason") != "on-the-site" || o.word(t, "customer") != oneCustomer {
			t.Errorf("%s", got.out)
		}
	}
	shown := objects(t, runIt(t, data, "", nil, "queue", "show", "--json", ids[0]).out)[0]
	if text := string(shown["removal"]); !strings.Contains(text, `"waits":"on-the-site"`) || !strings.Contains(text, `"person":true`) {
		t.Errorf("the removal: %s", text)
	}
	done := runIt(t, data, "", csv, remove(ids[0], ids[1], "--done")...)
	done.want(t, 0, "Registration removed", "For the IT of Contoso SARL", "Intune", "Entra", "PKID …6781")
	for _, again := range []string{"--done", "--yes"} { // what is done is done
		runIt(t, data, "", csv, remove(ids[0], again)...).want(t, 0, "Registration removed")
	}
	if is := states(t, data); is != "removed removed" {
		t.Errorf("they are %s", is)
	}
	if len(server.Removals()) != 0 {
		t.Errorf("it was asked for: %v", server.Removals())
	}
	// The right customer's are new entries; the old ones stay as they are.
	anew := runIt(t, data, "", nil, assign(ids[0], ids[1], "--group-tag", "STD")...)
	anew.want(t, 0, "new entry", "2 boxes done")
	listed := objects(t, runIt(t, data, "", nil, "queue", "list", "--json").out)
	if len(listed) != 4 || listed[3].word(t, "customer") != "fabrikam.example" || listed[3].word(t, "state") != "held" {
		t.Fatalf("%v", listed)
	}
	for _, o := range listed[2:] {
		if !strings.Contains(anew.out, o.word(t, "id")) {
			t.Errorf("the new ID %s is not said:\n%s", o.word(t, "id"), anew.out)
		}
	}
	for _, o := range listed[2:] {
		shown = objects(t, runIt(t, data, "", nil, "queue", "show", "--json", o.word(t, "id")).out)[0]
		old := map[string]string{"3305123456781": ids[0], "3305123456798": ids[1]}[o.word(t, "pkid")]
		if shown.word(t, "from") != old {
			t.Errorf("%s is from %s, not %s", o.word(t, "pkid"), shown.word(t, "from"), old)
		}
	}
	runIt(t, data, "", nil, assign(ids[0])...).want(t, 1, "already stands")
	runIt(t, data, "", nil, "check").want(t, 0)
}

// TestAWholeOrderGoesToTheRightCustomer: taken back, assigned and let go by its
// order, without an ID being typed.
func TestAWholeOrderGoesToTheRightCustomer(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	codes := "]C03305123456781\n]C03305123456798\n]C03305123456804\n"
	runIt(t, data, codes, nil, "scan", "--stdin", "--customer", oneCustomer, "--group-tag", "STD", "--order", "BL-1").want(t, 0)
	server, environ := simulator(t, partnercentertest.Options{})
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0, `"registered":3`)
	runIt(t, data, "", nil, remove("--order", "BL-1", "--yes", "--on-site")...).want(t, 3)
	runIt(t, data, "", nil, remove("--order", "BL-1", "--done")...).want(t, 0, "these 3 devices")
	runIt(t, data, "", nil, assign("--order", "BL-1")...).want(t, 3, "0 boxes done", "3 boxes of this order were taken back") // what was sent needs to be named
	got := runIt(t, data, "", nil, assign("--order", "BL-1", "--state", "removed", "--group-tag", "NEW")...)
	got.want(t, 0, "3 boxes done")
	if n := strings.Count(got.out, "new entry"); n != 3 {
		t.Errorf("%d new entries are said:\n%s", n, got.out)
	}
	runIt(t, data, "", nil, assign("--order", "BL-1", "--state", "removed")...).want(t, 0, "0 boxes done") // once is enough
	runIt(t, data, "", nil, "queue", "release", "--all", "--by", "Ana").want(t, 0, "3 boxes done")
	if is := states(t, data); is != "removed removed removed ready ready ready" {
		t.Errorf("they are %s", is)
	}
	if n := len(server.Ledger()); n != 3 {
		t.Errorf("%d registrations before the upload", n)
	}
	runIt(t, data, "", nil, "check").want(t, 0)
}

// TestRemoveOverTheAPI: exactly what was named is gone at Microsoft, one by one.
func TestRemoveOverTheAPI(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server, environ, ids := registeredAt(t, data, partnercentertest.Options{}, "]C03305123456781", "]C03305123456798")
	got := runIt(t, data, "Contoso SARL\n", environ, remove(ids[0])...)
	got.want(t, 0, "Registration removed", "For the IT of Contoso SARL", "PKID …6781")
	if is := states(t, data); is != "removed registered" {
		t.Errorf("they are %s", is)
	}
	if left := server.Registered(); len(left) != 1 || left[0].PKID != "3305123456798" {
		t.Errorf("registered: %+v", left)
	}
}

// TestRemoveUnreachable: the plan is on disk, exit 4, and the next run goes on.
func TestRemoveUnreachable(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server, environ, ids := registeredAt(t, data, partnercentertest.Options{}, "]C03305123456781")
	nowhere := away(environ)
	got := runIt(t, data, "", nowhere, remove(ids[0], "--yes")...)
	got.want(t, 4, "kept here")
	if is := states(t, data); is != "removing" {
		t.Errorf("it is %s", is)
	}
	runIt(t, data, "", environ, remove(ids[0], "--yes", "--json")...).want(t, 0, `"state":"removed"`)
	if len(server.Registered()) != 0 {
		t.Errorf("registered: %+v", server.Registered())
	}
}

// TestRemoveSeveralCustomers: each name is typed, in the order asked, and --yes
// does not stand for them.
func TestRemoveSeveralCustomers(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	_, environ := simulator(t, partnercentertest.Options{})
	scanned(t, data, "]C03305123456781")
	runIt(t, data, "]C03305123456798\n", nil, "scan", "--stdin", "--customer", "fabrikam.example", "--group-tag", "STD", "--order", "BL-1").want(t, 0)
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0)
	var ids []string
	for _, o := range objects(t, runIt(t, data, "", nil, "queue", "list", "--json").out) {
		ids = append(ids, o.word(t, "id"))
	}
	runIt(t, data, "", nil, remove(ids[0], ids[1], "--yes", "--on-site")...).want(t, 2, "several customers", "fabrikam.example")
	runIt(t, data, oneCustomer+"\n", nil, remove(ids[0], ids[1], "--on-site")...).want(t, 1)
	if is := states(t, data); is != "registered registered" {
		t.Fatalf("they are %s", is)
	}
	runIt(t, data, oneCustomer+"\nfabrikam.example\n", nil, remove(ids[0], ids[1], "--on-site")...).want(t, 3)
	if is := states(t, data); is != "removing removing" {
		t.Errorf("they are %s", is)
	}
}

// TestRemoveLeavesOthersAlone: what somebody else registered is not ours to take
// back, named or by order.
func TestRemoveLeavesOthersAlone(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	_, environ := simulator(t, partnercentertest.Options{Directory: refusing("3305123456798", autopilot.CodeAlreadyHere)})
	runIt(t, data, "]C03305123456781\n]C03305123456798\n5901234123457\n", nil, "scan", "--stdin", "--customer", oneCustomer, "--group-tag", "STD", "--order", "BL-1").want(t, 0)
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 3)
	listed := objects(t, runIt(t, data, "", nil, "queue", "list", "--json").out)
	runIt(t, data, "", nil, remove(listed[1].word(t, "id"), "--yes", "--on-site")...).want(t, 1, "somebody else registered")
	runIt(t, data, "", nil, remove("--order", "BL-1", "--yes", "--on-site")...).want(t, 3, "1 box is left alone")
	if is := states(t, data); is != "removing registered held" {
		t.Errorf("they are %s", is)
	}
	runIt(t, data, "", nil, remove("--order", "BL-9", "--yes")...).want(t, 0, "Nothing to take back")
	runIt(t, data, "", nil, remove(listed[2].word(t, "id"), "--yes", "--on-site")...).want(t, 1, "cannot become")
}

func TestRemoveUsage(t *testing.T) {
	t.Parallel()
	data, id := put(t, queue.Registered)
	for _, args := range [][]string{
		{"remove", id, "--reason", "x"},
		{"remove", id, "--by", "Ana"},
		{"remove", id, "--by", "Ana", "--reason", "  "},
		{"remove", id, "--by", "Ana", "--reason", "two\nlines"},
		{"remove", "--by", "Ana", "--reason", "x"},
		remove(id, "--order", "BL-1"),
		remove(id, "--all"),
	} {
		runIt(t, data, "", nil, args...).want(t, 2)
	}
	runIt(t, data, "", nil, remove("nobody", "--yes")...).want(t, 1, "no such box")
	// Nobody signed in: it is planned, and said.
	runIt(t, data, "", nil, remove(id, "--yes")...).want(t, 3, "not set up")
	if is := states(t, data); is != "removing" {
		t.Errorf("it is %s", is)
	}
}

// TestRetryAsTuple: a supervisor's word sends serial number, manufacturer and
// model, and nothing else is sent so.
func TestRetryAsTuple(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	q := queuetest.OpenIn(t, data)
	ids := queuetest.Fill(t, q, queue.Work{Customer: oneCustomer, GroupTag: "STD"}, 0, 2)
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: oneCustomer, GroupTag: "STD"}, "test")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []queue.Part{
		{Into: ids[0], Serial: "5CG1", Maker: "HP"},
		{Into: ids[0], Model: "830 G9"},
		{Into: ids[1], Serial: "5CG2", Maker: "HP"},
	} {
		part.Reception = r.ID
		if _, err := q.Attach(t.Context(), part); err != nil {
			t.Fatal(err)
		}
	}
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	unknown := func(d autopilot.Device) autopilot.Code {
		if d.PKID != "" {
			return autopilot.CodeMissingIdentity
		}
		return ""
	}
	server, environ := simulator(t, partnercentertest.Options{Directory: unknown})
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 3, `"rejected":2`)
	listed := objects(t, runIt(t, data, "", nil, "queue", "list", "--json").out)
	id := listed[0].word(t, "id")
	runIt(t, data, "", nil, "queue", "show", id).want(t, 0, "Or a supervisor has it sent by serial number", "5CG1, HP, 830 G9", "errorCode 803")
	runIt(t, data, "", nil, "queue", "retry", "--as-tuple", "--all", "--by", "Ana").want(t, 3, "1 box done")
	if is := states(t, data); is != "ready rejected" {
		t.Errorf("they are %s", is)
	}
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 3, `"registered":1`)
	if l := server.Ledger(); len(l) != 1 || l[0].PKID != "" || l[0].Serial != "5CG1" {
		t.Errorf("ledger: %+v", l)
	}
	shown := objects(t, runIt(t, data, "", nil, "queue", "show", "--json", id).out)[0]
	if string(shown["by_tuple"]) != "true" || shown.word(t, "retry_at") != "" {
		t.Errorf("%v", shown)
	}
}

// TestRemovalsInAnOutage: an upload whose only business is removals says that
// nobody was reached, whichever way it is asked.
func TestRemovalsInAnOutage(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server, environ, _ := registeredAt(t, data, partnercentertest.Options{}, "]C03305123456781")
	server.SetOutage(true)
	id := onlyID(t, data)
	runIt(t, data, "", environ, remove(id, "--yes")...).want(t, 4)
	for _, how := range [][]string{{"upload"}, {"upload", "--until-settled"}} {
		got := runIt(t, data, "", environ, how...)
		for tries := 100; got.code == 0 && tries > 0; tries-- { // it is not the removal's turn yet, which comes in milliseconds
			got = runIt(t, data, "", environ, how...)
		}
		got.want(t, 4, `"removing":1`)
	}
}

// TestTheStationsLanguage: whoever acts is spoken to as station.toml says.
func TestTheStationsLanguage(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	french := []string{"PKIDSTATION_STATION_LANGUAGE=fr"}
	runIt(t, data, "]C03305123456781\n", french, "scan", "--stdin", "--customer", oneCustomer, "--group-tag", "STD").want(t, 0, "Lu")
	runIt(t, data, "", french, "queue", "hold", onlyID(t, data), "--by", "Ana").want(t, 0, "1 carton")
}

func onlyID(t *testing.T, data string) string {
	t.Helper()
	var e struct{ ID string }
	if err := json.Unmarshal([]byte(runIt(t, data, "", nil, "queue", "list", "--json").out), &e); err != nil {
		t.Fatal(err)
	}
	return e.ID
}
