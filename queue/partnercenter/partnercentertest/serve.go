package partnercentertest

import (
	"context"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// maxBody is the most that a request may bring; more is 413.
const maxBody = 4 << 20

// ServeHTTP answers as Partner Center would, or as its line would.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.outage.Load() {
		drop(w)
		return
	}
	if s.inspect(w, r) || s.authority(w, r) {
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
	s.mu.Lock()
	defer s.mu.Unlock()
	fault := s.draw()
	var answer reply
	if fault.afterProcessing() {
		answer = s.process(r, body)
	}
	note := Request{
		Method: r.Method, Path: r.URL.EscapedPath(), Header: redacted(r.Header), Fault: fault,
		Location: answer.header.Get("Location"), At: s.opts.Clock(),
	}
	answer = s.strike(fault, answer)
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
	if len(body) > maxBody {
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

// segments are the unescaped parts of a path after /v1, nil if it is not there.
// Empty ones are passed over: a doubled slash is in Microsoft's own sample.
func segments(at *url.URL) []string {
	var parts []string
	for part := range strings.SplitSeq(at.EscapedPath(), "/") {
		if part == "" {
			continue
		}
		plain, err := url.PathUnescape(part)
		if err != nil {
			return nil
		}
		parts = append(parts, plain)
	}
	if len(parts) == 0 || !strings.EqualFold(parts[0], "v1") {
		return nil
	}
	return parts[1:]
}

// route finds what a path means, in any case of its words.
func (s *Server) route(_ caller, r *http.Request, path []string, body []byte) reply {
	is := func(index int, word string) bool { return strings.EqualFold(path[index], word) }
	if len(path) == 0 || !is(0, "customers") {
		return s.missing()
	}
	if len(path) == 1 {
		return s.listCustomers(r)
	}
	c := s.customer(path[1])
	if c == nil {
		return s.refuse(http.StatusForbidden, "20002", "The partner has no business relationship with this customer.")
	}
	get, post := r.Method == http.MethodGet, r.Method == http.MethodPost
	switch {
	case len(path) == 2 && get:
		return s.ok(c.wire())
	case len(path) == 3 && is(2, "deviceBatches") && get:
		return s.listBatches(c)
	case len(path) == 3 && is(2, "deviceBatches") && post:
		return s.once(r, body, func(requestID string) reply { return s.createBatch(c, body, requestID) })
	case len(path) == 5 && is(2, "deviceBatches") && is(4, "devices") && get:
		return s.listDevices(c, path[3], r.Header.Get("MS-ContinuationToken"))
	case len(path) == 5 && is(2, "deviceBatches") && is(4, "devices") && post:
		return s.once(r, body, func(requestID string) reply { return s.appendBatch(c, path[3], body, requestID) })
	case len(path) == 4 && is(2, "batchJobStatus") && get:
		return s.jobStatus(c, path[3])
	default:
		return s.missing()
	}
}

func (s *Server) missing() reply {
	return s.refuse(http.StatusNotFound, "1000", "The resource was not found.")
}

// deliver puts the answer on the line, as far as the fault lets it.
func (s *Server) deliver(w http.ResponseWriter, r *http.Request, answer reply, fault Fault) {
	switch {
	case answer.status == 0, fault == FaultResetAfter:
		drop(w)
	case fault == FaultHangAfter:
		wait(r.Context(), s.opts.Trickle)
		drop(w)
	case fault == FaultCut:
		cut(w, answer)
	case fault == FaultSlow:
		s.trickle(w, r, answer)
	default:
		answer.head(w, len(answer.body))
		_, _ = w.Write(answer.body)
	}
}

// head sends status and headers; the body is said to have length bytes.
func (r reply) head(w http.ResponseWriter, length int) {
	maps.Copy(w.Header(), r.header)
	w.Header()["Content-Length"] = []string{strconv.Itoa(length)}
	w.WriteHeader(r.status)
}

// cut ends the answer in the middle of its body, or, where it has none, in the
// middle of its first line.
func cut(w http.ResponseWriter, answer reply) {
	if len(answer.body) > 0 {
		answer.head(w, len(answer.body))
		_, _ = w.Write(answer.body[:len(answer.body)/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	conn, buffer, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	_, _ = buffer.WriteString("HTTP/1.1 202 Acc")
	_ = buffer.Flush()
	_ = conn.Close()
}

// trickle sends the answer in small pieces.
func (s *Server) trickle(w http.ResponseWriter, r *http.Request, answer reply) {
	const pieces = 4
	if !wait(r.Context(), s.opts.Trickle/(pieces+1)) {
		return
	}
	answer.head(w, len(answer.body))
	for i := range pieces {
		_, _ = w.Write(answer.body[len(answer.body)*i/pieces : len(answer.body)*(i+1)/pieces])
		_ = http.NewResponseController(w).Flush()
		if !wait(r.Context(), s.opts.Trickle/(pieces+1)) {
			return
		}
	}
}

// wait is false where the client left first.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// drop resets the connection. Without a socket it panics as net/http's own
// handlers do; RoundTripper makes a reset of that.
func drop(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	reset(conn)
}

// reset closes so that the other side sees a reset, not an end.
func reset(conn net.Conn) {
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
