package partnercentertest_test

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"pkidstation/queue/partnercenter/partnercentertest"
)

const station = "99999999-9999-4999-8999-999999999999"

// signingIn starts a model with a sign-in; the clock can be moved.
func signingIn(t *testing.T, opts partnercentertest.SignInOptions) (*partnercentertest.Server, *time.Time) {
	t.Helper()
	now := new(time.Now())
	opts.Enabled = true
	server := partnercentertest.NewServer(partnercentertest.Options{SignIn: opts, Clock: func() time.Time { return *now }})
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return server, now
}

// post sends a form and gives status and body.
func postForm(t *testing.T, server *partnercentertest.Server, endpoint string, form url.Values) (int, map[string]any) {
	t.Helper()
	at := server.URL() + "/" + partnercentertest.DefaultTenant + "/oauth2/v2.0/" + endpoint
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, at, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	status, text := send(t, http.DefaultClient, req)
	var body map[string]any
	if err := json.Unmarshal([]byte(text), &body); err != nil {
		t.Fatalf("%d %q: %v", status, text, err)
	}
	return status, body
}

func send(t *testing.T, client *http.Client, req *http.Request) (int, string) {
	t.Helper()
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close() //nolint:errcheck // a test
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

// browse opens an address without following redirects.
func browse(t *testing.T, at, bearer string) (status int, location *url.URL, text string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, at, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if bearer != "" {
		req.Header.Set("Authorization", "Bearer "+bearer)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	location = &url.URL{}
	status, text = send(t, &http.Client{Jar: jar, CheckRedirect: func(next *http.Request, _ []*http.Request) error {
		location = next.URL
		return http.ErrUseLastResponse
	}}, req)
	return status, location, text
}

// asking is what a right request to authorize has; its verifier is "v".
func asking(change url.Values) string {
	form := url.Values{
		"client_id": {station}, "response_type": {"code"}, "redirect_uri": {"http://localhost:4711"}, "scope": {"offline_access openid"},
		"state": {"s"}, "code_challenge": {oauth2.S256ChallengeFromVerifier("v")}, "code_challenge_method": {"S256"},
	}
	maps.Copy(form, change)
	return "/" + partnercentertest.DefaultTenant + "/oauth2/v2.0/authorize?" + form.Encode()
}

func TestAuthorize(t *testing.T) {
	t.Parallel()
	server, _ := signingIn(t, partnercentertest.SignInOptions{ClientID: station, Approve: true})
	for name, tt := range map[string]struct {
		change url.Values
		status int
		word   string // in the redirect; "-" for none
	}{
		"right":                {nil, 302, ""},
		"another app":          {url.Values{"client_id": {"x"}}, 400, "-"},
		"an open redirect":     {url.Values{"redirect_uri": {"https://evil.example/"}}, 400, "-"},
		"another path":         {url.Values{"redirect_uri": {"http://localhost:4711/x"}}, 400, "-"},
		"a name like loopback": {url.Values{"redirect_uri": {"http://localhost.evil.example"}}, 400, "-"},
		"no challenge":         {url.Values{"code_challenge": {""}}, 302, "invalid_request"},
		"a plain challenge":    {url.Values{"code_challenge_method": {"plain"}}, 302, "invalid_request"},
		"an implicit token":    {url.Values{"response_type": {"token"}}, 302, "unsupported_response_type"},
		"declined":             {url.Values{"answer": {"no"}}, 302, "access_denied"},
	} {
		status, to, text := browse(t, server.URL()+asking(tt.change), "")
		got := to.Query()
		if status != tt.status || tt.word != "-" && (got.Get("error") != tt.word || got.Get("state") != "s" || (got.Get("code") == "") != (tt.word != "")) {
			t.Errorf("%s: %d to %s\n%s", name, status, to, text)
		}
	}
	if status, _, text := browse(t, server.URL()+strings.Replace(asking(nil), partnercentertest.DefaultTenant, "other", 1), ""); status != 400 || !strings.Contains(text, "90002") {
		t.Errorf("another tenant: %d %s", status, text)
	}
}

func TestAPersonIsAsked(t *testing.T) {
	t.Parallel()
	server, _ := signingIn(t, partnercentertest.SignInOptions{})
	status, _, text := browse(t, server.URL()+asking(url.Values{"state": {`"><script>`}}), "")
	if status != 200 || !strings.Contains(text, "answer=yes") || strings.Contains(text, "<script>") {
		t.Errorf("%d %s", status, text)
	}
}

// codeFor signs in in the browser and gives the code.
func codeFor(t *testing.T, server *partnercentertest.Server, change url.Values) string {
	t.Helper()
	_, to, text := browse(t, server.URL()+asking(change), "")
	code := to.Query().Get("code")
	if code == "" {
		t.Fatalf("no code: %s %s", to, text)
	}
	return code
}

func redeeming(code string, change url.Values) url.Values {
	form := url.Values{
		"grant_type": {"authorization_code"}, "client_id": {station}, "code": {code}, "redirect_uri": {"http://localhost:4711"}, "code_verifier": {"v"},
	}
	maps.Copy(form, change)
	return form
}

func TestCodeGrant(t *testing.T) {
	t.Parallel()
	server, now := signingIn(t, partnercentertest.SignInOptions{Approve: true})
	for name, change := range map[string]url.Values{
		"verifier": {"code_verifier": {"w"}}, "no verifier": {"code_verifier": {""}}, "redirect": {"redirect_uri": {"http://localhost:1"}},
		"client": {"client_id": {"x"}}, "code": {"code": {"x"}},
	} {
		code := codeFor(t, server, nil)
		if status, body := postForm(t, server, "token", redeeming(code, change)); status != 400 || body["error"] != "invalid_grant" {
			t.Errorf("another %s: %d %v", name, status, body)
		}
		if status, _ := postForm(t, server, "token", redeeming(code, nil)); name != "code" && status != 400 {
			t.Errorf("after another %s: the code is still good", name)
		}
	}
	late := codeFor(t, server, nil)
	*now = now.Add(time.Hour)
	if status, _ := postForm(t, server, "token", redeeming(late, nil)); status != 400 {
		t.Error("a code of an hour ago is good")
	}
	status, body := postForm(t, server, "token", redeeming(codeFor(t, server, nil), nil))
	if status != 200 || body["refresh_token"] == nil || body["id_token"] == nil || body["expires_in"] != 3600.0 {
		t.Errorf("%d %v", status, body)
	}
}

func TestRefreshIsTurned(t *testing.T) {
	t.Parallel()
	for keep, second := range map[bool]int{false: 400, true: 200} {
		server, _ := signingIn(t, partnercentertest.SignInOptions{Approve: true, KeepRefresh: keep})
		_, body := postForm(t, server, "token", redeeming(codeFor(t, server, nil), nil))
		refresh, _ := body["refresh_token"].(string)
		form := url.Values{"grant_type": {"refresh_token"}, "client_id": {station}, "refresh_token": {refresh}}
		status, next := postForm(t, server, "token", form)
		if status != 200 || next["refresh_token"] == refresh {
			t.Errorf("first: %d", status)
		}
		if status, _ = postForm(t, server, "token", form); status != second {
			t.Errorf("second, keep %t: %d", keep, status)
		}
		server.RevokeRefresh()
		newest, _ := next["refresh_token"].(string)
		form.Set("refresh_token", newest)
		if status, body := postForm(t, server, "token", form); status != 400 || body["error"] != "invalid_grant" {
			t.Errorf("revoked: %d %v", status, body)
		}
	}
}

func TestDeviceGrant(t *testing.T) {
	t.Parallel()
	server, now := signingIn(t, partnercentertest.SignInOptions{Interval: time.Second})
	ask := func() (code, user string) {
		_, body := postForm(t, server, "devicecode", url.Values{"client_id": {station}, "scope": {"offline_access"}})
		code, _ = body["device_code"].(string)
		user, _ = body["user_code"].(string)
		return code, user
	}
	poll := func(code string, after time.Duration) string {
		*now = now.Add(after)
		_, body := postForm(t, server, "token", url.Values{
			"grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "client_id": {station}, "device_code": {code},
		})
		word, _ := body["error"].(string)
		return word
	}
	code, user := ask()
	for _, tt := range []struct {
		after time.Duration
		want  string
	}{{time.Second, "authorization_pending"}, {0, "slow_down"}, {time.Second, "slow_down"}, {11 * time.Second, "authorization_pending"}} {
		if got := poll(code, tt.after); got != tt.want {
			t.Errorf("after %v: %q, want %q", tt.after, got, tt.want)
		}
	}
	if status, _, text := browse(t, server.URL()+"/devicelogin?answer=yes&code="+user, ""); status != 200 || !strings.Contains(text, "Done") {
		t.Errorf("%d %s", status, text)
	}
	if got := poll(code, 11*time.Second); got != "" {
		t.Errorf("approved: %q", got)
	}
	if got := poll(code, 11*time.Second); got != "bad_verification_code" {
		t.Errorf("twice: %q", got)
	}
	for want, decide := range map[string]func(string) bool{"authorization_declined": server.DeclineDevice, "expired_token": server.ExpireDevice} {
		code, user := ask()
		if !decide(user) {
			t.Errorf("%s: nobody waits with %s", want, user)
		}
		if got := poll(code, time.Second); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	code, _ = ask()
	if got := poll(code, time.Hour); got != "expired_token" {
		t.Errorf("after an hour: %q", got)
	}
}

// call makes a call to the device API.
func call(t *testing.T, server *partnercentertest.Server, bearer string) (int, string) {
	t.Helper()
	status, _, text := browse(t, server.URL()+"/v1/customers?size=1", bearer)
	return status, text
}

func accessOf(t *testing.T, server *partnercentertest.Server, change url.Values) string {
	t.Helper()
	_, body := postForm(t, server, "token", redeeming(codeFor(t, server, change), nil))
	access, _ := body["access_token"].(string)
	return access
}

func TestTheDeviceAPIWantsItsToken(t *testing.T) {
	t.Parallel()
	server, now := signingIn(t, partnercentertest.SignInOptions{Approve: true, SingleFactor: true, Lifetime: time.Minute})
	single, multi := accessOf(t, server, nil), accessOf(t, server, url.Values{"prompt": {"login"}})
	_, body := postForm(t, server, "token", redeeming(codeFor(t, server, nil), nil))
	identity, _ := body["id_token"].(string)
	for name, tt := range map[string]struct {
		bearer string
		status int
	}{
		"single": {single, 200}, "multi": {multi, 200}, "for another audience": {identity, 401}, "nonsense": {"x.y.z", 401}, "altered": {multi + "A", 401}, "none": {"", 401},
	} {
		if status, text := call(t, server, tt.bearer); status != tt.status {
			t.Errorf("%s: %d %s", name, status, text)
		}
	}
	server.SetMFA(1)
	if status, text := call(t, server, single); status != 401 || !strings.Contains(text, "900421") {
		t.Errorf("without MFA: %d %s", status, text)
	}
	if status, _ := call(t, server, multi); status != 200 {
		t.Errorf("with MFA: %d", status)
	}
	server.SetMFA(0.5)
	refused := 0
	for range 100 {
		if status, _ := call(t, server, single); status == 401 {
			refused++
		}
	}
	if refused < 25 || refused > 75 {
		t.Errorf("half of 100 calls: %d", refused)
	}
	_, app := postForm(t, server, "token", url.Values{"grant_type": {"client_credentials"}, "client_id": {station}})
	access, _ := app["access_token"].(string)
	server.SetMFA(1)
	if status, _ := call(t, server, access); status != 200 {
		t.Errorf("an application needs no MFA: %d", status)
	}
	*now = now.Add(time.Minute)
	if status, _ := call(t, server, multi); status != 401 {
		t.Errorf("after its life: %d", status)
	}
}

func TestSignInIsWrittenDown(t *testing.T) {
	t.Parallel()
	server, _ := signingIn(t, partnercentertest.SignInOptions{Approve: true})
	server.RefuseTokens(partnercentertest.TokenRefusal{Error: "invalid_grant", Code: "50076"})
	status, body := postForm(t, server, "token", redeeming(codeFor(t, server, url.Values{"prompt": {"login"}, "login_hint": {"ana"}}), nil))
	if status != 400 || !strings.Contains(body["error_description"].(string), "AADSTS50076") { //nolint:forcetypeassert // a test
		t.Errorf("%d %v", status, body)
	}
	server.StrikeToken(partnercentertest.FaultThrottle)
	if status, _ := postForm(t, server, "token", url.Values{}); status != 429 {
		t.Errorf("%d", status)
	}
	all := server.SignInRequests()
	if len(all) != 3 || all[0].Endpoint != "authorize" || all[0].Prompt != "login" || all[0].Hint != "ana" || all[1].Error != "invalid_grant" || all[2].Fault != partnercentertest.FaultThrottle || all[2].Status != 429 {
		t.Errorf("%+v", all)
	}
	if status, _, _ := browse(t, server.URL()+"/simulator/ledger", ""); status != 200 {
		t.Errorf("/simulator/ wants a token: %d", status)
	}
}
