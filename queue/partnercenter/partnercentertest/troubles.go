package partnercentertest

import (
	"net/http"
	"strings"

	"pkidstation/queue/autopilot"
)

// A Trouble is a fault for some requests only: those that match all of Method,
// Path and Customer, where these are not empty.
type Trouble struct {
	Method string
	// Path is a part of the path, in any case, as in "deviceBatches".
	Path     string
	Customer autopilot.TenantID
	// From and To are the first and the last of the matching requests that it
	// strikes, counted from 1 at NewServer or SetTroubles; 0 is any.
	From, To int
	Fault    Fault
	// Share is how many of them it strikes, 0 to 1; 0 is all.
	Share float64
}

// A trouble is a Trouble and how many requests matched it.
type trouble struct {
	Trouble

	had int
}

func troubles(given []Trouble) []trouble {
	all := make([]trouble, 0, len(given))
	for _, one := range given {
		all = append(all, trouble{Trouble: one})
	}
	return all
}

// SetTroubles puts these in the place of all that there were, and counts from
// 1 again.
func (s *Server) SetTroubles(given ...Trouble) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.troubles = troubles(given)
}

// troubled is the fault of the first trouble that strikes. All of them count
// the request.
func (s *Server) troubled(r *http.Request) (struck Fault) {
	for i := range s.troubles {
		one := &s.troubles[i]
		if !one.matches(r) {
			continue
		}
		one.had++
		meant := one.had >= one.From && (one.To == 0 || one.had <= one.To)
		if struck == "" && meant && (one.Share <= 0 || s.rng.Float64() < one.Share) {
			struck = one.Fault
		}
	}
	return struck
}

func (t Trouble) matches(r *http.Request) bool {
	if t.Method != "" && !strings.EqualFold(t.Method, r.Method) {
		return false
	}
	if t.Customer != "" {
		parts := path(segments(r.URL))
		if len(parts) < 2 || !parts[:2].is("customers", string(t.Customer)) {
			return false
		}
	}
	return strings.Contains(strings.ToLower(r.URL.Path), strings.ToLower(t.Path))
}
