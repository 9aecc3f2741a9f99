package signin_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/partnercenter/signin"
)

const (
	tenant  = partnercentertest.DefaultTenant
	station = "99999999-9999-4999-8999-999999999999"
)

// A clock is moved by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// A shelf is a store with knobs. Two processes share one.
type shelf struct {
	mu    sync.Mutex
	token signin.Token
	saved int
	// lost makes the next saves be lost, as in a crash before them.
	lost bool
	// broken is what each call fails with; unreadable what Load does.
	broken, unreadable error
	// loads is called before each Load, saves before each Save.
	loads, saves func()
}

func (s *shelf) Load(context.Context) (signin.Token, error) {
	if s.loads != nil {
		s.loads()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.broken != nil:
		return signin.Token{}, s.broken
	case s.unreadable != nil:
		return signin.Token{}, s.unreadable
	case s.token.Refresh == "":
		return signin.Token{}, signin.ErrNeverSignedIn
	}
	return s.token, nil
}

func (s *shelf) Save(_ context.Context, token signin.Token) error {
	if s.saves != nil {
		s.saves()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken != nil {
		return s.broken
	}
	if s.saved++; !s.lost {
		s.token, s.unreadable = token, nil
	}
	return nil
}

func (s *shelf) Clear(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.token = signin.Token{}
	return s.broken
}

func (s *shelf) set(change func(*shelf)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
}

func (s *shelf) kept() signin.Token {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.token
}

// A lab is a station, its store, and Microsoft.
type lab struct {
	*partnercentertest.Server

	clock *clock
	shelf *shelf
	log   *logged
}

// logged is what was logged.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func newLab(t *testing.T, opts partnercentertest.SignInOptions) *lab {
	t.Helper()
	l := &lab{clock: &clock{now: time.Now()}, shelf: &shelf{}, log: &logged{}}
	opts.Enabled, opts.Approve = true, true
	l.Server = partnercentertest.NewServer(partnercentertest.Options{SignIn: opts, Clock: l.clock.Now, Trickle: 200 * time.Millisecond})
	if err := l.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = l.Close()
		if text := l.log.String(); strings.Contains(text, "eyJ") || strings.Contains(text, "refresh_token") {
			t.Errorf("a token is in the log:\n%s", text)
		}
	})
	return l
}

// process is a Source as another process would have it.
func (l *lab) process(t *testing.T) *signin.Source {
	t.Helper()
	return l.processWith(t, signin.Options{})
}

func (l *lab) processWith(t *testing.T, opts signin.Options) *signin.Source {
	t.Helper()
	opts.Authority, opts.Tenant, opts.ClientID, opts.Now = l.URL(), tenant, station, l.clock.Now
	opts.Logger = slog.New(slog.NewTextHandler(l.log, nil))
	opts.HTTPClient = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	if opts.Store == nil {
		opts.Store = l.shelf
	}
	s, err := signin.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// signedIn is a process in which someone signed in.
func (l *lab) signedIn(t *testing.T) *signin.Source {
	t.Helper()
	s := l.process(t)
	if _, err := s.Browser(t.Context(), scripted(t, nil)); err != nil {
		t.Fatal(err)
	}
	return s
}

// client is a client of the device API with the Source's tokens.
func (l *lab) client(t *testing.T, s *signin.Source) *partnercenter.Client {
	t.Helper()
	client, err := partnercenter.New(partnercenter.Options{BaseURL: l.URL(), Token: s.Token})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// call makes one call to the device API.
func call(t *testing.T, client *partnercenter.Client) error {
	t.Helper()
	for _, err := range client.Customers(t.Context()) {
		return err
	}
	return nil
}

// grants counts the requests to /token with a grant.
func (l *lab) grants(grant string) int {
	count := 0
	for _, r := range l.SignInRequests() {
		if r.Endpoint == "token" && r.Grant == grant {
			count++
		}
	}
	return count
}

const refreshing = "refresh_token"

// scripted is a browser that follows where it is sent. change may alter the
// address that it opens; what the last page says goes to the returned channel.
func scripted(t *testing.T, change func(*url.URL)) func(string) error {
	t.Helper()
	open, _ := watched(t, change)
	return open
}

func watched(t *testing.T, change func(*url.URL)) (open func(string) error, pages <-chan page) {
	t.Helper()
	shown := make(chan page, 1)
	return func(address string) error {
		at, err := url.Parse(address)
		if err != nil {
			return err
		}
		if change != nil {
			change(at)
		}
		go func() { shown <- visit(context.WithoutCancel(t.Context()), http.MethodGet, at.String(), "") }()
		return nil
	}, shown
}

// A page is what a browser got.
type page struct {
	status int
	header http.Header
	text   string
	err    error
}

// visit follows redirects to the end. host overrides the one of the address.
func visit(ctx context.Context, method, address, host string) page {
	req, err := http.NewRequestWithContext(ctx, method, address, http.NoBody)
	if err != nil {
		return page{err: err}
	}
	req.Host = host
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return page{err: err}
	}
	defer resp.Body.Close() //nolint:errcheck // a test
	text, err := io.ReadAll(resp.Body)
	return page{resp.StatusCode, resp.Header, string(text), err}
}

func answers(key, value string) func(*url.URL) {
	return func(at *url.URL) {
		query := at.Query()
		query.Set(key, value)
		at.RawQuery = query.Encode()
	}
}

// token wants an access token.
func token(t *testing.T, s *signin.Source) string {
	t.Helper()
	access, err := s.Token(t.Context())
	if err != nil {
		t.Fatalf("no token: %v", err)
	}
	return access
}

// refused wants no access token, an error of a kind, and the reason in it.
func refused(t *testing.T, s *signin.Source, kind partnercenter.Kind, reason error) {
	t.Helper()
	access, err := s.Token(t.Context())
	e, ok := errors.AsType[*partnercenter.Error](err)
	if !ok || access != "" || e.Kind() != kind || reason != nil && !errors.Is(err, reason) {
		t.Errorf("got a token: %t, %v, want %v and %v", access != "", err, kind, reason)
	}
}

func standing(t *testing.T, s *signin.Source, want signin.Standing) {
	t.Helper()
	if got := s.State(); got.Standing != want {
		t.Errorf("it stands at %+v, want %s", got, want)
	}
}
