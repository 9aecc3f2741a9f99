package label

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

var (
	errSection    = errors.New("no section is called")
	errCaption    = errors.New("a caption is texts and nothing else")
	errIdentifier = errors.New("an identifier is digits, n for any digit, and letters")
)

// maxRule is the longest rule that a site can write.
const maxRule = 512

// siteKinds are what a site's rule can take a code for.
func siteKinds() []Kind { return []Kind{PKID, Serial, Model, Part, Order, Other} }

// ParseRule reads a rule of a site, in the language of rules.txt:
//
//	KIND [CONFIDENCE] [WHERE …]: PATTERN | CHECKS | MAKER | REASON | EXAMPLES
//
//	serial: "FUJ" 7 alnum
//	pkid certain: "ACME" (13 digits)
//	serial ambiguous: 9 alnum | letters and digits | FUJITSU | | AB1234567
//
// All behind the pattern can be left out. Without a confidence it is high (low
// ones are ambiguous), without a where it is for every symbol but EAN, UPC, GS1
// and ITF. A PKID must be kept as 13 digits. An error is a *RuleError.
func ParseRule(line string) (Rule, error) {
	if len(line) > maxRule {
		return Rule{}, &RuleError{Rule: clip(line), Column: maxRule + 1, Problem: "the rule is too long", Allowed: fmt.Sprintf("at most %d bytes", maxRule)}
	}
	u, fault := parseSite(line)
	if fault != nil {
		fault.Rule = clip(line)
		fault.Column++
		return Rule{}, fault
	}
	return u, nil
}

func parseSite(line string) (Rule, *RuleError) {
	known := builtin()
	u, err := parseRow(line, known)
	if fault, ok := errors.AsType[*RuleError](err); ok {
		return Rule{}, fault
	}
	behind := strings.Index(line, ":") + 1
	switch {
	case !slices.Contains(siteKinds(), u.kind):
		return Rule{}, &RuleError{Problem: fmt.Sprintf("a site's rule cannot say %s", u.kind), Allowed: joinWords(siteKinds())}
	case u.on&(retail|gs1) != 0 || u.kind == PKID && u.on&interleaved != 0:
		return Rule{}, &RuleError{Problem: fmt.Sprintf("EAN, UPC and GS1 are no site's to tell, and no PKID is in ITF (%s)", u.on), Allowed: "general, unknown, plain; itf but for a PKID"}
	case u.kind == PKID && !u.keepsThirteen():
		return Rule{}, &RuleError{Column: behind, Problem: "a PKID is 13 digits, no more and no less", Allowed: `pkid: "TEXT" (13 digits)`}
	case u.kind != PKID && u.takesEveryPKID():
		return Rule{}, &RuleError{Column: behind, Problem: "this would take every PKID", Allowed: "a text in it that tells it apart"}
	}
	return u, u.checkExamples(known)
}

// parseRow reads one row, whoever may write it. Its error is a *RuleError, or
// nil.
func parseRow(line string, known *dictionary) (Rule, error) {
	head, rest, ok := strings.Cut(line, ":")
	if !ok {
		return Rule{}, &RuleError{Problem: "no colon behind the kind", Allowed: `KIND: PATTERN, such as serial: "S" (8 alnum)`}
	}
	var u Rule
	if fault := u.head(head); fault != nil {
		return Rule{}, fault
	}
	at := len(head) + 1
	cells := strings.Split(rest, "|")
	if len(cells) > 5 {
		return Rule{}, &RuleError{Column: len(line), Problem: fmt.Sprintf("%d columns are too many", len(cells)), Allowed: "pattern | checks | maker | reason | examples"}
	}
	var written []string
	for i, cell := range cells {
		text, fault := u.cell(i, cell, known)
		if fault != nil {
			fault.Column += at
			return Rule{}, fault
		}
		written = append(written, text)
		at += len(cell) + 1
	}
	u.written = u.write(written)
	if fault := u.finish(); fault != nil {
		return Rule{}, fault
	}
	return u, nil
}

// head reads the kind, the confidence and the carriers.
func (u *Rule) head(text string) *RuleError {
	u.confidence = High
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return &RuleError{Problem: "no kind before the colon", Allowed: joinWords(Kinds())}
	}
	if u.kind = Kind(fields[0]); !slices.Contains(Kinds(), u.kind) || u.kind == Secret {
		return &RuleError{Problem: fmt.Sprintf("%q is no kind", clip(fields[0])), Allowed: joinWords(siteKinds())}
	}
	if u.kind == Other {
		u.confidence, u.reason = Certain, NoIdentity
	}
	for _, word := range fields[1:] {
		on, isCarrier := carrierNamed(word)
		switch {
		case isCarrier:
			u.on |= on
		case slices.Contains(confidences(), Confidence(word)) && (u.kind != Other || word == string(Certain)):
			u.confidence = Confidence(word)
		default:
			return &RuleError{
				Column: strings.Index(text, word), Problem: fmt.Sprintf("%q is no confidence and no place", clip(word)),
				Allowed: joinWords(confidences()) + ", plain, general, unknown, itf",
			}
		}
	}
	if u.on == 0 {
		u.on = plain
	}
	return nil
}

