package upload

import (
	"context"
	"time"

	"pkidstation/queue"
)

// groups are what was ready when it was read. A station may hold thousands of
// entries, so one reading serves a whole step, unless the step itself changes
// what is ready.
type groups struct {
	due, later []queue.Group
	entries    int // of both
}

// readReady reads what is ready and keeps it for the rest of the step.
func (u *Uploader) readReady(ctx context.Context) (*groups, error) {
	due, later, err := u.ledger.DueAndLater(ctx, time.Now(), u.opts.After)
	if err != nil {
		return nil, err
	}
	u.read = &groups{due: due, later: later}
	for _, list := range [][]queue.Group{due, later} {
		for _, g := range list {
			u.read.entries += len(g.Entries)
		}
	}
	return u.read, nil
}
