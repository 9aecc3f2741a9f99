package words_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
	"pkidstation/ui/words"
)

// TestEveryRefusalOfPartnerCenterHasItsSentence: what is known of the codes of
// whole requests, with the status they come with.
func TestEveryRefusalOfPartnerCenterHasItsSentence(t *testing.T) {
	t.Parallel()
	rows := []struct {
		code   string
		status int
		id     string
	}{
		{"900421", 401, "partner.mfa"},
		{"900421", 403, "partner.mfa"},
		{"800001", 401, "partner.no-partner"},
		{"800001", 400, "partner.no-partner"},
		{"20002", 403, "partner.no-relationship"},
		{"900150", 403, "partner.role"},
		{"2032", 403, "partner.access-denied"},
		{"800039", 403, "partner.not-active"},
		{"900149", 403, "partner.not-active"},
		{"900124", 403, "partner.agreement"},
		{"900123", 403, "partner.agreement-reseller"},
		{"1000", 404, "partner.nothing-there"},
		{"800037", 404, "partner.nothing-there"},
		{"60003", 404, "partner.no-tenant"},
		{"900118", 400, "partner.customer-id"},
		{"3000", 400, "partner.bad-request"},
		{"800002", 400, "partner.bad-request"},
		{"900126", 400, "partner.bad-request"},
		{"900127", 400, "partner.environment"},
		{"800003", 500, "partner.their-fault"},
		// A code explains only the refusal it belongs to: what the uploader does
		// follows the kind, and the words must say the same.
		{"20002", 401, "partner.sign-in"},
		{"900150", 429, "partner.throttled"},
		{"1000", 500, "partner.no-answer"},
		{"4711", 403, "partner.forbidden"},
	}
	for _, w := range speakAll(t) {
		said := map[string]string{}
		for _, row := range rows {
			err := fmt.Errorf("uploading: %w", &partnercenter.Error{Op: "create batch", Status: row.status, Code: row.code})
			text := w.Error(err)
			whole(t, row.code, text)
			if want := w.Say(row.id); !strings.HasPrefix(text, want) {
				t.Errorf("%d %s: %q does not begin with %q", row.status, row.code, text, want)
			}
			sentence := w.Say(row.id)
			if other, ok := said[sentence]; ok && other != row.id {
				t.Errorf("%s and %s say the same", row.id, other)
			}
			said[sentence] = row.id
		}
	}
}

func TestSupport(t *testing.T) {
	t.Parallel()
	w := speak(t, "fr")
	e := &partnercenter.Error{Status: 403, Code: "4711", Description: "no\nway", RequestID: "r-1", CorrelationID: "c-1"}
	want := `code 4711, description no\nway, MS-RequestId r-1, MS-CorrelationId c-1`
	if got := w.Support(fmt.Errorf("uploading: %w", e)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := w.Support(words.ErrLink) + w.Support(nil); got != "" {
		t.Errorf("another error gives %q", got)
	}
}

// TestAWaitForAPersonSaysWhatWasRefused: the reason is a class, the refusal says
// which agreement, role or account.
func TestAWaitForAPersonSaysWhatWasRefused(t *testing.T) {
	t.Parallel()
	err := &partnercenter.Error{Status: 403, Code: "900124"}
	for _, w := range speakAll(t) {
		text := w.Wait(upload.Wait{Reason: queue.WrongRole, Entries: 2, Err: err}, at(14, 0))
		if !strings.Contains(text, w.Say("partner.agreement")) {
			t.Errorf("got %q", text)
		}
	}
}

func TestProgress(t *testing.T) {
	t.Parallel()
	s := upload.Status{
		Online: upload.OnlineYes, Next: at(14, 32),
		Counts: queue.Counts{Ready: 12, Submitted: 1, Registered: 1088, Rejected: 2, Held: 1, Removing: 3},
	}
	for language, want := range map[string]string{
		"en": "Online. 12 devices to send. 1 waits for Microsoft's answer. 1,088 registered. 2 rejected. 1 held. 3 registrations being removed. Next try: 14:32.",
		"fr": "En ligne. 12 appareils à envoyer. 1 attend la réponse de Microsoft. 1 088 inscrits. 2 refusés. 1 bloqué. 3 retraits d'inscription en cours. Prochain essai : 14 h 32.",
	} {
		got := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(speak(t, language).Progress(s, at(14, 0)))
		if got != want {
			t.Errorf("%s:\ngot  %q\nwant %q", language, got, want)
		}
	}
	if got := speak(t, "en").Progress(upload.Status{Next: time.Time{}}, at(14, 0)); strings.Contains(got, "Next") {
		t.Errorf("got %q", got)
	}
}
