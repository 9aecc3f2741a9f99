package signin

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"golang.org/x/oauth2"
)

// maxAnswer is longer than any answer of the sign-in's endpoints.
const maxAnswer = 256 << 10

var errTooLong = errors.New("the answer is longer than any of the sign-in's")

// patient is how long one request to the sign-in may take.
const patient = 30 * time.Second

// sender never follows a redirect, and bounds what it reads.
func sender(given *http.Client) *http.Client {
	own := http.Client{Timeout: patient}
	if given != nil {
		own = *given
	}
	if own.Transport == nil {
		own.Transport = http.DefaultTransport
	}
	own.Transport = bounded{own.Transport}
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &own
}

// with gives the library the client to send with.
func (s *Source) with(ctx context.Context) context.Context {
	return context.WithValue(ctx, oauth2.HTTPClient, s.http)
}

// bounded reads each body whole before it hands it on: the library neither bounds
// nor closes all of them.
type bounded struct{ next http.RoundTripper }

// RoundTrip fails with errTooLong for a body beyond maxAnswer.
func (b bounded) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := b.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	_ = resp.Body.Close() // it was read as far as it was wanted
	switch {
	case err != nil:
		return nil, err
	case len(body) > maxAnswer:
		return nil, errTooLong
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}
