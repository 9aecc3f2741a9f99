package station

import (
	"context"
	"fmt"

	"pkidstation/queue"
)

// closeReception closes the reception by the command, and reads it back.
func (s *Station) closeReception(ctx context.Context) (queue.Verdict, error) {
	if v, short := s.shortCarton(); short {
		return v, nil
	}
	return s.readBack(ctx)
}

// End closes the open reception and reads it back, as the command does: for whom it
// was, how many boxes stand, and how many were to come where somebody knows.
func (s *Station) End(ctx context.Context) (queue.Verdict, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return queue.Verdict{}, ErrLocked
	}
	if !s.open() {
		return cannot(queue.NotNow), nil
	}
	return s.readBack(ctx)
}

func (s *Station) readBack(ctx context.Context) (queue.Verdict, error) {
	if err := s.closeBoxes(ctx); err != nil {
		return queue.Verdict{}, err
	}
	live, held, err := s.live(ctx)
	if err != nil {
		return queue.Verdict{}, err
	}
	due, came, err := s.due(ctx)
	if err != nil {
		return queue.Verdict{}, err
	}
	if err := s.end(ctx); err != nil {
		return queue.Verdict{}, err
	}
	v := did(queue.ReceptionEnded)
	v.Work, v.Count, v.Of, v.Held = s.reception.Work, live, due, held
	if came >= 0 {
		v.Beside = max(live-came, 0)
	}
	return v, nil
}

// live is how many boxes of the reception still stand, and how many of them are held.
func (s *Station) live(ctx context.Context) (n, held int, err error) {
	for e, err := range s.queue.List(ctx, queue.Filter{Reception: s.reception.ID}) {
		if err != nil {
			return n, held, fmt.Errorf("counting the boxes: %w", err)
		}
		if !e.State.Gone() {
			n++
		}
		if e.State == queue.Held {
			held++
		}
	}
	return n, held, nil
}

// due is how many boxes were to come in the reception: what somebody said, or what
// lists announce for its order where that is more, as far as it came in no other
// reception; 0 is that nobody knows. Of those, came are here as they are announced,
// -1 where no list is.
func (s *Station) due(ctx context.Context) (due, came int, err error) {
	r, err := s.queue.Reception(ctx, s.reception.ID)
	if err != nil || r.Order == "" {
		return r.Expected, -1, err
	}
	order, err := s.queue.Reconcile(ctx, r.Order, r.Customer)
	if err != nil || order.Lists == 0 {
		return r.Expected, -1, err
	}
	for _, d := range order.Devices {
		if !d.Announced {
			continue
		}
		if d.Entry == "" {
			due++
			continue
		}
		if e, err := s.queue.Entry(ctx, d.Entry); err != nil || e.Reception != r.ID {
			continue
		}
		if due++; d.Status == queue.Arrived {
			came++
		}
	}
	return max(due, r.Expected), came, nil
}

// Expect keeps how many boxes are to come in the open reception, 0 for nobody knows.
func (s *Station) Expect(ctx context.Context, boxes int) (queue.Reception, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.locked:
		return queue.Reception{}, ErrLocked
	case !s.open():
		return queue.Reception{}, ErrNoReception
	}
	r, err := s.queue.SetExpected(ctx, s.reception.ID, boxes, s.operator)
	if err != nil {
		return r, fmt.Errorf("keeping how many boxes are to come: %w", err)
	}
	s.reception = r
	return r, nil
}
