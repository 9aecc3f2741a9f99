package label

import (
	"fmt"
	"strings"
)

// thirteen says whether a text is 13 digits: it may be a PKID, and no rule
// without a text of its own takes it for anything else.
func thirteen(text string) bool { return len(text) == 13 && digits(text) }

// mayTake keeps a site's rule from what no site can tell. 13 digits of an
// unknown symbol that pass as a retail number stay in doubt: they may be the
// EAN of the box. And 13 digits are no serial because serials of 13 characters
// exist.
func (u *Rule) mayTake(r *reading, code Code) bool {
	if u.kind == PKID {
		return (r.on != silent || !GTIN(r.upper)) && someDifferent(code.Text)
	}
	return u.hasText() || !thirteen(r.upper)
}

// hasText says whether the rule has a text of its own.
func (u *Rule) hasText() bool {
	for i := range u.pattern.parts {
		if u.pattern.parts[i].form == formWords {
			return true
		}
	}
	return false
}

// keepsThirteen says whether what the rule keeps is always 13 digits.
func (u *Rule) keepsThirteen() bool {
	kept := u.pattern.parts
	if u.pattern.value.is() {
		kept = kept[u.pattern.value.from:u.pattern.value.to]
	}
	return onlyDigits(kept) && length(kept, (*part).minimum) == 13 && length(kept, (*part).maximum) == 13
}

// takesEveryPKID says whether the rule is nothing but 13 digits.
func (u *Rule) takesEveryPKID() bool {
	all := u.pattern.parts
	return !u.hasText() && onlyDigits(all) && length(all, (*part).minimum) == 13 && length(all, (*part).maximum) == 13
}

func length(parts []part, of func(*part) int) int {
	sum := 0
	for i := range parts {
		sum += of(&parts[i])
	}
	return sum
}

func onlyDigits(parts []part) bool {
	var ten charset
	for c := byte('0'); c <= '9'; c++ {
		ten.add(c)
	}
	for i := range parts {
		t := &parts[i]
		switch t.form {
		case formWords:
			if !digits(strings.Join(t.words, "")) {
				return false
			}
		case formClass:
			if t.chars[0]&^ten[0] != 0 || t.chars[1] != 0 {
				return false
			}
		case formGap, formMark, formAddress:
			return false
		}
	}
	return true
}

// maxTaught is the longest code that can be taught.
const maxTaught = 64

// Teach makes the rule of a code that a person showed: it is of this kind if
// it begins with the prefix and has so many characters in all. keepPrefix says
// whether the prefix belongs to the value; for a PKID 13 digits must be left.
// Without a prefix only the length speaks for the code, so that it is
// ambiguous.
func Teach(kind Kind, prefix string, length int, keepPrefix bool) (Rule, error) {
	line, err := taught(kind, prefix, length, keepPrefix)
	if err != nil {
		return Rule{}, err
	}
	return ParseRule(line)
}

func taught(kind Kind, prefix string, length int, keepPrefix bool) (string, error) {
	left := length - len(prefix)
	switch {
	case kind != PKID && kind != Serial && kind != Model && kind != Part:
		return "", &RuleError{Column: 1, Problem: fmt.Sprintf("%q cannot be taught", clip(string(kind))), Allowed: "pkid, serial, model, part"}
	case strings.ContainsAny(prefix, `"`):
		return "", &RuleError{Rule: clip(prefix), Column: 1, Problem: "a quotation mark cannot be in a prefix"}
	case left < 1 || length > maxTaught:
		return "", &RuleError{Rule: clip(prefix), Column: 1, Problem: fmt.Sprintf("%d characters behind the prefix", left), Allowed: fmt.Sprintf("1 or more, at most %d in all", maxTaught)}
	case prefix == "" && kind != PKID:
		return fmt.Sprintf("%s ambiguous: %d code | some digit", kind, length), nil
	}
	what := "code"
	if kind == PKID {
		what = "digits"
	}
	switch {
	case prefix == "":
		return fmt.Sprintf("%s: %d %s", kind, left, what), nil
	case keepPrefix:
		return fmt.Sprintf(`%s: "%s" %d %s`, kind, prefix, left, what), nil
	default:
		return fmt.Sprintf(`%s: "%s" (%d %s)`, kind, prefix, left, what), nil
	}
}
