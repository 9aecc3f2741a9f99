package partnercenter

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
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

// unmarshal is json.Unmarshal that takes a byte order mark.
func unmarshal(body []byte, into any) error {
	return json.Unmarshal(bytes.TrimPrefix(body, []byte("\ufeff")), into)
}

// A text is a JSON string, or a number or truth value as it is written.
// Anything else is empty, so that one odd field does not cost the answer.
type text string

// UnmarshalJSON never fails.
func (t *text) UnmarshalJSON(raw []byte) error {
	*t = ""
	switch raw[0] {
	case '"':
		var plain string
		if err := json.Unmarshal(raw, &plain); err == nil {
			*t = text(plain)
		}
	case 'n', '{', '[':
	default:
		*t = text(raw)
	}
	return nil
}

// trimmed is the text without space around it.
func (t text) trimmed() string { return strings.TrimSpace(string(t)) }

// shown is the text for people: in one line, and not too long.
func (t text) shown() string {
	return clip(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, t.trimmed()), maxText)
}

// clip cuts at a whole character.
func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
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

// status is the text as a JobStatus, however it is spelt.
func (t text) status() JobStatus {
	plain := strings.NewReplacer("_", "", " ", "", "-", "").Replace(strings.ToLower(t.trimmed()))
	switch plain {
	case "queued":
		return StatusQueued
	case "processing":
		return StatusProcessing
	case "finished":
		return StatusFinished
	case "finishedwitherrors":
		return StatusFinishedWithErrors
	default:
		return StatusUnknown
	}
}

// codeOf is the code of a device. Where Microsoft leaves it out and gives only
// the name of it, the name decides. 0 is no error.
func codeOf(code, description text) autopilot.Code {
	if plain := code.shown(); plain != "" && plain != "0" {
		return autopilot.Code(plain)
	}
	return autopilot.CodeNamed(description.trimmed())
}

// said is what the body of a refusal says.
type said struct{ code, description string }

// decodeRefusal reads Partner Center's own shape and its gateway's, and finds
// nothing in any other.
// https://learn.microsoft.com/en-us/partner-center/developer/error-codes
func decodeRefusal(body []byte) said {
	var wire struct {
		Code        text `json:"code"`
		Description text `json:"description"`
		Message     text `json:"message"`
	}
	if err := unmarshal(body, &wire); err != nil {
		return said{}
	}
	description := wire.Description.shown()
	if description == "" {
		description = wire.Message.shown()
	}
	return said{code: clip(wire.Code.shown(), 40), description: redact(description)}
}

// maxRetryAfter is more than any throttle lasts: what asks for more is broken.
const maxRetryAfter = 24 * time.Hour

// waitWords is how the gateway says in words how long to wait.
var waitWords = regexp.MustCompile(`(?i)\b(\d{1,6}) second`)

// retryAfter is how long the service asked to wait: in seconds, as a date by
// its own clock, or in the gateway's words; 0 where it did not say.
// https://learn.microsoft.com/en-us/partner-center/developer/api-throttling-guidance
func retryAfter(header http.Header, description string) time.Duration {
	asked := strings.TrimSpace(header.Get("Retry-After"))
	if asked == "" {
		if words := waitWords.FindStringSubmatch(description); words != nil {
			asked = words[1]
		}
	}
	whole, _, _ := strings.Cut(asked, ".")
	seconds, err := strconv.ParseUint(whole, 10, 32)
	wait := time.Duration(seconds) * time.Second
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		wait = 0
		if at, err := http.ParseTime(asked); err == nil {
			wait = at.Sub(serviceTime(header))
		}
	}
	return min(max(wait, 0), maxRetryAfter)
}

// serviceTime is the service's clock, which a date of its refers to; the
// station's may be wrong.
func serviceTime(header http.Header) time.Time {
	if at, err := http.ParseTime(header.Get("Date")); err == nil {
		return at
	}
	return time.Now()
}
