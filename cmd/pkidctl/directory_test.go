package main_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

const customerKeys = "id name domain group_tag tags reseller relationship checked_at profile profile_name source"

// twoCustomers are a partner's.
func twoCustomers() []autopilot.Customer {
	return []autopilot.Customer{
		{ID: oneCustomer, Name: "CONTOSO LTD", Domain: "contoso.example"},
		{ID: "22222222-bbbb-4bbb-8bbb-222222222222", Name: "Fabrikam", Domain: "fabrikam.example"},
	}
}

// away is the environment of a station that reaches nobody.
func away(environ []string) []string {
	return slices.Concat(environ[1:], []string{"PKIDSTATION_PARTNER_CENTER_URL=http://127.0.0.1:1"})
}

// TestCustomersFillTheDirectory from Partner Center, and keep it for when there
// is no network; a person's name stays.
func TestCustomersFillTheDirectory(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	_, environ := simulator(t, partnercentertest.Options{Customers: twoCustomers()})
	nowhere := away(environ)
	runIt(t, data, "", nowhere, "customers").want(t, 4, "directory is empty", "Partner Center")
	runIt(t, data, "", nil, "customers", "set", oneCustomer, "--name", "Chez Contoso", "--tag", "STD,KIOSK", "--tag", "LAB").want(t, 0)
	got := runIt(t, data, "", environ, "customers", "--json")
	got.want(t, 0, "1 new customer")
	all := objects(t, got.out)
	if len(all) != 2 {
		t.Fatalf("customers:\n%s", got.out)
	}
	for _, o := range all {
		o.wantKeys(t, customerKeys)
	}
	if all[0].word(t, "name") != "Chez Contoso" || all[0].word(t, "source") != "hand" || all[0].word(t, "relationship") != "reseller" ||
		all[0].word(t, "domain") != "contoso.example" || string(all[0]["tags"]) != `["KIOSK","LAB","STD"]` || all[0].word(t, "checked_at") == "" {
		t.Errorf("the first: %s", got.out)
	}
	if all[1].word(t, "name") != "Fabrikam" || all[1].word(t, "source") != "api" || string(all[1]["tags"]) != "[]" {
		t.Errorf("the second: %s", got.out)
	}
	// Without a network all of it is there, and the exit code says what was not.
	for args, code := range map[string]int{"customers --json": 4, "customers --json --offline": 0} {
		kept := runIt(t, data, "", nowhere, strings.Fields(args)...)
		kept.want(t, code)
		if diff := cmp.Diff(got.out, kept.out); diff != "" {
			t.Errorf("%s:\n%s", args, diff)
		}
	}
	runIt(t, data, "", nil, "customers").want(t, 3, "Chez Contoso", "Fabrikam", "not set up")
	runIt(t, data, "", append(environ, "PKIDSTATION_PARTNER_CENTER_WAY=csv"), "customers").want(t, 0, "Fabrikam", "was not asked")
	filtered := runIt(t, data, "", environ, "customers", "--filter", "fab")
	filtered.want(t, 0, "Fabrikam")
	if strings.Contains(filtered.out, "Contoso") {
		t.Errorf("filtered:\n%s", filtered.out)
	}
	runIt(t, data, "", []string{"LANG=fr_FR.UTF-8"}, "customers", "--offline").want(t, 0, "BALISES DE GROUPE", "revendeur")
}

// TestCustomersSetKeepsTheRest: what is not given stays, what is given replaces.
func TestCustomersSetKeepsTheRest(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	set := func(args ...string) {
		t.Helper()
		runIt(t, data, "", nil, append([]string{"customers", "set", oneCustomer}, args...)...).want(t, 0)
	}
	is := func(want string) {
		t.Helper()
		o := objects(t, runIt(t, data, "", nil, "customers", "--json", "--offline").out)[0]
		got := strings.Join([]string{
			o.word(t, "name"), o.word(t, "group_tag"), string(o["tags"]), o.word(t, "reseller"), o.word(t, "profile"), o.word(t, "source"),
		}, " ")
		if got != want {
			t.Errorf("kept %s, want %s", got, want)
		}
	}
	set("--name", "Contoso", "--group-tag", "STD", "--tag", "KIOSK", "--reseller", "resale.example", "--profile", "p1")
	is(`Contoso STD ["KIOSK"] resale.example p1 hand`)
	set("--group-tag", "NEW")
	is(`Contoso NEW ["KIOSK"] resale.example p1 hand`)
	set("--tag", "A", "--tag", "B", "--tag", "A", "--reseller", "")
	is(`Contoso NEW ["A","B"]  p1 hand`)
	set("--profile", "", "--tag", "")
	is(`Contoso NEW []   hand`)
	runIt(t, data, "", nil, "customers", "forget", oneCustomer).want(t, 2, "--by")
	runIt(t, data, "", nil, "customers", "forget", oneCustomer, "--by", "Ana").want(t, 0, "out of the directory")
	runIt(t, data, "", nil, "customers", "forget", oneCustomer, "--by", "Ana").want(t, 1, "not in the directory")
	runIt(t, data, "", nil, "check").want(t, 0)
}

