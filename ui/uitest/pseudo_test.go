package uitest_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pkidstation/ui/uitest"
	"pkidstation/ui/words"
)

// small is what a small warehouse screen is: 1920x1080 on 13 inches, which Windows sets
// to 150 %, so that it has the room of 1280x720.
func small() uitest.View {
	return uitest.View{Language: uitest.Pseudo, Width: 1920, Height: 1080, Scale: 1.5}
}

// TestNothingIsCutInALongerLanguage on some states; on all with PKIDSTATION_TORTURE=1,
// as `gallery --lang qps` does.
func TestNothingIsCutInALongerLanguage(t *testing.T) {
	each(t, small(), 12, func(state uitest.State, shot *uitest.Shot) {
		for _, text := range shot.Cut() {
			t.Errorf("%s: %s", state, text)
		}
		if said := strings.Join(shot.Texts(), ""); !strings.ContainsAny(said, "éàîöü") {
			t.Errorf("%s does not speak the language", state)
		}
	})
}

// TestPseudoSaysTheSame: every text is longer by 40 %, in brackets, with the
// placeholders and the plural forms of the English one.
func TestPseudoSaysTheSame(t *testing.T) {
	t.Parallel()
	held := regexp.MustCompile(`\{\{[^}]*\}\}`)
	n := 0
	_, err := words.Rewritten("en", func(text string) string {
		n++
		long := uitest.Longer(text)
		if diff := slices.Compare(held.FindAllString(text, -1), held.FindAllString(long, -1)); diff != 0 {
			t.Errorf("%q has other placeholders than %q", long, text)
		}
		said, before := held.ReplaceAllString(long, ""), held.ReplaceAllString(text, "")
		if !strings.HasPrefix(long, "[") || !strings.HasSuffix(long, "]") || float64(utf8.RuneCountInString(said)) < 1.4*float64(utf8.RuneCountInString(before)) {
			t.Errorf("%q is %q", text, long)
		}
		return long
	})
	if err != nil || n < 500 {
		t.Errorf("%d texts, %v", n, err)
	}
	spoken, err := words.Rewritten("en", uitest.Longer)
	if err != nil {
		t.Fatal(err)
	}
	one, two := spoken.Count("ui.boxes", 1), spoken.Count("ui.boxes", 2)
	if one == two || !strings.Contains(one, "1") || !strings.Contains(two, "2") {
		t.Errorf("one box is %q, two are %q", one, two)
	}
}
