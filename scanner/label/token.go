package label

import (
	"fmt"
	"strings"
)

// A RuleError says what is wrong with a rule, and where in it.
type RuleError struct {
	// Rule is the rule as it was written, shortened. Column is where the
	// mistake begins, in bytes from 1.
	Rule   string
	Column int
	// Problem says what is wrong there, Allowed what may stand there instead.
	Problem string
	Allowed string
}

func (e *RuleError) Error() string {
	said := fmt.Sprintf("rule %q, column %d: %s", e.Rule, e.Column, e.Problem)
	if e.Allowed != "" {
		said += "; allowed: " + e.Allowed
	}
	return said
}

// A token is a word, a text in quotes, or a bracket of a pattern.
type token struct {
	text   string
	quoted bool
	at     int // where it begins in the pattern
}

// written is the token as it stands in a rule.
func (t token) written() string {
	if t.quoted {
		return `"` + t.text + `"`
	}
	return t.text
}

// is says whether the token is one of some words.
func (t token) is(words ...string) bool {
	for _, word := range words {
		if !t.quoted && t.text == word {
			return true
		}
	}
	return false
}

// opens are the tokens that open a group.
func opens() []string { return []string{"(", "model(", "maybe("} }

// tokens cuts a pattern up. Quoted texts are given in upper case, as all texts
// are compared.
func tokens(pattern string) ([]token, *RuleError) {
	var all []token
	for at := 0; at < len(pattern); {
		switch pattern[at] {
		case ' ', '\t':
			at++
		case '"':
			end := strings.IndexByte(pattern[at+1:], '"')
			if end < 0 {
				return nil, &RuleError{Column: at, Problem: "the quotation mark is never closed"}
			}
			all = append(all, token{text: strings.ToUpper(pattern[at+1 : at+1+end]), quoted: true, at: at})
			at += end + 2
		case '(', ')':
			all = append(all, token{text: pattern[at : at+1], at: at})
			at++
		default:
			end := strings.IndexAny(pattern[at:], " \t\"()")
			if end < 0 {
				end = len(pattern) - at
			}
			if at+end < len(pattern) && pattern[at+end] == '(' {
				end++ // model( and maybe(
			}
			all = append(all, token{text: pattern[at : at+end], at: at})
			at += end
		}
	}
	return all, nil
}

// joined is a pattern written with one blank between its tokens.
func joined(all []token) string {
	var b strings.Builder
	for i, t := range all {
		if i > 0 && !all[i-1].is(opens()...) && !t.is(")") {
			b.WriteByte(' ')
		}
		b.WriteString(t.written())
	}
	return b.String()
}
