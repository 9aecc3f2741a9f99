package upload

import (
	"context"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// Removing is what of the queue takes registrations back. Each removal is on
// disk before it is asked for.
type Removing interface {
	OpenRemovals(ctx context.Context) ([]queue.Removal, error)
	AttemptRemoval(ctx context.Context, id string, step queue.RemovalStep) (queue.Removal, error)
	WaitRemoval(ctx context.Context, id string, step queue.RemovalStep) (queue.Removal, error)
	Removed(ctx context.Context, id, note string) (queue.Removal, error)
}

// A Remover is what removals need of Partner Center, beside the lists.
type Remover interface {
	DeleteDevice(ctx context.Context, customer autopilot.TenantID, batch, deviceID string) error
}

// takeBack goes on with the open removals.
func (u *Uploader) takeBack(context.Context) error { return nil }

// surveyRemovals adds what removals wait for.
func (u *Uploader) surveyRemovals(context.Context, *survey) error { return nil }
