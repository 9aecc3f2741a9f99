package words

import (
	"strings"

	"golang.org/x/text/language"
)

// Languages are the languages there are words in, English first, each with its
// own name for a menu.
func Languages() []Language {
	return []Language{
		{Tag: language.English.String(), Name: "English"},
		{Tag: language.French.String(), Name: "Français"},
	}
}

// A Language is one that there are words in.
type Language struct {
	Tag  string // what New and config take
	Name string // in itself
}

// best is the language of ours that serves a name best.
func best(name string) language.Tag {
	var ours []language.Tag
	for _, l := range Languages() {
		ours = append(ours, language.Make(l.Tag))
	}
	name, _, _ = strings.Cut(name, ":") // LANGUAGE=fr_FR:en
	name, _, _ = strings.Cut(name, ".") // fr_FR.UTF-8
	name, _, _ = strings.Cut(name, "@") // fr_FR@euro
	wanted, err := language.Parse(name)
	if err != nil {
		return ours[0]
	}
	_, index, _ := language.NewMatcher(ours).Match(wanted)
	return ours[index]
}
