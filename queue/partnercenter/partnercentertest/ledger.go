package partnercentertest

import (
	"net/http"
	"slices"
	"time"

	"pkidstation/queue/autopilot"
)

// A Commit is one true registration.
type Commit struct {
	PKID       autopilot.PKID     `json:"pkid"`
	Serial     string             `json:"serial"`
	Customer   autopilot.TenantID `json:"customer"`
	Batch      string             `json:"batch"`
	TrackingID string             `json:"tracking_id"`
	At         time.Time          `json:"at"`
}

// A Row is one device row of a POST that was processed.
type Row struct {
	PKID       autopilot.PKID     `json:"pkid"`
	Serial     string             `json:"serial"`
	Customer   autopilot.TenantID `json:"customer"`
	Batch      string             `json:"batch"`
	RequestID  string             `json:"request_id"`
	TrackingID string             `json:"tracking_id"`
	// Code is what the model answered for it, empty for registered, CodePending
	// until then.
	Code autopilot.Code `json:"code"`
	At   time.Time      `json:"at"`
}

// A Request is one request as it arrived. Its body is not kept.
type Request struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	// Header is nil with Options.Forget.
	Header http.Header `json:"header"`
	// Devices is how many device rows the body has, Bytes how long it is.
	Devices int `json:"devices"`
	Bytes   int `json:"bytes"`
	// Status is what was answered, 0 where the connection was dropped.
	Status int `json:"status"`
	// Fault is what struck it, empty for none.
	Fault Fault `json:"fault"`
	// Location is the job that a POST or PATCH was given, whether or not the
	// client learnt of it.
	Location string    `json:"location"`
	At       time.Time `json:"at"`
}

// Ledger is what was truly committed, oldest first. Nothing ever leaves it.
func (s *Server) Ledger() []Commit {
	s.lock()
	defer s.mu.Unlock()
	return slices.Clone(s.ledger)
}

// Registered is the commits that were not taken back since, oldest first. A
// removal counts from its 204 on, whatever the lag.
func (s *Server) Registered() []Commit {
	s.lock()
	defer s.mu.Unlock()
	left := make([]Commit, 0, len(s.ledger)-len(s.taken))
	for i, one := range s.ledger {
		if !s.taken[i] {
			left = append(left, one)
		}
	}
	return left
}

// Removals are the devices that were taken back, oldest first.
func (s *Server) Removals() []Removal {
	s.lock()
	defer s.mu.Unlock()
	return slices.Clone(s.removals)
}

// Applied are the profiles that devices were given, oldest first.
func (s *Server) Applied() []Applied {
	s.lock()
	defer s.mu.Unlock()
	return slices.Clone(s.applied)
}

// Rows is every device row that any processed POST carried, in order. A POST
// that was only answered again from memory is not processed again.
func (s *Server) Rows() []Row {
	s.lock()
	defer s.mu.Unlock()
	return slices.Clone(s.rows)
}

// Requests is every request that arrived, in order, tokens redacted.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}
