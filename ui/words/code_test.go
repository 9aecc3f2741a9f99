package words_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/ui/words"
)

func TestEveryCodeHasAdvice(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		unknown := w.Code("999", "").Next
		for _, code := range constants[autopilot.Code](t, "../../queue/autopilot", "Code") {
			a := w.Code(code, "")
			whole(t, string(code), a.What)
			whole(t, string(code), a.Next)
			whole(t, string(code), a.Who)
			if a.Next == unknown {
				t.Errorf("code %s has no advice", code)
			}
		}
	}
}

func TestCodeOfAnotherOrganisation(t *testing.T) {
	t.Parallel()
	for language, want := range map[string]string{
		"en": "Registered by another organisation. Set the box aside and tell your supervisor.",
		"fr": "Déjà inscrit par une autre organisation. Carton en zone litige, prévenez le responsable.",
	} {
		w := speak(t, language)
		for _, a := range []words.Advice{
			w.Code("808", "ZtdDeviceAssignedToOtherTenant"),
			w.Code("", "ZtdDeviceAssignedToOtherTenant"),
			w.Code("ZtdDeviceAssignedToAnotherTenant", ""),
		} {
			if diff := cmp.Diff(want, a.String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", language, diff)
			}
		}
	}
}

func TestUnknownCodeIsShownAndNeedsAPerson(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		a := w.Code("4711\n", "Something\tnew"+strings.Repeat("x", 1<<20))
		for _, want := range []string{`4711\n`, `Something\tnew`, "…"} {
			if !strings.Contains(a.What, want) {
				t.Errorf("%q is not in %q", want, a.What)
			}
		}
		if len(a.What) > 200 || a.Who != w.Say("who.supervisor") {
			t.Errorf("got %q, %q", a.What, a.Who)
		}
		whole(t, "no code", w.Code("", "").String())
	}
}

// What ends with a full stop, within quotes or brackets too, gets no second one.
func TestOneFullStopIsEnough(t *testing.T) {
	t.Parallel()
	for what, want := range map[string]string{
		"Refused":              "Refused. Wait.",
		"Refused.":             "Refused. Wait.",
		"He says “no.”":        "He says “no.” Wait.",
		"He says “no”":         "He says “no”. Wait.",
		"Il dit « non. »":      "Il dit « non. » Wait.",
		"Il dit « non.\u00a0»": "Il dit « non.\u00a0» Wait.",
		"Refused (802.)":       "Refused (802.) Wait.",
		"Refused (802)":        "Refused (802). Wait.",
		`It says "wait!"`:      `It says "wait!" Wait.`,
		"And so on…":           "And so on… Wait.",
		"Why?":                 "Why? Wait.",
		".":                    ". Wait.",
		"»":                    "». Wait.",
	} {
		if got := (words.Advice{What: what, Next: "Wait."}).String(); got != want {
			t.Errorf("%q: got %q, want %q", what, got, want)
		}
	}
}
