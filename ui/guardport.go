package ui

import (
	"context"

	"pkidstation/queue"
)

// A Guard is who may decide at this station. It may be nil, as in the demo: then
// anybody may, and nobody is asked.
type Guard interface {
	// State never waits.
	State() GuardState
	// Watch gives a channel that receives (coalesced) after changes, such as the
	// lock after idleness.
	Watch() (changed <-chan struct{}, stop func())
	// First makes the first supervisor; it fails where there is one.
	First(ctx context.Context, name, pin string) error
	// Unlock unlocks the station, or fails with a *queue.PINError.
	Unlock(ctx context.Context, name, pin string) error
	// Lock locks it.
	Lock()
	// SetPIN gives a supervisor another PIN, or another supervisor their first.
	SetPIN(ctx context.Context, name, pin string) error
	// Remove has a supervisor be none any more.
	Remove(ctx context.Context, name string) error
	// Review is what waits for a person.
	Review(ctx context.Context) (queue.ReviewPolicy, error)
	// SetReview has something else wait.
	SetReview(ctx context.Context, policy queue.ReviewPolicy) error
}

// A GuardState is who there is, and who decides now.
type GuardState struct {
	// Supervisors are their names; with none, anybody may decide.
	Supervisors []string
	// Unlocked is the supervisor whose PIN unlocked the station, "" while it is
	// locked.
	Unlocked string
}
