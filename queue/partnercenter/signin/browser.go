package signin

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"golang.org/x/oauth2"
)

// browserPatience is how long a person has to sign in.
const browserPatience = 5 * time.Minute

// Browser signs a person in. open shows an address in the system's browser and
// returns at once; where it fails the sign-in ends with ErrNoBrowser. It waits
// until the browser comes back, for at most five minutes. The token that was there
// before stays in use until the new one is kept.
// https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow
func (s *Source) Browser(ctx context.Context, open func(url string) error) (Account, error) {
	if s.external != "" {
		return Account{}, ErrExternal
	}
	ctx, cancel := context.WithTimeoutCause(ctx, s.patience, ErrTimedOut)
	defer cancel()
	door, err := listen(ctx, s.opts.Page)
	if err != nil {
		return Account{}, err
	}
	defer door.close() //nolint:contextcheck // the page outlives the sign-in's time
	config := s.config
	config.RedirectURL = door.address
	verifier := oauth2.GenerateVerifier()
	if err := open(config.AuthCodeURL(door.state, s.asks(verifier)...)); err != nil {
		return Account{}, fmt.Errorf("%w: %w", ErrNoBrowser, err)
	}
	select {
	case <-ctx.Done():
		return Account{}, ended(ctx)
	case back := <-door.answers:
		account, err := s.redeem(ctx, config, back, verifier)
		back.outcome <- err
		return account, err
	}
}

// asks are the parameters beside the library's own. After a refusal for want of
// MFA a session that the browser remembers must not do.
func (s *Source) asks(verifier string) []oauth2.AuthCodeOption {
	state := s.State()
	prompt, hint := "select_account", s.opts.LoginHint
	if state.Standing == NeedsMFA {
		prompt = "login"
		if hint == "" {
			hint = state.Account.Name
		}
	}
	all := []oauth2.AuthCodeOption{oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("prompt", prompt)}
	if hint != "" {
		all = append(all, oauth2.SetAuthURLParam("login_hint", hint))
	}
	return all
}

// redeem makes a token of what the browser brought back.
func (s *Source) redeem(ctx context.Context, config oauth2.Config, back answer, verifier string) (Account, error) {
	if back.code == "" {
		return Account{}, needsPerson(opSignIn, refusalOf(back.word, "", back.description, ""))
	}
	got, err := config.Exchange(s.with(ctx), back.code, oauth2.VerifierOption(verifier))
	if err != nil {
		return Account{}, explain(ctx, opSignIn, err, s.now())
	}
	return s.enter(ctx, got)
}

// enter checks and keeps the token of a sign-in.
func (s *Source) enter(ctx context.Context, got *oauth2.Token) (Account, error) {
	token := s.tokenOf(got)
	if err := s.checkTenant(token.Account); err != nil {
		return token.Account, needsPerson(opSignIn, err)
	}
	if token.Refresh == "" {
		return token.Account, needsPerson(opSignIn, &Refusal{Reason: ErrRefused, Description: "no refresh token was given"})
	}
	release, err := s.hold(ctx)
	if err != nil {
		return token.Account, fmt.Errorf("%s: %w", opSignIn, err)
	}
	defer release()
	s.keep(ctx, token)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.renewed = false
	return token.Account, nil
}

// A door is the port of this machine that the browser comes back to, once.
type door struct {
	address, state string
	hosts          []string
	page           func(error) Page
	answers        chan answer
	taken          atomic.Bool
	server         *http.Server
}

// An answer is what the browser brought back, and where to say what became of it.
type answer struct {
	code, word, description string
	outcome                 chan error
}

// listen opens a door on a free port.
func listen(ctx context.Context, page func(error) Page) (*door, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening a port for the browser: %w", err)
	}
	address, ok := listener.Addr().(*net.TCPAddr)
	if !ok {
		return nil, errors.Join(errors.New("the port has no number"), listener.Close())
	}
	port := strconv.Itoa(address.Port)
	d := &door{
		address: "http://localhost:" + port, state: rand.Text(), page: page, answers: make(chan answer, 1),
		hosts: []string{"localhost:" + port, "127.0.0.1:" + port},
	}
	const short = 10 * time.Second
	d.server = &http.Server{
		Handler: d, ReadHeaderTimeout: short, ReadTimeout: short, IdleTimeout: short, MaxHeaderBytes: 32 << 10,
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
	}
	go func() { _ = d.server.Serve(listener) }() // close ends it
	return d, nil
}

// close gives the page that is being shown a moment to arrive.
func (d *door) close() {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if d.server.Shutdown(ctx) != nil {
		_ = d.server.Close() // whoever is still connected is no browser of ours
	}
}

// errStranger is for a request that is not the browser's return.
var errStranger = errors.New("this is not the answer that was waited for")

// ServeHTTP takes the browser's return, once. Anything else is refused and changes
// nothing: a page of a stranger must neither end nor hijack the sign-in.
func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	known := subtle.ConstantTimeCompare([]byte(query.Get("state")), []byte(d.state)) == 1
	back := answer{code: query.Get("code"), word: query.Get("error"), description: query.Get("error_description"), outcome: make(chan error, 1)}
	switch {
	case r.Host != d.hosts[0] && r.Host != d.hosts[1], r.URL.Path != "/":
		http.NotFound(w, r)
	case r.Method != http.MethodGet:
		http.Error(w, "only GET", http.StatusMethodNotAllowed)
	case !known, (back.code == "") == (back.word == ""), !d.taken.CompareAndSwap(false, true):
		show(w, http.StatusBadRequest, d.page(errStranger))
	default:
		d.answers <- back
		select {
		case err := <-back.outcome:
			show(w, http.StatusOK, d.page(err))
		case <-r.Context().Done():
		}
	}
}
