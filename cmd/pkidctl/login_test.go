package main_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	pkidctl "pkidstation/cmd/pkidctl"
	"pkidstation/queue/partnercenter/partnercentertest"
)

const stationApp = "99999999-9999-4999-8999-999999999999"

// signingIn is a model with a sign-in, and a station that is set up for it, with
// a keyring.
func signingIn(t *testing.T, opts partnercentertest.SignInOptions) (*partnercentertest.Server, []string) {
	t.Helper()
	opts.Enabled, opts.ClientID = true, stationApp
	if opts.Interval == 0 {
		opts.Interval = time.Second
	}
	server, environ := simulator(t, partnercentertest.Options{SignIn: opts})
	return server, append(slices.DeleteFunc(environ, func(v string) bool { return strings.Contains(v, "ACCESS_TOKEN") }),
		"PKIDSTATION_PARTNER_CENTER_AUTHORITY="+server.URL(), "PKIDSTATION_PARTNER_CENTER_TENANT="+partnercentertest.DefaultTenant,
		"PKIDSTATION_PARTNER_CENTER_CLIENT_ID="+stationApp, pkidctl.RingVariable+"="+t.TempDir(), "DISPLAY=", "WAYLAND_DISPLAY=")
}

// loggingIn starts pkidctl login and gives its first line.
func loggingIn(t *testing.T, data string, environ []string, args ...string) (first object, end func() result) {
	t.Helper()
	cmd := asPkidctl(t, data, append([]string{"login", "--json"}, args...)...)
	cmd.Env = append(cmd.Env, environ...)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	text, err := lines.ReadString('\n')
	if err != nil {
		_ = cmd.Wait()
		t.Fatalf("it says nothing: %v: %s", err, &complaints)
	}
	if err := json.Unmarshal([]byte(text), &first); err != nil {
		t.Fatal(err)
	}
	return first, func() result {
		var rest bytes.Buffer
		_, _ = rest.ReadFrom(lines)
		_ = cmd.Wait() // the code tells
		return result{code: cmd.ProcessState.ExitCode(), out: rest.String(), errors: complaints.String()}
	}
}

// browse follows an address to the end, as a browser does.
func browse(t *testing.T, address string) {
	t.Helper()
	if status, text := get(t, address); status != http.StatusOK {
		t.Errorf("the browser shows %d %s", status, text)
	}
}

// TestLogin: sign in in the browser, and the next process registers with it; sign
// out, and it does not.
func TestLogin(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server, environ := signingIn(t, partnercentertest.SignInOptions{Approve: true})
	scanned(t, data, "]C03305123456781")
	runIt(t, data, "", environ, "upload").want(t, 3, `"ready":1`, "nobody is signed in")
	first, end := loggingIn(t, data, environ, "--no-browser")
	first.wantKeys(t, "step url")
	browse(t, first.word(t, "url"))
	got := end()
	got.want(t, 0)
	last := objects(t, got.out)[0]
	last.wantKeys(t, "account factors kept step tenant")
	if last.word(t, "account") != "sales@partner.example" || last.word(t, "kept") != "keyring" || last.word(t, "factors") != "multi" || last.word(t, "tenant") != partnercentertest.DefaultTenant {
		t.Errorf("%s", got.out)
	}
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0, `"registered":1`)
	if l := server.Ledger(); len(l) != 1 {
		t.Errorf("%+v", l)
	}
	wantNoToken(t, data)
	runIt(t, data, "", environ, "logout").want(t, 0, "Signed out")
	runIt(t, data, "", environ, "logout").want(t, 0, "Nobody was signed in")
	runIt(t, data, "", environ, "customers").want(t, 3, "nobody is signed in")
}

// wantNoToken: nothing in the data folder shows a token.
func wantNoToken(t *testing.T, data string) {
	t.Helper()
	for _, name := range []string{"signin.bin", "queue.db", "logs/pkidctl.log"} {
		text, err := os.ReadFile(filepath.Join(data, name))
		if err == nil && (bytes.Contains(text, []byte("eyJ")) || bytes.Contains(text, []byte("refresh"))) {
			t.Errorf("%s shows a token", name)
		}
	}
}

