package partnercentertest

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"html/template"
	"maps"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// authorize gives a code to the redirect of a public client on loopback. Until
// the person said yes or no it is a page that asks; Approve says yes at once.
func (s *Server) authorize(in *signIn, r *http.Request) reply {
	form := r.Form
	back, err := url.Parse(form.Get("redirect_uri"))
	if err != nil || !loopbackRedirect(back) {
		return s.oauthError("invalid_request", "50011", "The redirect URI does not match those of the application.")
	}
	more := url.Values{"state": {form.Get("state")}}
	wrong := ""
	switch {
	case form.Get("response_type") != "code":
		wrong = "unsupported_response_type"
	case form.Get("code_challenge_method") != "S256" || form.Get("code_challenge") == "":
		wrong = "invalid_request"
	case form.Get("answer") == "no":
		wrong = "access_denied"
	case form.Get("answer") != "yes" && !in.opts.Approve:
		return askPage(r)
	}
	if wrong != "" {
		more.Set("error", wrong)
		more.Set("error_description", "AADSTS65004: "+wrong)
		if wrong != "access_denied" {
			more.Set("error_description", "AADSTS900144: "+wrong)
		}
		return redirect(back, more)
	}
	code := "0." + rand.Text()
	in.codes[code] = session{
		user: in.opts.User, scope: form.Get("scope"), client: form.Get("client_id"), redirect: form.Get("redirect_uri"),
		challenge: form.Get("code_challenge"), factors: in.factorsOf(form), until: s.opts.Clock().Add(10 * time.Minute),
	}
	more.Set("code", code)
	return redirect(back, more)
}

// loopbackRedirect takes any port, as Microsoft does for http://localhost.
func loopbackRedirect(to *url.URL) bool {
	return to.Scheme == "http" && (to.Hostname() == "localhost" || to.Hostname() == "127.0.0.1") && (to.Path == "" || to.Path == "/")
}

func redirect(to *url.URL, more url.Values) reply {
	at := *to
	at.RawQuery, at.Path = more.Encode(), "/"
	return reply{status: http.StatusFound}.with("Location", at.String())
}

// askPage is what a person sees in the browser.
func askPage(r *http.Request) reply {
	form := maps.Clone(r.Form)
	link := func(answer, text string) string {
		form.Set("answer", answer)
		return `<p><a href="?` + template.HTMLEscapeString(form.Encode()) + `">` + text + `</a></p>`
	}
	return formPage("Simulated sign-in", link("yes", "Sign in")+link("no", "Decline"))
}

func formPage(title, inside string) reply {
	body := fmt.Appendf(nil, "<!DOCTYPE html><html><head><title>%s</title></head><body><h1>%s</h1>%s</body></html>", title, title, inside)
	return reply{status: http.StatusOK, body: body}.with("Content-Type", "text/html; charset=utf-8")
}

// A device is a sign-in that waits for someone to type its code elsewhere.
type device struct {
	session

	code     string // what the person types
	answer   string // "", "yes" or "no"
	interval time.Duration
	asked    time.Time
}

// deviceLogin is where the person types the code.
const deviceLogin = "/devicelogin"

func (s *Server) deviceCode(in *signIn, r *http.Request) reply {
	now := s.opts.Clock()
	d := &device{
		session: session{
			user: in.opts.User, scope: r.Form.Get("scope"), client: r.Form.Get("client_id"), factors: in.factorsOf(r.Form), until: now.Add(in.opts.CodeLifetime),
		},
		code: rand.Text()[:9], interval: in.opts.Interval, asked: now,
	}
	if in.opts.Approve {
		d.answer = "yes"
	}
	secret := "D" + rand.Text()
	in.devices[secret] = d
	at := "https://" + r.Host + deviceLogin
	if host, _, err := net.SplitHostPort(r.Host); err == nil && (host == "localhost" || net.ParseIP(host).IsLoopback()) {
		at = "http://" + r.Host + deviceLogin
	}
	return s.json(http.StatusOK, map[string]any{
		"user_code": d.code, "device_code": secret, "verification_uri": at, "expires_in": int(in.opts.CodeLifetime.Seconds()),
		"interval": int(in.opts.Interval.Seconds()), "message": "To sign in, open " + at + " and enter the code " + d.code + ".",
	})
}

