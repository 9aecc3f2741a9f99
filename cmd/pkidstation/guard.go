package main

import (
	"context"
	"slices"
	"sync"

	"pkidstation/cmd/internal/typed"
	"pkidstation/queue"
	"pkidstation/queue/watch"
	"pkidstation/ui"
)

// A guard is who unlocked the station at this window: what is done here is done
// by them until it is locked again. The queue decides what that allows; the guard
// only keeps the Pass.
type guard struct {
	queue    *queue.Queue
	operator string
	watchers watch.Watchers

	mu    sync.Mutex
	pass  queue.Pass
	known []string
	told  ui.GuardState // what the window was told last
}

func newGuard(ctx context.Context, q *queue.Queue, operator string) *guard {
	g := &guard{queue: q, operator: operator}
	g.look(ctx)
	return g
}

// State tells what was looked up last: the window never waits for the queue.
func (g *guard) State() ui.GuardState {
	g.mu.Lock()
	defer g.mu.Unlock()
	name, _ := g.queue.Unlocked(g.pass)
	return ui.GuardState{Supervisors: g.known, Unlocked: name}
}

// Watch tells of changes, and of the end of idleness.
func (g *guard) Watch() (changed <-chan struct{}, stop func()) { return g.watchers.Watch() }

// follow looks again after each change of the queue, until ctx ends.
func (g *guard) follow(ctx context.Context) {
	changed, stop := g.queue.Watch()
	defer stop()
	for {
		g.look(ctx)
		select {
		case <-ctx.Done():
			return
		case <-changed:
		}
	}
}

// look looks up who there is. What was known stays where the queue cannot be read.
func (g *guard) look(ctx context.Context) {
	all, err := g.queue.Supervisors(ctx)
	g.mu.Lock()
	if err == nil {
		g.known = make([]string, 0, len(all))
		for _, s := range all {
			g.known = append(g.known, s.Name)
		}
	}
	name, _ := g.queue.Unlocked(g.pass)
	fresh := name != g.told.Unlocked || !slices.Equal(g.known, g.told.Supervisors)
	g.told = ui.GuardState{Supervisors: g.known, Unlocked: name}
	g.mu.Unlock()
	if fresh { // the queue changes with each box, and the window draws anew what it is told
		g.watchers.Tell()
	}
}

// First sets the station's first PIN, and unlocks it.
func (g *guard) First(ctx context.Context, name, pin string) error {
	if err := g.SetPIN(ctx, name, pin); err != nil {
		return err
	}
	return g.Unlock(ctx, name, pin)
}

func (g *guard) Unlock(ctx context.Context, name, pin string) error {
	pass, err := g.queue.Unlock(ctx, name, pin)
	if err != nil {
		return err
	}
	g.mu.Lock()
	before := g.pass
	g.pass = pass
	g.mu.Unlock()
	g.queue.Lock(before)
	return nil
}

func (g *guard) Lock() { g.queue.Lock(g.held()) }

func (g *guard) SetPIN(ctx context.Context, name, pin string) error {
	if err := typed.Check(name); err != nil {
		return err
	}
	err := g.queue.SetPIN(ctx, name, pin, g.act(""))
	g.look(ctx)
	return err
}

func (g *guard) Remove(ctx context.Context, name string) error {
	err := g.queue.RemoveSupervisor(ctx, name, g.act(""))
	g.look(ctx)
	return err
}

func (g *guard) Review(ctx context.Context) (queue.ReviewPolicy, error) { return g.queue.Review(ctx) }

func (g *guard) SetReview(ctx context.Context, policy queue.ReviewPolicy) error {
	return g.queue.SetReview(ctx, policy, g.act(""))
}

func (g *guard) held() queue.Pass {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.pass
}

// act is what is done at this window: by the supervisor who unlocked it, else by
// the operator.
func (g *guard) act(reason string) queue.Act {
	act := queue.Act{By: g.operator, Reason: reason, Pass: g.held()}
	if name, ok := g.queue.Unlocked(act.Pass); ok {
		act.By = name
	}
	return act
}

// act is a person's doing at this window. The demo has no guard, and needs none.
func (k *desk) act(reason string) queue.Act {
	if k.guard == nil {
		return queue.Act{By: k.operator, Reason: reason}
	}
	return k.guard.act(reason)
}
