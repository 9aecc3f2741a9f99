package partnercenter

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pkidstation/queue/autopilot"
)

// maxText is the longest description that is kept; Partner Center's are said
// to end at 1024 characters.
const maxText = 1024

// A text is a JSON string, or a number or truth value as it is written.
// Anything else is empty, so that one odd field does not cost the answer.
type text string

// UnmarshalJSON never fails.
func (t *text) UnmarshalJSON(raw []byte) error {
	*t = ""
	switch raw[0] {
	case '"':
		*t = text(unquoted(raw))
	case 'n', '{', '[':
	default:
		*t = text(raw)
	}
	return nil
}

// unquoted is a JSON string as it is meant.
func unquoted(raw []byte) string {
	if bytes.IndexByte(raw, '\\') < 0 && utf8.Valid(raw) {
		return string(raw[1 : len(raw)-1])
	}
	var plain string
	if json.Unmarshal(raw, &plain) != nil {
		return ""
	}
	return plain
}

// words are a list of texts, or a text alone. Any other JSON is none.
type words []text

// UnmarshalJSON never fails.
func (w *words) UnmarshalJSON(raw []byte) error {
	*w = nil
	if raw[0] == '[' {
		var plain []text
		if json.Unmarshal(raw, &plain) == nil {
			*w = plain
		}
		return nil
	}
	var alone text
	if err := alone.UnmarshalJSON(raw); err != nil || alone == "" {
		return err
	}
	*w = words{alone}
	return nil
}

// trimmed is the text without space around it. What was around it is not kept
// in memory.
func (t text) trimmed() string {
	trimmed := strings.TrimSpace(string(t))
	if len(trimmed) < len(t) {
		return strings.Clone(trimmed)
	}
	return trimmed
}

// shown is the text for people: in one line, and not too long.
func (t text) shown() string {
	return clip(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, t.trimmed()), maxText)
}

// clip cuts at a whole character. What is cut off is not kept in memory.
func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return strings.Clone(text[:most])
}

// count is the text as a number of things; what is none is 0.
func (t text) count() int {
	whole, _, _ := strings.Cut(t.trimmed(), ".")
	n, err := strconv.ParseUint(whole, 10, 31)
	if err != nil {
		return 0
	}
	return int(n)
}

// time is the text as a time. Without a zone it is taken as UTC; what is no
// time, and Microsoft's year 1 for "not yet", is zero.
func (t text) time() time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999", time.DateOnly} {
		if at, err := time.Parse(layout, t.trimmed()); err == nil && at.Year() > 1 {
			return at.UTC()
		}
	}
	return time.Time{}
}

// word is which of the known words the text is, whether it is spelt with
// underscores, spaces or capitals; empty if it is none of them.
func (t text) word(known ...string) string {
	spelt := plain(string(t))
	for _, word := range known {
		if plain(word) == spelt {
			return word
		}
	}
	return ""
}

// plain is a word as all its spellings have it.
func plain(word string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, clip(word, maxText))
}

// status is the text as a JobStatus, however it is spelt.
func (t text) status() JobStatus {
	known := t.word(string(StatusQueued), string(StatusProcessing), string(StatusFinished), string(StatusFinishedWithErrors))
	if known == "" {
		return StatusUnknown
	}
	return JobStatus(known)
}

// codeOf is the code of a device. Where Microsoft leaves it out and gives only
// the name of it, the name decides. 0 is no error.
func codeOf(code, description text) autopilot.Code {
	if plain := code.shown(); plain != "" && plain != "0" {
		return autopilot.Code(plain)
	}
	return autopilot.CodeNamed(description.trimmed())
}
