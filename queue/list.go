package queue

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"math"
	"slices"
	"strings"

	"go.etcd.io/bbolt"

	"pkidstation/queue/autopilot"
)

// A Filter says which entries are wanted. Zero fields do not filter.
type Filter struct {
	States    []State
	Customer  autopilot.TenantID
	Order     string
	Reception string
	// Text is looked for in PKID, serial, order and customer, whatever case.
	Text string
	// Newest gives the newest first.
	Newest bool
	// Limit is the most entries given; 0 means all.
	Limit int
}

// pageSize is how many entries one read transaction looks at: a slow consumer
// must not keep pages of the file from being reused.
const pageSize = 256

// List gives the entries that the filter wants, oldest first. What changes
// meanwhile may or may not be in it.
func (q *Queue) List(ctx context.Context, f Filter) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		given, at := 0, uint64(0)
		for {
			page, next, err := q.page(ctx, f, at)
			if err != nil {
				yield(Entry{}, err)
				return
			}
			for _, e := range page {
				if given++; !yield(e, nil) || given == f.Limit {
					return
				}
			}
			if next == 0 {
				return
			}
			at = next
		}
	}
}

// page looks at up to pageSize entries from sequence at on (0: from the end
// that the filter starts at) and says where to go on, 0 for nowhere.
func (q *Queue) page(ctx context.Context, f Filter, at uint64) (page []Entry, next uint64, err error) {
	err = q.read(ctx, func(tx *transaction) error {
		least, err := firstOfReception(tx, f.Reception)
		if err != nil {
			return err
		}
		if !f.Newest {
			at = max(at, least)
		}
		c := in(tx, bucketEntry).Cursor()
		k, v := start(c, f.Newest, at)
		for looked := 0; k != nil && keySeq(k) >= least; looked++ {
			if looked == pageSize {
				next = keySeq(k)
				return nil
			}
			e, err := decode[Entry](v)
			if err != nil {
				return corruptError(bucketEntry, k, err)
			}
			if f.wants(e) {
				if err := nameActors(tx, &e); err != nil {
					return err
				}
				page = append(page, e)
			}
			if f.Newest {
				k, v = c.Prev()
			} else {
				k, v = c.Next()
			}
		}
		return nil
	})
	return page, next, err
}

// firstOfReception is the sequence that a reception's entries begin at: 0 where
// that is not known or no reception is asked for, past all where it has none.
func firstOfReception(tx *transaction, id string) (uint64, error) {
	if id == "" {
		return 0, nil
	}
	r, err := receptionByID(tx, id)
	switch {
	case errors.Is(err, ErrNoReception) || err == nil && r.Boxes == 0:
		return math.MaxUint64, nil
	default:
		return r.First, err
	}
}

func start(c *bbolt.Cursor, newest bool, at uint64) (key, value []byte) {
	switch {
	case at != 0:
		return c.Seek(seqKey(at))
	case newest:
		return c.Last()
	default:
		return c.First()
	}
}

func (f Filter) wants(e Entry) bool {
	return (len(f.States) == 0 || slices.Contains(f.States, e.State)) &&
		(f.Customer == "" || f.Customer == e.Customer) &&
		(f.Order == "" || f.Order == e.Order) &&
		(f.Reception == "" || f.Reception == e.Reception) &&
		(f.Text == "" || e.contains(strings.ToLower(f.Text)))
}

func (e Entry) contains(lower string) bool {
	return slices.ContainsFunc([]string{string(e.PKID), e.Serial, e.Order, string(e.Customer), e.ID}, func(s string) bool {
		return strings.Contains(strings.ToLower(s), lower)
	})
}

// Entry gives one entry, or ErrNoEntry.
func (q *Queue) Entry(ctx context.Context, id string) (Entry, error) {
	var e Entry
	err := q.read(ctx, func(tx *transaction) (err error) {
		e, err = entryByID(tx, id)
		return err
	})
	return e, err
}

// History gives the audit lines of one entry, oldest first.
func (q *Queue) History(ctx context.Context, id string) ([]AuditLine, error) {
	var lines []AuditLine
	err := q.read(ctx, func(tx *transaction) error {
		e, err := entryByID(tx, id)
		if err != nil {
			return err
		}
		prefix := seqKey(e.Seq)
		c := in(tx, bucketHistory).Cursor()
		for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
			line, err := get[AuditLine](tx, bucketAudit, seqKey(keySeq(k)), ErrNoEntry)
			if err != nil {
				return err
			}
			lines = append(lines, line)
		}
		return nil
	})
	return lines, err
}

// Counts says how many entries stand in each state.
func (q *Queue) Counts(ctx context.Context) (Counts, error) {
	n := map[State]int{}
	err := q.sweep(ctx, func(tx *transaction, next func()) error {
		c := in(tx, bucketState).Cursor()
		for k, _ := c.First(); k != nil; k, _ = c.Next() {
			word, _, _ := bytes.Cut(k, []byte{0})
			n[State(word)]++
			next()
		}
		return nil
	})
	return countsOf(n), err
}
