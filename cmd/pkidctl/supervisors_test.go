package main_test

import (
	"strings"
	"testing"
)

// TestPINs follows a station from its first supervisor to the reset: what needs
// one, how the PIN comes, and that no way tells it.
func TestPINs(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ctl := func(stdin string, environ []string, args ...string) result {
		t.Helper()
		got := runIt(t, data, stdin, environ, args...)
		for _, pin := range []string{"27182", "31415", "99999x"} {
			if strings.Contains(got.out+got.errors, pin) {
				t.Errorf("%v tells a PIN:\n%s%s", args, got.out, got.errors)
			}
		}
		return got
	}
	pin := []string{"PKIDSTATION_PIN=27182"}
	runIt(t, data, "]C03305123456781\n]C03305123456788\n", nil, "scan", "--stdin", "--customer", "contoso.example").want(t, 0)
	ctl("", nil, "supervisors").want(t, 0, "no supervisor")
	ctl("1234\n", nil, "supervisors", "set", "Léa", "--new-pin-stdin").want(t, 1, "too easy to guess")
	ctl("", nil, "supervisors", "set", "Léa").want(t, 2)
	ctl("27182\n", nil, "supervisors", "set", "Léa", "--new-pin-stdin").want(t, 0, "Léa is a supervisor")
	ctl("", nil, "supervisors", "list", "--json").want(t, 0, `{"name":"Léa","since":"`)

	ctl("", nil, "queue", "discard", "--all", "--by", "Léa").want(t, 1, "--pin-stdin")
	ctl("99999x\n", nil, "queue", "discard", "--all", "--by", "Léa", "--pin-stdin").want(t, 1, "The PIN is wrong")
	ctl("", []string{"PKIDSTATION_PIN=99999x", "LANG=fr_FR.UTF-8"}, "queue", "discard", "--all", "--by", "Léa").want(t, 1, "Le code PIN est faux")
	ctl("", pin, "queue", "discard", "--all", "--by", "Bob").want(t, 1, "no supervisor of that name")
	ctl("", nil, "queue", "hold", "--all", "--by", "Bob").want(t, 0, "2 boxes done")
	ctl("27182\n", nil, "queue", "release", "--all", "--by", "Léa", "--pin-stdin").want(t, 0, "2 boxes done")
	if got := ctl("", pin, "queue", "discard", "--all", "--by", "Léa"); got.code != 0 || strings.Contains(got.errors, "acts as supervisor") {
		t.Errorf("by a supervisor: %+v", got)
	}

	ctl("", nil, "review-policy").want(t, 0, "in doubt")
	ctl("", nil, "review-policy", "all", "--by", "Léa").want(t, 1, "--pin-stdin")
	ctl("", pin, "review-policy", "all", "--by", "Léa", "--json").want(t, 0, `{"policy":"all"}`)
	ctl("", nil, "review-policy", "some").want(t, 2)
	runIt(t, data, "]C03305123456795\n", nil, "scan", "--stdin", "--json", "--customer", "contoso.example").want(t, 0, `"held"`, `"review"`)

	ctl("27182\n31415\n", nil, "supervisors", "set", "Zoé", "--by", "Léa", "--pin-stdin", "--new-pin-stdin").want(t, 0, "Zoé is a supervisor")
	ctl("31415\n", nil, "supervisors", "remove", "Léa", "--by", "Zoé", "--pin-stdin").want(t, 0, "no supervisor any more")
	ctl("31415\n", nil, "supervisors", "remove", "Zoé", "--by", "Zoé", "--pin-stdin").want(t, 1, "last supervisor")
	ctl("", nil, "supervisors", "reset").want(t, 0, "All PINs are taken away")
	ctl("", nil, "queue", "release", "--all", "--by", "Bob").want(t, 0, "acts as supervisor")
	ctl("", nil, "check").want(t, 0)
}
