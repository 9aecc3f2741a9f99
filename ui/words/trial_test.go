package words_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/ui/words"
)

func TestFacts(t *testing.T) {
	t.Parallel()
	typed := words.Finding{
		Grade: "good", Raw: "]C03305123456781<CR>", AIM: "]C0", Symbology: "code128", Terminator: "cr", Keys: 1600,
		Average: 12400 * time.Microsecond, Longest: 17 * time.Millisecond, Kind: "pkid", Text: "3305123456781",
	}
	with := func(change func(*words.Finding)) words.Finding { f := typed; change(&f); return f }
	for name, tt := range map[string]struct {
		finding         words.Finding
		english, french string // kind | raw | aim | end | pace | layout
	}{
		"typed": {
			typed, "PKID · 3305123456781|]C03305123456781<CR>|]C0 · Code 128|Enter (CR)|12 ms a key, 17 at most|As it came",
			"PKID · 3305123456781|]C03305123456781<CR>|]C0 · Code 128|Entrée (CR)|12 ms par touche, 17 au plus|Tel que reçu",
		},
		"in doubt, repaired": {
			with(func(f *words.Finding) {
				f.Doubt, f.Layout, f.AIM, f.Symbology, f.Terminator = true, "be", "", "", "none"
			}),
			"PKID? · 3305123456781|]C03305123456781<CR>|None|None: a pause ended it|12 ms a key, 17 at most|Repaired (computer: Belgian)",
			"PKID~? · 3305123456781|]C03305123456781<CR>|Aucun|Aucune~: une pause l'a close|12 ms par touche, 17 au plus|Corrigé (ordinateur~: belge)",
		},
		"unsure": {
			with(func(f *words.Finding) { f.Unsure, f.Kind, f.Text, f.Terminator = true, "serial", "5CG1234XYZ", "tab" }),
			"Serial number · 5CG1234XYZ|]C03305123456781<CR>|]C0 · Code 128|Tab|12 ms a key, 17 at most|Letters not certain",
			"Numéro de série · 5CG1234XYZ|]C03305123456781<CR>|]C0 · Code 128|Tabulation|12 ms par touche, 17 au plus|Lettres incertaines",
		},
		"a camera": {
			with(func(f *words.Finding) { f.Keys, f.AIM, f.Terminator = 0, "", "untold" }),
			"PKID · 3305123456781|]C03305123456781<CR>|Code 128, as the camera saw it|Not told by this device|Not measured|Not a keyboard",
			"PKID · 3305123456781|]C03305123456781<CR>|Code 128, vu par la caméra|Non indiquée par cet appareil|Non mesurée|Pas un clavier",
		},
		"a product key, whatever else it has": {
			with(func(f *words.Finding) { f.Kind = "secret" }),
			"Windows product key|Hidden: nothing of it is shown.|]C0 · Code 128|Enter (CR)|12 ms a key, 17 at most|As it came",
			"Clé de produit Windows|Masqué~: rien n'en est montré.|]C0 · Code 128|Entrée (CR)|12 ms par touche, 17 au plus|Tel que reçu",
		},
	} {
		for language, want := range map[string]string{"en": tt.english, "fr": tt.french} {
			var values []string
			for _, fact := range speak(t, language).Facts(tt.finding) {
				values = append(values, strings.ReplaceAll(fact.Value, "\u00a0", "~"))
			}
			if diff := cmp.Diff(strings.Split(want, "|"), values); diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", name, language, diff)
			}
		}
	}
}

func TestFactsOfWhatIsNotRecognised(t *testing.T) {
	t.Parallel()
	w := speak(t, "en")
	for reason, want := range map[string]string{
		"product-id": w.Say("refused.product-id.what"), "unknown": w.Say("refused.unknown.what"), "brand-new": w.Kind("other"),
	} {
		if got := w.Facts(words.Finding{Kind: "other", Reason: reason, Terminator: "cr"})[0].Value; got != want {
			t.Errorf("%s: %q, want %q", reason, got, want)
		}
	}
	facts := w.Facts(words.Finding{Layout: "x\n", Symbology: "new\x1b", AIM: "\x1b", Terminator: "cr", Keys: 1})
	if facts[5].Value != `Repaired (computer: x\n)` || facts[2].Value != `\x1b · new\x1b` || facts[4].Value != "1 key" {
		t.Errorf("%+v", facts)
	}
}
