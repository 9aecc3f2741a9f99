package partnercenter

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"pkidstation/queue/autopilot"
)

// A Kind says what may be concluded from a failure.
type Kind int

// The kinds of failure.
const (
	// NoAnswer: the request may have been processed and may not. Reset, timeout,
	// cut body, 408, 5xx, and answers that are not Partner Center's.
	NoAnswer Kind = iota + 1
	// Unreachable: no connection was made, nothing was sent.
	Unreachable
	// Throttled: 429, nothing was processed. RetryAfter is 0 if not said.
	Throttled
	// SignIn: 401, or no token could be had; a person must sign in.
	SignIn
	// Forbidden: 403. NoRelationship tells a missing relationship from a role.
	Forbidden
	// NotFound: 404.
	NotFound
	// Conflict: 409, or a 400 that says that the batch exists already.
	Conflict
	// TooLarge: 413, or more devices than one request may carry.
	TooLarge
	// Invalid: any other 4xx, or a call that cannot be right and was not sent.
	// Sending it again will not help.
	Invalid
	// Untracked: it was taken, but the answer names no job to ask about.
	Untracked
)

// String is the kind's name, for logs.
func (k Kind) String() string {
	names := [...]string{
		NoAnswer: "no answer", Unreachable: "unreachable", Throttled: "throttled", SignIn: "sign-in needed",
		Forbidden: "forbidden", NotFound: "not found", Conflict: "conflict", TooLarge: "too large",
		Invalid: "invalid", Untracked: "taken but untracked",
	}
	if k < NoAnswer || int(k) >= len(names) {
		return fmt.Sprintf("kind %d", int(k))
	}
	return names[k]
}

// The codes of Partner Center that decide something.
const (
	codeMFA            = "900421"
	codeNoRelationship = "20002"
)

// An Error is any failure of a call. Its text has no token and no whole PKID.
type Error struct {
	// Op is what was being done, as in "create batch".
	Op string
	// Status is the HTTP status, 0 without an answer.
	Status int
	// Code and Description are Partner Center's own, where it gave some.
	Code, Description string
	// RetryAfter is how long Partner Center asked to wait, 0 if it did not.
	RetryAfter time.Duration
	// RequestID and CorrelationID are what Microsoft's support asks for.
	RequestID, CorrelationID string
	// Err is the cause, or nil.
	Err error

	kind Kind
}

// NewError gives an Error of a given kind, for whoever stands in for the
// client, and for Options.Token to say more than "sign in".
func NewError(op string, kind Kind, err error) *Error { return &Error{Op: op, Err: err, kind: kind} }

// Kind is the class of the failure, decided when it happened. An Error that
// was made by hand, without NewError, is of the kind of its Status.
func (e *Error) Kind() Kind {
	if e.kind != 0 {
		return e.kind
	}
	return kindOf(e.Status, e.Code)
}

// MFA says whether the token lacks multi-factor authentication: signing in
// again must be interactive.
func (e *Error) MFA() bool { return e.Kind() == SignIn && e.Code == codeMFA }

// NoRelationship says whether the partner has no reseller relationship with
// the customer.
func (e *Error) NoRelationship() bool { return e.Kind() == Forbidden && e.Code == codeNoRelationship }

// DeviceCode is the code of a device that the refusal carries, as a number or as
// one of Microsoft's names, such as 807 where a device to be deleted is not
// there; empty if it has none, or more than one.
func (e *Error) DeviceCode() autopilot.Code {
	if number, err := strconv.ParseUint(e.Code, 10, 16); err == nil && (number == 640 || number >= 801 && number <= 814) {
		return autopilot.Code(strconv.FormatUint(number, 10))
	}
	var found autopilot.Code
	for word := range strings.FieldsFuncSeq(e.Code+" "+e.Description, isNoLetter) {
		named := autopilot.CodeNamed(word)
		if found != "" && named != "" && named != found {
			return ""
		}
		found = max(found, named)
	}
	return found
}

func isNoLetter(r rune) bool { return !unicode.IsLetter(r) }

// Error is for logs and the person who reads them; screens use Kind.
func (e *Error) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s: %s", e.Op, e.Kind())
	if e.Status != 0 {
		fmt.Fprintf(&text, ", HTTP %d", e.Status)
	}
	if e.Code != "" {
		fmt.Fprintf(&text, ", code %s", e.Code)
	}
	if e.Description != "" {
		fmt.Fprintf(&text, ", %q", e.Description)
	}
	if e.Err != nil {
		fmt.Fprintf(&text, ": %v", e.Err)
	}
	if e.CorrelationID != "" {
		fmt.Fprintf(&text, " (request %s, correlation %s)", e.RequestID, e.CorrelationID)
	}
	return redact(text.String())
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// kindOf decides by status; of the codes only a missing MFA counts more, for
// it may come on any call.
func kindOf(status int, code string) Kind {
	if code == codeMFA && status >= 400 && status <= 499 {
		return SignIn
	}
	switch status {
	case http.StatusUnauthorized:
		return SignIn
	case http.StatusForbidden:
		return Forbidden
	case http.StatusNotFound:
		return NotFound
	case http.StatusRequestTimeout:
		return NoAnswer
	case http.StatusConflict:
		return Conflict
	case http.StatusRequestEntityTooLarge:
		return TooLarge
	case http.StatusTooManyRequests:
		return Throttled
	}
	if status >= 400 && status <= 499 {
		return Invalid
	}
	return NoAnswer
}

var errNotPartnerCenter = errors.New("the answer is not Partner Center's")

// tokenError is for a token that could not be had. Nothing was sent.
func tokenError(ctx context.Context, op string, err error) *Error {
	failed := NewError(op, SignIn, fmt.Errorf("get an access token: %w", err))
	if own, ok := errors.AsType[*Error](err); ok {
		failed.kind, failed.Code, failed.RetryAfter = own.Kind(), own.Code, own.RetryAfter
	} else if _, network := errors.AsType[net.Error](err); network || ctx.Err() != nil {
		failed.kind = Unreachable
	}
	return failed
}

// neverConnected knows the errors that come before a connection, for senders
// that do not tell a trace.
func neverConnected(err error) bool {
	if _, dns := errors.AsType[*net.DNSError](err); dns {
		return true
	}
	failed, ok := errors.AsType[*net.OpError](err)
	return ok && failed.Op == "dial"
}

// bare is err without the method and the address, which Op says better.
func bare(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}

// What must not be in an error text: PKIDs and parts of them (all but their last 4
// digits), in whatever word, product keys, tokens, hardware hashes and parts of them.
// Ids that support asks for stay.
var (
	longDigits = regexp.MustCompile(`(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\d{9,}`)
	productKey = regexp.MustCompile(`(?i)\b[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}\b`)
	webToken   = regexp.MustCompile(`eyJ[A-Za-z0-9_.-]+`)
	hashPart   = regexp.MustCompile(`[A-Za-z0-9+/]{64,}={0,2}`)
)

func redact(text string) string {
	text = productKey.ReplaceAllString(text, "(product key)")
	text = webToken.ReplaceAllString(text, "(token)")
	text = hashPart.ReplaceAllString(text, "(hardware hash)")
	return longDigits.ReplaceAllStringFunc(text, func(found string) string {
		if strings.Contains(found, "-") {
			return found
		}
		return "…" + found[len(found)-4:]
	})
}
