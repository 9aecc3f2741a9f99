package partnercenter

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"unicode"
)

// How much of an answer is read. What is longer is no answer of Partner
// Center's.
const (
	maxList    = 32 << 20
	maxRefusal = 64 << 10
)

// errTooLong is why the rest of a body was not read.
var errTooLong = errors.New("the answer is longer than any of Partner Center's")

// An answer is a response that was read, whatever its status.
type answer struct {
	status int
	header http.Header
	// body is empty where the call decoded it on the way in.
	body []byte
	// cut says why the body is not the whole, or not what it should be, or is
	// nil.
	cut                      error
	requestID, correlationID string
}

// taken says whether the status is a 2xx.
func (a *answer) taken() bool { return a.status >= 200 && a.status <= 299 }

// read takes the response in, up to the bound of its status, and closes it.
func (a *answer) read(resp *http.Response, decode func(*reading) error) {
	defer resp.Body.Close() //nolint:errcheck // nothing is written to it
	a.status, a.header = resp.StatusCode, resp.Header
	a.requestID = first(resp.Header.Get("MS-RequestId"), a.requestID)
	a.correlationID = first(resp.Header.Get("MS-CorrelationId"), a.correlationID)
	if a.taken() && decode != nil {
		limit := int64(maxRefusal)
		if a.status == http.StatusOK {
			limit = maxList
		}
		a.cut = newReading(resp.Body, limit).all(decode)
		return
	}
	a.body, a.cut = io.ReadAll(io.LimitReader(resp.Body, maxRefusal+1))
	if a.cut == nil && len(a.body) > maxRefusal {
		a.body, a.cut = a.body[:maxRefusal], errTooLong
	}
}

// first is the service's id where it gave one, fit for a log.
func first(id, otherwise string) string {
	id = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, clip(id, 100))
	if id == "" {
		return otherwise
	}
	return id
}
