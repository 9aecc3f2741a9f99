package partnercentertest

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Audience is what access tokens are for.
const Audience = "https://api.partnercenter.microsoft.com"

// DefaultTenant is the partner's tenant where SignInOptions has none.
const DefaultTenant = "77777777-7777-4777-8777-777777777777"

// The roles of a person at Partner Center.
const (
	RoleAdmin = "AdminAgents"
	RoleSales = "SalesAgents"
)

// SignInOptions shape the sign-in that the model has on the same address, as
// Microsoft's at https://login.microsoftonline.com: /TENANT/oauth2/v2.0/authorize,
// /devicecode and /token.
type SignInOptions struct {
	// Enabled serves the endpoints, and makes the device API want a token that they
	// gave. Options.Token, if any, is taken as well.
	Enabled bool
	// Tenant is the partner's tenant id, empty for DefaultTenant; Domain its name,
	// which is as good in a path. TokenTenant is what the tokens say instead.
	Tenant, Domain, TokenTenant string
	// ClientID is the one app that is known; empty knows every.
	ClientID string
	// User is who signs in; empty is sales@partner.example. Roles are that person's;
	// nil is both.
	User  string
	Roles []string
	// Approve makes the person say yes at once.
	Approve bool
	// SingleFactor makes tokens lack mfa, but for a sign-in with prompt=login.
	SingleFactor bool
	// MFA is the share of the device API's calls that want mfa in the token, 0 to 1.
	MFA float64
	// Lifetime is an access token's, CodeLifetime a device code's and RefreshLifetime a
	// refresh token's; 0 is an hour, 15 minutes, and for ever.
	Lifetime, CodeLifetime, RefreshLifetime time.Duration
	// Interval is how often a device code may be asked for; 0 is 5 s.
	Interval time.Duration
	// KeepRefresh leaves a refresh token good that was turned, as Microsoft does for
	// a while; else it is revoked at once.
	KeepRefresh bool
	// Faults is the share of requests to /token that a fault of the line strikes.
	Faults float64
}

func (o SignInOptions) withDefaults() SignInOptions {
	if o.Tenant == "" {
		o.Tenant = DefaultTenant
	}
	if o.TokenTenant == "" {
		o.TokenTenant = o.Tenant
	}
	if o.User == "" {
		o.User = "sales@partner.example"
	}
	if o.Roles == nil {
		o.Roles = []string{RoleAdmin, RoleSales}
	}
	for _, d := range []struct {
		of   *time.Duration
		unit time.Duration
	}{{&o.Lifetime, time.Hour}, {&o.CodeLifetime, 15 * time.Minute}, {&o.Interval, 5 * time.Second}} {
		if *d.of <= 0 {
			*d.of = d.unit
		}
	}
	return o
}

// A SignInRequest is one request to the sign-in, without codes and tokens.
type SignInRequest struct {
	// Endpoint is authorize, devicecode or token; Grant is the token's.
	Endpoint string `json:"endpoint"`
	Grant    string `json:"grant"`
	Prompt   string `json:"prompt"`
	Hint     string `json:"hint"`
	// Status is what was answered, 0 where the connection was dropped, and Error the
	// protocol's word for a refusal.
	Status int       `json:"status"`
	Error  string    `json:"error"`
	Fault  Fault     `json:"fault"`
	At     time.Time `json:"at"`
}

// A signIn is what the model knows of who signed in.
type signIn struct {
	opts     SignInOptions
	key      []byte
	mfa      float64
	codes    map[string]session // authorization codes
	devices  map[string]*device // by device code
	refresh  map[string]session // refresh tokens
	requests []SignInRequest
	refusals []TokenRefusal
	struck   []Fault
}

// A session is one person's sign-in.
type session struct {
	user, scope, client, redirect, challenge string
	factors                                  []string
	until                                    time.Time // zero for ever
}

func (s session) over(now time.Time) bool { return !s.until.IsZero() && !now.Before(s.until) }

// A TokenRefusal is how /token can say no, as in {"invalid_grant", "50076"}.
type TokenRefusal struct{ Error, Code string }

