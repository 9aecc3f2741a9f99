package partnercentertest

import (
	"context"
	"maps"
	"net"
	"net/http"
	"strconv"
	"time"
)

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
	if r.status != http.StatusNoContent {
		w.Header()["Content-Length"] = []string{strconv.Itoa(length)}
	}
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
