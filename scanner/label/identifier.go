package label

import (
	"slices"
	"strings"
)

// An identifier opens a field of a message and says what its value is: an
// application identifier of GS1, or a data identifier of MH10.8. It is a row
// of rules.txt.
type identifier struct {
	// prefix is what it begins with, size how long it is: 31nn is "31" and 4.
	prefix string
	size   int
	// kind is what the value is, empty where that tells no device.
	kind Kind
	// value is what the value looks like, and checks what else must hold for it
	// to be of that kind.
	value  pattern
	checks []check
	maker  string
}

// identifier reads ID | KIND | VALUE | CHECKS | MAKER | REMARK.
func (d *dictionary) identifier(into *[]identifier, line string) error {
	cells := strings.Split(line, "|")
	for len(cells) < 6 {
		cells = append(cells, "")
	}
	id, kind := strings.TrimSpace(cells[0]), Kind(strings.TrimSpace(cells[1]))
	made := identifier{prefix: strings.TrimRight(id, "n"), size: len(id), kind: kind, maker: strings.TrimSpace(cells[4])}
	if kind == "-" {
		made.kind = ""
	} else if !slices.Contains(Kinds(), kind) {
		return &RuleError{Rule: clip(line), Problem: "no kind", Allowed: joinWords(Kinds())}
	}
	if id == "" || strings.Trim(made.prefix, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return errIdentifier
	}
	var u Rule
	if _, fault := u.checkCell(cells[3]); fault != nil {
		return fault
	}
	p, _, fault := parsePattern(cells[2], d)
	if fault != nil {
		return fault
	}
	made.value, made.checks = p, u.checks
	*into = append(*into, made)
	return nil
}

// opens says whether a text begins with the identifier.
func (i *identifier) opens(text string) bool {
	return len(text) >= i.size && strings.HasPrefix(text, i.prefix) &&
		(i.size == len(i.prefix) || digits(text[len(i.prefix):i.size]))
}

// is says whether id is the identifier and nothing more.
func (i *identifier) is(id string) bool { return len(id) == i.size && i.opens(id) }

// end is where the value ends that a text begins with: a value of a fixed
// length needs no separator behind it.
func (i *identifier) end(text string) int {
	if i.value.least == i.value.most {
		return min(i.value.most, len(text))
	}
	if at := strings.Index(text, groupSeparator); at >= 0 {
		return at
	}
	return len(text)
}

// takes says whether a value can stand behind the identifier.
func (i *identifier) takes(value string) bool {
	var at fit
	return value != "" && i.value.fits(value, &at)
}

// tells gives the code of a value; false if it cannot be of the kind.
func (i *identifier) tells(value string, known *dictionary) (Code, bool) {
	var at fit
	if i.kind == "" || !i.value.fits(value, &at) {
		return Code{}, false
	}
	c := Code{Kind: i.kind, Confidence: High, Text: value, Maker: i.maker}
	if i.value.value.is() {
		c.Text = at.text(value, i.value.value)
	}
	if i.value.model.is() {
		c.Model = at.text(value, i.value.model)
	}
	if slices.ContainsFunc(i.checks, func(k check) bool { return !k.holds(c.Text) }) {
		return Code{}, false
	}
	if c.Kind == Serial && c.Maker == "" {
		c.Maker = known.makerOf(c.Text)
	}
	return c, true
}
