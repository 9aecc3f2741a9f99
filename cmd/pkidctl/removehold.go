package main

import (
	"context"
	"errors"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// holdRest puts on hold what of an order is ready to be sent to those from whom
// the order is taken back, and tells of what is on its way there already: nobody
// takes back an order and wants the rest of it registered meanwhile.
func (p *program) holdRest(ctx context.Context, q *queue.Queue, order string, back []queue.Entry, act queue.Act) error {
	customers := map[autopilot.TenantID]bool{}
	for _, e := range back {
		customers[e.Customer] = true
	}
	rest, err := named(ctx, q, nil, queue.Filter{States: []queue.State{queue.Ready, queue.Planned, queue.Submitted, queue.Exported}, Order: order})
	if err != nil {
		return err
	}
	held, away := 0, 0
	for _, e := range rest {
		if !customers[e.Customer] {
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
	if held > 0 {
		p.remark(p.words().Count("cli.remove.held", held))
	}
	if away > 0 {
		p.remark(p.words().Count("cli.remove.away", away))
	}
	return nil
}
