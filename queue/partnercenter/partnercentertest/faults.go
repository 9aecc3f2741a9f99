package partnercentertest

import (
	"net/http"
	"slices"
	"time"
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

// The faults that happen only by Strike or a Trouble, for they need a person or
// tell something wrong.
const (
	FaultSignIn   Fault = "401"
	FaultMFA      Fault = "401-mfa"
	FaultRole     Fault = "403-role"
	FaultTooLarge Fault = "413"
	// FaultForbidden: 403 without a word, as seen for one customer only.
	FaultForbidden Fault = "403-bare"
	// FaultNoRelationship: code 20002, while the relationship is there.
	FaultNoRelationship Fault = "403-relationship"
	// FaultNumber: a 400 whose code is a number.
	FaultNumber Fault = "400-number"
	// FaultSkew: processed; the answer's Date is more than a day ahead.
	FaultSkew Fault = "skew"
	// FaultNoLocation: processed; the 202 names no job.
	FaultNoLocation Fault = "202-without-location"
	// FaultLink: processed; a 200 whose body has the link instead of a 202.
	FaultLink Fault = "200-with-link"
)

// skew is how far FaultSkew is ahead.
const skew = 26 * time.Hour

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
	return append(DrawnFaults(), FaultSignIn, FaultMFA, FaultRole, FaultTooLarge, FaultNoLocation, FaultLink, FaultForbidden, FaultNoRelationship, FaultNumber, FaultSkew)
}

// afterProcessing says whether the request is processed in spite of the fault.
func (f Fault) afterProcessing() bool {
	return slices.Contains([]Fault{"", FaultResetAfter, FaultHangAfter, FaultCut, FaultSlow, FaultGatewayAfter, FaultNoLocation, FaultLink, FaultSkew}, f)
}

// draw takes the next forced fault, or that of a trouble, or draws.
func (s *Server) draw(r *http.Request) Fault {
	if len(s.struck) > 0 {
		fault := s.struck[0]
		s.struck = s.struck[1:]
		return fault
	}
	if fault := s.troubled(r); fault != "" {
		return fault
	}
	if s.faults <= 0 || s.rng.Float64() >= s.faults {
		return ""
	}
	return s.opts.Faulty[s.rng.IntN(len(s.opts.Faulty))]
}

// fail is the answer of a fault; a status of 0 drops the connection.
func (s *Server) fail(fault Fault) reply {
	if answer, known := s.failures()[fault]; known {
		return answer()
	}
	return reply{}
}

func (s *Server) failures() map[Fault]func() reply {
	page := func(status int) func() reply { return func() reply { return html(status, http.StatusText(status)) } }
	said := func(status int, code, description string) func() reply {
		return func() reply { return s.refuse(status, code, description) }
	}
	return map[Fault]func() reply{
		FaultThrottle:      s.throttleSeconds,
		FaultThrottleDate:  s.throttleDate,
		FaultThrottleWords: s.throttleWords,
		FaultThrottleBare:  func() reply { return throttle("Rate limit is exceeded.") },
		FaultTimeout:       page(http.StatusRequestTimeout),
		FaultJSON:          said(http.StatusInternalServerError, "800003", "An unexpected error occurred."),
		FaultHTML:          page(http.StatusInternalServerError),
		FaultEmpty:         func() reply { return reply{status: http.StatusInternalServerError} },
		FaultBadGateway:    page(http.StatusBadGateway),
		FaultUnavailable: func() reply {
			return html(http.StatusServiceUnavailable, "Service Unavailable").with("Retry-After", s.seconds())
		},
		FaultGateway:      page(http.StatusGatewayTimeout),
		FaultGatewayAfter: page(http.StatusGatewayTimeout),
		FaultPortal:       func() reply { return html(http.StatusOK, "Welcome to the guest network") },
		FaultPortalMove: func() reply {
			return html(http.StatusFound, "Found").with("Location", "http://portal.invalid/sign-in")
		},
		FaultSignIn:   said(http.StatusUnauthorized, "400", "Access denied."),
		FaultMFA:      said(http.StatusUnauthorized, "900421", "MFA is required."),
		FaultRole:     said(http.StatusForbidden, "900150", "The role has no right to do this."),
		FaultTooLarge: page(http.StatusRequestEntityTooLarge),

		FaultForbidden:      func() reply { return reply{status: http.StatusForbidden} },
		FaultNoRelationship: s.noRelationship,
		FaultNumber: func() reply {
			return s.json(http.StatusBadRequest, map[string]any{"code": 3000, "description": "A property is not valid."})
		},
	}
}
