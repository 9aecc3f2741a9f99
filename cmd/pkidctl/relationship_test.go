package main_test

import (
	"strings"
	"testing"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

const invitation = "https://admin.example/partnersignup?type=ResellerRelationship&id=77&csp=1"

// TestRelationshipRequest: the link is Partner Center's, word for word, in a
// whole e-mail in both languages.
func TestRelationshipRequest(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server, environ := simulator(t, partnercentertest.Options{Customers: twoCustomers(), Invitation: invitation})
	runIt(t, data, "", environ, "customers").want(t, 0)
	request := []string{"relationship-request", "--customer", oneCustomer, "--partner", "Vente SA"}
	got := runIt(t, data, "", environ, request...)
	got.want(
		t, 0, invitation, "CONTOSO LTD", "Vente SA", "Objet\u00a0: ", "Subject: ", "administrateur général", "global administrator",
		"Do not grant delegated administration", "N'accordez pas d'administration déléguée", "not needed",
	)
	if fr := strings.Index(got.out, "Bonjour"); fr < 0 || fr > strings.Index(got.out, "Hello") {
		t.Errorf("not both languages:\n%s", got.out)
	}
	lines := objects(t, runIt(t, data, "", environ, append(request, "--json")...).out)
	if len(lines) != 2 || lines[0].word(t, "lang") != "fr" || lines[1].word(t, "lang") != "en" {
		t.Fatalf("%v", lines)
	}
	for _, o := range lines {
		o.wantKeys(t, "link lang customer subject body")
		if o.word(t, "link") != invitation || o.word(t, "customer") != oneCustomer || !strings.Contains(o.word(t, "body"), invitation) {
			t.Errorf("%v", o)
		}
	}
	one := runIt(t, data, "", environ, "relationship-request", "--lang", "en")
	one.want(t, 0, "Hello", invitation)
	if strings.Contains(one.out, "Bonjour") {
		t.Error("it is in the other language too")
	}
	// Nothing is ever asked of the customer's own tenant.
	for _, r := range server.Requests() {
		if strings.Contains(r.Path, oneCustomer) {
			t.Errorf("it called %s", r.Path)
		}
	}
}

// TestRelationshipRequestWithoutLink: no link, no mail.
func TestRelationshipRequestWithoutLink(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server, environ := simulator(t, partnercentertest.Options{Customers: []autopilot.Customer{{ID: oneCustomer}}, Invitation: "http://plain.example/x"})
	nowhere := away(environ)
	for name, tt := range map[string]struct {
		environ []string
		args    string
		code    int
	}{
		"nobody there":     {nowhere, "relationship-request", 4},
		"nobody signed in": {nil, "relationship-request", 3},
		"not https":        {environ, "relationship-request", 4},
		"given, not https": {environ, "relationship-request --link http://plain.example/x", 1},
		"language":         {environ, "relationship-request --lang de --link " + invitation, 2},
		"customer":         {environ, "relationship-request --customer a/b --link " + invitation, 2},
	} {
		got := runIt(t, data, "", tt.environ, strings.Fields(tt.args)...)
		got.want(t, tt.code)
		if got.out != "" || got.errors == "" {
			t.Errorf("%s: printed\n%s", name, got.out)
		}
	}
	// A person who has the link from the web site needs no sign-in and no network.
	calls := len(server.Requests())
	runIt(t, data, "", nil, "relationship-request", "--link", invitation).want(t, 0, invitation, "Bonjour", "Hello")
	if len(server.Requests()) != calls {
		t.Error("it asked all the same")
	}
}
