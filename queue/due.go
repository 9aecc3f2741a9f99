package queue

import (
	"bytes"
	"context"
	"time"

	"go.etcd.io/bbolt"

	"pkidstation/queue/autopilot"
)

// Due gives what may go out at now: ready entries whose reception is closed,
// or that were captured at least after ago, by customer and group tag.
func (q *Queue) Due(ctx context.Context, now time.Time, after time.Duration) ([]Group, error) {
	g := grouping{at: map[groupKey]int{}}
	err := q.ready(ctx, func(tx *bbolt.Tx, e Entry) error {
		r, err := receptionByID(tx, e.Reception)
		if err != nil || r.Open() && e.CapturedAt.Add(after).After(now) {
			return err
		}
		return g.add(tx, e)
	})
	return g.groups, err
}

// Ready gives everything that is ready, whether due or not, by customer and
// group tag.
func (q *Queue) Ready(ctx context.Context) ([]Group, error) {
	g := grouping{at: map[groupKey]int{}}
	err := q.ready(ctx, g.add)
	return g.groups, err
}

// NextDue is when the next entry that is ready and not yet due becomes due;
// zero when there is none.
func (q *Queue) NextDue(ctx context.Context, now time.Time, after time.Duration) (time.Time, error) {
	var next time.Time
	err := q.ready(ctx, func(tx *bbolt.Tx, e Entry) error {
		r, err := receptionByID(tx, e.Reception)
		if err != nil || !r.Open() {
			return err
		}
		if due := e.CapturedAt.Add(after); due.After(now) && (next.IsZero() || due.Before(next)) {
			next = due
		}
		return nil
	})
	return next, err
}

func (q *Queue) ready(ctx context.Context, each func(*bbolt.Tx, Entry) error) error {
	return q.read(ctx, func(tx *bbolt.Tx) error {
		prefix := wordPrefix(string(Ready))
		c := in(tx, bucketState).Cursor()
		for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
			e, err := entryBySeq(tx, keySeq(k))
			if err != nil {
				return err
			}
			if err := each(tx, e); err != nil {
				return err
			}
		}
		return nil
	})
}

type groupKey struct {
	customer autopilot.TenantID
	tag      autopilot.GroupTag
}

// grouping collects entries into groups, in the order of their first entry.
type grouping struct {
	groups []Group
	at     map[groupKey]int
}

func (g *grouping) add(tx *bbolt.Tx, e Entry) error {
	tag, err := tagOf(tx, e)
	if err != nil {
		return err
	}
	key := groupKey{e.Customer, tag}
	i, ok := g.at[key]
	if !ok {
		i = len(g.groups)
		g.at[key] = i
		g.groups = append(g.groups, Group{Customer: e.Customer, Tag: tag})
	}
	g.groups[i].Entries = append(g.groups[i].Entries, e)
	return nil
}
