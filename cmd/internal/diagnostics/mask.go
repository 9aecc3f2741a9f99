package diagnostics

import (
	"encoding/json"
	"regexp"
	"strings"
	"unicode/utf8"
)

// What stands where something was masked. No pattern takes these characters, so that
// what was masked once is left alone, and nothing on both sides of it is joined.
const (
	hidden       = "‹…›"
	begun, ended = "‹", "›"
	shownEnd     = 4
)

// A Masker puts away what must not leave the station.
type Masker struct {
	words   map[string]bool // in capitals
	phrases *strings.Replacer
}

// The shortest that is looked for wherever it stands: less is in every other word.
const (
	least = 3
)

// NewMasker makes one that also masks the values of this station: serials, names of
// customers and people. One of letters and digits alone is masked as a whole word.
func NewMasker(values []string) *Masker {
	m := &Masker{words: map[string]bool{}}
	var pairs []string
	for _, v := range values {
		v = strings.TrimSpace(v)
		switch {
		case strings.ContainsAny(v, begun+ended), utf8.RuneCountInString(v) < least:
		case strings.IndexFunc(v, notWord) < 0:
			m.words[strings.ToUpper(v)] = true
		default:
			pairs = append(pairs, v, hidden)
			if escaped, err := json.Marshal(v); err == nil { // as a log of JSON has it
				pairs = append(pairs, string(escaped[1:len(escaped)-1]), hidden)
			}
		}
	}
	m.phrases = strings.NewReplacer(pairs...)
	return m
}

// Mask masks all that may not leave. Each step looks at whole runs of what it takes,
// and the later ones only put more masks between: so a second time finds nothing.
func (m *Masker) Mask(text string) string {
	text = addresses.ReplaceAllStringFunc(text, maskAddress)
	text = mapRuns(text, isHex, maskHash)
	text = mapRuns(text, isOpaque, maskOpaque)
	text = named.ReplaceAllStringFunc(text, maskNamed)
	text = m.phrases.Replace(text)
	// Digits join what stands beside them: words are told before, and where they end
	// at a mask once more.
	text = mapRuns(text, isWordByte, m.maskWord)
	text = digits.ReplaceAllStringFunc(text, maskDigits)
	return mapRuns(text, isWordByte, m.maskWord)
}

// addresses are URLs from their "//" on.
var addresses = regexp.MustCompile(`://[^\s"'<>‹›]+`)

