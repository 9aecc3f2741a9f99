package queue

import (
	"bytes"
	"context"
	"iter"
)

// InStates gives the entries that stand in these states, one state after the other
// and the oldest first in each, by the index: those in other states cost nothing.
// Nobody is named in them. What changes meanwhile may or may not be in it.
func (q *Queue) InStates(ctx context.Context, states ...State) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for _, state := range states {
			for from := uint64(0); ; {
				page, next, err := q.stateFrom(ctx, state, from)
				if err != nil {
					yield(Entry{}, err)
					return
				}
				for _, e := range page {
					if !yield(e, nil) {
						return
					}
				}
				if next == 0 {
					break
				}
				from = next
			}
		}
	}
}

// stateFrom is a page of what stands in a state, from a sequence on, and where to go
// on, 0 for nowhere.
func (q *Queue) stateFrom(ctx context.Context, state State, from uint64) (page []Entry, next uint64, err error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	err = q.read(ctx, func(tx *transaction) error {
		page, next = nil, 0
		prefix := wordPrefix(string(state))
		c := in(tx, bucketState).Cursor()
		for k, _ := c.Seek(wordKey(string(state), from)); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
			if len(page) == pageSize {
				next = keySeq(k)
				return nil
			}
			e, err := entryBySeq(tx, keySeq(k))
			if err != nil {
				return err
			}
			e.Operator, e.OperatorNumber = "", 0
			page = append(page, e)
		}
		return nil
	})
	return page, next, err
}
