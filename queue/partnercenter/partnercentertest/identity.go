package partnercentertest

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
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
	if !isBearer || bearer == "" {
		return caller{}, s.fail(FaultSignIn)
	}
	if s.opts.SignIn.Enabled && (s.opts.Token == "" || bearer != s.opts.Token) {
		return s.admitSignedIn(bearer)
	}
	if s.opts.Token != "" && bearer != s.opts.Token {
		return caller{}, s.fail(FaultSignIn)
	}
	return caller{admin: true, sales: true}, reply{}
}

// A badge is what admit reads in a token.
type badge struct {
	Audience string   `json:"aud"`
	Expires  int64    `json:"exp"`
	Kind     string   `json:"idtyp"`
	Factors  []string `json:"amr"`
	Roles    []string `json:"roles"`
}

// admitSignedIn takes the tokens that the model's own sign-in gave, while they
// are good. One without mfa is refused as often as SetMFA says; an application
// has no factors and needs none.
func (s *Server) admitSignedIn(bearer string) (caller, reply) {
	in := s.signing()
	who, ours := in.verify(bearer)
	if !ours || who.Audience != Audience || s.opts.Clock().Unix() >= who.Expires {
		return caller{}, s.fail(FaultSignIn)
	}
	if who.Kind == "app" {
		return caller{application: true, admin: true, sales: true}, reply{}
	}
	if !slices.Contains(who.Factors, "mfa") && in.mfa > 0 && s.rng.Float64() < in.mfa {
		return caller{}, s.fail(FaultMFA)
	}
	return caller{admin: slices.Contains(who.Roles, RoleAdmin), sales: slices.Contains(who.Roles, RoleSales)}, reply{}
}

// verify reads a token that sign made.
func (in *signIn) verify(bearer string) (badge, bool) {
	at := strings.LastIndexByte(bearer, '.')
	if at < 0 {
		return badge{}, false
	}
	mac, err := base64.RawURLEncoding.DecodeString(bearer[at+1:])
	if err != nil || !hmac.Equal(mac, in.mac(bearer[:at])) {
		return badge{}, false
	}
	_, payload, _ := strings.Cut(bearer[:at], ".")
	text, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil {
		return badge{}, false
	}
	var who badge
	return who, json.Unmarshal(text, &who) == nil
}
