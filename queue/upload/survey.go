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
	about   map[autopilot.TenantID]*Progress
}

type waitKey struct {
	customer autopilot.TenantID
	reason   queue.Reason
}

// survey shows how things stand after a step.
func (u *Uploader) survey(ctx context.Context) error {
	s := survey{now: time.Now(), station: u.station, waits: map[waitKey]*Wait{}, about: map[autopilot.TenantID]*Progress{}}
	counts, err := u.ledger.Counts(ctx)
	var marks queue.Marks
	if err == nil {
		marks, err = u.ledger.Marks(ctx)
	}
	for _, look := range u.looks(counts.Ready) {
		if err == nil {
			err = look(ctx, &s)
		}
	}
	if err != nil {
		return fmt.Errorf("reading how things stand: %w", err)
	}
	if counts.Ready+counts.Planned+counts.Removing+u.profiles.going == 0 {
		u.nothingToChange()
	}
	s.surveyStation()
	u.show(func(status *Status) {
		status.Counts, status.Marks, status.Later, status.Next = counts, marks, s.later, s.next
		status.Waits, status.Progress = s.sorted(), u.surveyProgress(&s)
		u.active = s.active
	})
	return nil
}

// looks are what a survey looks at: of what is not done nothing is due.
func (u *Uploader) looks(ready int) []func(context.Context, *survey) error {
	if u.work == removalsAlone {
		return []func(context.Context, *survey) error{u.surveyRemovals}
	}
	all := []func(context.Context, *survey) error{u.surveyPlans}
	if ready > 0 {
		all = append(all, func(ctx context.Context, s *survey) error { return u.surveyReady(ctx, s, ready) })
	}
	return append(all, u.surveyRetries, u.surveyRemovals, u.surveyProfiles)
}

func (u *Uploader) surveyPlans(ctx context.Context, s *survey) error {
	if err := u.readPlans(ctx); err != nil {
		return err
	}
	for _, p := range u.open {
		known, c := u.progress(p.Plan), u.customer(p.Customer)
		about := s.progress(p.Customer)
		if p.State == queue.PlanPlanned {
			about.Planned += p.Open
			s.add(p.Customer, p.Open, c.yields, u.holding(p.Customer, p.Batch))
			continue
		}
		about.Submitted += p.Open
		switch {
		case c.unrelated():
			s.add(p.Customer, p.Open, c.next, c.pause)
		case known.quiet:
			s.wait(p.Customer, p.Open, Wait{Reason: queue.NoOutcome, Err: known.hold.err})
			s.turnFor(p.Customer, later(c.next, known.hold.until))
		default:
			s.add(p.Customer, p.Open, later(c.next, c.yields), known.hold)
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
	waiting := map[autopilot.TenantID]int{}
	for id, n := range ready.waiting {
		if len(u.busy(id)) > 0 { // what they wait for is not over yet
			waiting[id] = n
		}
	}
	for _, w := range ready.work {
		due := len(w.Due)
		left := min(due, waiting[w.Customer])
		waiting[w.Customer] -= left
		u.surveyWork(s, w, due-left)
	}
	return nil
}

func (u *Uploader) surveyWork(s *survey, w queue.ReadyWork, due int) {
	hold := u.holding(w.Customer, w.Tag)
	s.progress(w.Customer).Ready += len(w.Due) + w.Later + w.Unfit
	if w.Unfit > 0 {
		s.wait(w.Customer, w.Unfit, Wait{Reason: queue.Refused})
	}
	if w.Tag == "" {
		s.wait(w.Customer, len(w.Due)+w.Later, Wait{Reason: queue.NoGroupTag})
		return
	}
	yields, t := u.customer(w.Customer).yields, u.tag(w.Customer, w.Tag)
	if n, next, proven := t.waiting(w.Due); n > 0 && !hold.blocks(s.now) {
		n = min(n, due)
		s.addApart(w.Customer, n, later(next, yields), t, proven || n < due)
		due -= n
	}
	s.add(w.Customer, due, yields, hold)
	s.later += w.Later
	s.addLater(w.Customer, w.Later, w.NextDue, hold)
}

// add counts entries whose turn is at due unless hold holds them back.
func (s *survey) add(customer autopilot.TenantID, entries int, due time.Time, hold *pause) {
	if entries == 0 {
		return
	}
	if !hold.blocks(s.now) {
		s.active += entries
		s.stuck += entries
		s.turnFor(customer, due)
		return
	}
	w := Wait{Reason: hold.reason, Err: hold.err}
	if !hold.person {
		w.Until = hold.until
		s.active += entries
	}
	s.wait(customer, entries, w)
	s.turnFor(customer, hold.until)
}

// addApart counts entries that were refused alone. They go on by themselves as
// long as others of their batch may show that it is their own fault.
func (s *survey) addApart(customer autopilot.TenantID, entries int, next time.Time, t *tag, going bool) {
	w := Wait{Reason: queue.Refused, Err: t.refusal}
	if going {
		w.Until = next
		s.active += entries
	} else {
		s.progress(customer).Reason = queue.Refused
	}
	s.wait(customer, entries, w)
	s.turnFor(customer, next)
}

// addLater counts entries that only time holds back.
func (s *survey) addLater(customer autopilot.TenantID, entries int, due time.Time, hold *pause) {
	switch {
	case entries == 0:
	case hold.blocks(s.now) && hold.person:
		s.wait(customer, entries, Wait{Reason: hold.reason, Err: hold.err})
	default:
		s.active += entries
		s.turnFor(customer, due)
	}
}

func (s *survey) wait(customer autopilot.TenantID, entries int, w Wait) {
	if entries == 0 && customer != "" {
		return
	}
	key := waitKey{customer, w.Reason}
	if _, ok := s.waits[key]; !ok {
		w.Customer = customer
		s.waits[key] = &w
	}
	s.waits[key].Entries += entries
}

// turn notes when something is due. While the station pauses, nothing is.
func (s *survey) turn(due time.Time) {
	due = s.held(due)
	if s.next.IsZero() || due.Before(s.next) {
		s.next = due
	}
}

// turnFor is turn for a customer's devices.
func (s *survey) turnFor(customer autopilot.TenantID, due time.Time) {
	s.turn(due)
	about := s.progress(customer)
	if due = s.held(due); about.Next.IsZero() || due.Before(about.Next) {
		about.Next = due
	}
}

func (s *survey) held(due time.Time) time.Time {
	due = later(due, s.now)
	if s.station.blocks(s.now) {
		due = later(due, s.station.until)
	}
	return due
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

func (s *survey) progress(id autopilot.TenantID) *Progress {
	if s.about[id] == nil {
		s.about[id] = &Progress{Customer: id}
	}
	return s.about[id]
}

// surveyProgress adds to each customer what holds them back: the station's
// pause, or their own.
func (u *Uploader) surveyProgress(s *survey) []Progress {
	var all []Progress
	for id, p := range s.about {
		for _, hold := range append([]*pause{u.station, u.customer(id).pause}, u.tagsOf(id)...) {
			if !hold.blocks(s.now) {
				continue
			}
			p.Reason, p.Since, p.Attempt = hold.reason, hold.since, hold.tries
			p.RequestID, p.CorrelationID = ids(hold.err)
			if hold.person {
				p.Next = time.Time{}
			}
			break
		}
		all = append(all, *p)
	}
	slices.SortFunc(all, func(a, b Progress) int { return cmp.Compare(a.Customer, b.Customer) })
	return all
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
