package signin_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/partnercenter/signin"
)

// TestTwoProcesses: pkidctl signs in and out while the station runs, and each
// goes on with what the other kept.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	running := l.process(t)
	refused(t, running, partnercenter.SignIn, signin.ErrNeverSignedIn)
	standing(t, running, signin.Never)
	other := l.signedIn(t)
	if state := running.Look(t.Context()); state.Standing != signin.SignedIn || state.Account.Name == "" {
		t.Errorf("%+v", state)
	}
	if token(t, running) != token(t, other) {
		t.Error("it has a token of its own")
	}
	l.clock.pass(2 * time.Hour)
	turned := token(t, other)
	if token(t, running) != turned || l.grants(refreshing) != 1 {
		t.Errorf("%d renewals for two processes", l.grants(refreshing))
	}
	if err := other.SignOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	standing(t, other, signin.Never)
	l.clock.pass(2 * time.Hour)
	refused(t, running, partnercenter.SignIn, signin.ErrNeverSignedIn)
	standing(t, running, signin.Never)
	if l.grants(refreshing) != 1 {
		t.Error("a token was renewed after the sign-out")
	}
}

// TestTurnedByAnother: another process turned the refresh token just after we
// looked. Ours is refused, theirs is taken.
func TestTurnedByAnother(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	other := l.signedIn(t)
	running := l.process(t)
	token(t, running)
	l.clock.pass(2 * time.Hour)
	stale := l.shelf.kept()
	theirs := token(t, other)
	late := &shelf{token: stale}
	looks := 0
	late.loads = func() {
		if looks++; looks == 3 { // the first is for the token, the second before the renewal
			late.set(func(s *shelf) { s.token = l.shelf.kept() })
		}
	}
	racing := l.processWith(t, signin.Options{Store: late})
	racing.Look(t.Context())
	if token(t, racing) != theirs || late.kept().Refresh == "" {
		t.Error("the other's token was not taken")
	}
	standing(t, racing, signin.SignedIn)
}

// TestAStoreThatFails: the sign-in goes on in memory, says so, and is kept as
// soon as it can be.
func TestAStoreThatFails(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	l.shelf.set(func(s *shelf) { s.broken = fmt.Errorf("no keyring: %w", signin.ErrMemoryOnly) })
	s := l.process(t)
	if _, err := s.Browser(t.Context(), scripted(t, nil)); err != nil {
		t.Fatal(err)
	}
	if state := s.State(); !state.MemoryOnly || state.Standing != signin.SignedIn {
		t.Errorf("%+v", state)
	}
	for range 3 {
		l.clock.pass(2 * time.Hour)
		token(t, s)
	}
	if state := s.State(); !state.MemoryOnly || l.grants(refreshing) != 3 {
		t.Errorf("%+v", state)
	}
	l.shelf.set(func(s *shelf) { s.broken = nil })
	l.clock.pass(2 * time.Hour)
	if got := token(t, s); s.State().MemoryOnly || l.shelf.kept().Access != got {
		t.Errorf("%+v", s.State())
	}
}

// TestWithoutAStore: nothing is kept, and it says so.
func TestWithoutAStore(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	s, err := signin.New(signin.Options{Authority: l.URL(), Tenant: tenant, ClientID: station, Now: l.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Browser(t.Context(), scripted(t, nil)); err != nil {
		t.Fatal(err)
	}
	l.clock.pass(2 * time.Hour)
	token(t, s)
	if !s.State().MemoryOnly {
		t.Errorf("%+v", s.State())
	}
	if err := s.SignOut(t.Context()); err != nil || s.State().MemoryOnly {
		t.Errorf("%+v, %v", s.State(), err)
	}
}

var errDamaged = errors.New("the file is damaged")

// TestADamagedStore: what cannot be read is nobody signed in, with the reason; and
// it does not cost a sign-in that is in memory.
func TestADamagedStore(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	damage := func() {
		l.shelf.set(func(s *shelf) { s.unreadable = fmt.Errorf("%w: %w", signin.ErrNeverSignedIn, errDamaged) })
	}
	damage()
	s := l.process(t)
	refused(t, s, partnercenter.SignIn, signin.ErrNeverSignedIn)
	if state := s.Look(t.Context()); state.Standing != signin.Never || !errors.Is(state.Err, errDamaged) {
		t.Errorf("%+v", state)
	}
	l.shelf.set(func(s *shelf) { s.unreadable = nil })
	if state := s.Look(t.Context()); state.Err != nil {
		t.Errorf("%+v", state)
	}
	if _, err := s.Browser(t.Context(), scripted(t, nil)); err != nil {
		t.Fatal(err)
	}
	damage()
	l.clock.pass(2 * time.Hour)
	got := token(t, s)
	if l.shelf.kept().Access != got || s.State().MemoryOnly || s.State().Err != nil {
		t.Errorf("%+v", s.State())
	}
}

// TestAStoreThatCannotBeAsked: trouble of another kind is passed on.
func TestAStoreThatCannotBeAsked(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	l.shelf.set(func(s *shelf) { s.broken = errDamaged })
	s := l.process(t)
	refused(t, s, partnercenter.SignIn, errDamaged)
	if err := s.SignOut(t.Context()); !errors.Is(err, errDamaged) {
		t.Errorf("%v", err)
	}
}

// TestAnotherConfiguration: a token is good for the tenant, app and authority that
// it was obtained for, and for nothing else.
func TestAnotherConfiguration(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	l.signedIn(t)
	for name, change := range map[string]func(*signin.Token){
		"tenant": func(t *signin.Token) { t.Tenant = "other" }, "app": func(t *signin.Token) { t.ClientID = "other" },
		"authority": func(t *signin.Token) { t.Authority = "https://other" }, "no refresh token": func(t *signin.Token) { t.Refresh = "" },
	} {
		kept := l.shelf.kept()
		change(&kept)
		s := l.processWith(t, signin.Options{Store: &shelf{token: kept}})
		if _, err := s.Token(t.Context()); !errors.Is(err, signin.ErrNeverSignedIn) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWatch(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	s := l.process(t)
	changed, stop := s.Watch()
	if _, err := s.Browser(t.Context(), scripted(t, nil)); err != nil {
		t.Fatal(err)
	}
	<-changed
	s.Rejected(token(t, s))
	<-changed
	stop()
	token(t, s)
	select {
	case <-changed:
		t.Error("told after stop")
	default:
	}
}

func TestExternal(t *testing.T) {
	t.Parallel()
	s := signin.External("from-outside")
	s.Rejected("another")
	standing(t, s, signin.FromOther)
	if s.State().Err != nil {
		t.Error(s.State().Err)
	}
	s.Rejected("from-outside")
	if token(t, s) != "from-outside" || !errors.Is(s.Look(t.Context()).Err, signin.ErrSignInAgain) {
		t.Errorf("%+v", s.State())
	}
	_, browser := s.Browser(t.Context(), nil)
	_, device := s.DeviceCode(t.Context(), nil)
	for _, err := range []error{browser, device, s.SignOut(t.Context())} {
		if !errors.Is(err, signin.ErrExternal) {
			t.Errorf("%v", err)
		}
	}
}
