package partnercenter_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"pkidstation/queue/partnercenter"
)

func TestRefusals(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		status  int
		header  map[string]string
		body    string
		want    partnercenter.Kind
		code    string
		wait    time.Duration
		mfa     bool
		without bool // no relationship
	}{
		"bad property":         {status: 400, body: `{"code":"3000","description":"no"}`, want: partnercenter.Invalid, code: "3000"},
		"numeric code and BOM": {status: 400, body: "\ufeff" + `{"code":800002,"description":"no"}`, want: partnercenter.Invalid, code: "800002"},
		"batch exists":         {status: 400, body: `{"code":"3000","description":"A batch with this id already exists."}`, want: partnercenter.Conflict, code: "3000"},
		"conflict":             {status: 409, want: partnercenter.Conflict},
		"access denied":        {status: 401, body: `{"code":"400","description":"Access denied"}`, want: partnercenter.SignIn, code: "400"},
		"no mfa":               {status: 401, body: `{"code":900421}`, want: partnercenter.SignIn, code: "900421", mfa: true},
		"no mfa as 403":        {status: 403, body: `{"code":"900421"}`, want: partnercenter.SignIn, code: "900421", mfa: true},
		"role":                 {status: 403, body: `{"code":"900150"}`, want: partnercenter.Forbidden, code: "900150"},
		"no relationship":      {status: 403, body: `{"code":20002}`, want: partnercenter.Forbidden, code: "20002", without: true},
		"bare 403":             {status: 403, want: partnercenter.Forbidden},
		"not found":            {status: 404, body: "<html>nope</html>", want: partnercenter.NotFound},
		"not acceptable":       {status: 406, want: partnercenter.Invalid},
		"timeout":              {status: 408, want: partnercenter.NoAnswer},
		"too large":            {status: 413, body: "<html>", want: partnercenter.TooLarge},
		"throttled":            {status: 429, header: map[string]string{"Retry-After": "57"}, want: partnercenter.Throttled, wait: 57 * time.Second},
		"throttled until":      {status: 429, header: map[string]string{"Date": "Tue, 15 Nov 1994 08:12:31 GMT", "Retry-After": "Tue, 15 Nov 1994 08:13:01 GMT"}, want: partnercenter.Throttled, wait: 30 * time.Second},
		"throttled in words":   {status: 429, body: `{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 12 seconds." }`, want: partnercenter.Throttled, wait: 12 * time.Second},
		"throttled silently":   {status: 429, want: partnercenter.Throttled},
		"throttled in past":    {status: 429, header: map[string]string{"Retry-After": "Tue, 15 Nov 1994 08:13:01 GMT"}, want: partnercenter.Throttled},
		"throttled for ever":   {status: 429, header: map[string]string{"Retry-After": "99999999999"}, want: partnercenter.Throttled, wait: 24 * time.Hour},
		"throttled nonsense":   {status: 429, header: map[string]string{"Retry-After": "NaN"}, want: partnercenter.Throttled},
		"throttled negative":   {status: 429, header: map[string]string{"Retry-After": "-Inf"}, want: partnercenter.Throttled},
		"unexpected":           {status: 500, body: `{"code":"800003"}`, want: partnercenter.NoAnswer, code: "800003"},
		"html":                 {status: 500, body: "<html>", want: partnercenter.NoAnswer},
		"unavailable":          {status: 503, header: map[string]string{"Retry-After": "9"}, want: partnercenter.NoAnswer, wait: 9 * time.Second},
		"gateway":              {status: 504, want: partnercenter.NoAnswer},
		"moved":                {status: 307, header: map[string]string{"Location": "http://127.0.0.1:1/"}, want: partnercenter.NoAnswer},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newService(t, func(w http.ResponseWriter, _ *http.Request) {
				for key, value := range test.header {
					w.Header().Set(key, value)
				}
				w.Header().Set("MS-CorrelationId", "for-support")
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(test.body))
			})
			_, err := s.client.CreateBatch(t.Context(), contoso, "DOCK-7", devices(), "r")
			got := failure(t, err)
			if got.Kind() != test.want || got.Status != test.status || got.Code != test.code || got.RetryAfter != test.wait {
				t.Errorf("got %v, status %d, code %q, wait %v; want %+v", got.Kind(), got.Status, got.Code, got.RetryAfter, test)
			}
			if got.MFA() != test.mfa || got.NoRelationship() != test.without || got.CorrelationID != "for-support" {
				t.Errorf("got MFA %v, no relationship %v, correlation %q; want %+v", got.MFA(), got.NoRelationship(), got.CorrelationID, test)
			}
		})
	}
}

func TestKindWithoutNewError(t *testing.T) {
	t.Parallel()
	if got := (&partnercenter.Error{Status: http.StatusTooManyRequests}).Kind(); got != partnercenter.Throttled {
		t.Errorf("a 429 made by hand is %v", got)
	}
	if got := (&partnercenter.Error{}).Kind(); got != partnercenter.NoAnswer {
		t.Errorf("an empty Error is %v, want the careful one", got)
	}
	if got := partnercenter.Kind(99).String(); got != "kind 99" {
		t.Errorf("an unknown kind is %q", got)
	}
}

// wire answers every connection with what talk says, then resets it.
func wire(t *testing.T, talk string) string {
	t.Helper()
	var config net.ListenConfig
	listener, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Read(make([]byte, 1))
			_, _ = conn.Write([]byte(talk))
			_ = conn.Close()
		}
	}()
	return "http://" + listener.Addr().String()
}

