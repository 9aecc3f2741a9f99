package partnercentertest

import (
	"io"
	"log/slog"
	"net/http"

	"github.com/google/uuid"
)

// maxBody is the most that a request may ever bring; more is 413.
const maxBody = 4 << 20

// ServeHTTP answers as Partner Center would, or as its line would.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.outage.Load() {
		drop(w)
		return
	}
	if s.inspect(w, r) {
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		drop(w) // the client went away; nothing is processed
		return
	}
	answer, fault := s.handle(r, body)
	s.opts.Logger.LogAttrs(r.Context(), slog.LevelInfo, "request", slog.String("method", r.Method),
		slog.String("path", r.URL.Path), slog.Int("status", answer.status), slog.String("fault", string(fault)))
	s.deliver(w, r, answer, fault)
}

// handle draws the fault, processes the request unless it strikes before, and
// writes both down.
func (s *Server) handle(r *http.Request, body []byte) (reply, Fault) {
	s.lock()
	defer s.mu.Unlock()
	fault := s.draw(r)
	var answer reply
	if fault.afterProcessing() {
		answer = s.process(r, body)
	}
	note := s.note(r, body)
	note.Fault, note.Location = fault, answer.header.Get("Location")
	answer = s.date(s.strike(fault, answer), fault)
	if note.Status = answer.status; fault == FaultResetAfter || fault == FaultHangAfter {
		note.Status = 0
	}
	s.requests = append(s.requests, note)
	return answer, fault
}

// strike is what of the answer the fault leaves.
func (s *Server) strike(fault Fault, answer reply) reply {
	switch {
	case fault == FaultNoLocation:
		answer.header.Del("Location")
		return answer
	case fault == FaultLink && answer.status == http.StatusAccepted:
		return s.ok(map[string]any{"link": map[string]any{"uri": answer.header.Get("Location"), "method": "GET", "headers": []string{}}})
	case !fault.afterProcessing(), fault == FaultGatewayAfter:
		return s.fail(fault)
	default:
		return answer
	}
}

// note is a request as it arrived.
func (s *Server) note(r *http.Request, body []byte) Request {
	note := Request{Method: r.Method, Path: r.URL.EscapedPath(), Bytes: len(body), At: s.at}
	if r.Method != http.MethodGet && len(body) <= s.opts.MaxBody {
		note.Devices = carried(body)
	}
	if !s.opts.Forget {
		note.Header = redacted(r.Header)
	}
	return note
}

func redacted(header http.Header) http.Header {
	kept := header.Clone()
	if kept.Get("Authorization") != "" {
		kept.Set("Authorization", "(redacted)")
	}
	return kept
}

// process is the service itself, on a line that works.
func (s *Server) process(r *http.Request, body []byte) reply {
	who, refused := s.admit(r)
	if refused.status != 0 {
		return refused
	}
	if len(body) > s.opts.MaxBody {
		return s.fail(FaultTooLarge)
	}
	answer := s.route(who, r, segments(r.URL), body)
	requestID := r.Header.Get("MS-RequestId")
	if requestID == "" {
		requestID = uuid.NewString()
	}
	answer.set("MS-RequestId", requestID)
	correlation := r.Header.Get("MS-CorrelationId")
	if correlation == "" || s.rng.IntN(2) == 0 {
		correlation = uuid.NewString()
	}
	answer.set("MS-CorrelationId", correlation)
	return answer
}
