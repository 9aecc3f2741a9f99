package label

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A parser reads one pattern.
type parser struct {
	known  *dictionary
	tokens []token
	next   int
	p      pattern
	open   []group
}

// A group is an opened bracket.
type group struct {
	by   token
	from int
}

// parsePattern reads a pattern, with the captions and shapes that are known.
func parsePattern(text string, known *dictionary) (pattern, string, *RuleError) {
	all, err := tokens(text)
	if err != nil {
		return pattern{}, "", err
	}
	x := parser{known: known, tokens: all}
	for x.next < len(x.tokens) {
		if err := x.part(); err != nil {
			return pattern{}, "", err
		}
	}
	switch {
	case len(x.open) > 0:
		return pattern{}, "", x.fault(x.open[0].by, "the bracket is never closed", "")
	case len(x.p.parts) == 0:
		return pattern{}, "", &RuleError{Problem: "there is no pattern", Allowed: allowedParts}
	case len(x.p.parts) > maxParts:
		return pattern{}, "", &RuleError{Problem: fmt.Sprintf("%d parts are too many", len(x.p.parts)), Allowed: fmt.Sprintf("at most %d", maxParts)}
	}
	if err := x.p.measure(); err != nil {
		return pattern{}, "", err
	}
	return x.p, joined(all), nil
}

const (
	allowedParts   = `"TEXT" or "TEXT", 8 alnum, 7 or 10 digits, 3-20 code, 4 of "0-9A-F", ( … ) around what is kept, caption NAME, shape NAME, mark, gap, address`
	allowedClasses = `digits, letters, alnum, hex, code (letters, digits and # . / -), any, of "0-9A-F"`
)

func (x *parser) fault(at token, problem, allowed string) *RuleError {
	return &RuleError{Column: at.at, Problem: problem, Allowed: allowed}
}

// take gives the next token, empty at the end.
func (x *parser) take() token {
	if x.next >= len(x.tokens) {
		last := x.tokens[len(x.tokens)-1]
		return token{at: last.at + len(last.written())}
	}
	x.next++
	return x.tokens[x.next-1]
}

// peek is the token n on.
func (x *parser) peek(n int) token {
	if x.next+n >= len(x.tokens) {
		return token{}
	}
	return x.tokens[x.next+n]
}

func (x *parser) part() *RuleError {
	switch t := x.take(); {
	case t.quoted:
		return x.choice(t)
	case t.is(opens()...):
		x.open = append(x.open, group{t, len(x.p.parts)})
		return nil
	case t.is(")"):
		return x.close(t)
	case t.is("caption"):
		return x.caption(t)
	case t.is("shape"):
		return x.shape()
	case t.is("gap"):
		x.p.parts = append(x.p.parts, part{form: formGap})
		return nil
	case t.is("mark"):
		x.p.parts = append(x.p.parts, part{form: formMark})
		return nil
	case t.is("address"):
		x.p.parts = append(x.p.parts, part{form: formAddress})
		return nil
	case t.text != "" && t.text[0] >= '0' && t.text[0] <= '9':
		return x.class(t)
	default:
		return x.fault(t, fmt.Sprintf("%q is no part of a pattern", t.text), allowedParts)
	}
}

// close ends the group that was opened last.
func (x *parser) close(t token) *RuleError {
	if len(x.open) == 0 {
		return x.fault(t, "no bracket is open here", "")
	}
	last := x.open[len(x.open)-1]
	x.open = x.open[:len(x.open)-1]
	kept := span{last.from, len(x.p.parts)}
	into := map[string]*span{"(": &x.p.value, "model(": &x.p.model, "maybe(": &x.p.or}[last.by.text]
	switch {
	case !kept.is():
		return x.fault(last.by, "there is nothing between the brackets", allowedParts)
	case into.is():
		return x.fault(last.by, fmt.Sprintf("a second %s", last.by.text), "one of each")
	}
	*into = kept
	return nil
}

// choice reads "A" or "B" or "C".
func (x *parser) choice(t token) *RuleError {
	all := []string{}
	for {
		if err := x.checkWord(t); err != nil {
			return err
		}
		all = append(all, t.text)
		if !x.peek(0).is("or") || !x.peek(1).quoted {
			break
		}
		x.next++
		t = x.take()
	}
	return x.words(all)
}

func (x *parser) checkWord(t token) *RuleError {
	outside := func(r rune) bool { return r < ' ' || r > '~' || r == ',' || r == '|' }
	if t.text == "" || strings.ContainsFunc(t.text, outside) {
		return x.fault(t, "this text cannot be on a label", "printable ASCII without comma and vertical bar")
	}
	return nil
}

