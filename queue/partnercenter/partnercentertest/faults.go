package partnercentertest

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
)

// A Fault is something that goes wrong between client and service. Its text
// names it.
type Fault string

// The faults that are drawn. Those that say After strike when the request was
// processed and committed; the others before.
const (
	FaultReset         Fault = "reset"
	FaultResetAfter    Fault = "reset-after-commit"
	FaultHangAfter     Fault = "hang-after-commit" // silence for Options.Trickle, then reset
	FaultCut           Fault = "cut"               // processed; the answer ends in the middle
	FaultSlow          Fault = "slow"              // processed; the answer takes Options.Trickle
	FaultThrottle      Fault = "429"               // Retry-After in seconds
	FaultThrottleDate  Fault = "429-date"          // Retry-After as a date
	FaultThrottleWords Fault = "429-words"         // no Retry-After, but the gateway's sentence
	FaultThrottleBare  Fault = "429-bare"          // nothing at all
	FaultTimeout       Fault = "408"
	FaultJSON          Fault = "500-json"
	FaultHTML          Fault = "500-html"
	FaultEmpty         Fault = "500-empty"
	FaultBadGateway    Fault = "502"
	FaultUnavailable   Fault = "503" // with Retry-After
	FaultGateway       Fault = "504"
	FaultGatewayAfter  Fault = "504-after-commit"
	FaultPortal        Fault = "portal-200" // a guest network's sign-in page
	FaultPortalMove    Fault = "portal-302"
)

// The faults that happen only by Strike, for they need a person.
const (
	FaultSignIn   Fault = "401"
	FaultMFA      Fault = "401-mfa"
	FaultRole     Fault = "403-role"
	FaultTooLarge Fault = "413"
	// FaultNoLocation: processed; the 202 names no job.
	FaultNoLocation Fault = "202-without-location"
	// FaultLink: processed; a 200 whose body has the link instead of a 202.
	FaultLink Fault = "200-with-link"
)

// DrawnFaults are what Options.Faults draws from unless told otherwise.
func DrawnFaults() []Fault {
	return []Fault{
		FaultReset, FaultResetAfter, FaultHangAfter, FaultCut, FaultSlow, FaultThrottle, FaultThrottleDate, FaultThrottleWords,
		FaultThrottleBare, FaultTimeout, FaultJSON, FaultHTML, FaultEmpty, FaultBadGateway, FaultUnavailable, FaultGateway,
		FaultGatewayAfter, FaultPortal, FaultPortalMove,
	}
}

// AllFaults are DrawnFaults and those that happen only by Strike.
func AllFaults() []Fault {
	return append(DrawnFaults(), FaultSignIn, FaultMFA, FaultRole, FaultTooLarge, FaultNoLocation, FaultLink)
}

// afterProcessing says whether the request is processed in spite of the fault.
func (f Fault) afterProcessing() bool {
	return slices.Contains([]Fault{"", FaultResetAfter, FaultHangAfter, FaultCut, FaultSlow, FaultGatewayAfter, FaultNoLocation, FaultLink}, f)
}

// draw takes the next forced fault, or draws.
func (s *Server) draw() Fault {
	if len(s.struck) > 0 {
		fault := s.struck[0]
		s.struck = s.struck[1:]
		return fault
	}
	if s.faults <= 0 || s.rng.Float64() >= s.faults {
		return ""
	}
	return s.opts.Faulty[s.rng.IntN(len(s.opts.Faulty))]
}

// fail is the answer of a fault; a status of 0 drops the connection.
func (s *Server) fail(fault Fault) reply {
	switch fault {
	case FaultThrottle, FaultThrottleDate, FaultThrottleWords, FaultThrottleBare:
		return s.throttle(fault)
	case FaultTimeout:
		return html(http.StatusRequestTimeout, "Request Timeout")
	case FaultJSON:
		return s.refuse(http.StatusInternalServerError, "800003", "An unexpected error occurred.")
	case FaultHTML:
		return html(http.StatusInternalServerError, "Server Error")
	case FaultEmpty:
		return reply{status: http.StatusInternalServerError}
	case FaultBadGateway:
		return html(http.StatusBadGateway, "Bad Gateway")
	case FaultUnavailable:
		unavailable := html(http.StatusServiceUnavailable, "Service Unavailable")
		unavailable.set("Retry-After", s.seconds())
		return unavailable
	case FaultGateway, FaultGatewayAfter:
		return html(http.StatusGatewayTimeout, "Gateway Timeout")
	case FaultPortal:
		return html(http.StatusOK, "Welcome to the guest network")
	case FaultPortalMove:
		moved := html(http.StatusFound, "Found")
		moved.set("Location", "http://portal.invalid/sign-in")
		return moved
	default:
		return s.failPerson(fault)
	}
}

func (s *Server) failPerson(fault Fault) reply {
	switch fault {
	case FaultSignIn:
		return s.refuse(http.StatusUnauthorized, "400", "Access denied.")
	case FaultMFA:
		return s.refuse(http.StatusUnauthorized, "900421", "MFA is required.")
	case FaultRole:
		return s.refuse(http.StatusForbidden, "900150", "The role has no right to do this.")
	case FaultTooLarge:
		return html(http.StatusRequestEntityTooLarge, "Request Entity Too Large")
	default:
		return reply{}
	}
}

// seconds is what a 429 asks for; less than one is 0, which says nothing.
func (s *Server) seconds() string { return strconv.Itoa(int(s.opts.RetryAfter.Seconds())) }

// throttle is the gateway's 429, which has a body of its own shape.
func (s *Server) throttle(fault Fault) reply {
	sentence := "Rate limit is exceeded."
	if fault != FaultThrottleBare {
		sentence += " Try again in " + s.seconds() + " seconds."
	}
	slow := reply{status: http.StatusTooManyRequests, body: fmt.Appendf(nil, `{ "statusCode": 429, "message": %q }`, sentence)}
	slow.set("Content-Type", "application/json")
	switch fault {
	case FaultThrottle:
		slow.set("Retry-After", s.seconds())
	case FaultThrottleDate:
		now := s.opts.Clock().UTC()
		slow.set("Date", now.Format(http.TimeFormat))
		slow.set("Retry-After", now.Add(s.opts.RetryAfter).Format(http.TimeFormat))
	}
	return slow
}
