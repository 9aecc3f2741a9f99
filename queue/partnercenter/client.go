package partnercenter

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// Why Options are refused.
var (
	ErrBaseURL = errors.New("the address of Partner Center is https://HOST without /v1; plain http only to this machine")
	ErrNoToken = errors.New("no way to get an access token was given")
)

// How much of an answer is read. What is longer is no answer of Partner
// Center's, or one that nobody can keep in memory.
const (
	maxList    = 32 << 20
	maxRefusal = 64 << 10
)

// Options say where Partner Center is and who asks.
type Options struct {
	// BaseURL is the address without /v1, such as
	// https://api.partnercenter.microsoft.com. Plain http is allowed only to
	// loopback; anything else fails with ErrBaseURL.
	BaseURL string
	// Token gives the bearer token of one request. It is called for each. Where
	// it fails nothing is sent: its own *Error keeps its Kind, a network failure
	// is Unreachable, anything else is SignIn.
	Token func(context.Context) (string, error)
	// HTTPClient sends; nil means one with timeouts of its own. Redirects are
	// never followed, whatever it says.
	HTTPClient *http.Client
	// Application names this program to Microsoft, as in "PKIDStation/1.0".
	Application string
}

// A Client talks to Partner Center for one partner. It may be used by several
// goroutines at once.
type Client struct {
	base        *url.URL
	token       func(context.Context) (string, error)
	http        *http.Client
	application string
}

// New gives a Client, or ErrBaseURL or ErrNoToken. It sends nothing.
func New(opts Options) (*Client, error) {
	base, err := parseBase(opts.BaseURL)
	if err != nil {
		return nil, err
	}
	if opts.Token == nil {
		return nil, ErrNoToken
	}
	return &Client{base: base, token: opts.Token, http: sender(opts.HTTPClient), application: opts.Application}, nil
}

// parseBase refuses every address that a token must not be sent to.
func parseBase(address string) (*url.URL, error) {
	base, err := url.Parse(strings.TrimRight(address, "/"))
	if err != nil || base.Host == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return nil, ErrBaseURL
	}
	switch {
	case strings.HasSuffix(strings.ToLower(base.Path), "/v1"):
		return nil, ErrBaseURL
	case base.Scheme == "https", base.Scheme == "http" && isLoopback(base.Hostname()):
		return base, nil
	default:
		return nil, ErrBaseURL
	}
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// sender is given without redirects, or our own. A warehouse's line is slow,
// so the whole takes as long as Microsoft's own SDK allows, and its parts less.
func sender(given *http.Client) *http.Client {
	own := http.Client{Timeout: 3 * time.Minute}
	if given != nil {
		own = *given
	} else {
		own.Transport = &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			DialContext:            (&net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
			TLSHandshakeTimeout:    15 * time.Second,
			ResponseHeaderTimeout:  time.Minute,
			IdleConnTimeout:        time.Minute,
			MaxIdleConnsPerHost:    2,
			MaxResponseHeaderBytes: maxRefusal,
			ForceAttemptHTTP2:      true,
		}
	}
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &own
}

// A call is one request before it is built.
type call struct {
	op     string
	method string
	// path has the segments after /v1, as they are before escaping.
	path  []string
	query url.Values
	body  []byte
	// requestID is made up where it is empty.
	requestID string
	// continuation asks for a further page.
	continuation string
}

// An answer is a response that was read, whatever its status.
type answer struct {
	status int
	header http.Header
	body   []byte
	// cut says why body is not the whole, or is nil.
	cut                      error
	requestID, correlationID string
}

// send makes the one request of call. What it returns with a nil error has a
// status of 2xx; cut may be set. Every error is an *Error.
func (c *Client) send(ctx context.Context, what call) (answer, error) {
	token, err := c.token(ctx)
	if err != nil {
		return answer{}, tokenError(ctx, what.op, err)
	}
	if err := ctx.Err(); err != nil {
		return answer{}, NewError(what.op, Unreachable, context.Cause(ctx))
	}
	var line connection
	req, err := c.request(httptrace.WithClientTrace(ctx, line.trace()), what, token)
	if err != nil {
		return answer{}, NewError(what.op, Invalid, err)
	}
	got := answer{requestID: req.Header.Get("MS-RequestId"), correlationID: req.Header.Get("MS-CorrelationId")}
	resp, err := c.http.Do(req)
	if err != nil {
		failed := NewError(what.op, line.kind(err), bare(err))
		failed.RequestID, failed.CorrelationID = got.requestID, got.correlationID
		return answer{}, failed
	}
	got.read(resp)
	if got.status < 200 || got.status > 299 {
		return answer{}, refusal(what, got)
	}
	return got, nil
}

// request is call on the wire, with the headers of
// https://learn.microsoft.com/en-us/partner-center/developer/headers .
func (c *Client) request(ctx context.Context, what call, token string) (*http.Request, error) {
	at := *c.base
	escaped := make([]string, 0, len(what.path))
	for _, segment := range what.path {
		escaped = append(escaped, url.PathEscape(segment))
	}
	at.RawPath = strings.TrimRight(c.base.EscapedPath(), "/") + "/v1/" + strings.Join(escaped, "/")
	at.Path = strings.TrimRight(c.base.Path, "/") + "/v1/" + strings.Join(what.path, "/")
	at.RawQuery = what.query.Encode()
	req, err := http.NewRequestWithContext(ctx, what.method, at.String(), bytes.NewReader(what.body))
	if err != nil {
		return nil, fmt.Errorf("build the request: %w", err)
	}
	if what.requestID == "" {
		what.requestID = uuid.NewString()
	}
	for key, value := range map[string]string{
		"Authorization":                "Bearer " + token,
		"Accept":                       "application/json",
		"MS-RequestId":                 what.requestID,
		"MS-CorrelationId":             uuid.NewString(),
		"MS-Contract-Version":          "v1",
		"MS-PartnerCenter-Application": c.application,
		"MS-ContinuationToken":         what.continuation,
	} {
		if value != "" {
			req.Header.Set(key, value)
		}
	}
	if len(what.body) > 0 {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// errTooLong is why the rest of a body was not read.
var errTooLong = errors.New("the answer is longer than any of Partner Center's")

// read takes the response in, up to the bound of its status, and closes it.
func (a *answer) read(resp *http.Response) {
	defer resp.Body.Close() //nolint:errcheck // nothing is written to it
	limit := int64(maxRefusal)
	if resp.StatusCode == http.StatusOK {
		limit = maxList
	}
	a.status, a.header = resp.StatusCode, resp.Header
	a.body, a.cut = io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if a.cut == nil && int64(len(a.body)) > limit {
		a.body, a.cut = a.body[:limit], errTooLong
	}
	a.requestID = first(resp.Header.Get("MS-RequestId"), a.requestID)
	a.correlationID = first(resp.Header.Get("MS-CorrelationId"), a.correlationID)
}

func first(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return clip(text, 100)
}

// A connection watches whether one was sought and had. It is the only way to
// know that nothing can have been sent, whatever the error says.
type connection struct{ sought, had atomic.Bool }

func (l *connection) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn: func(string) { l.sought.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { l.had.Store(true) },
	}
}

// kind is Unreachable only where it is certain that nothing was sent.
func (l *connection) kind(err error) Kind {
	if l.had.Load() {
		return NoAnswer
	}
	if l.sought.Load() || neverConnected(err) {
		return Unreachable
	}
	return NoAnswer
}
