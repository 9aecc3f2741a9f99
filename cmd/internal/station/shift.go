package station

import (
	"context"
	"fmt"

	"pkidstation/queue"
)

// A shift is a change of shift that is not accepted yet: somebody else's badge was
// read while work is open. Nothing waits for it: what is read is kept, as long as
// nobody confirmed the customer held.
type shift struct {
	from, to string
}

// badge says who is at the dock. Somebody else than before is shown what is open,
// and takes it over by their badge again or by the confirmation; that confirms the
// customer, too.
func (s *Station) badge(ctx context.Context, who string) (queue.Verdict, error) {
	before := s.operator
	s.locked, s.operator = false, who
	if s.shift != nil && s.shift.to == who {
		return s.takeOver(ctx)
	}
	v := did(queue.Unlocked)
	v.Name = who
	if !s.sure.asked || before == who {
		return v, nil
	}
	s.sure.lose()
	open, err := s.queue.Unfinished(ctx)
	if err != nil {
		return queue.Verdict{}, fmt.Errorf("looking for what is open: %w", err)
	}
	if open.Nothing() {
		s.shift = nil
		return v, nil
	}
	from := before
	if s.shift != nil {
		from = s.shift.from // who never took it over hands nothing over
	}
	if s.shift = (&shift{from: from, to: who}); from == who {
		s.shift = nil // back before anybody took it over
		return v, nil
	}
	v.Reason, v.Unfinished, v.Work = queue.ShiftWaits, open, s.reception.Work
	return v, nil
}

// takeOver writes down that the open work was taken over, as it is now.
func (s *Station) takeOver(ctx context.Context) (queue.Verdict, error) {
	open, err := s.queue.Unfinished(ctx)
	if err != nil {
		return queue.Verdict{}, fmt.Errorf("looking for what is open: %w", err)
	}
	if err := s.queue.HandShift(ctx, s.shift.from, s.shift.to, open); err != nil {
		return queue.Verdict{}, fmt.Errorf("taking over: %w", err)
	}
	v := did(queue.ShiftTaken)
	v.Name = s.shift.to
	s.shift = nil
	if !s.unsure() {
		return v, nil
	}
	held := len(s.sure.held) > 0
	answer, err := s.assure(ctx)
	if err != nil || held {
		return answer, err
	}
	v.Work = s.reception.Work
	return v, nil
}