// TestLoginBesideTheStation: while another process owns the queue.
func TestLoginBesideTheStation(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	_, environ := signingIn(t, partnercentertest.SignInOptions{Approve: true})
	station := asPkidctl(t, data, "scan", "--json", "--stdin")
	in, err := station.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := station.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := station.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Write([]byte("]C03305123456781\n")); err != nil {
		t.Fatal(err)
	}
	if !bufio.NewScanner(out).Scan() {
		t.Fatal("no verdict")
	}
	first, end := loggingIn(t, data, environ, "--no-browser")
	browse(t, first.word(t, "url"))
	end().want(t, 0)
	_ = in.Close()
	if err := station.Wait(); err != nil {
		t.Error(err)
	}
}

// TestLoginByCode: without a display the code is the way, and it says so.
func TestLoginByCode(t *testing.T) {
	t.Parallel()
	server, environ := signingIn(t, partnercentertest.SignInOptions{})
	for answer, code := range map[string]int{"yes": 0, "no": 1} {
		for _, args := range [][]string{{"--device-code"}, nil} {
			first, end := loggingIn(t, t.TempDir(), environ, args...)
			first.wantKeys(t, "code expires step url")
			decide := map[string]func(string) bool{"yes": server.ApproveDevice, "no": server.DeclineDevice}[answer]
			if !decide(first.word(t, "code")) {
				t.Fatalf("nobody waits: %v", first)
			}
			got := end()
			got.want(t, code)
			if said := strings.Contains(got.errors, "no display"); said != (args == nil) {
				t.Errorf("%v says %q", args, got.errors)
			}
			if answer == "no" {
				got.want(t, 1, "declined")
			}
		}
	}
}

// TestLoginOpensTheBrowser: the system's opener gets the address, and nothing of
// a shell is between.
func TestLoginOpensTheBrowser(t *testing.T) {
	t.Parallel()
	bin := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// testscript.Main runs this program as a browser where it is called so.
	if err := os.Symlink(self, filepath.Join(bin, "browser")); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\nexec " + filepath.Join(bin, "browser") + " \"$1\"\n"
	if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	_, environ := signingIn(t, partnercentertest.SignInOptions{Approve: true})
	environ = append(environ, "DISPLAY=:7", "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	runIt(t, t.TempDir(), "", environ, "login").want(t, 0, "Signed in as sales@partner.example")
	runIt(t, t.TempDir(), "", append(environ, "LANG=fr_FR.UTF-8"), "login").want(t, 0, "Connecté")
}

// TestLoginRefuses: before anybody typed a password.
func TestLoginRefuses(t *testing.T) {
	t.Parallel()
	server, environ := signingIn(t, partnercentertest.SignInOptions{Approve: true})
	with := func(more ...string) []string { return slices.Concat(environ, more) }
	for name, tt := range map[string]struct {
		environ []string
		args    string
		code    int
		say     string
	}{
		"not set up":       {nil, "login", 1, "client_id"},
		"half set up":      {with("PKIDSTATION_PARTNER_CENTER_CLIENT_ID="), "login", 1, "client_id"},
		"by CSV":           {with("PKIDSTATION_PARTNER_CENTER_ACCOUNT=indirect-reseller"), "login", 1, "CSV"},
		"from outside":     {with("PKIDSTATION_ACCESS_TOKEN=x"), "login", 1, "PKIDSTATION_ACCESS_TOKEN"},
		"out from outside": {with("PKIDSTATION_ACCESS_TOKEN=x"), "logout", 1, "PKIDSTATION_ACCESS_TOKEN"},
		"no keyring":       {with(pkidctl.RingVariable + "=/nowhere"), "login --device-code", 1, "keyring"},
		"both":             {environ, "login --device-code --no-browser", 2, ""},
		"extra":            {environ, "login now", 2, ""},
		"national cloud":   {with("PKIDSTATION_PARTNER_CENTER_AUTHORITY=https://login.microsoftonline.us"), "login", 1, "national cloud"},
		"nobody there":     {with("PKIDSTATION_PARTNER_CENTER_AUTHORITY=http://127.0.0.1:1"), "login --device-code", 4, ""},
	} {
		got := runIt(t, t.TempDir(), "", tt.environ, strings.Fields(tt.args)...)
		got.want(t, tt.code, tt.say)
		if got.out != "" {
			t.Errorf("%s prints %s", name, got.out)
		}
	}
	if n := len(server.SignInRequests()); n != 0 {
		t.Errorf("%d requests to the sign-in", n)
	}
}

// TestMFAInTheMiddle: what is refused for want of MFA waits for a person, is not
// rejected, and goes out after the next sign-in.
func TestMFAInTheMiddle(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server, environ := signingIn(t, partnercentertest.SignInOptions{Approve: true, SingleFactor: true})
	scanned(t, data, "]C03305123456781")
	login := func() {
		first, end := loggingIn(t, data, environ, "--no-browser")
		browse(t, first.word(t, "url"))
		end().want(t, 0)
	}
	login()
	server.SetMFA(1)
	runIt(t, data, "", environ, "upload").want(t, 3, `"ready":1`, `"rejected":0`, "MFA")
	server.SetMFA(0)
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0, `"registered":1`)
}

