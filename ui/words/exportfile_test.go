package words_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
	"pkidstation/ui/words"
)

func TestSiteSteps(t *testing.T) {
	t.Parallel()
	french := speak(t, "fr").Naming(func(autopilot.TenantID) string { return "Contoso" })
	want := []string{
		"Connectez-vous avec un compte Agent commercial ou Agent d'administration.",
		"Clients › Contoso › Appareils › Appliquer des profils aux appareils › Ajouter des appareils.",
		"Nom du groupe\u00a0: Quai.3, exactement ainsi, majuscules et minuscules comprises.",
		"Parcourir\u00a0: choisissez a.csv. Ne l'ouvrez pas dans un tableur, il abîmerait les PKID.",
		"Déposez-le, puis attendez la réponse du site pour chaque appareil. Notez les refusés avec leur code.",
	}
	if diff := cmp.Diff(want, french.SiteSteps("contoso.example", "Quai.3", "a.csv")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	steps := speak(t, "en").SiteSteps("contoso.example", "", "a.csv")
	if !strings.Contains(steps[1], "Customers › contoso.example › Devices") || !strings.Contains(steps[2], "have no group tag") {
		t.Errorf("%q", steps)
	}
}

// TestEveryRefusalHasWords reads the reasons from their source.
func TestEveryRefusalHasWords(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		said := map[string]export.Reason{}
		for _, reason := range constants[export.Reason](t, "../../queue/export", "Reason") {
			text := w.NotOurs(&export.ReadError{Reason: reason})
			if other, twice := said[text]; twice || strings.Contains(text, "[") {
				t.Errorf("%s: %s, as %s", reason, text, other)
			}
			said[text] = reason
		}
		line := w.NotOurs(&export.ReadError{Line: 7, Column: "Windows Product ID", Reason: export.BadPKID})
		if !strings.Contains(line, "7, Windows Product ID: ") {
			t.Errorf("%s", line)
		}
	}
}

func TestSurfaceChecklist(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		text := strings.Join(w.SurfaceChecklist(words.SurfaceRequest{
			Customer: "contoso.example", Domain: "contoso.com", File: "serials.csv", Count: 2, Made: at(9, 5),
		}), "\n")
		for _, want := range []string{"contoso.example", "contoso.com", "serials.csv, 2 ", export.SurfaceForm, "PDF", "2026"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: it has no %s:\n%s", w.Language(), want, text)
			}
		}
		if strings.Contains(text, "[surface") || strings.Contains(text, "<no value>") {
			t.Errorf("%s:\n%s", w.Language(), text)
		}
	}
}

func TestOutcomeAndMark(t *testing.T) {
	t.Parallel()
	w := speak(t, "en")
	there := "Already there, not by us: group tag and profile not applied"
	for _, c := range []struct {
		entry         queue.Entry
		outcome, mark string
	}{
		{queue.Entry{State: queue.Ready}, "", ""},
		{queue.Entry{State: queue.Held, Reason: queue.NoCustomer}, "The reception has no customer.", ""},
		{queue.Entry{State: queue.Rejected, Code: "808"}, w.Code("808", "").String(), ""},
		{queue.Entry{State: queue.Rejected}, w.Code("", "").String(), ""},
		{queue.Entry{State: queue.Registered, Code: "806"}, w.Code("806", "").String(), ""},
		{queue.Entry{State: queue.Registered, Code: "806", Reason: queue.AlreadyThere}, w.Code("806", "").String(), there},
		{queue.Entry{State: queue.Registered, Reason: queue.ConfirmedByHand}, w.Reason(queue.ConfirmedByHand), "Confirmed by hand: Ana"},
		{queue.Entry{State: queue.Registered, Code: "806", Reason: queue.ConfirmedByHand}, w.Code("806", "").String(), there + " · Confirmed by hand: Ana"},
		{queue.Entry{State: queue.Removed, Reason: queue.AlreadyThere}, w.Reason(queue.AlreadyThere), ""},
	} {
		if got := w.Answered(c.entry); got != c.outcome {
			t.Errorf("%+v: outcome %q, want %q", c.entry, got, c.outcome)
		}
		if got := w.Mark(c.entry, "Ana"); got != c.mark {
			t.Errorf("%+v: mark %q, want %q", c.entry, got, c.mark)
		}
	}
	if got := w.Mark(queue.Entry{State: queue.Registered, Reason: queue.ConfirmedByHand}, ""); got != "Confirmed by hand" {
		t.Errorf("by nobody: %q", got)
	}
}

func TestCustomerName(t *testing.T) {
	t.Parallel()
	w := speak(t, "en")
	if got := w.CustomerName("contoso.example"); got != "" {
		t.Errorf("without names: %q", got)
	}
	if got := w.Naming(func(autopilot.TenantID) string { return "Contoso" }).CustomerName("contoso.example"); got != "Contoso" {
		t.Errorf("%q", got)
	}
}
