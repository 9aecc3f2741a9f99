package signin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"pkidstation/queue/partnercenter"
	"pkidstation/queue/watch"
)

// A Source gives access tokens and signs people in. It may be used by several
// goroutines at once.
type Source struct {
	opts     Options
	config   oauth2.Config
	http     *http.Client
	external string
	// patience is how long a person has in the browser.
	patience time.Duration

	// busy is held by whoever asks the store or Microsoft.
	busy chan struct{}

	mu    sync.Mutex
	token Token
	// dropped says that Partner Center refused the access token; renewed that the
	// one before it was dropped too.
	dropped, renewed bool
	// unsaved says that the store does not have the token.
	unsaved bool
	// lost is the token that was given up last, should the store still have it.
	lost Token
	// over is why nothing but a new sign-in helps, nil while something may.
	over error
	// failed is the last trouble that may pass. Until waits no renewal is tried at
	// all, until calm none that is not needed yet.
	failed      error
	waits, calm time.Time
	watchers    watch.Watchers
}

// New gives a Source, or ErrNotSetUp, ErrAuthority or ErrNationalCloud. It sends
// nothing and does not ask the store.
func New(opts Options) (*Source, error) {
	if opts.Tenant == "" || opts.ClientID == "" {
		return nil, ErrNotSetUp
	}
	if err := CheckAuthority(opts.Authority); err != nil {
		return nil, err
	}
	opts = opts.withDefaults()
	s := newSource(opts)
	s.config, s.http = opts.config(), sender(opts.HTTPClient)
	return s, nil
}

// External gives a Source for a token that someone else obtained. It is never
// renewed.
func External(token string) *Source {
	s := newSource(Options{}.withDefaults())
	s.external, s.token.Account = token, accountOf(token, "")
	return s
}

func newSource(opts Options) *Source {
	return &Source{opts: opts, patience: browserPatience, busy: make(chan struct{}, 1)}
}

// now is the wall clock: without the reading that stops while a computer sleeps.
func (s *Source) now() time.Time { return s.opts.Now().Round(0) }

// Token gives the access token of one request, renewed if need be. Every error is
// a *partnercenter.Error: of kind SignIn where a person must act, with the reason
// in it, else Unreachable, NoAnswer or Throttled.
func (s *Source) Token(ctx context.Context) (string, error) {
	if s.external != "" {
		return s.external, nil
	}
	if access, ok := s.rested(); ok {
		return access, nil
	}
	release, err := s.hold(ctx)
	if err != nil {
		return "", partnercenter.NewError(opToken, partnercenter.Unreachable, err)
	}
	defer release()
	if access, ok := s.rested(); ok { // another goroutine was here
		return access, nil
	}
	err = s.renew(ctx)
	if access, ok := s.usable(); ok {
		return access, nil
	}
	return "", err
}

