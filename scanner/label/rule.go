package label

import (
	"strings"
)

// A Rule is one row of the table: on such carriers, a text that looks like
// this and passes the checks is that. The zero Rule takes nothing.
type Rule struct {
	kind       Kind
	confidence Confidence
	reason     Reason
	maker      string
	// on is the carriers that the rule is for.
	on      carrier
	pattern pattern
	checks  []check
	// alone keeps the rule from a text that by itself has a serial's shape.
	alone bool
	// examples are texts that this rule decides.
	examples []string
	// line is where the rule stands in rules.txt, 0 for a site's.
	line int
	// written is the rule as String gives it, without its examples.
	written string
}

// String is the rule as ParseRule reads it, in its shortest form and without
// examples.
func (u Rule) String() string { return u.written }

// Kind is what the rule takes a code for.
func (u Rule) Kind() Kind { return u.kind }

// read gives the code of a text that the rule decides.
func (u *Rule) read(r *reading, known *dictionary) (Code, bool) {
	var at fit
	if u.on&r.on == 0 || !u.pattern.fits(r.upper, &at) {
		return Code{}, false
	}
	value := r.upper
	if u.pattern.value.is() {
		value = at.text(r.upper, u.pattern.value)
	}
	for i := range u.checks {
		asked := value
		if u.checks[i].whole {
			asked = r.upper
		}
		if !u.checks[i].holds(asked) {
			return Code{}, false
		}
	}
	if u.alone && known.serialShape(r.upper) {
		return Code{}, false
	}
	return u.gives(r, value, &at), true
}

// gives is the answer: what is no identity stays as it was read, and an
// address loses the marks between its bytes.
func (u *Rule) gives(r *reading, value string, at *fit) Code {
	c := Code{Kind: u.kind, Confidence: u.confidence, Reason: u.reason, Maker: u.maker, Text: value}
	switch {
	case (u.kind == Other || u.kind == Command) && !u.pattern.value.is():
		c.Text = r.text
	case u.kind == MAC && strings.ContainsAny(value, ":.-"):
		c.Text = strings.NewReplacer(":", "", ".", "", "-", "").Replace(value)
	}
	if u.pattern.model.is() {
		c.Model = at.text(r.upper, u.pattern.model)
	}
	if u.pattern.or.is() {
		c.Or = at.text(r.upper, u.pattern.or)
	}
	return c
}
