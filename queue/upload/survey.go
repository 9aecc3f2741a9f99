package upload

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// A survey adds up how things stand.
type survey struct {
	now     time.Time
	station *pause
	active  int // entries that the uploader goes on with by itself
	stuck   int // of active, those that only the station's pause holds back
	later   int
	next    time.Time
	waits   map[waitKey]*Wait
}

type waitKey struct {
	customer autopilot.TenantID
	reason   queue.Reason
}

// survey shows how things stand after a step.
func (u *Uploader) survey(ctx context.Context) error {
	s := survey{now: time.Now(), station: u.station, waits: map[waitKey]*Wait{}}
	counts, err := u.ledger.Counts(ctx)
	if err == nil {
		err = u.surveyPlans(ctx, &s)
	}
	if err == nil && counts.Ready > 0 {
		err = u.surveyReady(ctx, &s, counts.Ready)
	}
	for _, look := range []func(context.Context, *survey) error{u.surveyRetries, u.surveyRemovals, u.surveyProfiles} {
		if err == nil {
			err = look(ctx, &s)
		}
	}
	if err != nil {
		return fmt.Errorf("reading how things stand: %w", err)
	}
	s.surveyStation()
	u.show(func(status *Status) {
		status.Counts, status.Later, status.Next, status.Waits = counts, s.later, s.next, s.sorted()
		u.active = s.active
	})
	return nil
}

func (u *Uploader) surveyPlans(ctx context.Context, s *survey) error {
	plans, err := u.ledger.OpenPlans(ctx)
	if err != nil {
		return err
	}
	for _, p := range plans {
		known := u.progress(p)
		switch {
		case p.State == queue.PlanPlanned:
			s.add(p.Customer, p.Open, s.now, u.customer(p.Customer).pause)
		case known.quiet:
			s.wait(p.Customer, p.Open, Wait{Reason: queue.NoOutcome, Err: known.hold.err})
			s.turn(later(known.next, known.hold.until))
		default:
			s.add(p.Customer, p.Open, known.next, known.hold)
		}
	}
	return nil
}

func (u *Uploader) surveyReady(ctx context.Context, s *survey, all int) error {
	ready := u.read
	if ready == nil || ready.entries != all {
		var err error
		if ready, err = u.readReady(ctx); err != nil {
			return err
		}
	}
	for _, g := range ready.due {
		u.surveyGroup(s, g, true)
	}
	for _, g := range ready.later {
		u.surveyGroup(s, g, false)
	}
	return nil
}

func (u *Uploader) surveyGroup(s *survey, g queue.Group, due bool) {
	hold := u.customer(g.Customer).pause
	for _, e := range g.Entries {
		switch {
		case g.Tag == "":
			s.wait(g.Customer, 1, Wait{Reason: queue.NoGroupTag})
		case !e.ToSend().Identified():
			s.wait(g.Customer, 1, Wait{Reason: queue.Refused})
		case due:
			s.add(g.Customer, 1, s.now, hold)
		default:
			s.later++
			s.addLater(g.Customer, e.CapturedAt.Add(u.opts.After), hold)
		}
	}
}

// add counts entries whose turn is at due unless hold holds them back.
func (s *survey) add(customer autopilot.TenantID, entries int, due time.Time, hold *pause) {
	if !hold.blocks(s.now) {
		s.active += entries
		s.stuck += entries
		s.turn(due)
		return
	}
	w := Wait{Reason: hold.reason, Err: hold.err}
	if !hold.person {
		w.Until = hold.until
		s.active += entries
	}
	s.wait(customer, entries, w)
	s.turn(hold.until)
}

// addLater counts an entry that only time holds back.
func (s *survey) addLater(customer autopilot.TenantID, due time.Time, hold *pause) {
	if hold.blocks(s.now) && hold.person {
		s.wait(customer, 1, Wait{Reason: hold.reason, Err: hold.err})
		return
	}
	s.active++
	s.turn(due)
}

func (s *survey) wait(customer autopilot.TenantID, entries int, w Wait) {
	key := waitKey{customer, w.Reason}
	if _, ok := s.waits[key]; !ok {
		w.Customer = customer
		s.waits[key] = &w
	}
	s.waits[key].Entries += entries
}

// turn notes when something is due. While the station pauses, nothing is.
func (s *survey) turn(due time.Time) {
	due = later(due, s.now)
	if s.station.blocks(s.now) {
		due = later(due, s.station.until)
	}
	if s.next.IsZero() || due.Before(s.next) {
		s.next = due
	}
}

// surveyStation adds what holds back the whole station. Without a sign-in
// nothing goes on by itself.
func (s *survey) surveyStation() {
	if !s.station.blocks(s.now) {
		return
	}
	w := Wait{Reason: s.station.reason, Err: s.station.err, Until: s.station.until}
	if s.station.person {
		w.Until = time.Time{}
		s.active = 0
	}
	s.wait("", s.stuck, w)
}

func (s *survey) sorted() []Wait {
	var waits []Wait
	for _, w := range s.waits {
		waits = append(waits, *w)
	}
	slices.SortFunc(waits, func(a, b Wait) int {
		return cmp.Or(cmp.Compare(a.Customer, b.Customer), cmp.Compare(a.Reason, b.Reason))
	})
	return waits
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
