package upload

import (
	"context"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// Retrying is what of the queue tries refusals again that pass by themselves.
type Retrying interface {
	// RetryDue sends rejected entries again whose time has come: rejected →
	// ready. NextRetry is when the next one's does, zero for never.
	RetryDue(ctx context.Context, now time.Time) (sent int, err error)
	NextRetry(ctx context.Context) (time.Time, error)
	// LastRemoval is when a device with this PKID was last taken back here, zero
	// for never.
	LastRemoval(ctx context.Context, pkid autopilot.PKID) (time.Time, error)
	// Entry gives one entry.
	Entry(ctx context.Context, id string) (queue.Entry, error)
}

// retryRejected sends again what was refused for a reason that passes by itself.
func (u *Uploader) retryRejected(context.Context) error { return nil }

// surveyRetries adds when the next of them is due.
func (u *Uploader) surveyRetries(context.Context, *survey) error { return nil }
