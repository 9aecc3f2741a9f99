package vocabulary_test

import (
	"strings"
	"testing"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/vocabulary"
)

// TestEveryKeyHasItsWords: a name, what it is for, and what it may be, which is in
// English what pkidctl says.
func TestEveryKeyHasItsWords(t *testing.T) {
	t.Parallel()
	sheet, err := config.Read(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"en", "fr"} {
		w, err := vocabulary.New(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range sheet.Values {
			var ids []string
			if v.Key != "station.set_up" { // the window writes it, and does not show it
				ids = append(ids, "settings.name."+v.Key, "settings.what."+v.Key)
			}
			for _, word := range v.Words {
				if word != "" {
					ids = append(ids, "settings.value."+word)
				}
			}
			for _, id := range append(ids, "settings.allowed."+v.Key) {
				if text := w.Say(id); strings.HasPrefix(text, "[s") || text == "" {
					t.Errorf("%s: no %s", language, id)
				}
			}
			if allowed := w.Say("settings.allowed." + v.Key); language == "en" && allowed != config.Allowed(v.Key) {
				t.Errorf("%s: the rule is %q, the words are %q", v.Key, config.Allowed(v.Key), allowed)
			}
		}
	}
}
