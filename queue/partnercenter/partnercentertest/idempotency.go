package partnercentertest

import (
	"crypto/sha256"
	"net/http"
	"strings"
	"time"
)

// kept is an answer that is remembered by its MS-RequestId.
type kept struct {
	at    time.Time
	body  [sha256.Size]byte
	reply reply
}

// once processes a POST or PATCH, or gives the answer that its MS-RequestId had before
// on the same path. What processing refused is remembered too.
func (s *Server) once(r *http.Request, body []byte, process func(requestID string) reply) reply {
	requestID := r.Header.Get("MS-RequestId")
	key := strings.ToLower(r.URL.EscapedPath() + " " + requestID)
	sum := sha256.Sum256(body)
	before, again := s.answered[key]
	if window := s.opts.IdempotencyWindow; window > 0 && s.at.Sub(before.at) >= window {
		again = false
	}
	if requestID == "" || !again || s.opts.Idempotency == IdempotencyIgnore {
		answer := process(requestID)
		s.answered[key] = kept{s.at, sum, answer.copy()}
		return answer
	}
	if s.opts.Idempotency == IdempotencyRefuse && before.body != sum {
		return s.refuse(http.StatusBadRequest, "800002", "The request id was used with another body.")
	}
	return before.reply.copy()
}

func (r reply) copy() reply {
	r.header = r.header.Clone()
	return r
}
