package partnercentertest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// Why Start refuses.
var (
	// ErrLoopbackOnly is for an address of the network.
	ErrLoopbackOnly = errors.New("the simulator listens on this machine only, as in 127.0.0.1:0")
	// ErrStarted is for a second Start.
	ErrStarted = errors.New("the simulator listens already")
)

// Start listens on addr, which must be of this machine, such as 127.0.0.1:0,
// and serves until Close. It returns once it listens.
func (s *Server) Start(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("listen on %q: %w", addr, err)
	}
	if ip, err := netip.ParseAddr(host); host != "localhost" && (err != nil || !ip.IsLoopback()) {
		return fmt.Errorf("listen on %q: %w", addr, ErrLoopbackOnly)
	}
	var config net.ListenConfig
	listener, err := config.Listen(context.Background(), "tcp", addr)
	if err != nil {
		return fmt.Errorf("listen on %q: %w", addr, err)
	}
	server := &http.Server{
		Handler: s, ReadHeaderTimeout: 30 * time.Second,
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.http != nil {
		return errors.Join(ErrStarted, listener.Close())
	}
	s.listener, s.http = listener, server
	s.serving.Go(func() {
		_ = server.Serve(unreliable{listener, s}) // it ends with Close
	})
	return nil
}

// URL is where it listens, without /v1; empty before Start.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listener == nil {
		return ""
	}
	return "http://" + s.listener.Addr().String()
}

// Close stops listening and drops all connections. A second Close does nothing.
func (s *Server) Close() error {
	s.mu.Lock()
	server := s.http
	s.http = nil
	s.mu.Unlock()
	if server == nil {
		return nil
	}
	defer s.serving.Wait()
	if err := server.Close(); err != nil {
		return fmt.Errorf("close the simulator: %w", err)
	}
	return nil
}

// An unreliable listener resets what it accepts during an outage.
type unreliable struct {
	net.Listener

	server *Server
}

// Accept gives the next connection that is not dropped.
func (u unreliable) Accept() (net.Conn, error) {
	for {
		conn, err := u.Listener.Accept()
		if err != nil || !u.server.outage.Load() {
			return conn, err
		}
		reset(conn)
	}
}
