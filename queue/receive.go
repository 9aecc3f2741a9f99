package queue

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"
)

// OpenReception opens a reception for the work, or goes on with the open one
// for the same customer, tag and order.
func (q *Queue) OpenReception(ctx context.Context, work Work, by string) (Reception, error) {
	var r Reception
	work.Order, by = valid(work.Order), valid(by)
	err := q.write(ctx, func(tx *transaction) error {
		if id := in(tx, bucketWork).Get(workKey(work)); id != nil {
			var err error
			r, err = receptionByID(tx, string(id))
			return err
		}
		r = Reception{ID: uuid.NewString(), Work: work, OpenedBy: by, OpenedAt: q.now()}
		if err := in(tx, bucketWork).Put(workKey(work), []byte(r.ID)); err != nil {
			return fmt.Errorf("indexing a reception: %w", err)
		}
		if err := newReception(tx, r); err != nil {
			return err
		}
		return q.audit(tx, 0, AuditLine{By: by, Action: ActionOpen, Reception: r.ID})
	})
	return r, err
}

// CloseReception closes a reception: what it has ready goes out. Closing a
// closed one changes nothing.
func (q *Queue) CloseReception(ctx context.Context, id, by string) (Reception, error) {
	var r Reception
	err := q.write(ctx, func(tx *transaction) error {
		var err error
		if r, err = receptionByID(tx, id); err != nil || !r.Open() {
			return err
		}
		r.ClosedBy, r.ClosedAt = by, q.now()
		if err := in(tx, bucketWork).Delete(workKey(r.Work)); err != nil {
			return fmt.Errorf("closing a reception: %w", err)
		}
		if err := putReception(tx, r); err != nil {
			return err
		}
		return q.audit(tx, 0, AuditLine{By: by, Action: ActionClose, Reception: id})
	})
	return r, err
}

// Reception gives one reception, or ErrNoReception.
func (q *Queue) Reception(ctx context.Context, id string) (Reception, error) {
	var r Reception
	err := q.read(ctx, func(tx *transaction) (err error) {
		r, err = receptionByID(tx, id)
		return err
	})
	return r, err
}

// SetExpected keeps how many boxes are to come in a reception, 0 for nobody knows.
func (q *Queue) SetExpected(ctx context.Context, reception string, boxes int, by string) (Reception, error) {
	var r Reception
	err := q.write(ctx, func(tx *transaction) (err error) {
		if r, err = openReception(tx, reception); err != nil || r.Expected == boxes {
			return err
		}
		if r.Expected = boxes; boxes < 0 || boxes > mostExpected {
			return fmt.Errorf("%w: %d", ErrExpected, boxes)
		}
		if err := putReception(tx, r); err != nil {
			return err
		}
		return q.audit(tx, 0, AuditLine{By: by, Action: ActionExpect, Reception: r.ID, Note: strconv.Itoa(boxes)})
	})
	return r, err
}

// mostExpected is more than any dock receives for one order.
const mostExpected = 1_000_000

// ErrExpected is that no order has so many boxes.
var ErrExpected = errors.New("no order has that many boxes")

// receptionsOf are the receptions, open or closed, of an order, the oldest first.
func receptionsOf(tx *transaction, order string) (all []Reception, err error) {
	b := in(tx, bucketOrder)
	if b == nil || order == "" { // an earlier file, opened for looking only
		return nil, nil
	}
	prefix := wordPrefix(order)
	c := b.Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		r, err := receptionByID(tx, string(k[len(prefix):]))
		if errors.Is(err, ErrNoReception) || err == nil && r.Order != order {
			continue // of an order whose name goes on
		}
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b Reception) int { return cmp.Compare(a.First, b.First) })
	return all, nil
}

// OpenReceptions gives the receptions that are open.
func (q *Queue) OpenReceptions(ctx context.Context) ([]Reception, error) {
	var open []Reception
	err := q.read(ctx, func(tx *transaction) error {
		return in(tx, bucketWork).ForEach(func(_, id []byte) error {
			r, err := receptionByID(tx, string(id))
			if err != nil {
				return err
			}
			open = append(open, r)
			return nil
		})
	})
	return open, err
}

func receptionByID(tx *transaction, id string) (Reception, error) {
	missing := func() error { return fmt.Errorf("%w: %s", ErrNoReception, id) }
	return getBy(tx, bucketReception, []byte(id), missing, lastReception.decodeTo)
}

// lastReception is the one that was decoded last: a dock works at one for hours, and
// to tell that a box is there already took as long for the reception as for the box.
//
//nolint:gochecknoglobals // what it gives depends on the bytes alone, whichever queue's they are
var lastReception lastDecoded[Reception]

func putReception(tx *transaction, r Reception) error {
	if err := put(tx, bucketReception, []byte(r.ID), r); err != nil {
		return err
	}
	var again Reception // it is asked for with the next box
	return lastReception.decodeTo(in(tx, bucketReception).Get([]byte(r.ID)), &again)
}

// newReception keeps a reception for the first time. Its order never changes.
func newReception(tx *transaction, r Reception) error {
	if r.Order != "" {
		if err := in(tx, bucketOrder).Put(orderKey(r), present()); err != nil {
			return fmt.Errorf("indexing a reception: %w", err)
		}
	}
	return putReception(tx, r)
}

func orderKey(r Reception) []byte { return append(wordPrefix(r.Order), r.ID...) }

// audit fills in what every line has and appends it.
func (q *Queue) audit(tx *transaction, about uint64, line AuditLine) error {
	line.At, line.Station = q.now(), q.station
	line.By, line.Note = valid(line.By), valid(line.Note)
	return audit(tx, about, line)
}
