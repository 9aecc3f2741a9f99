package main_test

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/autopilot/autopilottest"
)

// TestAnOrderFromItsListToItsLeaving: import, scan with two missing and one foreign,
// close, report, release; the simulator's ledger holds exactly the right ones, and
// the order may leave when the last of them is registered, not before.
func TestAnOrderFromItsListToItsLeaving(t *testing.T) {
	t.Parallel()
	_, address := simulating(t, "--token", "opensesame", "--customer", oneCustomer)
	data := t.TempDir()
	list := filepath.Join(t.TempDir(), "liste.csv")
	rows := []string{"Windows Product ID;Numéro de série;Bon de livraison"}
	for _, pkid := range []string{"3305123456781", "3305123456798", "3305123456802", "3305123456819", "3305123456826"} {
		rows = append(rows, pkid+";SN-"+pkid[9:]+";BL-1")
	}
	if err := os.WriteFile(list, []byte(strings.Join(rows, "\r\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	environ := []string{"PKIDSTATION_PARTNER_CENTER_URL=" + address, "PKIDSTATION_UPLOAD_POLL_FIRST=10ms", "PKIDSTATION_ACCESS_TOKEN=opensesame"}
	runIt(t, data, "", nil, "import", list, "--customer", oneCustomer, "--json").want(t, 0, `{"taken":5,"refused":0}`)
	scan := func(codes ...string) {
		t.Helper()
		runIt(t, data, strings.Join(codes, "\n")+"\n", nil, "scan", "--json", "--customer", oneCustomer, "--group-tag", "STD", "--order", "BL-1", "--stdin").want(t, 0)
	}
	scan("]C03305123456781", "]C03305123456798", "]C03305123456802", "]C03305123456999", "]C03305123456781")
	ledger := func() (pkids []string) {
		t.Helper()
		_, text := get(t, address+"/simulator/ledger")
		for _, line := range objects(t, text) {
			pkids = append(pkids, line.word(t, "pkid"))
		}
		slices.Sort(pkids)
		return pkids
	}
	report := func(want string) {
		t.Helper()
		runIt(t, data, "", nil, "reconcile", "--order", "BL-1", "--json").want(t, 0, want)
	}
	report(`{"arrived":3,"missing":2,"unexpected":1,"conflict":0,"announced":5,"registered":0,"may_leave":false}`)
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 3, `"held":1`, `"registered":3`)
	if got, want := ledger(), []string{"3305123456781", "3305123456798", "3305123456802"}; !slices.Equal(got, want) {
		t.Errorf("registered %v", got)
	}
	report(`{"arrived":3,"missing":2,"unexpected":1,"conflict":0,"announced":5,"registered":3,"may_leave":false}`)
	runIt(t, data, "", nil, "reconcile", "--order", "BL-1").want(t, 0, "Do not ship: 3 of 5 registered. 2 missing. 1 that was not announced.")

	papers := t.TempDir()
	paper := func(kind, name string, want int) string {
		t.Helper()
		file := filepath.Join(papers, name)
		runIt(t, data, "", nil, "export", kind, "--order", "BL-1", "--out", file).want(t, want)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if text := paper("leaving", "before.pdf", 0); !strings.HasPrefix(text, "%PDF-") {
		t.Errorf("%.20q", text)
	}
	if text := paper("contents", "contents.csv", 0); strings.Count(text, "33051234") != 4 {
		t.Errorf("%s", text)
	}
	runIt(t, data, "", nil, "queue", "discard", "--all", "--state", "held", "--by", "Léa", "--reason", "another customer's").want(t, 0)
	scan("]C03305123456819")
	runIt(t, data, "", nil, "lists", "release", "--order", "BL-1", "--customer", oneCustomer, "--by", "Léa", "--reason", "label torn").want(t, 0)
	report(`"may_leave":false`)
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0, `"registered":5`)
	if got := ledger(); len(got) != 5 || slices.Contains(got, "3305123456999") {
		t.Errorf("registered %v", got)
	}
	report(`"registered":5,"may_leave":true}`)
	runIt(t, data, "", nil, "reconcile", "--order", "BL-1").want(t, 0, "May leave: 5 of 5 registered. 1 of them was registered from the list and not scanned.")
	if text := paper("registered", "registered.csv", 0); strings.Count(text, "SN-") != 5 || strings.Contains(text, "6999") {
		t.Errorf("%s", text)
	}
	paper("leaving", "after.pdf", 0)
	runIt(t, data, "", nil, "export", "leaving", "--order", "BL-1", "--paper", "4x6", "--lang", "fr", "--out", filepath.Join(papers, "label.pdf")).want(t, 0)
	runIt(t, data, "", nil, "export", "leaving", "--order", "BL-1", "--out", filepath.Join(papers, "after.csv")).want(t, 2)
	runIt(t, data, "", nil, "check").want(t, 0)
}

// TestWhatAListIsCalled obeys no terminal, and neither does what is inside a hash.
func TestWhatAListIsCalled(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no file can be called so")
	}
	data, serial := t.TempDir(), "S\u202e1-\u0085x"
	hash := autopilottest.Hash(autopilot.HashContents{PKID: "3305123456781", Serial: serial})
	file := filepath.Join(t.TempDir(), "liste\x1b[2J\r.csv")
	if err := os.WriteFile(file, []byte("Hardware Hash,Order\r\n"+string(hash)+",BL-1\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	runIt(t, data, "", nil, "import", file, "--customer", oneCustomer).want(t, 0)
	runIt(t, data, "", nil, "lists", "release", "--order", "BL-1", "--customer", oneCustomer, "--group-tag", "STD", "--by", "Ana", "--reason", "none").want(t, 0)
	for _, args := range [][]string{{"lists"}, {"reconcile", "--order", "BL-1"}, {"lookup", "3305123456781"}} {
		if got := runIt(t, data, "", nil, args...); strings.ContainsAny(got.out+got.errors, "\x1b\r\u202e\u0085") || got.code != 0 {
			t.Errorf("%v: exit %d, %q", args, got.code, got.out+got.errors)
		}
	}
}
