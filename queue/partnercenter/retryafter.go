package partnercenter

import (
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

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
