package upload

import (
	"context"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// Pausing is what of the queue keeps pauses on disk.
type Pausing interface {
	Pauses(ctx context.Context) ([]queue.Pause, error)
	SetPause(ctx context.Context, p queue.Pause) error
	ClearPause(ctx context.Context, customer autopilot.TenantID) error
}