// deviceLoginPage takes the code and the person's answer.
func (s *Server) deviceLoginPage(in *signIn, r *http.Request) reply {
	if r.Form.Get("code") == "" {
		return formPage("Simulated device sign-in", `<form><input name="code"><button name="answer" value="yes">Sign in</button><button name="answer" value="no">Decline</button></form>`)
	}
	if !in.decide(r.Form.Get("code"), r.Form.Get("answer")) {
		return formPage("No such code", "")
	}
	return formPage("Done", "")
}

// decide answers for the device with a code; an empty code is the last one.
func (in *signIn) decide(code, answer string) bool {
	done := false
	for _, d := range in.devices {
		if code == "" || strings.EqualFold(d.code, code) {
			d.answer, done = answer, true
		}
	}
	return done
}

// ApproveDevice says yes for whoever waits with a user code; empty is everyone.
func (s *Server) ApproveDevice(code string) bool { return s.decideDevice(code, "yes") }

// DeclineDevice says no.
func (s *Server) DeclineDevice(code string) bool { return s.decideDevice(code, "no") }

// ExpireDevice makes the code run out now.
func (s *Server) ExpireDevice(code string) bool { return s.decideDevice(code, "late") }

func (s *Server) decideDevice(code, answer string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.signing().decide(code, answer)
}

// token serves the grants.
func (s *Server) token(in *signIn, form url.Values) reply {
	if len(in.refusals) > 0 {
		refusal := in.refusals[0]
		in.refusals = in.refusals[1:]
		return s.oauthError(refusal.Error, refusal.Code, "Refused as told.")
	}
	switch form.Get("grant_type") {
	case "authorization_code":
		return s.grantCode(in, form)
	case "urn:ietf:params:oauth:grant-type:device_code":
		return s.grantDevice(in, form)
	case "refresh_token":
		return s.grantRefresh(in, form)
	case "client_credentials":
		return s.tokens(in, session{client: form.Get("client_id"), scope: form.Get("scope")})
	default:
		return s.oauthError("unsupported_grant_type", "70003", "The grant type is not supported.")
	}
}

// grantCode takes a code once, from whoever knows the verifier.
func (s *Server) grantCode(in *signIn, form url.Values) reply {
	of, known := in.codes[form.Get("code")]
	delete(in.codes, form.Get("code"))
	sum := sha256.Sum256([]byte(form.Get("code_verifier")))
	verified := subtle.ConstantTimeCompare([]byte(base64.RawURLEncoding.EncodeToString(sum[:])), []byte(of.challenge)) == 1
	switch {
	case !known || of.over(s.opts.Clock()):
		return s.oauthError("invalid_grant", "70008", "The code has expired.")
	case of.client != form.Get("client_id") || of.redirect != form.Get("redirect_uri"):
		return s.oauthError("invalid_grant", "50148", "The code was issued for another client or redirect URI.")
	case !verified:
		return s.oauthError("invalid_grant", "501481", "The code verifier does not match the code challenge.")
	default:
		return s.tokens(in, of)
	}
}

// grantDevice answers a poll; one that comes too soon makes the next wait longer.
func (s *Server) grantDevice(in *signIn, form url.Values) reply {
	secret, now := form.Get("device_code"), s.opts.Clock()
	d := in.devices[secret]
	if d == nil || d.client != form.Get("client_id") {
		return s.oauthError("bad_verification_code", "70020", "The device code is not known.")
	}
	soon := now.Sub(d.asked) < d.interval-100*time.Millisecond
	d.asked = now
	switch {
	case d.answer == "late", d.over(now):
		delete(in.devices, secret)
		return s.oauthError("expired_token", "70020", "The device code has expired.")
	case soon:
		d.interval += 5 * time.Second
		return s.oauthError("slow_down", "70016", "Polling too often.")
	case d.answer == "no":
		delete(in.devices, secret)
		return s.oauthError("authorization_declined", "70018", "The person declined.")
	case d.answer == "":
		return s.oauthError("authorization_pending", "70016", "Waiting for the person.")
	default:
		delete(in.devices, secret)
		return s.tokens(in, d.session)
	}
}

// grantRefresh turns a refresh token: the old one is no good any more.
func (s *Server) grantRefresh(in *signIn, form url.Values) reply {
	of, known := in.refresh[form.Get("refresh_token")]
	if !known || of.over(s.opts.Clock()) || of.client != form.Get("client_id") {
		return s.oauthError("invalid_grant", "70000", "The refresh token has expired or was revoked.")
	}
	if !in.opts.KeepRefresh {
		delete(in.refresh, form.Get("refresh_token"))
	}
	return s.tokens(in, of)
}
