package station

import (
	"context"
	"strings"

	"pkidstation/queue"
	"pkidstation/scanner/label"
)

// A change of customer at the dock takes three scans: the command, the order's
// code, which alone says for whom, and the confirmation. Any other code in
// between breaks it off.
type change struct {
	work  queue.Work
	known bool // the order was read
}

// ordered takes the code that follows the command.
func (s *Station) ordered(ctx context.Context, c seeing) (queue.Verdict, error) {
	if s.change.known {
		s.change = nil
		return s.turnAway(c, queue.NotTaken, queue.NotChanged), nil
	}
	s.change = nil
	order := c.code.Text
	if c.code.Kind != label.Order {
		order = strings.TrimSpace(c.scan.Text)
	}
	works, err := s.queue.WorksOf(ctx, order)
	if err != nil {
		return queue.Verdict{}, err
	}
	if len(works) != 1 {
		return s.turnAway(c, queue.NotTaken, queue.UnknownOrder), nil
	}
	s.change = &change{work: works[0], known: true}
	v := s.turnAway(c, queue.Ignored, queue.ScanConfirm)
	v.Work = works[0]
	return v, nil
}

// confirm carries the change out: the reception at hand is closed, and the
// order's goes on.
func (s *Station) confirm(ctx context.Context) (queue.Verdict, error) {
	asked := s.change
	s.change = nil
	if !asked.known {
		return cannot(queue.NotChanged), nil
	}
	if s.open() && s.reception.Work == asked.work {
		return changedTo(asked.work), nil
	}
	if v, short := s.shortCarton(); short {
		s.change = asked
		return v, nil
	}
	if s.open() {
		if err := s.end(ctx); err != nil {
			return queue.Verdict{}, err
		}
	}
	if _, err := s.enter(ctx, asked.work); err != nil {
		return queue.Verdict{}, err
	}
	return changedTo(asked.work), nil
}

func changedTo(work queue.Work) queue.Verdict {
	v := did(queue.Changed)
	v.Work = work
	return v
}
