package station

import (
	"context"
	"fmt"
	"strings"
	"time"

	"pkidstation/queue"
)

// A shift is a change of shift that is not accepted yet: somebody else's badge was
// read while work is open. Nothing waits for it: what is read is kept, as long as
// nobody confirmed the customer held.
type shift struct {
	from, to string
}

// sameRead is how long a badge that is read again is the same read: one lies before
// the scanner, or that reads twice.
const sameRead = 2 * time.Second

// badge says who is at the dock. Somebody else than before is shown what is open,
// and takes it over by their badge again or by the confirmation; that confirms the
// customer, too. A badge that unlocks takes nothing over.
func (s *Station) badge(ctx context.Context, h *hand, who string) (queue.Verdict, error) {
	if strings.EqualFold(who, s.operator) {
		who = s.operator // Caps Lock
	}
	before := s.operator
	shown := h.verdict.Reason == queue.ShiftWaits && h.verdict.Name == who && time.Since(h.verdict.At) < sameRead
	if s.shift != nil && before == who && !s.locked && !shown {
		return s.takeOver(ctx)
	}
	v := did(queue.Unlocked)
	v.Name = who
	if !s.sure.asked || before == who && s.shift == nil {
		s.locked, s.operator = false, who
		return v, nil
	}
	open, err := s.queue.Unfinished(ctx)
	if err != nil {
		return queue.Verdict{}, fmt.Errorf("looking for what is open: %w", err)
	}
	if s.locked, s.operator = false, who; before != who {
		s.sure.lose()
	}
	if s.shift == nil {
		s.shift = &shift{from: before}
	}
	s.shift.to = who // who never took it over hands nothing over
	if open.Nothing() || s.shift.from == who {
		s.shift = nil // or they are back before anybody took it over
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
