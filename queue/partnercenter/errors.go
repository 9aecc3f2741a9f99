package partnercenter

import (
	"fmt"
	"time"
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
	// Invalid: any other 4xx. Sending it again will not help.
	Invalid
	// Untracked: it was taken, but the answer names no job to ask about.
	Untracked
)

// String is the kind's name, for logs.
func (k Kind) String() string {
	switch k {
	case NoAnswer:
		return "no answer"
	case Unreachable:
		return "unreachable"
	case Throttled:
		return "throttled"
	case SignIn:
		return "sign-in needed"
	case Forbidden:
		return "forbidden"
	case NotFound:
		return "not found"
	case Conflict:
		return "conflict"
	case TooLarge:
		return "too large"
	case Invalid:
		return "invalid"
	case Untracked:
		return "taken but untracked"
	default:
		return fmt.Sprintf("kind %d", int(k))
	}
}

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
func (e *Error) Kind() Kind { return e.kind }

// MFA says whether the token lacks multi-factor authentication: signing in
// again must be interactive.
func (e *Error) MFA() bool { return false }

// NoRelationship says whether the partner has no reseller relationship with
// the customer.
func (e *Error) NoRelationship() bool { return false }

// Error is for logs and the person who reads them; screens use Kind.
func (e *Error) Error() string { return e.Op }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }
