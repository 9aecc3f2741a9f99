package vocabulary_test

import (
	"strings"
	"testing"

	"pkidstation/cmd/internal/vocabulary"
	"pkidstation/scanner/wedge"
)

// TestEveryLayoutHasAName, in both languages: the dock says through which
// keyboard a code came.
func TestEveryLayoutHasAName(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"en", "fr"} {
		w, err := vocabulary.New(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, layout := range wedge.Layouts() {
			if name := w.Say("layout." + layout); strings.HasPrefix(name, "[") {
				t.Errorf("%s: %s has no name", language, layout)
			}
		}
	}
}
