package partnercentertest

import "net/http"

// As answers a request as if a caller of this kind had made it, whatever its
// token says, and gives status and body.
func (s *Server) As(application, admin, sales bool, r *http.Request, body string) (int, string) {
	s.lock()
	defer s.mu.Unlock()
	answer := s.route(caller{application: application, admin: admin, sales: sales}, r, segments(r.URL), []byte(body))
	return answer.status, string(answer.body)
}
