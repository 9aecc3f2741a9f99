package main

import (
	"context"
	"errors"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// holdRest keeps back what of an order would be sent to those from whom the order is
// taken back, what is ready and what is refused and would be sent again by itself, and
// tells of what is on its way there already: nobody takes back an order and wants the
// rest of it registered meanwhile.
func (p *program) holdRest(ctx context.Context, q *queue.Queue, order string, back []queue.Entry, act queue.Act) error {
	customers := map[autopilot.TenantID]bool{}
	for _, e := range back {
		customers[e.Customer] = true
	}
	states := []queue.State{queue.Ready, queue.Rejected, queue.Planned, queue.Submitted, queue.Exported}
	rest, err := named(ctx, q, nil, queue.Filter{States: states, Order: order})
	if err != nil {
		return err
	}
	held, stopped, away := 0, 0, 0
	for _, e := range rest {
		if !customers[e.Customer] {
			continue
		}
		if e.State == queue.Rejected {
			n, err := q.StopRetrying(ctx, []string{e.ID}, act)
			if err != nil {
				return err
			}
			stopped += n
			continue
		}
		err := q.Hold(ctx, []string{e.ID}, act)
		switch _, moved := errors.AsType[*queue.WayError](err); {
		case err == nil:
			held++
		case moved: // it was quicker
			away++
		default:
			return err
		}
	}
	for _, told := range []struct {
		id string
		n  int
	}{{"cli.remove.held", held}, {"cli.remove.stopped", stopped}, {"cli.remove.away", away}} {
		if told.n > 0 {
			p.remark(p.words().Count(told.id, told.n))
		}
	}
	return nil
}