// TestLostTurnOfTheToken: the refresh token was turned and the answer lost; the
// uploader waits for a person, asks Microsoft once, and goes on after a sign-in.
func TestLostTurnOfTheToken(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server, environ := signingIn(t, partnercentertest.SignInOptions{Approve: true, Lifetime: time.Second})
	scanned(t, data, "]C03305123456781")
	first, end := loggingIn(t, data, environ, "--no-browser")
	browse(t, first.word(t, "url"))
	end().want(t, 0)
	server.RevokeRefresh()
	ctx, cancel := context.WithTimeout(t.Context(), 1100*time.Millisecond)
	defer cancel()
	<-ctx.Done() // for the access token to end
	before := len(server.SignInRequests())
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 3, `"ready":1`, "the sign-in is over")
	if n := len(server.SignInRequests()) - before; n != 1 {
		t.Errorf("%d requests to the sign-in", n)
	}
	runIt(t, data, "", environ, "upload").want(t, 3, `"ready":1`, "nobody is signed in")
	if n := len(server.SignInRequests()) - before; n != 1 {
		t.Errorf("%d requests to the sign-in", n)
	}
	first, end = loggingIn(t, data, environ, "--no-browser")
	browse(t, first.word(t, "url"))
	end().want(t, 0)
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0, `"registered":1`)
}

// reasons are a checkup's steps in short.
func reasons(t *testing.T, out string) string {
	t.Helper()
	var short []string
	for _, o := range objects(t, out) {
		o.wantKeys(t, "check reason result value")
		if value := o.word(t, "value"); strings.Contains(value, ". ") || strings.HasSuffix(value, ".") || len(value) > 80 {
			t.Errorf("of %s a script gets a sentence: %q", o.word(t, "check"), value)
		}
		short = append(short, o.word(t, "check")+"="+o.word(t, "reason"))
	}
	return strings.Join(short, " ")
}

