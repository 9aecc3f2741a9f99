package partnercentertest

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
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
	// Code is what the model answered for it, empty for registered.
	Code autopilot.Code `json:"code"`
	At   time.Time      `json:"at"`
}

// A Request is one request as it arrived.
type Request struct {
	Method string      `json:"method"`
	Path   string      `json:"path"`
	Header http.Header `json:"header"`
	// Status is what was answered, 0 where the connection was dropped.
	Status int `json:"status"`
	// Fault is what struck it, empty for none.
	Fault Fault `json:"fault"`
	// Location is the job that a POST was given, whether or not the client
	// learnt of it.
	Location string    `json:"location"`
	At       time.Time `json:"at"`
}

// inspect serves /simulator/, which no fault strikes and which wants no token.
// It says whether the request was for it.
func (s *Server) inspect(w http.ResponseWriter, r *http.Request) bool {
	name, ours := strings.CutPrefix(r.URL.Path, "/simulator/")
	if !ours {
		return false
	}
	if r.Method != http.MethodGet {
		http.Error(w, "only GET", http.StatusMethodNotAllowed)
		return true
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	switch name {
	case "ledger":
		writeLines(w, s.Ledger())
	case "rows":
		writeLines(w, s.Rows())
	case "requests":
		writeLines(w, s.Requests())
	case "choices":
		writeLines(w, s.Choices())
	default:
		http.NotFound(w, r)
	}
	return true
}

// writeLines ends where the reader does.
func writeLines[Line any](w io.Writer, lines []Line) {
	encoder := json.NewEncoder(w)
	for _, line := range lines {
		if err := encoder.Encode(line); err != nil {
			return
		}
	}
}
