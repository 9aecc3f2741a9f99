package partnercenter

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
)

// refusal makes an Error of an answer that is no 2xx. Whatever its body is, the
// status stays.
func refusal(what call, got answer) *Error {
	failed := noted(what.op, got)
	failed.tell(decodeRefusal(got.body))
	failed.RetryAfter = retryAfter(got.header, failed.Description)
	failed.kind = kindOf(got.status, failed.Code)
	if got.status == http.StatusBadRequest && what.op == opCreate && saysExists(failed.Description) {
		failed.kind = Conflict
	}
	if failed.kind == NoAnswer && got.status < 400 {
		failed.Err = errNotPartnerCenter
	}
	return failed
}

// noted is an Error of got with the ids that support asks for.
func noted(op string, got answer) *Error {
	return &Error{Op: op, Status: got.status, RequestID: got.requestID, CorrelationID: got.correlationID}
}

// unreadable is for a 2xx whose body is not what was asked for: cut, too long,
// or somebody else's, such as the sign-in page of a guest network.
func unreadable(op string, got answer, err error) *Error {
	failed := noted(op, got)
	failed.kind, failed.Err = NoAnswer, err
	return failed
}

// exists is how a 400 may say what a 409 says; the documentation has neither.
var exists = regexp.MustCompile(`(?i)already\s+exist|exists\s+already`)

func saysExists(description string) bool { return exists.MatchString(description) }

// said is what the body of a refusal says.
type said struct{ code, description string }

// tell keeps what the body said.
func (e *Error) tell(said said) { e.Code, e.Description = said.code, said.description }

// refusalWire is every shape of a refusal that has been seen: Partner Center's
// own, its gateway's, and that of a device in a job.
type refusalWire struct {
	Code             text `json:"code"`
	ErrorCode        text `json:"errorCode"`
	Description      text `json:"description"`
	ErrorDescription text `json:"errorDescription"`
	Message          text `json:"message"`
}

// said is what the shape has, if any.
func (w refusalWire) said() said {
	return said{
		code:        clip(firstShown(w.Code, w.ErrorCode), 40),
		description: firstShown(w.Description, w.ErrorDescription, w.Message),
	}
}

// firstShown is the first that says something. What is secret goes before what is too
// long: half a PKID is none that redact would know.
func firstShown(texts ...text) string {
	for _, each := range texts {
		if shown := text(redact(each.trimmed())).shown(); shown != "" {
			return shown
		}
	}
	return ""
}

// decodeRefusal reads any of the shapes, also one inside "error" as other
// services of Microsoft's have it, and finds nothing in other bodies.
// https://learn.microsoft.com/en-us/partner-center/developer/error-codes
func decodeRefusal(body []byte) said {
	var wire struct {
		refusalWire

		Error json.RawMessage `json:"error"`
	}
	if json.Unmarshal(bytes.TrimPrefix(body, []byte("\ufeff")), &wire) != nil {
		return said{}
	}
	found := wire.said()
	var inner refusalWire
	if (found == said{}) && len(wire.Error) > 0 && json.Unmarshal(wire.Error, &inner) == nil {
		return inner.said()
	}
	return found
}