func (x *parser) words(all []string) *RuleError {
	slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
	x.p.parts = append(x.p.parts, part{form: formWords, words: slices.Compact(all)})
	return nil
}

func (x *parser) caption(at token) *RuleError {
	name := x.take()
	all, ok := x.known.captions[name.text]
	if !ok {
		return x.fault(at, fmt.Sprintf("there is no caption %q", name.text), x.known.captionNames())
	}
	return x.words(slices.Clone(all))
}

func (x *parser) shape() *RuleError {
	name := x.take()
	for _, s := range x.known.shapes {
		if s.name == name.text {
			x.p.parts = append(x.p.parts, s.rule.pattern.parts...)
			return nil
		}
	}
	return x.fault(name, fmt.Sprintf("there is no shape %q", name.text), x.known.shapeNames())
}

// class reads "8 alnum", "7 or 10 digits", "3-20 code", `2 of "A-F"`.
func (x *parser) class(t token) *RuleError {
	made := part{form: formClass, least: maxCount, most: 0}
	for {
		least, most, ok := countsOf(t.text)
		if !ok {
			return x.fault(t, fmt.Sprintf("%q is no number of characters", t.text), fmt.Sprintf("8 or 3-20, at most %d", maxCount))
		}
		if least != most && (made.counts != nil || x.peek(0).is("or")) {
			return x.fault(t, "from-to and or cannot be mixed", "7 or 8 or 10, or else 7-10")
		}
		made.least, made.most = min(made.least, least), max(made.most, most)
		made.counts = append(made.counts, least)
		if !x.peek(0).is("or") {
			break
		}
		x.next++
		t = x.take()
	}
	if len(made.counts) == 1 {
		made.counts = nil
	}
	if err := x.characters(&made); err != nil {
		return err
	}
	x.p.parts = append(x.p.parts, made)
	return nil
}

// characters reads the class after its number.
func (x *parser) characters(made *part) *RuleError {
	t := x.take()
	if t.is("of") {
		set := x.take()
		chars, err := charsetOf(set.text)
		if fault := x.checkWord(set); fault != nil || !set.quoted {
			return x.fault(set, "of needs its characters in quotation marks", `of "0-9A-F"`)
		}
		if err != nil {
			return x.fault(set, err.Error(), `of "0-9A-F"`)
		}
		made.chars = chars
		return nil
	}
	chars, ok := classNamed(t.text)
	if !ok || t.quoted {
		return x.fault(t, fmt.Sprintf("%q is no kind of character", t.text), allowedClasses)
	}
	made.chars = chars
	return nil
}

// countsOf reads 8 and 3-20.
func countsOf(text string) (least, most int, ok bool) {
	from, to, ranged := strings.Cut(text, "-")
	if !ranged {
		to = from
	}
	least, err1 := strconv.Atoi(from)
	most, err2 := strconv.Atoi(to)
	return least, most, err1 == nil && err2 == nil && least >= 0 && most >= max(1, least) && most <= maxCount
}

// measure finds the choice, the loose part and the lengths, and refuses what
// could be laid over a text in several ways.
func (p *pattern) measure() *RuleError {
	p.choice, p.loose = -1, -1
	begun := false
	for i := range p.parts {
		t := &p.parts[i]
		switch {
		case t.form == formWords && len(t.words) > 1:
			if p.choice >= 0 {
				return &RuleError{Problem: "two choices of texts", Allowed: "one in a rule; write a rule for each of the others"}
			}
			p.choice = i
		case t.form == formClass && t.least != t.most:
			if p.loose >= 0 {
				return &RuleError{Problem: "two parts without a fixed length", Allowed: "one in a rule"}
			}
			p.loose = i
		case p.loose >= 0 && t.form != formClass && t.form != formWords:
			return &RuleError{Problem: "mark, gap and address cannot follow a part without a fixed length"}
		}
		if p.loose >= 0 && i > p.loose && i != p.choice {
			p.behind += t.minimum()
		}
		p.least, p.most = p.least+t.minimum(), min(p.most+t.maximum(), MaxText)
		if !begun {
			p.first.addAll(t.begins())
			begun = t.minimum() > 0
		}
	}
	if p.least > MaxText {
		return &RuleError{Problem: "longer than any code", Allowed: fmt.Sprintf("at most %d characters", MaxText)}
	}
	return nil
}