// signing gives the sign-in's state; s.mu is held.
func (s *Server) signing() *signIn {
	if s.signIn == nil {
		opts := s.opts.SignIn.withDefaults()
		s.signIn = &signIn{
			opts: opts, key: []byte(rand.Text()), mfa: opts.MFA,
			codes: map[string]session{}, devices: map[string]*device{}, refresh: map[string]session{},
		}
	}
	return s.signIn
}

// SetMFA changes the share of the device API's calls that want mfa in the token.
func (s *Server) SetMFA(share float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.signing().mfa = share
}

// RevokeRefresh ends every sign-in: no refresh token is good any more. Access
// tokens stay good until their end.
func (s *Server) RevokeRefresh() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.signing().refresh = map[string]session{}
}

// RevokeAccess makes every access token that was given a 401.
func (s *Server) RevokeAccess() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.signing().key = []byte(rand.Text())
}

// RefuseTokens makes the next requests to /token be refused so, one each.
func (s *Server) RefuseTokens(refusals ...TokenRefusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.signing().refusals = append(s.signing().refusals, refusals...)
}

// StrikeToken makes the next requests to /token meet these faults, one each; an
// empty Fault lets one through.
func (s *Server) StrikeToken(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.signing().struck = append(s.signing().struck, faults...)
}

// SignInRequests is every request to the sign-in, in order.
func (s *Server) SignInRequests() []SignInRequest {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.signing().requests)
}

// authority serves the sign-in. It says whether the request was for it.
func (s *Server) authority(w http.ResponseWriter, r *http.Request) bool {
	if !s.opts.SignIn.Enabled {
		return false
	}
	tenant, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	endpoint, ours := strings.CutPrefix(strings.ToLower(rest), "oauth2/v2.0/")
	if !ours && r.URL.Path != deviceLogin {
		return false
	}
	if !ours {
		endpoint = ""
	}
	const most = 64 << 10
	r.Body = http.MaxBytesReader(w, r.Body, most)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "the form cannot be read", http.StatusBadRequest)
		return true
	}
	answer, fault := s.signInAnswer(tenant, endpoint, r)
	s.deliver(w, r, answer, fault)
	return true
}

// signInAnswer processes one request and writes it down.
func (s *Server) signInAnswer(tenant, endpoint string, r *http.Request) (reply, Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	in := s.signing()
	note := SignInRequest{
		Endpoint: endpoint, Grant: r.PostForm.Get("grant_type"), Prompt: r.Form.Get("prompt"), Hint: r.Form.Get("login_hint"), At: s.opts.Clock(),
	}
	if endpoint == "token" {
		note.Fault = s.drawToken(in)
	}
	var answer reply
	if note.Fault.afterProcessing() {
		answer = s.signInRoute(in, tenant, endpoint, r)
	}
	answer = s.strike(note.Fault, answer)
	if note.Status = answer.status; note.Fault == FaultResetAfter || note.Fault == FaultHangAfter {
		note.Status = 0
	}
	note.Error = wordOf(answer)
	if endpoint != "" {
		in.requests = append(in.requests, note)
	}
	return answer, note.Fault
}

// drawToken is draw, for /token.
func (s *Server) drawToken(in *signIn) Fault {
	if len(in.struck) > 0 {
		fault := in.struck[0]
		in.struck = in.struck[1:]
		return fault
	}
	if in.opts.Faults <= 0 || s.rng.Float64() >= in.opts.Faults {
		return ""
	}
	return s.opts.Faulty[s.rng.IntN(len(s.opts.Faulty))]
}

func wordOf(answer reply) string {
	var said struct {
		Error string `json:"error"`
	}
	if answer.status >= http.StatusBadRequest {
		_ = json.Unmarshal(answer.body, &said) // what is no JSON says nothing
	}
	return said.Error
}

