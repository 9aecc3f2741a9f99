package partnercentertest

import (
	"net/http"
	"strings"
)

// A caller is who makes a request, as far as the token says.
type caller struct {
	// application is a token without a user. It may not create batches nor ask
	// for a relationship request.
	application bool
	// admin and sales are the roles Admin agent and Sales agent.
	admin, sales bool
}

// admit says who calls, or refuses a request whose token is not good. A
// refusal has a status.
func (s *Server) admit(r *http.Request) (caller, reply) {
	bearer, isBearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !isBearer || bearer == "" || s.opts.Token != "" && bearer != s.opts.Token {
		return caller{}, s.fail(FaultSignIn)
	}
	return caller{admin: true, sales: true}, reply{}
}
