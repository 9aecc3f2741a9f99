package partnercenter

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"pkidstation/queue/autopilot"
)

// Why Options are refused.
var (
	ErrBaseURL = errors.New("the address of Partner Center is https://HOST without /v1; plain http only to this machine")
	ErrNoToken = errors.New("no way to get an access token was given")
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
	// Rejected is told each token that was answered 401, so that whoever gives
	// tokens gives that one no more; nil tells nobody. The call fails all the
	// same: what was refused is not sent again.
	Rejected func(token string)
}

// A Client talks to Partner Center for one partner. It may be used by several
// goroutines at once; those that ask about one customer take turns.
type Client struct {
	base        *url.URL
	token       func(context.Context) (string, error)
	rejected    func(token string)
	http        *http.Client
	application string
	lanes       lanes
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
	return &Client{
		base: base, token: opts.Token, rejected: opts.Rejected,
		http: sender(opts.HTTPClient), application: opts.Application,
	}, nil
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
	if own.Transport == nil {
		own.Transport = http.DefaultTransport
	}
	own.Transport = unmoved{own.Transport}
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &own
}

// unmoved takes the address off a redirect. It is followed nowhere, and one that
// is no address would otherwise cost the status.
type unmoved struct{ http.RoundTripper }

// RoundTrip is the given one's, but for a 3xx.
func (u unmoved) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := u.RoundTripper.RoundTrip(req)
	if err == nil && resp.StatusCode >= 300 && resp.StatusCode <= 399 {
		resp.Header = resp.Header.Clone()
		resp.Header.Del("Location")
	}
	return resp, err //nolint:wrapcheck // http.Client wraps it
}

// A call is one request before it is built.
type call struct {
	op     string
	method string
	// customer is whose the call is, or empty. It decides the lane.
	customer autopilot.TenantID
	// path has the segments after /v1, or after the customer's own address, as
	// they are before escaping.
	path  []string
	query url.Values
	body  []byte
	// requestID is made up where it is empty.
	requestID string
	// continuation asks for a further page.
	continuation string
	// decode reads the body of a 2xx as it comes in. Without it the body is kept,
	// up to the bound of a refusal.
	decode func(*reading) error
}

// segments are the whole path after /v1.
func (w call) segments() []string {
	if w.customer == "" {
		return w.path
	}
	return append([]string{"customers", string(w.customer)}, w.path...)
}

// send makes the one request of what, when it is its customer's turn. What it
// returns with a nil error has a status of 2xx; cut may be set. Every error is
// an *Error.
func (c *Client) send(ctx context.Context, what call) (answer, error) {
	token, got, err := c.inLane(ctx, what)
	if got.status == http.StatusUnauthorized && c.rejected != nil {
		c.rejected(token)
	}
	return got, err
}

// inLane asks for the token only when it is the call's turn, for one that was
// had before might have aged in the meantime.
func (c *Client) inLane(ctx context.Context, what call) (string, answer, error) {
	leave, err := c.lanes.enter(ctx, what.customer)
	if err != nil {
		return "", answer{}, NewError(what.op, Unreachable, err)
	}
	defer leave()
	token, err := c.token(ctx)
	if err != nil {
		return "", answer{}, tokenError(ctx, what.op, err)
	}
	if ctx.Err() != nil {
		return "", answer{}, NewError(what.op, Unreachable, context.Cause(ctx))
	}
	got, err := c.exchange(ctx, what, token)
	return token, got, err
}

// exchange is one request and its answer.
func (c *Client) exchange(ctx context.Context, what call, token string) (answer, error) {
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
	got.read(resp, what.decode)
	if !got.taken() {
		return got, refusal(what, got)
	}
	return got, nil
}

// request is call on the wire, with the headers of
// https://learn.microsoft.com/en-us/partner-center/developer/headers .
func (c *Client) request(ctx context.Context, what call, token string) (*http.Request, error) {
	at := *c.base
	segments := what.segments()
	escaped := make([]string, 0, len(segments))
	for _, segment := range segments {
		escaped = append(escaped, url.PathEscape(segment))
	}
	at.RawPath = strings.TrimRight(c.base.EscapedPath(), "/") + "/v1/" + strings.Join(escaped, "/")
	at.Path = strings.TrimRight(c.base.Path, "/") + "/v1/" + strings.Join(segments, "/")
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
		"X-Locale":                     "en-US",
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
