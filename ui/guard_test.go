package ui_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui"
)

// rightPIN is the PIN of every supervisor of a guard under test.
const rightPIN = "7294"

// A guard stands in for the queue's supervisors. It writes down what it was asked
// in calls of its own, without PINs, for no text may have one.
type guard struct {
	bench   *bench
	state   ui.GuardState
	policy  queue.ReviewPolicy
	calls   []string
	wait    time.Duration // after a wrong PIN
	early   bool
	failure error
}

func (g *guard) State() ui.GuardState {
	return ui.GuardState{Supervisors: slices.Clone(g.state.Supervisors), Unlocked: g.state.Unlocked}
}

func (g *guard) Watch() (<-chan struct{}, func()) { return make(chan struct{}), func() {} }

func (g *guard) call(text string) error {
	g.calls = append(g.calls, text)
	return g.failure
}

func (g *guard) First(_ context.Context, name, pin string) error {
	if len(g.state.Supervisors) > 0 {
		return errors.New("there is one")
	}
	return g.set("first", name, pin)
}

func (g *guard) set(how, name, pin string) error {
	if err := g.call(how + " " + name); err != nil {
		return err
	}
	if pin != rightPIN {
		return queue.ErrWeakPIN
	}
	if !slices.Contains(g.state.Supervisors, name) {
		g.state.Supervisors = append(g.state.Supervisors, name)
	}
	return nil
}

func (g *guard) Unlock(_ context.Context, name, pin string) error {
	if err := g.call("unlock " + name); err != nil {
		return err
	}
	if pin != rightPIN || g.early {
		return &queue.PINError{Wait: g.wait, Early: g.early}
	}
	g.state.Unlocked = name
	g.bench.station.failure = nil
	return nil
}

func (g *guard) Lock() {
	g.calls = append(g.calls, "lock")
	g.lock()
}

// lock is what idleness does.
func (g *guard) lock() {
	g.state.Unlocked = ""
	g.bench.station.failure = queue.ErrNeedsSupervisor
}

func (g *guard) SetPIN(_ context.Context, name, pin string) error {
	if g.state.Unlocked == "" {
		return queue.ErrNeedsSupervisor
	}
	return g.set("set", name, pin)
}

func (g *guard) Remove(_ context.Context, name string) error {
	if g.state.Unlocked == "" {
		return queue.ErrNeedsSupervisor
	}
	g.state.Supervisors = slices.DeleteFunc(g.state.Supervisors, func(n string) bool { return n == name })
	return g.call("remove " + name)
}

func (g *guard) Review(context.Context) (queue.ReviewPolicy, error) { return g.policy, g.failure }

func (g *guard) SetReview(_ context.Context, policy queue.ReviewPolicy) error {
	if g.state.Unlocked == "" {
		return queue.ErrNeedsSupervisor
	}
	g.policy = policy
	return g.call("review " + string(policy))
}

// newGuarded is a bench with supervisors, locked; with none it is at its first
// start.
func newGuarded(t *testing.T, language string, names ...string) (*bench, *guard) {
	t.Helper()
	g := &guard{policy: queue.ReviewExceptions, wait: waitOfGuard}
	g.state.Supervisors = names
	return guardedBench(t, ui.Options{Language: language, Guard: g}, g, names)
}

// newGuardedIn is newGuarded of a window with other options.
func newGuardedIn(t *testing.T, options ui.Options, names ...string) (*bench, *guard) {
	t.Helper()
	g := &guard{policy: queue.ReviewExceptions, wait: waitOfGuard}
	g.state.Supervisors = names
	options.Guard = g
	return guardedBench(t, options, g, names)
}

// waitOfGuard is how long it looks at no PIN after a wrong one.
const waitOfGuard = 12 * time.Second

func guardedBench(t *testing.T, options ui.Options, g *guard, names []string) (*bench, *guard) {
	t.Helper()
	b := newBench(t, options)
	g.bench = b
	if len(names) > 0 {
		g.lock()
	}
	b.station.calls = nil
	b.Reguard()
	return b, g
}

// asked has the PIN asked for, for the release of two boxes.
func (b *bench) asked(t *testing.T) {
	t.Helper()
	b.VisitQueue()
	b.Tick(0)
	b.Tick(1)
	b.command(fyne.KeyF5)
	ui.SetFieldText(b.Fields()[0], "compared")
	b.ctrl(fyne.KeyReturn)
	if b.PanelTitle() != b.Say("guard.ask") {
		t.Fatalf("panel %q, notice %q", b.PanelTitle(), b.Notice())
	}
	b.station.calls = nil
}

// enter types a PIN by hand, and Enter.
func (b *bench) enter(pin string) {
	b.hand(pin)
	b.command(fyne.KeyReturn)
}

// newGuardedLog is newGuarded with a log.
func newGuardedLog(t *testing.T, log *slog.Logger, names ...string) (*bench, *guard) {
	t.Helper()
	b, g := newGuarded(t, "en", names...)
	b.LogTo(log)
	return b, g
}