// hold waits for the others that ask the store or Microsoft.
func (s *Source) hold(ctx context.Context) (release func(), err error) {
	select {
	case s.busy <- struct{}{}:
		return func() { <-s.busy }, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// usable is the access token, if it may be sent.
func (s *Source) usable() (access string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.token.Access, !s.dropped && s.token.good(s.now())
}

// rested is the access token, if it need not be renewed yet.
func (s *Source) rested() (access string, ok bool) {
	access, ok = s.usable()
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	return access, ok && (now.Before(s.token.Expires.Add(-s.token.early())) || now.Before(s.calm))
}

// Rejected takes back an access token that was answered 401: the next one is
// new. One that is not the current one is ignored.
func (s *Source) Rejected(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case token == "":
		return
	case token == s.external:
		s.failed = ErrSignInAgain
	case token != s.token.Access || s.dropped:
		return
	default:
		s.drop()
	}
	s.tell()
}

// hasty is how soon after its renewal a refused access token ends the sign-in.
const hasty = 5 * time.Minute

// drop takes the access token out of use. The second in a row, right after a
// renewal, ends the sign-in: another renewal would be refused as well.
func (s *Source) drop() {
	again := s.renewed && s.now().Sub(s.token.Obtained).Abs() < hasty
	s.dropped, s.calm = true, time.Time{}
	if !again {
		return
	}
	s.over = ErrSignInAgain
	if s.token.Account.Factors == SingleFactor {
		s.over = ErrMFA
	}
}

// Look reads the store anew, for what another process did, and gives the state.
// It asks nobody else.
func (s *Source) Look(ctx context.Context) State {
	if s.external != "" {
		return s.State()
	}
	if release, err := s.hold(ctx); err == nil {
		s.reread(ctx)
		release()
	}
	return s.State()
}

// SignOut forgets the token, here and in the store. What Microsoft knows of the
// session stays; an administrator can revoke it there.
func (s *Source) SignOut(ctx context.Context) error {
	if s.external != "" {
		return ErrExternal
	}
	release, err := s.hold(ctx)
	if err != nil {
		return fmt.Errorf("sign out: %w", err)
	}
	defer release()
	err = s.opts.Store.Clear(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle(Token{})
	s.unsaved = false
	if err != nil {
		return fmt.Errorf("sign out: %w", err)
	}
	return nil
}

// settle makes a token the current one; s.mu is held.
func (s *Source) settle(token Token) {
	s.token, s.dropped, s.renewed, s.over, s.failed = token, false, false, nil, nil
	s.waits, s.calm = time.Time{}, time.Time{}
	s.tell()
}

// reread takes what another process kept since. It says whether that is another
// token than ours.
func (s *Source) reread(ctx context.Context) (changed bool) {
	if s.resave(ctx) {
		return false // ours is newer than the store's
	}
	kept, err := s.opts.Store.Load(ctx)
	if err == nil && !s.serves(kept) {
		err = ErrNeverSignedIn // for another app, tenant or authority
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case err == nil && (kept.same(s.token) || kept.same(s.lost)):
		return false
	case err == nil:
		s.settle(kept)
		return true
	case errors.Is(err, ErrNeverSignedIn):
		return s.forgotten(err)
	default:
		s.opts.Logger.WarnContext(ctx, "the kept sign-in could not be read", "error", err)
		s.failed = err
		s.tell()
		return false
	}
}

// forgotten is for a store without a token. Where there just is none, another
// process signed out. Where what is there cannot be used, ours is not lost with it,
// and is kept anew. s.mu is held.
func (s *Source) forgotten(why error) (changed bool) {
	damaged := why != ErrNeverSignedIn //nolint:errorlint // wrapped, it says why what is there cannot be used
	had := s.token.Refresh != ""
	switch {
	case damaged && had:
		s.unsaved = true
	case damaged:
		if s.failed == nil {
			s.opts.Logger.Warn("the kept sign-in cannot be used", "error", why)
		}
		s.failed = why
	case had:
		s.settle(Token{})
		return true
	default:
		s.failed = nil
	}
	return false
}

// serves says whether a token was obtained for what is configured now.
func (s *Source) serves(t Token) bool {
	return t.Refresh != "" && t.Authority == s.opts.Authority && t.Tenant == s.opts.Tenant && t.ClientID == s.opts.ClientID
}

// resave tries to keep a token that could not be kept before; it says whether
// ours is one that the store did not have.
func (s *Source) resave(ctx context.Context) bool {
	s.mu.Lock()
	token, unsaved := s.token, s.unsaved && s.token.Refresh != ""
	s.mu.Unlock()
	if unsaved {
		s.save(ctx, token)
	}
	return unsaved
}

// save keeps a token in the store, or notes that it is in memory alone.
func (s *Source) save(ctx context.Context, token Token) {
	err := s.opts.Store.Save(ctx, token)
	if err != nil {
		s.opts.Logger.WarnContext(ctx, "the sign-in is kept in memory only", "error", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unsaved = err != nil
}
