package partnercentertest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"pkidstation/queue/autopilot"
)

// inspect serves /simulator/, which no fault strikes and which wants no token.
// It says whether the request was for it.
func (s *Server) inspect(w http.ResponseWriter, r *http.Request) bool {
	name, ours := strings.CutPrefix(r.URL.Path, "/simulator/")
	if !ours {
		return false
	}
	control, isControl := s.controls()[name]
	switch {
	case isControl && r.Method == http.MethodPost:
		if err := control(r.URL.Query()); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return true
		}
		w.WriteHeader(http.StatusNoContent)
	case isControl:
		http.Error(w, "only POST", http.StatusMethodNotAllowed)
	case r.Method != http.MethodGet:
		http.Error(w, "only GET", http.StatusMethodNotAllowed)
	default:
		s.show(w, r, name)
	}
	return true
}

func (s *Server) show(w http.ResponseWriter, r *http.Request, name string) {
	w.Header().Set("Content-Type", "application/x-ndjson")
	switch name {
	case "ledger":
		writeLines(w, s.Ledger())
	case "registered":
		writeLines(w, s.Registered())
	case "removals":
		writeLines(w, s.Removals())
	case "applied":
		writeLines(w, s.Applied())
	case "rows":
		writeLines(w, s.Rows())
	case "requests":
		writeLines(w, s.Requests())
	case "choices":
		writeLines(w, s.Choices())
	default:
		http.NotFound(w, r)
	}
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

// Why a POST to /simulator/ is refused.
var (
	errBy       = errors.New("by is not a time ahead, as in by=1h30m")
	errFault    = errors.New("fault is none of the faults")
	errShare    = errors.New("share is not between 0 and 1")
	errCustomer = errors.New("customer is not a tenant id")
	errIs       = errors.New("is neither reseller nor none")
	errPKID     = errors.New("pkid is not 13 digits")
)

// controls are what POST /simulator/NAME?… does, for clients in another process
// or another language.
func (s *Server) controls() map[string]func(url.Values) error {
	return map[string]func(url.Values) error{
		"advance": s.advanceBy, "strike": s.strikeWith, "faults": s.faultsOf,
		"relationship": s.relationshipOf, "directory": s.directoryOf,
	}
}

// advanceBy is advance?by=1h.
func (s *Server) advanceBy(query url.Values) error {
	by, err := time.ParseDuration(query.Get("by"))
	if err != nil || by <= 0 {
		return errBy
	}
	s.Advance(by)
	return nil
}

// strikeWith is strike?fault=reset&fault=429; an empty one lets one through.
func (s *Server) strikeWith(query url.Values) error {
	var faults []Fault
	for _, name := range query["fault"] {
		if name != "" && !slices.Contains(AllFaults(), Fault(name)) {
			return fmt.Errorf("%w: %v", errFault, AllFaults())
		}
		faults = append(faults, Fault(name))
	}
	if len(faults) == 0 {
		return fmt.Errorf("%w: %v", errFault, AllFaults())
	}
	s.Strike(faults...)
	return nil
}

// faultsOf is faults?share=0.3.
func (s *Server) faultsOf(query url.Values) error {
	share, err := strconv.ParseFloat(query.Get("share"), 64)
	if err != nil || !(share >= 0 && share <= 1) {
		return errShare
	}
	s.SetFaults(share)
	return nil
}

// relationshipOf is relationship?customer=TENANT&is=none.
func (s *Server) relationshipOf(query url.Values) error {
	id, err := autopilot.ParseTenantID(query.Get("customer"))
	if err != nil {
		return errCustomer
	}
	is := autopilot.Relationship(query.Get("is"))
	if is != autopilot.RelationshipReseller && is != autopilot.RelationshipNone {
		return errIs
	}
	s.SetRelationship(id, is == autopilot.RelationshipReseller)
	return nil
}

// directoryOf is directory?pkid=3305123456781&code=812.
func (s *Server) directoryOf(query url.Values) error {
	pkid, err := autopilot.ParsePKID(query.Get("pkid"))
	if err != nil {
		return errPKID
	}
	s.SetDirectory(pkid, autopilot.Code(query.Get("code")))
	return nil
}
