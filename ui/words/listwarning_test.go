package words_test

import (
	"bytes"
	"strings"
	"testing"

	"pkidstation/queue/manifest"
)

// TestEveryCautionOfAListHasWords, of its own, in each language: where, what the
// list says, what the firmware says, and that nothing was changed.
func TestEveryCautionOfAListHasWords(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		said := map[string]manifest.Caution{}
		for _, caution := range constants[manifest.Caution](t, lists, "Caution") {
			for _, one := range []manifest.Warning{
				{Caution: caution, Text: "Acme", Wanted: []string{"ACME Inc.", "Acme-Old"}, Proved: true},
				{Caution: caution, Text: "Acme"},
			} {
				one.Place, one.Rows, one.Column, one.Header = manifest.Place{Row: 12, Line: 13}, 41, "D", "Maker"
				text := w.ListWarning(one)
				whole(t, string(caution), text)
				if other, twice := said[text]; twice && other != caution {
					t.Errorf("%s and %s say the same", caution, other)
				}
				said[text] = caution
				for _, want := range []string{"12", "13", "D", "Maker", "40"} {
					if !strings.Contains(text, want) {
						t.Errorf("%s does not say %s: %s", caution, want, text)
					}
				}
			}
		}
	}
}

// TestListWarnings says of a true list what a person is to read.
func TestListWarnings(t *testing.T) {
	t.Parallel()
	const file = "Serial,PKID,Manufacturer,Model\r\nS1,,hp,HP EliteBook\r\nS2,,getac inc,B360\r\nS3,,Surface,Microsoft Surface Pro 9\r\n"
	m, err := manifest.Read(t.Context(), bytes.NewReader([]byte(file)), int64(len(file)), manifest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{
		"en": {
			`Row 2, column C “Manufacturer”: the manufacturer “hp” is written “HP” or “Hewlett-Packard” in the firmware`,
			`Row 3, column C “Manufacturer”: the firmware does not say “getac inc” but perhaps “Getac”, which was not verified`,
			`Row 4, column C “Manufacturer”: the firmware does not say “Surface” but, as far as is known, “Microsoft Corporation”`,
			`Row 4, column D “Model”: the firmware does not say “Microsoft Surface Pro 9” but “Surface Pro 9”`,
			`Row 4, column C “Manufacturer”: A Surface device can be registered in two ways`,
		},
		"fr": {"« HP » ou « Hewlett-Packard »", "n'a pas été vérifié", "Microsoft Corporation", "« Surface Pro 9 »", "support Microsoft"},
	}
	for _, w := range speakAll(t) {
		var all []string
		for _, one := range m.Warnings {
			all = append(all, strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(w.ListWarning(one)))
		}
		if len(all) != len(want[w.Language()]) {
			t.Fatalf("%s: %q", w.Language(), all)
		}
		for i, text := range all {
			if !strings.Contains(text, want[w.Language()][i]) {
				t.Errorf("%s\nhas no\n%s", text, want[w.Language()][i])
			}
		}
	}
}

// TestHashAdvice: a list with hashes says why not, as the advice for a code does.
func TestHashAdvice(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		warning := w.ListWarning(manifest.Warning{Caution: manifest.ByHash, Place: manifest.Place{Row: 2}, Rows: 1})
		if advice := w.HashAdvice(); !strings.Contains(advice, "PKID") || !strings.Contains(warning, advice) || !strings.Contains(w.Code("802", "").String(), "PKID") {
			t.Errorf("%s, %s", advice, warning)
		}
	}
}
