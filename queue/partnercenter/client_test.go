package partnercenter_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

const contoso autopilot.TenantID = "47021739-3426-40bf-9601-61b4b6d7c793"

// A call is a request as the service saw it.
type call struct {
	Method, Path, Query, Body string
	Header                    http.Header
}

// A service answers what it is told, under a base path that is not empty, so
// that a client which builds an absolute address fails.
type service struct {
	client *partnercenter.Client

	mu    sync.Mutex
	calls []call
}

func (s *service) Calls() []call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls
}

func bearer(context.Context) (string, error) { return "eyJsecret.token", nil }

func newService(t *testing.T, answer http.HandlerFunc) *service {
	t.Helper()
	s := &service{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		s.calls = append(s.calls, call{r.Method, r.URL.EscapedPath(), r.URL.RawQuery, string(body), r.Header.Clone()})
		s.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	s.client = newClient(t, server.URL+"/base", nil)
	return s
}

func newClient(tb testing.TB, address string, sender *http.Client) *partnercenter.Client {
	tb.Helper()
	client, err := partnercenter.New(partnercenter.Options{BaseURL: address, Token: bearer, HTTPClient: sender, Application: "PKIDStation/test"})
	if err != nil {
		tb.Fatal(err)
	}
	return client
}

// socketless is a client whose service has no socket, for a bubble, where one
// would stop the clock.
func socketless(t *testing.T, answer http.HandlerFunc) *partnercenter.Client {
	t.Helper()
	return newClient(t, "https://api.example", &http.Client{Transport: answering(func(r *http.Request) (*http.Response, error) {
		got := httptest.NewRecorder()
		answer(got, r)
		return got.Result(), nil
	})})
}

// files answers one file of testdata a call.
func files(t *testing.T, names ...string) http.HandlerFunc {
	t.Helper()
	var bodies [][]byte
	for _, name := range names {
		bodies = append(bodies, golden(t, name))
	}
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(bodies[0])
		bodies = bodies[1:]
	}
}

func golden(tb testing.TB, name string) []byte {
	tb.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return body
}

// failure is the *Error that err must be.
func failure(t *testing.T, err error) *partnercenter.Error {
	t.Helper()
	failed, ok := errors.AsType[*partnercenter.Error](err)
	if !ok {
		t.Fatalf("got %v, want a *partnercenter.Error", err)
	}
	return failed
}

func TestNewRefusesAddresses(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]error{
		"https://api.partnercenter.microsoft.com":  nil,
		"https://api.partnercenter.microsoft.com/": nil,
		"http://127.0.0.1:8080":                    nil,
		"http://localhost:8080":                    nil,
		"http://[::1]:8080":                        nil,
		"http://api.partnercenter.microsoft.com":   partnercenter.ErrBaseURL,
		"http://127.0.0.1.evil.example":            partnercenter.ErrBaseURL,
		"http://localhost@evil.example":            partnercenter.ErrBaseURL,
		"https://api.example/v1":                   partnercenter.ErrBaseURL,
		"https://api.example/v1/":                  partnercenter.ErrBaseURL,
		"ftp://127.0.0.1":                          partnercenter.ErrBaseURL,
		"api.example":                              partnercenter.ErrBaseURL,
		"":                                         partnercenter.ErrBaseURL,
		"https://":                                 partnercenter.ErrBaseURL,
		"https://api.example?x=1":                  partnercenter.ErrBaseURL,
	} {
		if _, err := partnercenter.New(partnercenter.Options{BaseURL: address, Token: bearer}); !errors.Is(err, want) {
			t.Errorf("New(%q) = %v, want %v", address, err, want)
		}
	}
	if _, err := partnercenter.New(partnercenter.Options{BaseURL: "https://api.example"}); !errors.Is(err, partnercenter.ErrNoToken) {
		t.Errorf("New without a token = %v, want ErrNoToken", err)
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	s := newService(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "/customers/x/batchJobStatus/1bd2c5a3-0a3b-4c3f-9d65-0b0f8c8a1c11")
		w.WriteHeader(http.StatusAccepted)
	})
	for range 2 {
		if _, err := s.client.CreateBatch(t.Context(), contoso, "DOCK-7", devices(), "the-plan's-id"); err != nil {
			t.Fatal(err)
		}
	}
	first, second := s.Calls()[0], s.Calls()[1]
	for key, want := range map[string]string{
		"Authorization": "Bearer eyJsecret.token", "Accept": "application/json", "Content-Type": "application/json",
		"MS-RequestId": "the-plan's-id", "MS-Contract-Version": "v1", "MS-PartnerCenter-Application": "PKIDStation/test",
	} {
		if got := first.Header.Get(key); got != want {
			t.Errorf("header %s is %q, want %q", key, got, want)
		}
	}
	if id := first.Header.Get("MS-CorrelationId"); id == "" || id == second.Header.Get("MS-CorrelationId") {
		t.Errorf("the correlation ids are %q and %q, want fresh ones", id, second.Header.Get("MS-CorrelationId"))
	}
	if first.Body != second.Body || first.Header.Get("MS-RequestId") != second.Header.Get("MS-RequestId") {
		t.Error("the same plan did not give the same request")
	}
}

func TestPathsAreEscaped(t *testing.T) {
	t.Parallel()
	s := newService(t, files(t, "devices_2.json"))
	if _, err := s.client.BatchDevices(t.Context(), contoso, "Test batch/é?#%"); err != nil {
		t.Fatal(err)
	}
	want := "/base/v1/customers/" + string(contoso) + "/deviceBatches/Test%20batch%2F%C3%A9%3F%23%25/devices"
	if got := s.Calls()[0].Path; got != want {
		t.Errorf("asked for %s, want %s", got, want)
	}
}

func TestTokenFailures(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		err  error
		want partnercenter.Kind
	}{
		"nobody signed in": {errors.New("no account"), partnercenter.SignIn},
		"offline":          {&timeoutError{}, partnercenter.Unreachable},
		"says itself":      {partnercenter.NewError("sign in", partnercenter.Throttled, nil), partnercenter.Throttled},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, err := partnercenter.New(partnercenter.Options{
				BaseURL: "http://127.0.0.1:1", Token: func(context.Context) (string, error) { return "", test.err },
			})
			if err != nil {
				t.Fatal(err)
			}
			_, err = client.Batches(t.Context(), contoso)
			if got := failure(t, err); got.Kind() != test.want || !errors.Is(err, test.err) {
				t.Errorf("got %v (%v), want %v", got, got.Kind(), test.want)
			}
		})
	}
}

// timeoutError is a network error, as an identity service's would be.
type timeoutError struct{}

func (*timeoutError) Error() string   { return "i/o timeout" }
func (*timeoutError) Timeout() bool   { return true }
func (*timeoutError) Temporary() bool { return true }
