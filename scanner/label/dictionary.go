package label

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// rulesText is the whole table, as a person reads and changes it.
//
//go:embed rules.txt
var rulesText string

// builtin is the table, read once.
//
//nolint:gochecknoglobals // constant data, made of the embedded text at its first use.
var builtin = sync.OnceValue(func() *dictionary {
	d, err := readDictionary(rulesText)
	if err != nil {
		panic(err) // the tests read it too
	}
	return d
})

// A dictionary is what rules.txt says.
type dictionary struct {
	captions map[string][]string
	shapes   []shape
	// first and then are the rules before and after a site's own.
	first, then []Rule
	// ofGS1 and ofMH10 are the identifiers of messages.
	ofGS1, ofMH10 []identifier
	// classifier is the built-in one.
	classifier *Classifier
}

// A shape is what a maker's serials look like.
type shape struct {
	name string
	rule Rule
}

// serialShape says whether text as it stands has the shape of a maker's
// serial, so that no data identifier may be cut from it.
func (d *dictionary) serialShape(text string) bool {
	_, ok := d.shapeOf(text)
	return ok
}

// makerOf is the manufacturer that a serial's shape proves, else empty.
func (d *dictionary) makerOf(serial string) string {
	s, _ := d.shapeOf(serial)
	return s.rule.maker
}

func (d *dictionary) shapeOf(text string) (shape, bool) {
	var at fit
	for _, s := range d.shapes {
		if s.rule.pattern.fits(text, &at) && !slices.ContainsFunc(s.rule.checks, func(c check) bool { return !c.holds(text) }) {
			return s, true
		}
	}
	return shape{}, false
}

func (d *dictionary) captionNames() string {
	return strings.Join(slices.Sorted(maps.Keys(d.captions)), ", ")
}

func (d *dictionary) shapeNames() string {
	var names []string
	for _, s := range d.shapes {
		names = append(names, s.name)
	}
	return strings.Join(names, ", ")
}

// The sections of rules.txt.
const (
	sectionCaptions = "Captions"
	sectionShapes   = "Makers' serials"
	sectionFirst    = "First of all"
	sectionThen     = "After the site's own rules"
	sectionGS1      = "GS1 application identifiers"
	sectionMH10     = "MH10.8 data identifiers"
)

// readDictionary reads rules.txt.
func readDictionary(text string) (*dictionary, error) {
	d := &dictionary{captions: map[string][]string{}}
	section, number := "", 0
	for line := range strings.Lines(text) {
		number++
		switch line = strings.TrimSpace(line); {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "=="):
			section = strings.Trim(line, "= ")
		default:
			if err := d.row(section, line, number); err != nil {
				return nil, fmt.Errorf("rules.txt:%d: %w", number, err)
			}
		}
	}
	d.classifier = newClassifier(d, nil)
	return d, nil
}

func (d *dictionary) row(section, line string, number int) error {
	switch section {
	case sectionCaptions:
		return d.caption(line)
	case sectionShapes:
		return d.shape(line)
	case sectionGS1:
		return d.identifier(&d.ofGS1, line)
	case sectionMH10:
		return d.identifier(&d.ofMH10, line)
	}
	u, err := parseRow(line, d)
	if err != nil {
		return err
	}
	u.line = number
	switch section {
	case sectionFirst:
		d.first = append(d.first, u)
	case sectionThen:
		d.then = append(d.then, u)
	default:
		return fmt.Errorf("%w %q", errSection, section)
	}
	return nil
}

// caption reads NAME: "A" or "B". Lines of one name add up.
func (d *dictionary) caption(line string) error {
	name, text, _ := strings.Cut(line, ":")
	p, _, fault := parsePattern(text, d)
	switch {
	case fault != nil:
		return fault
	case len(p.parts) != 1 || p.parts[0].form != formWords:
		return errCaption
	}
	name = strings.TrimSpace(name)
	d.captions[name] = append(d.captions[name], p.parts[0].words...)
	return nil
}

// shape reads NAME: PATTERN | CHECKS | MAKER | | EXAMPLES.
func (d *dictionary) shape(line string) error {
	name, rest, _ := strings.Cut(line, ":")
	u, err := parseRow("serial ambiguous: "+rest, d)
	if err != nil {
		return err
	}
	d.shapes = append(d.shapes, shape{strings.TrimSpace(name), u})
	return nil
}