// maskAddress puts away the user and all behind the path; an address in a path, too.
func maskAddress(address string) string {
	tail := ""
	if at := strings.IndexAny(address, "?#"); at >= 0 {
		if address, tail = address[:at], address[at:]; len(tail) > 1 {
			tail = tail[:1] + hidden
		}
	}
	parts := strings.Split(address, "://")
	for i, part := range parts {
		host, path := part, ""
		if at := strings.IndexAny(part, `/\`); at >= 0 {
			host, path = part[:at], part[at:]
		}
		if at := strings.LastIndexByte(host, '@'); at > 0 {
			parts[i] = hidden + host[at:] + path
		}
	}
	return strings.Join(parts, "://") + tail
}

// The pieces of the pattern for what is told by its shape or by its name.
const (
	guid   = `[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}`
	mail   = `[\p{L}\p{N}._%+\-]+@[\p{L}\p{N}.\-]*\.\p{L}{2,}`
	jwt    = `eyJ[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]+)*`
	bearer = `(?i:bearer|basic) +[^\s"'‹›,;]+`
	secret = `(?i:[a-z_\-]*(?:token|secret|passw|authori[sz]ation|cookie|assertion|api_?key|private_?key|user_?code|device_?code)[a-z_\-]*|pin|code_verifier)` //nolint:gosec // names of secrets, and none
	// These are masked as the name of a field alone: the words are in sentences.
	field = `(?i:serial(?:_?number)?|customer(?:_?name)?|company(?:_?name)?|operator|user(?:_?name)?|by|order|group_?tag)`
	// A text may be of JSON, or of JSON in a text of JSON.
	quoted = `(?:"(?:[^"\\‹›]|\\[^‹›])*"|\\+"[^"‹›]*")`
	value  = `(?:` + quoted + `|[^\s"',;&{}()‹›]+)`
	home   = `(?i:/home/|/users/|\\+users\\+)`
)

// named is what is told by its shape or its name.
var named = regexp.MustCompile(guid + `|` + mail + `|` + jwt + `|` + bearer +
	`|"?` + secret + `\\*"?(?: *[:=] *)(?:(?i:bearer|basic) +)?` + value +
	`|"` + field + `\\*" *: *` + quoted + `|` + field + `=` + value +
	`|` + home + `[^/\\\s"'<>‹›:;,]+`)

// heads are what stays of a named thing: its name, or the folder of homes.
var heads = regexp.MustCompile(`^(?:` + home + `|(?i:bearer|basic) +|"?[A-Za-z_\-]+\\*"?(?: *[:=] *))`)

var guids = regexp.MustCompile(`^` + guid + `$`)

func maskNamed(found string) string {
	if guids.MatchString(found) {
		return begun + found[:shownEnd] + "…" + found[len(found)-shownEnd:] + ended
	}
	head := heads.FindString(found)
	if strings.HasPrefix(found[len(head):], `"`) {
		return head + `"` + hidden + `"`
	}
	return head + hidden
}

// digits are digits in a row, as text or as an escape of JSON, with at most one blank,
// dash or escaped one between two.
var digits = regexp.MustCompile(`(?:` + digit + `)(?:(?:` + between + `)?(?:` + digit + `))*`)

const (
	digit   = `\p{Nd}|\\+u003[0-9]`
	between = `[ \t_\-\x{a0}\x{2009}\x{202f}]|\\+u00(?:20|2[dD]|[aA]0|09)|\\+[nrt]`
)

var (
	oneDigit = regexp.MustCompile(digit)
	plain    = regexp.MustCompile(`\p{Nd}{13}`)
	ending   = regexp.MustCompile(`[0-9]{4}$`)
)

// most is how many digits in a row are left as they are: a PKID has one more.
const most = 12

func maskDigits(run string) string {
	// Shorter ones are many, and need no count.
	if len(run) <= most || len(oneDigit.FindAllStringIndex(run, most+1)) <= most && !plain.MatchString(run) {
		return run
	}
	if strings.Contains(run, `\`) { // its end would be that of an escape
		return hidden
	}
	return begun + "…" + ending.FindString(run) + ended
}

// The longest run of letters, digits and what base64 has beside them that is left.
const (
	mostOpaque = 39
	mostHash   = 31
)

func isOpaque(c byte) bool { return isWordByte(c) || strings.IndexByte("+/=_-", c) >= 0 }

func isHex(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }

// maskHash masks a hash but for its end. A part of a run that it masks is never one
// that it would mask in a run that it leaves; the same is true of maskOpaque.
func maskHash(run string) string {
	if len(run) <= mostHash || !strings.ContainsAny(run, "0123456789") {
		return run
	}
	return begun + "…" + run[len(run)-shownEnd:] + ended
}

// maskOpaque masks what is no word and no path: a token, a key.
func maskOpaque(run string) string {
	lower, upper, number := false, false, false
	for _, c := range []byte(run) {
		lower = lower || c >= 'a' && c <= 'z'
		upper = upper || c >= 'A' && c <= 'Z'
		number = number || c >= '0' && c <= '9'
	}
	if lower && upper && number && len(run) > mostOpaque {
		return hidden
	}
	return run
}

func isWordByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func notWord(r rune) bool { return r >= utf8.RuneSelf || !isWordByte(byte(r)) } //nolint:gosec // it is ASCII then

func (m *Masker) maskWord(word string) string {
	if len(word) >= least && m.words[strings.ToUpper(word)] {
		return hidden
	}
	return word
}

// mapRuns replaces each longest run of characters.
func mapRuns(text string, is func(byte) bool, replace func(string) string) string {
	var out strings.Builder
	out.Grow(len(text))
	for i := 0; i < len(text); {
		end := i
		for end < len(text) && is(text[end]) {
			end++
		}
		if end == i {
			out.WriteByte(text[i])
			i++
			continue
		}
		out.WriteString(replace(text[i:end]))
		i = end
	}
	return out.String()
}