func TestDoctorPartnerCenter(t *testing.T) {
	t.Parallel()
	const head, before = "configuration=complete address=reached clock=agrees ", "=before"
	const noSignIn = " kept=before tenant=before mfa=before expiry=before call=before role=before account=before relationship=before"
	server, environ := signingIn(t, partnercentertest.SignInOptions{Approve: true, SingleFactor: true})
	data := t.TempDir()
	check := func(what string, environ []string, code int, want string) {
		t.Helper()
		got := runIt(t, data, "", environ, "doctor", "partner-center", "--json")
		got.want(t, code)
		if short := reasons(t, got.out); !strings.HasPrefix(short, want) || strings.Contains(got.out, "eyJ") {
			t.Errorf("%s:\ngot  %s\nwant %s\n%s", what, short, want, got.errors)
		}
	}
	check("nobody", environ, 3, head+"sign-in=never"+noSignIn)
	first, end := loggingIn(t, data, environ, "--no-browser")
	browse(t, first.word(t, "url"))
	end().want(t, 0)
	signedIn := head + "sign-in=signed-in kept=keyring tenant=same-tenant mfa=single expiry=until "
	check("single factor", environ, 3, signedIn+"call=listed role=may-register account=kind relationship=")
	server.SetMFA(1)
	got := runIt(t, data, "", environ, "doctor", "partner-center", "--json")
	if !strings.Contains(got.out, `"check":"call","result":"failed","reason":"call-failed","value":"900421"`) {
		t.Errorf("Partner Center's own code is not the value:\n%s", got.out)
	}
	check("refused for MFA", environ, 3, signedIn+"call=call-failed role=before account=kind relationship=before")
	server.SetMFA(0)
	server.Strike("", partnercentertest.FaultRole)
	check("no role", environ, 3, signedIn+"call=call-failed role=no-role")
	server.Strike(partnercentertest.FaultPortal)
	check("a guest network", environ, 4, "configuration=complete address=not-partner-center clock=before sign-in=before")
	away := slices.Concat(environ, []string{"PKIDSTATION_PARTNER_CENTER_URL=http://127.0.0.1:1"})
	check("no network", away, 4, "configuration=complete address=unreachable clock"+before)
	check("from outside", slices.Concat(environ, []string{"PKIDSTATION_ACCESS_TOKEN=x"}), 3, head+"sign-in=external kept=external tenant=unknown mfa=unknown expiry=unknown call=call-failed")
	check("by CSV", slices.Concat(environ, []string{"PKIDSTATION_PARTNER_CENTER_ACCOUNT=indirect-reseller"}), 0, "configuration=csv-only")
	check("not set up", nil, 3, "configuration=not-set-up address=before")
	if err := os.WriteFile(filepath.Join(data, "signin.bin"), []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	check("damaged", environ, 3, head+"sign-in=unreadable")
}

// TestDoctorPartnerCenterInWords: all is well, in both languages; nothing is left
// behind, and no queue is made.
func TestDoctorPartnerCenterInWords(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	_, environ := signingIn(t, partnercentertest.SignInOptions{Approve: true})
	first, end := loggingIn(t, data, environ, "--no-browser")
	browse(t, first.word(t, "url"))
	end().want(t, 0)
	for language, words := range map[string][]string{
		"en_GB.UTF-8": {"Settings (fine): All that is needed is set up.", "Sign-in (fine): Signed in as sales@partner.example.", "Set up as direct."},
		"fr_FR.UTF-8": {"Réglages (bien)", "Réglé comme direct."},
	} {
		got := runIt(t, data, "", slices.Concat(environ, []string{"LANG=" + language, "LC_ALL=", "LC_MESSAGES="}), "doctor", "partner-center")
		got.want(t, 0, words...)
		if strings.Contains(got.out, "[signin") || strings.Contains(got.out, "eyJ") {
			t.Errorf("%s", got.out)
		}
	}
	if _, err := os.Stat(filepath.Join(data, "queue.db")); err == nil {
		t.Error("a queue was made")
	}
}

// TestDoctorPartnerCenterOfAnother is against a server that is not the model: its
// clock is another, and it gives a link.
func TestDoctorPartnerCenterOfAnother(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", time.Now().Add(-10*time.Minute).UTC().Format(http.TimeFormat))
		switch {
		case r.Header.Get("Authorization") != "Bearer x":
			w.WriteHeader(http.StatusUnauthorized)
		case strings.HasSuffix(r.URL.Path, "/relationshiprequests"):
			_, _ = io.WriteString(w, "\ufeff"+`{"url":"https://admin.example/link"}`)
		default:
			_, _ = io.WriteString(w, `{"items":[]}`)
		}
	}))
	t.Cleanup(server.Close)
	environ := []string{"PKIDSTATION_PARTNER_CENTER_URL=" + server.URL, "PKIDSTATION_ACCESS_TOKEN=x"}
	got := runIt(t, t.TempDir(), "", environ, "doctor", "partner-center", "--json")
	got.want(t, 0)
	const want = "configuration=complete address=reached clock=skew sign-in=external kept=external tenant=unknown mfa=unknown expiry=unknown " +
		"call=listed role=may-register account=kind relationship=link"
	if short := reasons(t, got.out); short != want || !strings.Contains(got.out, `"value":"10m`) {
		t.Errorf("%s\n%s", short, got.out)
	}
}