// cell reads one column, and gives it as String writes it.
func (u *Rule) cell(i int, text string, known *dictionary) (string, *RuleError) {
	trimmed := strings.TrimSpace(text)
	switch i {
	case 0:
		p, written, fault := parsePattern(text, known)
		u.pattern = p
		return written, fault
	case 1:
		return u.checkCell(text)
	case 2:
		if !printableMaker(trimmed) {
			return "", &RuleError{Problem: "no name of a manufacturer", Allowed: "at most 64 printable ASCII characters"}
		}
		u.maker = trimmed
	case 3:
		return u.reasonCell(text)
	case 4:
		for example := range strings.SplitSeq(trimmed, " ; ") {
			if example = strings.TrimSpace(example); example != "" {
				u.examples = append(u.examples, example)
			}
		}
		return "", nil
	}
	return trimmed, nil
}

func printableMaker(text string) bool {
	return len(text) <= 64 && !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' })
}

// checkCell reads "some digit and no serial by itself".
func (u *Rule) checkCell(text string) (string, *RuleError) {
	var written []string
	rest, at := text, 0
	for rest != "" {
		name, more, _ := strings.Cut(rest, " and ")
		if trimmed := strings.Join(strings.Fields(name), " "); trimmed != "" {
			// "letters and digits" has an and of its own.
			if also, tail, _ := strings.Cut(more, " and "); trimmed == "letters" && strings.TrimSpace(also) == "digits" {
				trimmed, more = "letters and digits", tail
			}
			if !u.check(trimmed) {
				return "", &RuleError{Column: at, Problem: fmt.Sprintf("there is no check %q", clip(trimmed)), Allowed: checkNames()}
			}
			written = append(written, trimmed)
		}
		at, rest = len(text)-len(more), more
	}
	return strings.Join(written, " and "), nil
}

const noSerialByItself = "no serial by itself"

func (u *Rule) check(name string) bool {
	if name == noSerialByItself {
		u.alone = true
		return true
	}
	for _, known := range checks() {
		if known.name == name {
			u.checks = append(u.checks, known)
			return true
		}
	}
	return false
}

func checkNames() string {
	names := []string{noSerialByItself}
	for _, known := range checks() {
		names = append(names, known.name)
	}
	return strings.Join(names, ", ")
}

// reasonCell reads why a code is other or ambiguous.
func (u *Rule) reasonCell(text string) (string, *RuleError) {
	trimmed := strings.TrimSpace(text)
	if trimmed == "" {
		return "", nil
	}
	allowed := ruleReasons(u.kind, u.confidence)
	if !slices.Contains(allowed, Reason(trimmed)) {
		return "", &RuleError{Problem: fmt.Sprintf("%q is no reason for %s %s", clip(trimmed), u.kind, u.confidence), Allowed: "nothing, " + joinWords(allowed)}
	}
	u.reason = Reason(trimmed)
	return trimmed, nil
}

func ruleReasons(kind Kind, confidence Confidence) []Reason {
	switch {
	case kind == Other:
		return []Reason{ProductID, PCID, AllEqual, ExpressCode, SNID, NoIdentity, Unknown}
	case confidence == Ambiguous:
		return []Reason{CouldBeGTIN, TwoReadings, ShapeOnly}
	default:
		return nil
	}
}

// finish fills in what follows from the rest.
func (u *Rule) finish() *RuleError {
	if u.confidence == Ambiguous && u.reason == "" {
		u.reason = ShapeOnly
	}
	if u.pattern.model.is() && u.kind != Serial || u.pattern.or.is() && u.kind != Serial {
		return &RuleError{Problem: "model( ) and maybe( ) are for serials"}
	}
	return nil
}

// write joins what was read in its shortest form.
func (u *Rule) write(cells []string) string {
	head := string(u.kind)
	if u.confidence != High && u.kind != Other {
		head += " " + string(u.confidence)
	}
	if u.on != plain {
		head += " " + u.on.String()
	}
	return head + ": " + strings.TrimRight(strings.Join(cells, " | "), " |")
}

// checkExamples refuses a site's example that its rule does not take.
func (u *Rule) checkExamples(known *dictionary) *RuleError {
	for _, example := range u.examples {
		r := reading{text: example, upper: strings.ToUpper(example), on: u.on}
		if code, ok := u.read(&r, known); !ok || !u.mayTake(&r, code) {
			return &RuleError{Problem: fmt.Sprintf("the example %q does not fit the rule", clip(example))}
		}
	}
	return nil
}

func joinWords[W ~string](all []W) string {
	var texts []string
	for _, word := range all {
		texts = append(texts, string(word))
	}
	return strings.Join(texts, ", ")
}

// clip shortens a text for an error.
func clip(text string) string {
	const most = 60
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
