package signin_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/partnercenter/signin"
)

func TestRenewedEarlyAndOnce(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	s := l.signedIn(t)
	first := token(t, s)
	l.clock.pass(54 * time.Minute)
	if token(t, s) != first || l.grants(refreshing) != 0 {
		t.Error("renewed six minutes before the end")
	}
	l.clock.pass(2 * time.Minute)
	var got sync.Map
	var asking sync.WaitGroup
	for range 20 {
		asking.Go(func() {
			access, err := s.Token(t.Context())
			if err != nil || access == first {
				t.Errorf("old: %t, %v", access == first, err)
			}
			got.Store(access, true)
		})
	}
	asking.Wait()
	different := 0
	got.Range(func(any, any) bool { different++; return true })
	if different != 1 || l.grants(refreshing) != 1 {
		t.Errorf("%d tokens, %d renewals", different, l.grants(refreshing))
	}
	if l.shelf.kept().Access != token(t, s) {
		t.Error("another token is kept")
	}
}

// TestKeptBeforeItIsUsed: nobody has the new access token before the new refresh
// token is kept.
func TestKeptBeforeItIsUsed(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	s := l.signedIn(t)
	l.clock.pass(2 * time.Hour)
	saving, saved := make(chan struct{}), make(chan struct{})
	l.shelf.saves = func() { close(saving); <-saved }
	var used atomic.Bool
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(func() {
			if _, err := s.Token(t.Context()); err != nil {
				t.Error(err)
			}
			used.Store(true)
		})
	}
	<-saving
	if used.Load() {
		t.Error("used while it is being kept")
	}
	if _, err := s.Token(cancelled(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("whoever leaves need not wait: %v", err)
	}
	close(saved)
	asking.Wait()
}

func cancelled(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

// TestLostTurn: the process was killed between Microsoft's turning of the refresh
// token and our keeping of it. The next one is told to sign in again, once, and
// asks no more.
func TestLostTurn(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	killed := l.signedIn(t)
	l.clock.pass(2 * time.Hour)
	l.shelf.set(func(s *shelf) { s.lost = true })
	token(t, killed)
	l.shelf.set(func(s *shelf) { s.lost = false })
	if l.grants(refreshing) != 1 {
		t.Fatal("it was not turned")
	}
	l.clock.pass(2 * time.Hour)
	next := l.process(t)
	for range 50 {
		refused(t, next, partnercenter.SignIn, signin.ErrSignInAgain)
	}
	standing(t, next, signin.Again)
	if n := l.grants(refreshing); n != 2 || l.shelf.kept().Refresh != "" {
		t.Errorf("%d renewals; still kept: %t", n-1, l.shelf.kept().Refresh != "")
	}
	after := l.process(t)
	refused(t, after, partnercenter.SignIn, signin.ErrNeverSignedIn)
	if _, err := next.Browser(t.Context(), scripted(t, nil)); err != nil {
		t.Fatal(err)
	}
	if err := call(t, l.client(t, next)); err != nil {
		t.Errorf("after a new sign-in: %v", err)
	}
	token(t, after) // and the other process has it too
	standing(t, after, signin.SignedIn)
}

// TestTheLineFails: no fault of the line and no trouble of the service costs the
// sign-in, and the kind says what it was.
func TestTheLineFails(t *testing.T) {
	t.Parallel()
	throttled := map[partnercentertest.Fault]bool{
		partnercentertest.FaultThrottle: true, partnercentertest.FaultThrottleDate: true, partnercentertest.FaultThrottleWords: true, partnercentertest.FaultThrottleBare: true,
	}
	for _, fault := range partnercentertest.DrawnFaults() {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			l := newLab(t, partnercentertest.SignInOptions{KeepRefresh: true})
			s := l.signedIn(t)
			kept := l.shelf.kept()
			l.clock.pass(2 * time.Hour)
			l.StrikeToken(fault)
			if fault == partnercentertest.FaultSlow {
				token(t, s)
				return
			}
			want := partnercenter.NoAnswer
			if throttled[fault] {
				want = partnercenter.Throttled
			}
			refused(t, s, want, nil)
			standing(t, s, signin.SignedIn)
			if s.State().Err == nil || l.shelf.kept() != kept {
				t.Errorf("%+v", s.State())
			}
			l.clock.pass(time.Minute)
			token(t, s)
			if s.State().Err != nil {
				t.Errorf("afterwards: %v", s.State().Err)
			}
		})
	}
}

