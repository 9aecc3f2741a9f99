package station

import (
	"context"
	"fmt"
	"slices"
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
	works, err := s.worksOf(ctx, order)
	if err != nil {
		return queue.Verdict{}, err
	}
	if len(works) != 1 {
		return s.turnAway(c, queue.NotTaken, queue.UnknownOrder), nil
	}
	return s.proposes(c, works[0]), nil
}

// proposes waits for the confirmation that the work is to be changed.
func (s *Station) proposes(c seeing, work queue.Work) queue.Verdict {
	s.change = &change{work: work, known: true}
	v := s.turnAway(c, queue.Ignored, queue.ScanConfirm)
	v.Work = work
	return v
}

// worksOf are the different works of an order: those of its receptions, and those
// of customers for whom suppliers' lists alone have it. Who has one order for two
// customers must choose at the window.
func (s *Station) worksOf(ctx context.Context, order string) ([]queue.Work, error) {
	works, err := s.queue.WorksOf(ctx, order)
	if err != nil {
		return nil, fmt.Errorf("looking for an order: %w", err)
	}
	announced, err := s.queue.AnnouncedWorks(ctx, order)
	if err != nil {
		return nil, fmt.Errorf("looking for an order in the lists: %w", err)
	}
	for _, a := range announced {
		if !slices.ContainsFunc(works, func(w queue.Work) bool { return w.Customer == a.Customer }) {
			works = append(works, a)
		}
	}
	return works, nil
}

// ordersFirst takes a code while no reception is open: an order's opens its
// reception, once that is confirmed. Where nobody is asked, and for any other code,
// there is no reception.
func (s *Station) ordersFirst(ctx context.Context, c seeing) ([]queue.Verdict, error) {
	if !s.sure.asked || c.code.Kind != label.Order && c.code.Kind != label.Other {
		return nil, ErrNoReception
	}
	for _, order := range []string{c.code.Text, strings.TrimSpace(c.scan.Text)} {
		if works, err := s.worksOf(ctx, order); err != nil {
			return nil, err
		} else if len(works) == 1 {
			return []queue.Verdict{s.proposes(c, works[0])}, nil
		}
	}
	return nil, ErrNoReception
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
		if s.unsure() {
			return s.assure(ctx)
		}
		return changedTo(asked.work), nil
	}
	if v, short := s.shortCarton(); short {
		s.change = asked
		return v, nil
	}
	left := len(s.sure.held)
	if s.open() {
		if err := s.end(ctx); err != nil {
			return queue.Verdict{}, err
		}
	}
	if _, err := s.enter(ctx, asked.work); err != nil {
		return queue.Verdict{}, err
	}
	v := changedTo(asked.work)
	v.Count = left
	return v, nil
}

func changedTo(work queue.Work) queue.Verdict {
	v := did(queue.Changed)
	v.Work = work
	return v
}