func TestTransportKinds(t *testing.T) {
	t.Parallel()
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	tests := map[string]struct {
		address string
		want    partnercenter.Kind
	}{
		"refused":       {closed.URL, partnercenter.Unreachable},
		"no such name":  {"https://nowhere.invalid", partnercenter.Unreachable},
		"not tls":       {"https" + strings.TrimPrefix(wire(t, "hello"), "http"), partnercenter.Unreachable},
		"reset":         {wire(t, ""), partnercenter.NoAnswer},
		"cut in status": {wire(t, "HTTP/1.1 202 Acc"), partnercenter.NoAnswer},
		"not http":      {wire(t, "220 smtp ready\r\n"), partnercenter.NoAnswer},
		"cut in body":   {wire(t, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"items\":["), partnercenter.NoAnswer},
		"huge headers":  {wire(t, "HTTP/1.1 200 OK\r\nX: "+strings.Repeat("x", 1<<20)), partnercenter.NoAnswer},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := newClient(t, test.address, nil).Batches(t.Context(), contoso)
			if got := failure(t, err); got.Kind() != test.want {
				t.Errorf("got %v (%v), want %v", got, got.Kind(), test.want)
			}
		})
	}
}

func TestContextEndsCalls(t *testing.T) {
	t.Parallel()
	arrived := make(chan struct{})
	s := newService(t, func(_ http.ResponseWriter, r *http.Request) {
		close(arrived)
		<-r.Context().Done()
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-arrived
		cancel()
	}()
	_, err := s.client.CreateBatch(ctx, contoso, "DOCK-7", devices(), "r")
	if got := failure(t, err); got.Kind() != partnercenter.NoAnswer || !errors.Is(err, context.Canceled) {
		t.Errorf("on its way: got %v (%v), want no answer", got, got.Kind())
	}
	_, err = s.client.CreateBatch(ctx, contoso, "DOCK-7", devices(), "r")
	if got := failure(t, err); got.Kind() != partnercenter.Unreachable || len(s.Calls()) != 1 {
		t.Errorf("before it was sent: got %v (%v), want unreachable", got, got.Kind())
	}
}

func TestDefaultClientFollowsNothing(t *testing.T) {
	t.Parallel()
	s := newService(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/elsewhere", http.StatusMovedPermanently)
	})
	_, err := s.client.Batches(t.Context(), contoso)
	if got := failure(t, err); got.Status != http.StatusMovedPermanently || len(s.Calls()) != 1 {
		t.Errorf("got %v after %d requests", got, len(s.Calls()))
	}
}

// TestBodiesAreBounded: an answer that never ends is left off, by its length
// where little of it is kept, and by what is kept where that is much.
func TestBodiesAreBounded(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status    int
		begin, on string
		most      int
		long      bool
	}{
		"no JSON":          {200, "", "\x00", 64 << 10, false},
		"blank":            {200, "", " ", 256<<10 + 1, true},
		"no row ends":      {200, `{"items":[{"id":"`, "x", 256<<10 + 64, true},
		"rows for ever":    {200, `{"items":[{"id":"1"}`, `,{"id":"2"}`, 4 << 20, true},
		"rows of nothing":  {200, `{"items":[{}`, `,{}`, 4 << 20, true},
		"unknown for ever": {200, `{"new":[1`, `,1`, 4 << 20, true},
		"words for ever":   {200, `{"new":[1`, `,"` + strings.Repeat("x", 1000) + `"`, 32<<20 + 1, true},
		"nested for ever":  {200, `{"new":`, `[`, 64 << 10, false},
		"taken":            {202, `{"items":[{"id":"1"}`, `,{"id":"2"}`, 64<<10 + 1, true},
		"refused":          {400, "", "\x00", 64<<10 + 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			endless := &endlessBody{next: test.begin, on: test.on}
			client := newClient(t, "https://api.example", &http.Client{Transport: answering(func(*http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: test.status, Header: http.Header{}, Body: endless}, nil
			})})
			_, err := client.Batches(t.Context(), contoso)
			if got := failure(t, err); got.Status != test.status || !endless.closed {
				t.Errorf("got %v, closed %v", got, endless.closed)
			}
			if endless.read > test.most {
				t.Errorf("read %d bytes, want at most %d", endless.read, test.most)
			}
			if long := strings.Contains(err.Error(), "longer than"); long != test.long {
				t.Errorf("got %v; says that it is too long: %v", err, long)
			}
		})
	}
}

// An answering function stands in for the network.
type answering func(*http.Request) (*http.Response, error)

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) { return a(r) }

// An endlessBody begins with next and goes on with on for ever.
type endlessBody struct {
	next, on string
	read     int
	closed   bool
}

func (e *endlessBody) Read(p []byte) (int, error) {
	total := 0
	for total < len(p) {
		if e.next == "" {
			e.next = strings.Repeat(e.on, 1+4096/len(e.on))
		}
		n := copy(p[total:], e.next)
		e.next, total = e.next[n:], total+n
	}
	e.read += total
	return total, nil
}

func (e *endlessBody) Close() error {
	e.closed = true
	return nil
}

func TestErrorTextsKeepSecrets(t *testing.T) {
	t.Parallel()
	secrets := []string{"3305123456798", "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE", "eyJhbGciOi.J9.x_y"}
	client := newClient(t, "https://api.example", &http.Client{Transport: answering(func(*http.Request) (*http.Response, error) {
		body := `{"code":"3000","description":"bad device ` + strings.Join(secrets, ", ") + `"}`
		return &http.Response{StatusCode: http.StatusBadRequest, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}, nil
	})})
	_, err := client.Batches(t.Context(), contoso)
	got := failure(t, err)
	inner := partnercenter.NewError("x", partnercenter.Invalid, errors.New("wrapped "+strings.Join(secrets, " ")))
	for _, text := range []string{err.Error(), got.Description, inner.Error()} {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%q tells %q", text, secret)
			}
		}
		if !strings.Contains(text, "…6798") {
			t.Errorf("%q does not say which device", text)
		}
	}
}