// TestCustomersCheck: exit 3 where the relationship is missing, and only an
// answer changes what is known.
func TestCustomersCheck(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server, environ := simulator(t, partnercentertest.Options{Customers: twoCustomers()})
	check := []string{"customers", "check", oneCustomer}
	runIt(t, data, "", environ, "customers", "check", "stranger.example").want(t, 3, "no reseller relationship (none)")
	runIt(t, data, "", nil, "customers", "--offline").want(t, 0, "directory is empty")
	runIt(t, data, "", environ, check...).want(t, 0, "CONTOSO LTD", "relationship is there")
	server.SetRelationship(oneCustomer, false)
	got := runIt(t, data, "", environ, append(check, "--json")...)
	got.want(t, 3, `"relationship":"none"`)
	objects(t, got.out)[0].wantKeys(t, customerKeys)
	runIt(t, data, "", append(environ, "LANG=fr_FR.UTF-8"), check...).want(t, 3, "pas de relation de revendeur", "relationship-request")
	runIt(t, data, "", append(environ, "PKIDSTATION_PARTNER_CENTER_URL=http://127.0.0.1:1"), check...).want(t, 4)
	server.SetRelationship(oneCustomer, true)
	server.Strike(partnercentertest.FaultSignIn)
	runIt(t, data, "", environ, check...).want(t, 3, "sign-in")
	runIt(t, data, "", nil, "customers", "--json", "--offline").want(t, 0, `"relationship":"none"`)
	runIt(t, data, "", environ, check...).want(t, 0)
	runIt(t, data, "", nil, check...).want(t, 3)
	runIt(t, data, "", environ, "customers", "check", "a/b").want(t, 2)
}

// TestCustomersImport: good rows go in, bad ones are listed, and nothing of a
// product key comes out.
func TestCustomersImport(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	file := filepath.Join(t.TempDir(), "clients.csv")
	text := "\ufeffID Microsoft;Nom;Balises de groupe\r\n" + oneCustomer + ";Société Contoso;STD KIOSK\r\nnot an id;Nobody;\r\n" +
		"fabrikam.example;Fabrikam;a/b\r\nadatum.example;VK7JG-NPHTM-C97JM-9MPGT-3V66T;\r\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	got := runIt(t, data, "", nil, "customers", "import", file, "--json")
	got.want(t, 3)
	lines := objects(t, got.out)
	if len(lines) != 4 {
		t.Fatalf("lines:\n%s", got.out)
	}
	for i, want := range []string{"3 tenant id tenant-id", "4 group tags group-tag", "5 name secret"} {
		lines[i].wantKeys(t, "file row column value reason")
		if is := string(lines[i]["row"]) + " " + lines[i].word(t, "column") + " " + lines[i].word(t, "reason"); is != want {
			t.Errorf("line %d: %s, want %s", i, is, want)
		}
	}
	lines[3].wantKeys(t, "taken refused")
	if string(lines[3]["taken"]) != "1" || string(lines[3]["refused"]) != "3" {
		t.Errorf("counts: %s", got.out)
	}
	runIt(t, data, "", []string{"LANG=fr_FR.UTF-8"}, "customers", "import", file).want(t, 3, "1 client pris", "Ligne 3 non prise", "ID Microsoft")
	runIt(t, data, "", nil, "customers", "--offline").want(t, 0, "Société Contoso", "STD KIOSK")
	wantNowhere(t, data, "VK7JG", "3V66T")
	runIt(t, data, "", nil, "customers", "import", filepath.Join(t.TempDir(), "none.csv")).want(t, 1)
	runIt(t, data, "", nil, "customers", "import", t.TempDir()).want(t, 1)
	if err := os.WriteFile(file, []byte("a,b\n1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	runIt(t, data, "", nil, "customers", "import", file).want(t, 1, "tenant id")
}
