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
		if r.Boxes == 0 {
			continue
		}
		for page, more := r.First/pageSize, true; more; page++ {
			var p pageTally
			if p, more, err = q.tallyPage(ctx, tallyKey{page, r.ID, customer}); err != nil {
				return t, false, err
			}
			t.Here, t.Doubted, plain = t.Here+p.here, t.Doubted+p.doubted, plain && !p.odd
			more = more && p.last < r.Boxes // what follows the last one is others'
		}
	}
	return t, plain, nil
}

// tallyPage counts in the entries of one page, which are looked at only if one of
// them changed since they were; more says whether there are later ones.
func (q *Queue) tallyPage(ctx context.Context, key tallyKey) (p pageTally, more bool, err error) {
	notes := q.tallyNotes()
	p, known := notes.begin(key)
	whole := true
	err = q.read(ctx, func(tx *transaction) error {
		more = in(tx, bucketEntry).Sequence() >= (key.page+1)*pageSize
		if known && q.books.tallies == notes {
			return nil
		}
		p, whole = pageTally{}, q.books.tallies == notes
		return q.countPage(tx, key, &p)
	})
	notes.end(key, p, whole && err == nil)
	return p, more, err
}

func (q *Queue) countPage(tx *transaction, key tallyKey, p *pageTally) error {
	c := in(tx, bucketEntry).Cursor()
	for k, v := c.Seek(seqKey(key.page * pageSize)); k != nil && keySeq(k) < (key.page+1)*pageSize; k, v = c.Next() {
		b, err := briefOf(keySeq(k), v, Filter{Reception: key.reception})
		if err != nil {
			return corruptError(bucketEntry, k, err)
		}
		if b.Seq != 0 {
			p.add(b, key.customer)
		}
	}
	return nil
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
