package uplink_test

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/keyring"
	"pkidstation/cmd/internal/uplink"
	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/partnercenter/signin"
	"pkidstation/queue/queuetest"
)

func configured(url, token string) config.Config {
	cfg := config.Default()
	cfg.PartnerCenter.URL, cfg.AccessToken = url, config.Token(token)
	cfg.Upload.PollFirst, cfg.Upload.PollMax = 10*time.Millisecond, 50*time.Millisecond
	cfg.Upload.RetryFirst, cfg.Upload.RetryMax = 10*time.Millisecond, 50*time.Millisecond
	return cfg
}

func discard() *slog.Logger { return slog.New(slog.DiscardHandler) }

func TestNone(t *testing.T) {
	t.Parallel()
	csv := configured("", "x")
	csv.PartnerCenter.Way = config.WayCSV
	half, cloud := configured("", ""), configured("", "")
	half.PartnerCenter.Tenant = "partner.example"
	cloud.PartnerCenter = config.PartnerCenter{Tenant: "partner.example", ClientID: station, Authority: "https://login.microsoftonline.us"}
	for name, tt := range map[string]struct {
		cfg  config.Config
		want error
	}{
		"by CSV":              {csv, uplink.ErrCSVOnly},
		"without token":       {configured("http://127.0.0.1:1", ""), uplink.ErrNoToken},
		"without a client id": {half, uplink.ErrNoToken},
		"a national cloud":    {cloud, signin.ErrNationalCloud},
		"in plain sight":      {configured("http://partner.example", "x"), partnercenter.ErrBaseURL},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			source, err := uplink.SignIn(tt.cfg, t.TempDir(), discard())
			if err == nil {
				_, err = uplink.Client(tt.cfg, source)
			}
			if !errors.Is(err, tt.want) {
				t.Errorf("gave %v", err)
			}
		})
	}
}

// TestMicrosoft: without an address it is Microsoft's own, never the demo's.
func TestMicrosoft(t *testing.T) {
	t.Parallel()
	if got := uplink.Address(configured("", "x")); got != "https://api.partnercenter.microsoft.com" {
		t.Errorf("the address is %s", got)
	}
}

const station = "99999999-9999-4999-8999-999999999999"

// TestSignIn: who signed in is in the data folder for the next process, and the
// browser was told in the station's language. A token from outside goes before.
func TestSignIn(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{SignIn: partnercentertest.SignInOptions{Enabled: true, Approve: true, ClientID: station}})
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	cfg := configured(server.URL(), "")
	cfg.Station.Language = "fr"
	cfg.PartnerCenter.Tenant, cfg.PartnerCenter.ClientID, cfg.PartnerCenter.Authority = partnercentertest.DefaultTenant, station, server.URL()
	folder, ring := t.TempDir(), &ring{}
	source := func() *signin.Source {
		s, err := uplink.SignInWith(cfg, keyring.New(folder, ring), discard())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if _, err := source().Token(t.Context()); !errors.Is(err, signin.ErrNeverSignedIn) {
		t.Errorf("before: %v", err)
	}
	shown := make(chan string, 1)
	if _, err := source().Browser(t.Context(), func(address string) error {
		go func() { shown <- open(t, address) }()
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if text := <-shown; !strings.Contains(text, "Fermez cette fenêtre") {
		t.Errorf("the browser shows %s", text)
	}
	next := source()
	client, err := uplink.Client(cfg, next)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range client.Customers(t.Context()) {
		t.Errorf("the next process: %v", err)
	}
	if got := next.State(); got.Standing != signin.SignedIn || got.MemoryOnly {
		t.Errorf("%+v", got)
	}
	cfg.AccessToken = "from-outside"
	if token, err := source().Token(t.Context()); err != nil || token != "from-outside" {
		t.Errorf("a token from outside: %v", err)
	}
}

// open is a browser.
func open(t *testing.T, address string) string {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		return err.Error()
	}
	defer resp.Body.Close() //nolint:errcheck // a test
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// A ring has one secret.
type ring struct {
	mu     sync.Mutex
	secret string
}

func (r *ring) Get(string, string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.secret == "" {
		return "", keyring.ErrNoKey
	}
	return r.secret, nil
}

func (r *ring) Set(_, _, secret string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.secret = secret
	return nil
}

// TestSends: what the configuration says arrives: the token, the batch size.
func TestSends(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{Token: "the-token"})
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	q := queuetest.Open(t)
	queuetest.Fill(t, q, queue.Work{Customer: "contoso.example", GroupTag: "STD"}, 1, 5)
	open, err := q.OpenReceptions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range open {
		if _, err := q.CloseReception(t.Context(), r.ID, "Ana"); err != nil {
			t.Fatal(err)
		}
	}
	cfg := configured(server.URL(), "the-token")
	cfg.Upload.BatchSize = 2
	source, err := uplink.SignIn(cfg, t.TempDir(), discard())
	if err != nil {
		t.Fatal(err)
	}
	client, err := uplink.Client(cfg, source)
	if err != nil {
		t.Fatal(err)
	}
	u := uplink.New(cfg, client, q, discard())
	status, err := u.UntilSettled(t.Context())
	if err != nil || status.Counts.Registered != 5 {
		t.Errorf("%+v, %v", status.Counts, err)
	}
	posts := 0
	for _, r := range server.Requests() {
		if r.Method == http.MethodPost {
			posts++
		}
	}
	if posts != 3 {
		t.Errorf("5 devices went in %d requests of at most 2", posts)
	}
}
