package makers

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// A Standing is how a text stands to what firmware says: a fixed English word.
type Standing string

// The standings.
const (
	Exact   Standing = "exact"   // letter by letter
	Case    Standing = "case"    // but for capitals, or spaces around it
	Alias   Standing = "alias"   // a name that people use of a maker whose firmware has another
	Unlike  Standing = "unlike"  // of a model: not as this maker's firmware writes models
	Unknown Standing = "unknown" // not in the table, or of which nothing is known
)

// A Finding is what is known of a manufacturer and a model as somebody wrote them.
type Finding struct {
	// Manufacturer is how the manufacturer stands, and Suggested the spellings that the
	// maker's firmware has, the likeliest first; empty where it is exact or unknown.
	Manufacturer Standing
	Suggested    []Spelling
	// Model is how the model stands, SuggestedModel the spelling that the firmware has
	// where that is known; Shape says what the maker's models look like.
	Model          Standing
	SuggestedModel string
	Shape          Model
}

// Sure says whether nothing speaks against the two.
func (f Finding) Sure() bool {
	return f.Manufacturer == Exact && (f.Model == Exact || f.Model == Unknown)
}

// Judge says how a manufacturer and a model stand. Neither is changed.
func Judge(manufacturer, model string) Finding {
	maker, standing, found := named(manufacturer)
	f := Finding{Manufacturer: standing, Model: Unknown}
	if !found {
		return f
	}
	if f.Shape = maker.Model; standing != Exact {
		f.Suggested = suggested(maker, manufacturer)
	}
	f.Model, f.SuggestedModel = maker.model(model)
	return f
}

// suggested are the spellings that a text can be meant for, first the one that only
// capitals tell it from.
func suggested(m Maker, text string) []Spelling {
	all, same := m.spellings(), func(s Spelling) bool { return strings.EqualFold(s.Name, strings.TrimSpace(text)) }
	slices.SortStableFunc(all, func(a, b Spelling) int {
		switch {
		case same(a) && !same(b):
			return -1
		case same(b) && !same(a):
			return 1
		default:
			return 0
		}
	})
	return all
}

// named is the maker that a text names.
func named(text string) (m Maker, standing Standing, found bool) {
	key := bare(text)
	standing = Unknown
	for _, maker := range All() {
		for _, s := range maker.spellings() {
			switch {
			case s.Name == text:
				return maker, Exact, true
			case strings.EqualFold(s.Name, strings.TrimSpace(text)):
				m, standing, found = maker, Case, true
			case standing == Unknown && key != "" && bare(s.Name) == key:
				m, standing, found = maker, Alias, true
			}
		}
		if standing == Unknown && slices.Contains(maker.Typed, key) {
			m, standing, found = maker, Alias, true
		}
	}
	return m, standing, found
}

// Same says whether two spellings are of one maker of the table.
func Same(a, b string) bool {
	x, _, found := named(a)
	y, _, also := named(b)
	return found && also && x.Name == y.Name
}

// bare is a name in small letters, without spaces and signs.
func bare(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// What models look like. Lenovo's are four characters of machine type, six of model
// as a rule, no spaces; older consumer devices have the four alone.
var (
	machineType = regexp.MustCompile(`^[0-9]{2}[0-9A-Z]{2}(?:[0-9A-Z]{3,8})?$`)
	surfaceName = regexp.MustCompile(`^(?:Microsoft )?Surface(?: [A-Z0-9][A-Za-z0-9+,()-]*)+$`)
)

// model is how a model of this maker stands.
func (m Maker) model(text string) (standing Standing, suggested string) {
	switch m.Model {
	case ModelListed:
		return surface(text)
	case ModelMTM:
		return shaped(text, machineType)
	case ModelBare:
		if rest, ok := cutFold(text, "dell "); ok {
			return Unlike, rest
		}
	case ModelProduct, ModelNumber, ModelOpen:
	}
	return Unknown, ""
}

// shaped is how a text stands to a shape: Unknown where it has it, for a shape
// proves no device.
func shaped(text string, shape *regexp.Regexp) (standing Standing, suggested string) {
	upper := strings.ToUpper(strings.TrimSpace(text))
	switch {
	case shape.MatchString(text):
		return Unknown, ""
	case shape.MatchString(upper):
		return Case, upper
	default:
		return Unlike, ""
	}
}

func cutFold(text, prefix string) (rest string, ok bool) {
	if len(text) <= len(prefix) || !strings.EqualFold(text[:len(prefix)], prefix) {
		return "", false
	}
	return strings.TrimSpace(text[len(prefix):]), true
}
