package words_test

import (
	"testing"

	"pkidstation/queue"
)

// TestWhatStandsLargeIsNotSaidAgain: a tile has what was read in its largest letters.
func TestWhatStandsLargeIsNotSaidAgain(t *testing.T) {
	t.Parallel()
	const pkid = "3305123456781"
	held := queue.Verdict{Word: queue.OnHold, Reason: queue.CouldBeGTIN, Kind: "pkid", Text: pkid, Entry: box(12)}
	half := queue.Verdict{Word: queue.Attached, Kind: "serial", Text: "5CD1234XYZ", Entry: queue.Entry{Number: 3}}
	for _, c := range []struct {
		language, read, want string
		verdict              queue.Verdict
	}{
		{"en", pkid, "Serial number 5CD1234XYZ. Box 12, kept on this station.", queue.Verdict{Word: queue.Accepted, Entry: box(12)}},
		{"fr", pkid, "Numéro de série 5CD1234XYZ. Carton 12, gardé sur ce poste.", queue.Verdict{Word: queue.Accepted, Entry: box(12)}},
		{"en", pkid, "13 digits, type of code unknown. It could be the product's EAN or a PKID.", held},
		{"fr", pkid, "13 chiffres, type de code inconnu. Ce peut être l'EAN du produit ou un PKID.", held},
		{"en", "5CD1234XYZ", "Serial number. Box 3, kept on this station.", half},
		{"fr", "5CD1234XYZ", "Numéro de série. Carton 3, gardé sur ce poste.", half},
		{"en", "ABC", "This code is not recognised.", queue.Verdict{Word: queue.NotTaken, Reason: queue.UnknownCode, Kind: "other", Text: "ABC"}},
		{"en", "", "Already seen: box 12, 14:32. State: Ready to send.", queue.Verdict{Word: queue.Seen, Reason: queue.Reason(queue.Ready), Entry: box(12), At: at(15, 0)}},
	} {
		w := speak(t, c.language)
		if got := w.WithoutRead(w.Verdict(c.verdict).What, c.read); got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.language, c.verdict.Word, got, c.want)
		}
	}
}
