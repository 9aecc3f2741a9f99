package partnercenter

import (
	"context"
	"errors"
	"net/http"
	"net/url"
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
	// Token gives the bearer token of one request. It is called for each.
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
	return &Client{token: opts.Token, http: opts.HTTPClient, application: opts.Application}, nil
}
