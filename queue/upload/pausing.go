package upload

import (
	"context"
	"fmt"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// Pausing is what of the queue keeps pauses on disk.
type Pausing interface {
	Pauses(ctx context.Context) ([]queue.Pause, error)
	SetPause(ctx context.Context, p queue.Pause) error
	ClearPause(ctx context.Context, customer autopilot.TenantID) error
}

// recall takes up the pauses of the process before and shows them. Then those
// that Partner Center did not ask for are tried once.
func (u *Uploader) recall(ctx context.Context) error {
	kept, err := u.ledger.Pauses(ctx)
	if err != nil {
		return fmt.Errorf("reading what is paused: %w", err)
	}
	for _, p := range kept {
		if p.Customer == "" {
			u.station.recall(p)
		} else {
			u.customer(p.Customer).recall(p)
		}
	}
	if len(kept) > 0 {
		if err := u.survey(ctx); err != nil {
			return err
		}
	}
	u.recalled = true
	u.fresh()
	return nil
}

// keepPauses writes down which pauses changed. It is done when a call failed,
// before anything else, and once a step: a line that comes and goes costs one
// write a failure. A failure to write is no reason not to pause.
func (u *Uploader) keepPauses(ctx context.Context) {
	ctx = context.WithoutCancel(ctx)
	u.keepPause(ctx, u.station)
	for _, c := range u.sending {
		u.keepPause(ctx, c.pause)
	}
}

func (u *Uploader) keepPause(ctx context.Context, p *pause) {
	if !p.stale {
		return
	}
	record, worth := p.record()
	var err error
	switch {
	case worth:
		err = u.ledger.SetPause(ctx, record)
	case p.kept:
		err = u.ledger.ClearPause(ctx, p.customer)
	}
	if err != nil {
		u.log.ErrorContext(ctx, "uploading: a pause could not be written down", "error", err)
		return
	}
	p.kept, p.stale, p.keptUntil = worth, false, record.Until
}
