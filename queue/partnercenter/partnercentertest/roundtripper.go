package partnercentertest

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"syscall"
)

// RoundTripper serves without sockets, for tests in a synctest bubble, where a
// socket would stop the clock. Dropped connections are errors as from a socket:
// ECONNRESET, or a body that ends in io.ErrUnexpectedEOF.
func (s *Server) RoundTripper() http.RoundTripper { return socketless{s} }

type socketless struct{ server *Server }

// RoundTrip calls the server in the caller's goroutine.
func (t socketless) RoundTrip(req *http.Request) (*http.Response, error) {
	in := req.Clone(req.Context())
	in.RequestURI = req.URL.RequestURI()
	if in.Body == nil {
		in.Body = http.NoBody
	}
	defer in.Body.Close() //nolint:errcheck // it was read as far as it was wanted
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	got := recorder{header: http.Header{}}
	aborted := got.serve(t.server, in)
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	if aborted && got.status == 0 {
		return nil, &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	}
	return got.response(req, aborted), nil
}

// A recorder is the other end of a line that is not there.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// serve says whether the handler dropped the connection.
func (r *recorder) serve(handler http.Handler, in *http.Request) (aborted bool) {
	defer func() {
		if cause := recover(); cause != nil {
			if err, ok := cause.(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
				panic(cause)
			}
			aborted = true
		}
	}()
	handler.ServeHTTP(r, in)
	return false
}

// Header is what will be sent.
func (r *recorder) Header() http.Header { return r.header }

// WriteHeader keeps the first status.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
}

// Write keeps the body.
func (r *recorder) Write(p []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(p)
}

func (r *recorder) response(req *http.Request, aborted bool) *http.Response {
	var body io.Reader = &r.body
	if aborted {
		body = io.MultiReader(body, brokenOff{})
	}
	return &http.Response{
		Status: http.StatusText(r.status), StatusCode: max(r.status, http.StatusOK), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: r.header, Body: io.NopCloser(body), ContentLength: -1, Request: req,
	}
}

// brokenOff is the end of a body that was cut.
type brokenOff struct{}

// Read always fails.
func (brokenOff) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
