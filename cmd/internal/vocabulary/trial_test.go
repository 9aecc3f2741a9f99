package vocabulary_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/cmd/internal/vocabulary"
	"pkidstation/scanner"
	"pkidstation/scanner/label"
	"pkidstation/scanner/sight"
	"pkidstation/scanner/trial"
	"pkidstation/ui/words"
)

// TestEveryWordOfATrialHasItsText, in each language.
func TestEveryWordOfATrialHasItsText(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, a := range trial.AllAdvice() {
		ids = append(ids, "trial.advice."+string(a))
	}
	for _, a := range sight.AllAdvice() {
		ids = append(ids, "sight.advice."+string(a), "sight.state."+string(a))
	}
	for _, end := range trial.Terminators() {
		ids = append(ids, "trial.end."+string(end))
	}
	for _, grade := range []trial.Grade{trial.Good, trial.ToChange, trial.Withheld} {
		ids = append(ids, "trial.grade."+string(grade))
	}
	for _, symbology := range []scanner.Symbology{
		scanner.Code128, scanner.Code39, scanner.Code93, scanner.Codabar, scanner.ITF, scanner.EAN13, scanner.EAN8, scanner.UPCA,
		scanner.UPCE, scanner.QR, scanner.DataMatrix, scanner.Aztec, scanner.PDF417, scanner.DataBar,
	} {
		ids = append(ids, "trial.symbology."+string(symbology))
	}
	for _, layout := range []string{"us", "uk", "de", "ch", "fr", "be", "fr-bepo"} {
		ids = append(ids, "trial.keyboard."+layout)
	}
	for _, language := range words.Languages() {
		w, err := vocabulary.New(language.Tag)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			if text := w.Say(id); strings.HasPrefix(text, "[") {
				t.Errorf("%s has no %s", language.Tag, id)
			}
		}
	}
}

// TestFinding: nothing is lost on the way to the words, and nil never comes.
func TestFinding(t *testing.T) {
	t.Parallel()
	got := vocabulary.Finding(trial.Finding{
		Raw: "raw", AIM: "]C0", Symbology: scanner.Code128, Terminator: trial.CR, Keys: 3, Average: time.Second, Longest: time.Minute,
		Layout: "fr", Unsure: true, Advice: []trial.Advice{trial.NoAIM},
		Code: label.Code{Kind: label.PKID, Confidence: label.Ambiguous, Text: "text", Reason: label.CouldBeGTIN},
	})
	want := words.Finding{
		Grade: "change", Raw: "raw", AIM: "]C0", Symbology: "code128", Terminator: "cr", Keys: 3, Average: time.Second,
		Longest: time.Minute, Layout: "fr", Unsure: true, Kind: "pkid", Text: "text", Reason: "could-be-gtin", Doubt: true,
		Advice: []string{"no-aim"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := vocabulary.Finding(trial.Finding{}); got.Advice == nil || got.Grade != "good" {
		t.Errorf("%+v", got)
	}
}
