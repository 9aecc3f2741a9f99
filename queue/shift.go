package queue

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// ActionHandShift is that whoever comes takes over the work that is open.
const ActionHandShift Action = "shift-handover"

// Unfinished is the work that one shift leaves to the next.
type Unfinished struct {
	// Receptions are the open ones with how far each is, in the order in which they
	// were opened.
	Receptions []OpenWork
	// Boxes is how many boxes wait for their PKID, Held how many others are held.
	Boxes, Held int
	// Refused is how many Microsoft refused.
	Refused int
	// Unsent is how many wait to be sent, and Oldest when the first of them was
	// captured.
	Unsent int
	Oldest time.Time
}

// An OpenWork is an open reception and how many boxes of it stand.
type OpenWork struct {
	Reception

	Here int
}

// Nothing says whether there is nothing to take over.
func (u Unfinished) Nothing() bool {
	return len(u.Receptions) == 0 && u.Boxes == 0 && u.Held == 0 && u.Refused == 0 && u.Unsent == 0
}

// Unfinished gives the work that is open now.
func (q *Queue) Unfinished(ctx context.Context) (u Unfinished, err error) {
	open, err := q.OpenReceptions(ctx)
	if err != nil {
		return u, err
	}
	at := map[string]int{}
	slices.SortStableFunc(open, func(a, b Reception) int { return a.OpenedAt.Compare(b.OpenedAt) })
	for i, r := range open {
		at[r.ID] = i
		u.Receptions = append(u.Receptions, OpenWork{Reception: r})
	}
	err = q.countUnfinished(ctx, &u)
	for i, r := range u.Receptions {
		if err != nil {
			return u, err
		}
		u.Receptions[i].Here, err = q.here(ctx, r.Reception)
	}
	return u, err
}

// countUnfinished counts what is held, refused and not sent, by the index of states:
// among a million entries those are few.
func (q *Queue) countUnfinished(ctx context.Context, u *Unfinished) error {
	return q.read(ctx, func(tx *transaction) error {
		for _, s := range []State{Held, Ready, Planned, Rejected} {
			err := eachWithKey(tx, bucketState, wordPrefix(string(s)), func(e Entry) {
				switch {
				case s == Held && e.Reason == NoPKID:
					u.Boxes++
				case s == Held:
					u.Held++
				case s == Rejected:
					u.Refused++
				default:
					u.Unsent++
					if u.Oldest.IsZero() || e.CapturedAt.Before(u.Oldest) {
						u.Oldest = e.CapturedAt
					}
				}
			})
			if err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}

// here is how many boxes of a reception still stand.
func (q *Queue) here(ctx context.Context, r Reception) (n int, err error) {
	if r.Boxes == 0 {
		return 0, nil
	}
	for e, err := range q.List(ctx, Filter{Reception: r.ID}) {
		if err != nil {
			return n, err
		}
		if !e.State.Gone() {
			n++
		}
		if e.Number >= r.Boxes {
			break // the last one: what follows is others'
		}
	}
	return n, nil
}

// HandShift writes down that somebody took the open work over from somebody.
func (q *Queue) HandShift(ctx context.Context, from, to string, u Unfinished) error {
	return q.write(ctx, func(tx *transaction) error {
		return q.audit(tx, 0, AuditLine{By: to, Of: valid(from), Action: ActionHandShift, Note: u.note()})
	})
}

// note is what was taken over, for the audit.
func (u Unfinished) note() string {
	note := fmt.Sprintf("%d receptions open, %d boxes without PKID, %d held, %d unsent", len(u.Receptions), u.Boxes, u.Held, u.Unsent)
	if u.Refused > 0 {
		note += fmt.Sprintf(", %d rejected", u.Refused)
	}
	return note
}
