package words_test

import (
	"fmt"
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/audittrail"
)

// TestEveryFindingHasWords, with its place.
func TestEveryFindingHasWords(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		said := map[string]audittrail.Reason{}
		for _, why := range constants[audittrail.Reason](t, "../../queue/audittrail", "Reason") {
			for _, f := range []audittrail.Finding{{Reason: why}, {Line: 17, Reason: why}, {Line: 17, Number: 16, Reason: why}} {
				text := w.Finding(f)
				whole(t, string(why), text)
				if f.Line > 0 && !strings.Contains(text, "17") || f.Number > 0 && !strings.Contains(text, "16") {
					t.Errorf("it does not say where: %q", text)
				}
				if other, ok := said[text]; ok {
					t.Errorf("%s and %s say the same", why, other)
				}
				said[text] = why
			}
		}
		broken := w.Error(fmt.Errorf("exporting: %w", &audittrail.ChainError{Finding: audittrail.Finding{Line: 3, Number: 2, Reason: audittrail.Missing}}))
		if whole(t, "ChainError", broken); !strings.Contains(broken, w.Say("audit.missing")) {
			t.Errorf("%q", broken)
		}
	}
}

func TestOperatorIsCalled(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		language, name string
		number         uint64
		want           string
	}{
		{"en", "Ana", 3, "Ana"},
		{"fr", "Ana", 3, "Ana"},
		{"en", "", 0, ""},
		{"fr", queue.Uploader, 0, "le poste"},
		{"fr", queue.Uploader, 4, "uploader"}, // somebody is called so
		{"en", "A\nB", 1, "A\nB"},
		{"en", queue.ErasedName(12), 12, "operator 12"},
		{"fr", queue.ErasedName(12), 12, "opérateur 12"},
		{"fr", queue.ErasedName(12), 13, "operator 12"},
	} {
		if got := speak(t, c.language).Operator(c.name, c.number); got != c.want {
			t.Errorf("%s: %q, want %q", c.language, got, c.want)
		}
	}
}
