package words_test

import (
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/assets"
	"pkidstation/ui/words"
)

// A form is one text of a file: the id, and the plural form or "".
type form struct{ id, plural string }

// texts reads one file of translations.
func texts(t *testing.T, room, language string) map[form]string {
	t.Helper()
	raw, err := fs.ReadFile(assets.Translations, "translations/"+room+"."+language+".json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatalf("%s.%s: %v", room, language, err)
	}
	found := map[form]string{}
	for id, value := range all {
		flatten(t, found, id, value)
	}
	return found
}

func flatten(t *testing.T, found map[form]string, id string, value any) {
	t.Helper()
	switch value := value.(type) {
	case string:
		found[form{id: id}] = value
	case map[string]any:
		for plural, text := range value {
			if slices.Contains([]string{"zero", "one", "two", "few", "many", "other"}, plural) {
				found[form{id, plural}], _ = text.(string)
			} else {
				flatten(t, found, id+"."+plural, text)
			}
		}
	default:
		t.Errorf("%s is a %T", id, value)
	}
}

// rooms are the files by what is before the language in their names.
func rooms(t *testing.T) []string {
	t.Helper()
	paths, err := fs.Glob(assets.Translations, "translations/*.en.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	var found []string
	for _, p := range paths {
		found = append(found, strings.TrimSuffix(path.Base(p), ".en.json"))
	}
	return found
}

func TestEveryLanguageHasTheSameTexts(t *testing.T) {
	t.Parallel()
	for _, room := range rooms(t) {
		english := texts(t, room, "en")
		for _, l := range words.Languages() {
			other := texts(t, room, l.Tag)
			if diff := cmp.Diff(keys(english), keys(other)); diff != "" {
				t.Errorf("%s: ids of en (-) and %s (+):\n%s", room, l.Tag, diff)
			}
			for at, text := range other {
				if strings.TrimSpace(text) == "" {
					t.Errorf("%s.%s: %v is empty", room, l.Tag, at)
				}
				if at.plural == "many" {
					at.plural = "other"
				}
				if diff := cmp.Diff(placeholders(english[at]), placeholders(text)); diff != "" {
					t.Errorf("%s.%s: placeholders of %v, en (-) and %s (+):\n%s", room, l.Tag, at, l.Tag, diff)
				}
			}
		}
	}
}

// keys are the ids with their plural forms; "many" is French alone.
func keys(all map[form]string) []string {
	var found []string
	for at := range all {
		if at.plural != "many" {
			found = append(found, at.id+" "+at.plural)
		}
	}
	slices.Sort(found)
	return found
}

func placeholders(text string) []string {
	var found []string
	for _, action := range regexp.MustCompile(`{{.*?}}`).FindAllString(text, -1) {
		found = append(found, regexp.MustCompile(`\.[A-Z]\w*`).FindAllString(action, -1)...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func TestNoIDIsInTwoRooms(t *testing.T) {
	t.Parallel()
	where := map[string]string{}
	for _, room := range rooms(t) {
		for at := range texts(t, room, "en") {
			if first, ok := where[at.id]; ok && first != room {
				t.Errorf("%s is in %s and in %s", at.id, first, room)
			}
			where[at.id] = room
		}
	}
}

func TestNoIDIsTwiceInAFile(t *testing.T) {
	t.Parallel()
	for _, room := range rooms(t) {
		for _, l := range words.Languages() {
			raw, err := fs.ReadFile(assets.Translations, "translations/"+room+"."+l.Tag+".json")
			if err != nil {
				t.Fatal(err)
			}
			count := map[string]int{}
			for _, m := range regexp.MustCompile(`(?m)^ {2}("[^"]+"):`).FindAllStringSubmatch(string(raw), -1) {
				if count[m[1]]++; count[m[1]] == 2 {
					t.Errorf("%s.%s: %s twice", room, l.Tag, m[1])
				}
			}
		}
	}
}

// prose is a text without what is not language: placeholders, and commands,
// flags and keys in `…`.
func prose(text string) string {
	return regexp.MustCompile("{{.*?}}|`[^`]*`|--[a-z-]+|https?://\\S*").ReplaceAllString(text, "X")
}

func TestFrenchIsFrench(t *testing.T) {
	t.Parallel()
	forbidden := map[string]*regexp.Regexp{
		"enregistré means captured and registered alike": regexp.MustCompile(`(?i)enregistr`),
		"an English word": word(`the|scan|scans|scanner|scanned|upload|batch|tag|tags|device|devices|box|boxes|registered|` +
			`submitted|captured|held|hold|release|retry|offline|online|tenant|customer|group|order|queue|sign-in|partner center`),
		"vouvoiement":         word(`tu|toi|ton|ta|tes`),
		"no exclamation":      regexp.MustCompile(`!`),
		"hold is bloquer":     regexp.MustCompile(`(?i)(mettre|mis|mise) en attente`),
		"a space before it":   regexp.MustCompile(`[^\s\x{a0}\x{202f}][;?»]|[^\s\x{a0}\x{202f}]:(\s|$)|«\S`),
		"the plain space bar": regexp.MustCompile(`[\x{a0}\x{202f}][:;?»]|«[\x{a0}\x{202f}]`),
	}
	for _, room := range rooms(t) {
		for at, text := range texts(t, room, "fr") {
			for why, pattern := range forbidden {
				if hit := pattern.FindString(prose(text)); hit != "" {
					t.Errorf("%s.fr: %v has %q (%s): %s", room, at, hit, why, text)
				}
			}
		}
	}
}

// word matches whole words; \b is blind to accents, and finds "tes" in "êtes".
func word(alternatives string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(^|[^\pL])(` + alternatives + `)($|[^\pL])`)
}

func TestAnnulerIsUndoAlone(t *testing.T) {
	t.Parallel()
	for _, room := range rooms(t) {
		for at, text := range texts(t, room, "fr") {
			undo := strings.Contains(at.id, "undo") || strings.Contains(text, "dernière lecture")
			if !undo && strings.Contains(strings.ToLower(text), "annul") {
				t.Errorf("%s.fr: %v: annuler is undo only; cancel is abandonner or fermer: %s", room, at, text)
			}
		}
	}
}

func TestEnglishIsCalm(t *testing.T) {
	t.Parallel()
	for _, room := range rooms(t) {
		for at, text := range texts(t, room, "en") {
			if strings.ContainsRune(prose(text), '!') {
				t.Errorf("%s.en: %v shouts: %s", room, at, text)
			}
		}
	}
}

func TestEveryTextIsTranslated(t *testing.T) {
	t.Parallel()
	same := []string{"kind.pkid", "kind.imei", "duration.hours", "duration.minutes", "duration.seconds"}
	for _, room := range []string{"words", "removal", "office"} {
		french := texts(t, room, "fr")
		for at, text := range texts(t, room, "en") {
			if french[at] == text && !slices.Contains(same, at.id) {
				t.Errorf("%v is %q in both languages", at, text)
			}
		}
	}
}

func TestLoadedFrenchHasUnbreakableSpaces(t *testing.T) {
	t.Parallel()
	french := speak(t, "fr")
	loose := regexp.MustCompile(`[ \t][:;?!»]|« `)
	for at := range texts(t, "words", "fr") {
		said := french.Say(at.id)
		if at.plural != "" {
			said = french.Count(at.id, 2)
		}
		if loose.MatchString(said) {
			t.Errorf("%s: a line may break before its punctuation: %q", at.id, said)
		}
	}
	if got, want := french.Say("verdict.text", "Text", "a : b"), "Texte lu\u00a0: a : b"; got != want {
		t.Errorf("what was read must stay as it is: got %q, want %q", got, want)
	}
}
