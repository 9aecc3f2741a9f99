package signin

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/oauth2"

	"pkidstation/queue/partnercenter"
)

// renew gets a new access token, or says why not. What another process kept
// since goes before, and is looked at once more when Microsoft refuses ours. The
// caller holds busy.
func (s *Source) renew(ctx context.Context) error {
	if s.reread(ctx) {
		if _, ok := s.usable(); ok {
			return nil
		}
	}
	err := s.turn(ctx)
	if !errors.Is(err, ErrSignInAgain) {
		return err
	}
	if s.reread(ctx) {
		if _, ok := s.usable(); ok {
			return nil
		}
		if err = s.turn(ctx); !errors.Is(err, ErrSignInAgain) {
			return err
		}
	}
	s.lose(ctx, err)
	if s.reread(ctx) { // kept by another while we gave ours up
		if _, ok := s.usable(); ok {
			return nil
		}
	}
	return err
}

// turn asks Microsoft once, unless it is known that asking is of no use.
func (s *Source) turn(ctx context.Context) error {
	s.mu.Lock()
	token, over, failed, wait := s.token, s.over, s.failed, s.waits.Sub(s.now())
	s.mu.Unlock()
	switch {
	case over != nil && (lasting(over) || wait > 0):
		return needsPerson(opToken, over)
	case token.Refresh == "" && failed != nil:
		return needsPerson(opToken, failed)
	case token.Refresh == "":
		return needsPerson(opToken, ErrNeverSignedIn)
	case wait > 0 && wait <= time.Hour:
		throttled := partnercenter.NewError(opToken, partnercenter.Throttled, nil)
		throttled.RetryAfter = wait
		return throttled
	}
	return s.refresh(ctx, token)
}

// refresh sends the refresh token and keeps what comes.
func (s *Source) refresh(ctx context.Context, token Token) error {
	ctx, cancel := withGrace(ctx)
	defer cancel()
	got, err := s.config.TokenSource(s.with(ctx), &oauth2.Token{RefreshToken: token.Refresh}).Token()
	if err != nil {
		return s.note(ctx, explain(ctx, opToken, err, s.now()))
	}
	next := s.tokenOf(got)
	if next.Refresh == "" {
		next.Refresh = token.Refresh
	}
	if next.Account.Name == "" {
		next.Account.Name = token.Account.Name
	}
	if err := s.checkTenant(next.Account); err != nil {
		return s.note(ctx, needsPerson(opToken, err))
	}
	s.keep(ctx, next)
	return nil
}

// grace is how long a renewal goes on when its caller gave up: its answer may be
// the only token that still works.
const grace = 5 * time.Second

// withGrace is ctx with its end put off by grace.
func withGrace(ctx context.Context) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithTimeout(context.WithoutCancel(ctx), patient)
	stop := context.AfterFunc(ctx, func() {
		timer := time.NewTimer(grace)
		defer timer.Stop()
		select {
		case <-timer.C:
			cancel()
		case <-longer.Done():
		}
	})
	return longer, func() { stop(); cancel() }
}

// calmFor is how long an early renewal that failed is not tried again.
const calmFor = 30 * time.Second

// blockedFor is how long Microsoft is not asked again after a refusal that an
// administrator can undo without a new sign-in, as of a policy.
const blockedFor = 5 * time.Minute

// lasting says whether only a new sign-in helps.
func lasting(over error) bool { return errors.Is(over, ErrSignInAgain) || errors.Is(over, ErrMFA) }

// note remembers why a renewal failed.
func (s *Source) note(ctx context.Context, err *partnercenter.Error) error {
	s.opts.Logger.WarnContext(ctx, "the sign-in could not be renewed", "error", err)
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	s.calm = now.Add(calmFor)
	if isFinal(err) {
		s.over, s.waits = errors.Unwrap(err), now.Add(blockedFor)
	} else {
		s.failed, s.waits = err, now.Add(err.RetryAfter)
	}
	s.tell()
	return err
}

// keep puts the token into the store, and only then into use.
func (s *Source) keep(ctx context.Context, token Token) {
	s.save(ctx, token)
	s.mu.Lock()
	defer s.mu.Unlock()
	dropped := s.dropped
	s.settle(token)
	s.renewed = dropped
}

// lose clears a sign-in that is over. The store keeps a token that is not the
// lost one: another process signed in meanwhile, or turned ours. Where clearing
// fails, the lost one is known and not taken up again.
func (s *Source) lose(ctx context.Context, err error) {
	s.mu.Lock()
	lost := s.token
	over := err
	if wrapped, ok := errors.AsType[*partnercenter.Error](err); ok {
		over = wrapped.Err
	}
	s.token.Refresh, s.over, s.unsaved = "", over, false
	if lost.Refresh != "" {
		s.lost = lost
	}
	s.tell()
	s.mu.Unlock()
	if lost.Refresh == "" {
		return
	}
	if err := clearIf(ctx, s.opts.Store, lost); err != nil {
		s.opts.Logger.WarnContext(ctx, "the lost sign-in could not be cleared", "error", err)
	}
}

// checkTenant is ErrWrongTenant for an account of another tenant than the
// configured one, where that is known by its id.
func (s *Source) checkTenant(account Account) error {
	byID := uuid.Validate(s.opts.Tenant) == nil
	if byID && account.Tenant != "" && !strings.EqualFold(account.Tenant, s.opts.Tenant) {
		return &Refusal{Reason: ErrWrongTenant}
	}
	return nil
}
