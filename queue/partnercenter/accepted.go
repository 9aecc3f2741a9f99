package partnercenter

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/google/uuid"
)

var errNoJob = errors.New("the answer names no job")

// Accepted is Partner Center's 202: the devices were taken, and TrackingID is
// the job to ask about. It does not mean that any device is registered.
type Accepted struct {
	TrackingID               string
	RequestID, CorrelationID string
}

// submit sends what starts a job, and finds the job in the answer.
func (c *Client) submit(ctx context.Context, what call) (Accepted, error) {
	var said receipt
	what.decode = said.read
	got, err := c.send(ctx, what)
	if err != nil {
		return Accepted{}, err
	}
	id := trackingID(got.header.Get("Location"))
	if id == "" {
		id = said.job
	}
	if id == "" {
		return Accepted{}, untracked(what.op, got, said)
	}
	return Accepted{TrackingID: id, RequestID: got.requestID, CorrelationID: got.correlationID}, nil
}

// A receipt is what the body of a 2xx says: mostly nothing, sometimes an object
// with a link to the job somewhere in it.
type receipt struct {
	job    string
	object bool
	// refusal says that it has the names that a refusal has.
	refusal bool
}

func (said *receipt) read(r *reading) error {
	begun := false
	err := r.walk(func(token json.Token) {
		said.object = said.object || !begun && token == json.Delim('{')
		begun = true
		text, ok := token.(string)
		if ok && said.job == "" {
			said.job = trackingID(text)
		}
		said.refusal = said.refusal || ok && namesRefusal(text)
	})
	if !begun && errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// namesRefusal knows the names of a refusal's fields, which something on the way
// may send with a 200.
func namesRefusal(name string) bool {
	return slices.ContainsFunc([]string{"code", "errorCode", "error", "message"}, func(n string) bool { return strings.EqualFold(n, name) })
}

// untracked is for a 2xx without a job. Only what is Partner Center's own, a
// 202 or a JSON object that is no refusal, means that the devices were taken.
func untracked(op string, got answer, said receipt) *Error {
	failed := unreadable(op, got, errNoJob)
	if got.status == http.StatusAccepted || got.cut == nil && said.object && !said.refusal {
		failed.kind = Untracked
	} else if got.cut != nil {
		failed.Err = got.cut
	}
	return failed
}

// maxLink is longer than any link to a job.
const maxLink = 2048

// trackingID is the last segment of a link to a job: absolute or relative, with
// /v1, without it, or with it twice, as clients in the wild have seen.
func trackingID(link string) string {
	if len(link) > maxLink {
		return ""
	}
	at, err := url.Parse(strings.TrimSpace(link))
	if err != nil {
		return ""
	}
	segments := strings.FieldsFunc(at.Path, func(r rune) bool { return r == '/' })
	if len(segments) < 2 {
		return ""
	}
	parent, last := segments[len(segments)-2], segments[len(segments)-1]
	known := strings.EqualFold(parent, "batchJobStatus") || !strings.EqualFold(parent, "customers") && uuid.Validate(last) == nil
	if !known || len(last) > 128 || !isSegment(last) {
		return ""
	}
	return last
}
