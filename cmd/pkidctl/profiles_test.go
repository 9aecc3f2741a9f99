package main_test

import (
	"strings"
	"testing"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

const profileKeys = "customer id name description settings devices created modified chosen"

// TestProfiles: those made in Partner Center are listed, one is chosen, and
// registered devices are to get it.
func TestProfiles(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ids := scanned(t, data, "]C03305123456781", "]C03305123456798", "]C03305123456804")
	_, environ := simulator(t, partnercentertest.Options{
		Customers: twoCustomers(), Directory: refusing("3305123456804", autopilot.CodeAlreadyHere),
		Policies: map[autopilot.TenantID][]partnercentertest.Policy{oneCustomer: {{ID: "p1", Name: "Kiosk"}, {ID: "p2", Name: "Office"}}},
	})
	runIt(t, data, "", environ, "customers").want(t, 0)
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0, `"registered":3`, "1 of the registered was there already, not by us")
	choose := []string{"profiles", "choose", "--customer", oneCustomer}
	runIt(t, data, "", environ, "profiles", "apply", ids[0], "--by", "Ana").want(t, 1, "no profile is chosen")
	runIt(t, data, "", environ, append(choose, "--profile", "p9")...).want(t, 1)
	runIt(t, data, "", environ, append(choose, "--profile", "p2")...).want(t, 0, "CONTOSO LTD", "Office", "Admin agent")
	got := runIt(t, data, "", environ, "profiles", "--json")
	got.want(t, 0, "Profiles made in Intune cannot be seen from here")
	all := objects(t, got.out)
	if len(all) != 2 {
		t.Fatalf("profiles:\n%s", got.out)
	}
	for i, want := range []string{"p1 Kiosk false", "p2 Office true"} {
		all[i].wantKeys(t, profileKeys)
		if is := all[i].word(t, "id") + " " + all[i].word(t, "name") + " " + string(all[i]["chosen"]); is != want || all[i].word(t, "customer") != oneCustomer {
			t.Errorf("line %d: %s, want %s", i, is, want)
		}
	}
	runIt(t, data, "", append(environ, "LANG=fr_FR.UTF-8"), "profiles", "--customer", oneCustomer).want(t, 0, "Kiosk", "choisi", "Intune ne sont pas visibles")
	runIt(t, data, "", environ, "profiles", "--customer", "22222222-bbbb-4bbb-8bbb-222222222222").want(t, 0, "No profile was made")
	// What somebody else registered gets nothing from here.
	runIt(t, data, "", environ, "profiles", "apply", ids[2], "--by", "Ana").want(t, 1, "somebody else registered")
	runIt(t, data, "", environ, "profiles", "apply", "--all", "--customer", oneCustomer, "--by", "Ana").want(t, 0, "2 devices are to get")
	runIt(t, data, "", environ, "profiles", "apply", "--all", "--customer", oneCustomer, "--by", "Ana").want(t, 0, "0 devices are to get")
	shown := objects(t, runIt(t, data, "", nil, "queue", "show", "--json", ids[0]).out)[0]
	if text := string(shown["profile"]); !strings.Contains(text, `"id":"p2","name":"Office","state":"wanted"`) {
		t.Errorf("the entry's profile is %s", text)
	}
	runIt(t, data, "", nil, "queue", "show", ids[0]).want(t, 0, "Its profile Office is still to be applied")
	runIt(t, data, "", nil, append(choose, "--none")...).want(t, 0, "no profile")
	runIt(t, data, "", nil, "check").want(t, 0)
}

func TestProfilesUsageAndTrouble(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	_, environ := simulator(t, partnercentertest.Options{Customers: twoCustomers()})
	nowhere := away(environ)
	for args, code := range map[string]int{
		"profiles --customer a/b": 2, "profiles choose": 2, "profiles choose --customer " + oneCustomer: 2,
		"profiles choose --customer " + oneCustomer + " --none --profile p1": 2,
		"profiles choose --customer " + oneCustomer + " --profile p1 --by  ": 2,
		"profiles apply --by Ana":                         2,
		"profiles apply --all --by Ana":                   2,
		"profiles apply e1 --all --by Ana":                2,
		"profiles apply e1 --customer x.example --by Ana": 2,
		"profiles apply e1":                               2,
		"profiles apply e1 --by Ana":                      1,
	} {
		runIt(t, data, "", environ, strings.Fields(args)...).want(t, code)
	}
	runIt(t, data, "", nowhere, "profiles", "--customer", oneCustomer).want(t, 4)
	runIt(t, data, "", nowhere, "profiles", "choose", "--customer", oneCustomer, "--profile", "p1").want(t, 4)
	runIt(t, data, "", nil, "profiles", "--customer", oneCustomer).want(t, 3)
	// One customer without a relationship does not hide the others' profiles.
	one, environ := simulator(t, partnercentertest.Options{
		Customers: twoCustomers(), Policies: map[autopilot.TenantID][]partnercentertest.Policy{oneCustomer: {{ID: "p1", Name: "Kiosk"}}},
	})
	runIt(t, data, "", environ, "customers").want(t, 0)
	one.SetRelationship("22222222-bbbb-4bbb-8bbb-222222222222", false)
	runIt(t, data, "", environ, "profiles").want(t, 3, "Kiosk", "Fabrikam: ")
}
