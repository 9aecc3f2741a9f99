package queue

import (
	"context"

	"pkidstation/queue/autopilot"
)

// A Tally is how many boxes are here of what a reception is for, as the dock counts
// them after each: of its order, or of itself where it is for none.
type Tally struct {
	// Here are those that are here: of an order with a list, those that are on it.
	Here int
	// Of is how many there should be, 0 where nobody said.
	Of int
	// Doubted are those that are held or contradict a list, or are on none.
	Doubted int
}

// Tally counts. Of an order without a list no box is kept while it counts: it may
// have 25,000, and is counted after each of them.
func (q *Queue) Tally(ctx context.Context, reception string) (Tally, error) {
	r, err := q.Reception(ctx, reception)
	if err != nil {
		return Tally{}, err
	}
	if r.Order == "" {
		t, _, err := q.tallyIn(ctx, []Reception{r}, "")
		return t, err
	}
	rooms, listed, err := q.roomsOf(ctx, r)
	if err != nil {
		return Tally{}, err
	}
	if !listed {
		if t, plain, err := q.tallyIn(ctx, rooms, r.Customer); plain || err != nil {
			return t, err
		}
	}
	whole, err := q.Reconcile(ctx, r.Order, r.Customer)
	return tallyOf(whole), err
}

// roomsOf are the receptions of an order, and whether a list announces it.
func (q *Queue) roomsOf(ctx context.Context, r Reception) (rooms []Reception, listed bool, err error) {
	err = q.read(ctx, func(tx *transaction) (err error) {
		listed = len(blocksOf(tx, r.Order, r.Customer)) > 0
		rooms, err = receptionsOf(tx, r.Order)
		return err
	})
	return rooms, listed, err
}

// tallyIn counts the boxes in receptions, of a customer if one is given. They are not
// plain where a box went away, and another may stand for it, or came from a list.
func (q *Queue) tallyIn(ctx context.Context, rooms []Reception, customer autopilot.TenantID) (t Tally, plain bool, err error) {
	plain = true
	for _, r := range rooms {
		if goesFor(r.Customer, customer) {
			t.Of += r.Expected
		}
		for b, err := range q.Briefs(ctx, Filter{Reception: r.ID}) {
			if err != nil {
				return t, false, err
			}
			if goesFor(b.Customer, customer) {
				plain = plain && b.State != Moved && b.State != Removed && b.ByList == ""
				t.add(b)
			}
			if b.Number >= r.Boxes {
				break // the last one: what follows is others'
			}
		}
	}
	return t, plain, nil
}

func (t *Tally) add(b Brief) {
	if b.State.Gone() {
		return
	}
	if t.Here++; b.State == Held {
		t.Doubted++
	}
}

// tallyOf counts an order that was gone through. Without a list all boxes that are
// here are counted.
func tallyOf(r Reconciliation) Tally {
	t := Tally{Here: r.Arrived, Of: r.Announced}
	if r.Lists == 0 {
		t.Here, t.Of = len(r.Devices), r.Expected
	}
	for _, d := range r.Devices {
		here := d.Entry != "" && !d.Unscanned
		if here && (d.Status == Unexpected || d.Status == Contradicted || d.State == Held) {
			t.Doubted++
		}
	}
	return t
}
