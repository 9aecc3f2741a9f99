package station

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pkidstation/queue"
)

// idleTooLong is how long nothing may be read without it being asked again for whom
// the next box is: whoever comes back from a break may have another pallet.
const idleTooLong = 30 * time.Minute

// A sureness is whether anybody said that the customer at the dock is still the
// right one. What is read while nobody did is kept and held, and goes on when
// somebody does. It is in memory: what a crash leaves held waits for a supervisor.
type sureness struct {
	asked bool // Options.Confirmed
	lost  bool
	last  time.Time // when something was read last
	// held are the entries that wait for the answer.
	held []string
}

// settle is that a person chose the customer, or confirmed it.
func (d *sureness) settle() { d.lost, d.held, d.last = false, nil, time.Now() }

// lose is that nobody knows any more.
func (d *sureness) lose() { d.lost = d.asked }

// asks notes an entry that waits for the answer.
func (d *sureness) asks(e queue.Entry) {
	if !slices.Contains(d.held, e.ID) {
		d.held = append(d.held, e.ID)
	}
}

// atTheDock is the verdict on a box that was read now: one that waits for the answer
// is asked about, and one that waited for it before, and is read again once somebody
// gave it, is answered for.
func (s *Station) atTheDock(ctx context.Context, v queue.Verdict) queue.Verdict {
	if !s.sure.asked || !v.Entry.Unconfirmed || v.Entry.Reception != s.reception.ID {
		return v
	}
	if s.unsure() {
		s.sure.asks(v.Entry)
		return v
	}
	given, err := s.queue.ConfirmCustomer(ctx, s.reception.ID, []string{v.Entry.ID}, s.operator)
	if err != nil || len(given) != 1 || given[0].Entry.Reason == queue.NoPKID {
		return v // the box is kept, and held: the verdict on the code is owed
	}
	given[0].Kind, given[0].Text, given[0].Layout = v.Kind, v.Text, v.Layout
	return given[0]
}

// wonder looks at the clock before something is taken: after midnight, and after a
// while without a read, nobody knows for whom the next box is. fresh is that
// something was read: a box that lies in the camera's view keeps nobody at the dock.
func (s *Station) wonder(fresh bool) {
	now := time.Now()
	if d := &s.sure; s.open() && !d.last.IsZero() && (long(now, d.last) || !sameDay(now, d.last)) {
		d.lose()
	}
	if fresh {
		s.sure.last = now
	}
}

// long says whether it was a while. A PC that slept counts no monotonic time, so
// both clocks are asked; of one that was set back by as much nobody knows how long it
// was.
func long(now, last time.Time) bool {
	shown := now.Round(0).Sub(last.Round(0))
	return now.Sub(last) >= idleTooLong || shown >= idleTooLong || shown <= -idleTooLong
}

func sameDay(a, b time.Time) bool {
	a, b = a.Local(), b.Local()
	return a.YearDay() == b.YearDay() && a.Year() == b.Year()
}

// unsure says whether what is read must wait for somebody to say for whom it is.
// Without customer it waits in any case.
func (s *Station) unsure() bool { return s.sure.lost && s.open() && s.reception.Customer != "" }

// Resume is Open for a reception that nobody chose just now, such as the one that
// was open before a restart.
func (s *Station) Resume(ctx context.Context, work queue.Work) (queue.Reception, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return queue.Reception{}, ErrLocked
	}
	r, err := s.enter(ctx, work)
	if err == nil {
		s.sure.lose()
	}
	return r, err
}

// Asked says what a person at the dock is asked: whether the customer is still the
// right one, and whether who came takes the open work over, "" for nobody. While a
// change of customer is asked about, that is the only question.
func (s *Station) Asked() (customer bool, comes string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.wonder(false); s.change != nil {
		return false, ""
	}
	if s.shift != nil {
		comes = s.shift.to
	}
	return s.unsure(), comes
}

// Confirm says that the customer at the dock is the right one, as the command does,
// and takes the open work over if it is asked who does.
func (s *Station) Confirm(ctx context.Context) (queue.Verdict, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.locked:
		return queue.Verdict{}, ErrLocked
	case s.change != nil, !s.unsure() && s.shift == nil:
		return cannot(queue.NotNow), nil
	}
	return s.sayYes(ctx)
}

// sayYes is the answer to what is asked.
func (s *Station) sayYes(ctx context.Context) (queue.Verdict, error) {
	switch {
	case s.change != nil:
		return s.confirm(ctx)
	case s.shift != nil:
		return s.takeOver(ctx)
	default:
		return s.assure(ctx)
	}
}

// assure has what was held for it judged. One box gives its verdict; of several,
// how many of them go out is told.
func (s *Station) assure(ctx context.Context) (queue.Verdict, error) {
	given, err := s.queue.ConfirmCustomer(ctx, s.reception.ID, s.sure.held, s.operator)
	if err != nil {
		return queue.Verdict{}, fmt.Errorf("confirming the customer: %w", err)
	}
	s.sure.settle()
	if len(given) == 1 && given[0].Entry.Reason != queue.NoPKID {
		return given[0], nil
	}
	v := did(queue.CustomerConfirmed)
	v.Work, v.Of = s.reception.Work, len(given)
	for _, g := range given {
		if g.Word == queue.Accepted || g.Entry.Reason == queue.NoPKID {
			v.Count++
		}
	}
	return v, nil
}