func TestNobodyListens(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	s := l.signedIn(t)
	l.clock.pass(2 * time.Hour)
	_ = l.Close()
	refused(t, s, partnercenter.Unreachable, nil)
	standing(t, s, signin.SignedIn)
}

// TestThrottledIsHonoured: until the time that Microsoft named nothing is asked.
func TestThrottledIsHonoured(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	s := l.signedIn(t)
	l.clock.pass(2 * time.Hour)
	l.StrikeToken(partnercentertest.FaultThrottle) // one second
	for range 3 {
		_, err := s.Token(t.Context())
		e, ok := errors.AsType[*partnercenter.Error](err)
		if !ok || e.Kind() != partnercenter.Throttled || e.RetryAfter != time.Second {
			t.Errorf("%v", err)
		}
	}
	if l.grants(refreshing) != 1 {
		t.Errorf("%d renewals", l.grants(refreshing))
	}
	l.clock.pass(time.Second)
	token(t, s)
}

// TestAGoodTokenIsUsedWhileRenewingFails: and renewing is not tried at each call.
func TestAGoodTokenIsUsedWhileRenewingFails(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	s := l.signedIn(t)
	first := token(t, s)
	l.clock.pass(56 * time.Minute)
	l.StrikeToken(partnercentertest.FaultHTML, partnercentertest.FaultPortal, partnercentertest.FaultEmpty)
	for range 10 {
		if token(t, s) != first {
			t.Error("not the one that is good")
		}
	}
	if n := l.grants(refreshing); n != 1 {
		t.Errorf("%d renewals", n)
	}
	l.clock.pass(time.Minute)
	token(t, s)
	if n := l.grants(refreshing); n != 2 || s.State().Standing != signin.SignedIn || s.State().Err == nil {
		t.Errorf("%d renewals, %+v", n, s.State())
	}
	l.clock.pass(4 * time.Minute)
	refused(t, s, partnercenter.NoAnswer, nil)
	if token(t, s) == first {
		t.Error("not renewed")
	}
}

// TestRevokedWhileTheTokenIsGood: the access token serves to its end; the screen
// says it at once.
func TestRevokedWhileTheTokenIsGood(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	s := l.signedIn(t)
	first := token(t, s)
	l.RevokeRefresh()
	l.clock.pass(56 * time.Minute)
	for range 3 {
		if token(t, s) != first {
			t.Error("not the one that is good")
		}
	}
	standing(t, s, signin.Again)
	l.clock.pass(5 * time.Minute)
	refused(t, s, partnercenter.SignIn, signin.ErrSignInAgain)
	if n := l.grants(refreshing); n != 1 {
		t.Errorf("%d renewals", n)
	}
}

func TestTheClockJumps(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	s := l.signedIn(t)
	for n, jump := range []time.Duration{10 * time.Hour, -48 * time.Hour, 90 * time.Minute} {
		before := token(t, s)
		l.clock.pass(jump)
		if token(t, s) == before || l.grants(refreshing) != n+1 {
			t.Errorf("after a jump of %v: %d renewals", jump, l.grants(refreshing))
		}
	}
}