func (s *Server) signInRoute(in *signIn, tenant, endpoint string, r *http.Request) reply {
	known := strings.EqualFold(tenant, in.opts.Tenant) || in.opts.Domain != "" && strings.EqualFold(tenant, in.opts.Domain)
	client := r.Form.Get("client_id")
	switch {
	case endpoint == "":
		return s.deviceLoginPage(in, r)
	case endpoint != "authorize" && r.Method != http.MethodPost:
		return s.oauthError("invalid_request", "900561", "The endpoint only accepts POST.")
	case !known:
		return s.oauthError("invalid_request", "90002", "Tenant not found.")
	case in.opts.ClientID != "" && !strings.EqualFold(client, in.opts.ClientID):
		return s.oauthError("unauthorized_client", "700016", "The application was not found in the directory.")
	}
	switch endpoint {
	case "authorize":
		return s.authorize(in, r)
	case "devicecode":
		return s.deviceCode(in, r)
	case "token":
		return s.token(in, r.PostForm)
	default:
		return html(http.StatusNotFound, "Not Found")
	}
}

// oauthError is Microsoft's error shape.
func (s *Server) oauthError(word, code, text string) reply {
	body := map[string]any{
		"error": word, "error_codes": []json.Number{json.Number(code)}, "timestamp": s.opts.Clock().UTC().Format("2006-01-02 15:04:05Z"),
		"error_description": "AADSTS" + code + ": " + text + " Trace ID: 0 Correlation ID: 0",
		"trace_id":          "00000000-0000-4000-8000-000000000000", "correlation_id": "00000000-0000-4000-8000-000000000001",
	}
	return s.json(http.StatusBadRequest, body)
}

// tokens answers with what a session is entitled to.
func (s *Server) tokens(in *signIn, of session) reply {
	now := s.opts.Clock()
	body := map[string]any{
		"token_type": "Bearer", "scope": of.scope, "expires_in": int(in.opts.Lifetime.Seconds()), "ext_expires_in": int(in.opts.Lifetime.Seconds()),
		"access_token": in.sign(in.claims(of, now)),
	}
	asked := strings.Fields(of.scope)
	if slices.Contains(asked, "offline_access") {
		of.until = time.Time{}
		if in.opts.RefreshLifetime > 0 {
			of.until = now.Add(in.opts.RefreshLifetime)
		}
		turned := "1." + rand.Text() + rand.Text()
		in.refresh[turned] = of
		body["refresh_token"] = turned
	}
	if slices.Contains(asked, "openid") {
		identity := in.claims(of, now)
		identity["aud"], identity["preferred_username"] = of.client, of.user
		body["id_token"] = in.sign(identity)
	}
	return s.json(http.StatusOK, body)
}

// claims are an access token's, as Microsoft's for Partner Center: version 1.
func (in *signIn) claims(of session, now time.Time) map[string]any {
	all := map[string]any{
		"aud": Audience, "iss": "https://sts.windows.net/" + in.opts.TokenTenant + "/", "iat": now.Unix(), "nbf": now.Unix(),
		"exp": now.Add(in.opts.Lifetime).Unix(), "tid": in.opts.TokenTenant, "appid": of.client, "uti": rand.Text(), "ver": "1.0",
	}
	if of.user == "" {
		all["idtyp"] = "app"
		return all
	}
	all["upn"], all["amr"], all["roles"], all["scp"] = of.user, of.factors, in.opts.Roles, "user_impersonation"
	return all
}

// sign makes a JWT that only this model can have made.
func (in *signIn) sign(claims map[string]any) string {
	payload, err := json.Marshal(claims)
	if err != nil {
		return ""
	}
	text := base64.RawURLEncoding.EncodeToString([]byte(`{"typ":"JWT","alg":"HS256"}`)) + "." + base64.RawURLEncoding.EncodeToString(payload)
	return text + "." + base64.RawURLEncoding.EncodeToString(in.mac(text))
}

func (in *signIn) mac(text string) []byte {
	hash := hmac.New(sha256.New, in.key)
	hash.Write([]byte(text))
	return hash.Sum(nil)
}

// factorsOf is how a person signs in at a prompt.
func (in *signIn) factorsOf(form url.Values) []string {
	if in.opts.SingleFactor && form.Get("prompt") != "login" {
		return []string{"pwd"}
	}
	return []string{"pwd", "mfa"}
}
