package station

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"pkidstation/queue"
	"pkidstation/scanner/label"
)

// A change of customer at the dock takes three scans: the command, the order's
// code, which alone says for whom, and the confirmation. Any other code in
// between breaks it off, and so does what is done at the window; one that was left
// standing is confirmed by nothing.
type change struct {
	work  queue.Work
	known bool // the order was read
	at    time.Time
}

// ordered takes the code that follows the command. A scanner may read the order's
// twice.
func (s *Station) ordered(ctx context.Context, c seeing) (queue.Verdict, error) {
	asked := s.change
	s.change = nil
	v, proposed, err := s.order(ctx, c)
	if err != nil {
		return queue.Verdict{}, err
	}
	if asked.known && (!proposed || s.change.work != asked.work) {
		s.change = nil
		return s.turnAway(c, queue.NotTaken, queue.NotChanged), nil
	}
	return v, nil
}

// order is the verdict on a code that may be an order's: where it is one's, and says
// for whom, it proposes that and waits for the confirmation.
func (s *Station) order(ctx context.Context, c seeing) (v queue.Verdict, proposed bool, err error) {
	why := queue.UnknownOrder
	for _, text := range c.orders() {
		works, err := s.worksOf(ctx, text)
		switch {
		case err != nil:
			return v, false, err
		case len(works) == 1:
			s.change = &change{work: works[0], known: true, at: time.Now()}
			v = s.turnAway(c, queue.Ignored, queue.ScanConfirm)
			v.Work = works[0]
			return v, true, nil
		case len(works) > 1:
			why = queue.SeveralWorks
		}
	}
	return s.turnAway(c, queue.NotTaken, why), false, nil
}

// orders are what a code would be as an order: what its label says that it is, and
// the text as it was read.
func (c seeing) orders() []string {
	asRead := strings.TrimSpace(c.scan.Text)
	if c.code.Kind == label.Order && c.code.Text != asRead {
		return []string{c.code.Text, asRead}
	}
	return []string{asRead}
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

// forNobody says whether what is read is for nobody: no reception is open, or one
// without customer and order, in which boxes wait.
func (s *Station) forNobody() bool { return !s.open() || s.reception.Work == queue.Work{} }

// orderFirst takes a code while what is read is for nobody: an order's opens its
// reception, once that is confirmed, whatever else it looks like. It is no verdict
// where the code is none; where nobody is asked there never is.
func (s *Station) orderFirst(ctx context.Context, c seeing) (v queue.Verdict, given bool, err error) {
	if !s.sure.asked {
		return v, false, nil
	}
	v, proposed, err := s.order(ctx, c)
	switch {
	case err != nil || proposed || v.Reason == queue.SeveralWorks || c.code.Kind == label.Order:
		return v, true, err
	case !s.open() && c.code.Kind == label.Other: // nothing to be kept
		return s.other(c), true, nil
	default:
		return v, false, nil
	}
}

// confirm carries the change out: the reception at hand is closed, and the
// order's goes on.
func (s *Station) confirm(ctx context.Context) (queue.Verdict, error) {
	asked := s.change
	s.change = nil
	if now := time.Now(); !asked.known || long(now, asked.at) || !sameDay(now, asked.at) {
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
	v := changedTo(asked.work)
	v.Count = len(s.sure.held)
	if s.open() && s.reception.Customer == "" {
		var err error
		if _, v.Held, err = s.live(ctx); err != nil {
			return queue.Verdict{}, err
		}
	}
	if _, err := s.enter(ctx, asked.work); err != nil {
		return queue.Verdict{}, err
	}
	return v, nil
}

func changedTo(work queue.Work) queue.Verdict {
	v := did(queue.Changed)
	v.Work = work
	return v
}