// TestRejected: a refused access token is renewed; one refused right after that
// ends the sign-in.
func TestRejected(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	s := l.signedIn(t)
	first := token(t, s)
	s.Rejected("another")
	s.Rejected("")
	if token(t, s) != first {
		t.Error("another's refusal counted")
	}
	s.Rejected(first)
	s.Rejected(first) // two calls were on their way
	second := token(t, s)
	s.Rejected(first) // a third, late
	if second == first || token(t, s) != second || l.grants(refreshing) != 1 {
		t.Errorf("%d renewals", l.grants(refreshing))
	}
	l.clock.pass(10 * time.Minute)
	s.Rejected(second)
	third := token(t, s)
	s.Rejected(third)
	for range 10 {
		refused(t, s, partnercenter.SignIn, signin.ErrSignInAgain)
	}
	standing(t, s, signin.Again)
	if n := l.grants(refreshing); n != 2 || l.shelf.kept().Refresh != "" {
		t.Errorf("%d renewals, kept: %t", n, l.shelf.kept().Refresh != "")
	}
}

// TestANewSignInMayBeRejectedOnce: what was refused before it does not count.
func TestANewSignInMayBeRejectedOnce(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	s := l.signedIn(t)
	s.Rejected(token(t, s))
	if _, err := s.Browser(t.Context(), scripted(t, nil)); err != nil {
		t.Fatal(err)
	}
	s.Rejected(token(t, s))
	token(t, s)
	standing(t, s, signin.SignedIn)
}

// TestRefusals: each refusal of Microsoft's has its reason, and none is asked
// about twice.
func TestRefusals(t *testing.T) {
	t.Parallel()
	for code, tt := range map[string]struct {
		word   string
		want   error
		stands signin.Standing
		kept   bool
	}{
		"70000":   {"invalid_grant", signin.ErrSignInAgain, signin.Again, false},
		"50173":   {"invalid_grant", signin.ErrSignInAgain, signin.Again, false},
		"50076":   {"invalid_grant", signin.ErrMFA, signin.NeedsMFA, true},
		"50079":   {"interaction_required", signin.ErrMFA, signin.NeedsMFA, true},
		"53003":   {"invalid_grant", signin.ErrBlockedByPolicy, signin.Again, true},
		"50020":   {"invalid_grant", signin.ErrWrongTenant, signin.Again, true},
		"90002":   {"invalid_request", signin.ErrWrongTenant, signin.Again, true},
		"700016":  {"unauthorized_client", signin.ErrClientUnknown, signin.Again, true},
		"7000218": {"invalid_client", signin.ErrNotPublicClient, signin.Again, true},
		"65001":   {"invalid_grant", signin.ErrConsent, signin.Again, true},
		"12345":   {"unheard_of", signin.ErrRefused, signin.Again, true},
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, partnercentertest.SignInOptions{})
			s := l.signedIn(t)
			l.clock.pass(2 * time.Hour)
			l.RefuseTokens(partnercentertest.TokenRefusal{Error: tt.word, Code: code})
			for range 5 {
				refused(t, s, partnercenter.SignIn, tt.want)
			}
			standing(t, s, tt.stands)
			refusal, ok := errors.AsType[*signin.Refusal](s.State().Err)
			if !ok || refusal.Code != "AADSTS"+code || refusal.Word != tt.word || refusal.CorrelationID == "" {
				t.Errorf("%+v", refusal)
			}
			if n := l.grants(refreshing); n != 1 || (l.shelf.kept().Refresh != "") != tt.kept {
				t.Errorf("%d renewals, kept: %t", n, l.shelf.kept().Refresh != "")
			}
			l.clock.pass(5 * time.Minute)
			if tt.stands == signin.Again && tt.kept { // an administrator undid it
				token(t, s)
				standing(t, s, signin.SignedIn)
				return
			}
			refused(t, s, partnercenter.SignIn, tt.want)
		})
	}
}

// TestTheCallerLeaves: a renewal whose caller gave up is brought to its end, for
// its answer has the only refresh token that still works.
func TestTheCallerLeaves(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	s := l.signedIn(t)
	before := l.shelf.kept()
	l.clock.pass(2 * time.Hour)
	l.StrikeToken(partnercentertest.FaultSlow)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := s.Token(ctx); err != nil {
		t.Errorf("%v", err)
	}
	if l.shelf.kept().Refresh == before.Refresh {
		t.Error("the turned token was lost")
	}
}
