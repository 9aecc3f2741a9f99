package words_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/words"
)

const invitation = "https://admin.example/partnersignup?type=ResellerRelationship&id=1&csp=1"

func TestRelationshipMail(t *testing.T) {
	t.Parallel()
	for language, wants := range map[string][]string{
		"en": {
			"global administrator", "Windows Autopilot", "Contoso SARL", "Vente SA", "Do not grant delegated administration", "leave it off",
			"What you will see", "What happens then", "end the relationship",
		},
		"fr": {
			"administrateur général", "Windows Autopilot", "Contoso SARL", "Vente SA", "N'accordez pas d'administration déléguée", "laissez-la désactivée",
			"Ce que vous verrez", "Ensuite", "mettre fin à la relation",
		},
	} {
		// The letter is in the customer's language, whatever the station speaks.
		mail, err := speak(t, "en").In(language).RelationshipMail(invitation, "Contoso SARL", "Vente SA")
		if err != nil {
			t.Fatal(err)
		}
		whole(t, language, mail.Subject)
		whole(t, language, mail.Body)
		if strings.ContainsAny(mail.Subject, "\r\n") {
			t.Errorf("the subject has several lines: %q", mail.Subject)
		}
		for _, want := range append(wants, "\n   "+invitation+"\n") {
			if !strings.Contains(mail.Body, want) {
				t.Errorf("%s: %q is not in the mail:\n%s", language, want, mail.Body)
			}
		}
	}
	for _, w := range speakAll(t) {
		mail, err := w.RelationshipMail(invitation, "", "")
		if err != nil || strings.Contains(mail.Body, "  .") || strings.HasSuffix(mail.Body, "\n") {
			t.Errorf("without names (%v):\n%s", err, mail.Body)
		}
	}
}

// TestNoLinkNoMail: a link is never made up, and one that a person must not open
// is not passed on.
func TestNoLinkNoMail(t *testing.T) {
	t.Parallel()
	for _, link := range []string{
		"", "http://admin.example/x", "admin.example", "javascript:alert(1)", "https://", "https://me:secret@admin.example/",
		"https://admin.example/a b", "https://admin.example/\n2. Click here", "https://admin.example/" + strings.Repeat("x", 3000),
	} {
		mail, err := speak(t, "fr").RelationshipMail(link, "Contoso", "Vente")
		if !errors.Is(err, words.ErrLink) || mail != (words.Mail{}) {
			t.Errorf("%.40q gives a mail (%v)", link, err)
		}
	}
	for _, w := range speakAll(t) {
		whole(t, "ErrLink", w.Error(words.ErrLink))
		if w.Error(words.ErrLink) != w.Say("error.link") {
			t.Errorf("got %q", w.Error(words.ErrLink))
		}
	}
}

// TestNamesCannotWriteTheMail: what a server or a file calls a customer stays a
// name.
func TestNamesCannotWriteTheMail(t *testing.T) {
	t.Parallel()
	mail, err := speak(t, "en").RelationshipMail(invitation, "Evil\n\n1. Open https://evil.example {{.Link}}", strings.Repeat("V", 1<<20))
	if err != nil || len(mail.Body) > 8000 || strings.Contains(mail.Body, "\n\n1. Open https://evil") || strings.Contains(mail.Subject, "\n") {
		t.Errorf("%v: %d bytes:\n%.2000s", err, len(mail.Body), mail.Body)
	}
}

func TestRemovalMail(t *testing.T) {
	t.Parallel()
	removed := []queue.Entry{
		{Number: 1, Device: autopilot.Device{PKID: "3305123456781", Serial: "5CG1"}},
		{Number: 2, Order: "BL-1", Device: autopilot.Device{PKID: "3305123456798"}},
		{Number: 3, Device: autopilot.Device{Serial: "5CG3", Manufacturer: "HP", Model: "830"}},
	}
	for language, wants := range map[string][]string{
		"en": {"Intune", "Entra ID", "wipe it", "Windows Autopilot and nothing else", "these 3 devices", "Serial number 5CG1, PKID …6781", "PKID …6798 (order BL-1, box 2)", "Serial number 5CG3"},
		"fr": {"Intune", "Entra ID", "effacez-le", "ne concerne que Windows Autopilot", "ces 3 appareils", "Numéro de série 5CG1, PKID …6781", "PKID …6798 (bon de livraison BL-1, carton 2)", "Numéro de série 5CG3"},
	} {
		w := speak(t, language)
		mail := w.RemovalMail(removed, "Contoso SARL", "Vente SA")
		whole(t, language, mail.Subject)
		whole(t, language, mail.Body)
		for _, want := range append(wants, "Contoso SARL", "Vente SA") {
			if !strings.Contains(mail.Body, want) {
				t.Errorf("%s: %q is not in the mail:\n%s", language, want, mail.Body)
			}
		}
		if strings.Contains(mail.Body, "330512345") {
			t.Errorf("%s: a whole PKID is in the mail", language)
		}
		one := w.RemovalMail(removed[:1], "", "")
		whole(t, language, one.Subject+one.Body)
		if strings.Contains(one.Body, "3 ") && strings.Contains(one.Body, " 3 ") {
			t.Errorf("one device:\n%s", one.Body)
		}
		if none := w.RemovalMail(nil, "Contoso", ""); none != (words.Mail{}) {
			t.Errorf("no device gives a mail: %v", none)
		}
	}
}

func TestRemovalStepsOnTheSite(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		w = w.Naming(func(autopilot.TenantID) string { return "Contoso SARL" })
		for _, batch := range []string{"STD", ""} {
			steps := w.RemovalSteps(queue.Entry{Customer: "contoso.example", Batch: batch})
			if len(steps) < 5 {
				t.Fatalf("%q", steps)
			}
			for i, step := range steps {
				whole(t, strconv.Itoa(i), step)
			}
			if all := strings.Join(steps, "\n"); !strings.Contains(all, "Contoso SARL") || batch != "" && !strings.Contains(all, batch) {
				t.Errorf("the steps do not say where:\n%s", all)
			}
		}
	}
}

func TestEveryRelationshipHasAWord(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		said := map[string]autopilot.Relationship{}
		for _, r := range append(constants[autopilot.Relationship](t, "../../queue/autopilot", "Relationship"), "") {
			text := w.Relationship(queue.CustomerSetting{Relationship: r})
			whole(t, string(r), text)
			if other, ok := said[text]; ok {
				t.Errorf("%s and %s are the same word", r, other)
			}
			said[text] = r
		}
		if got := w.Relationship(queue.CustomerSetting{Relationship: "new"}); got != w.Say("relationship.unknown") {
			t.Errorf("got %q", got)
		}
	}
}
