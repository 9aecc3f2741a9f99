package queue

import (
	"bytes"
	"context"
	"time"

	"pkidstation/queue/autopilot"
)

// Due gives what may go out at now: ready entries whose reception is closed,
// or that were captured at least after ago, by customer and group tag.
func (q *Queue) Due(ctx context.Context, now time.Time, after time.Duration) ([]Group, error) {
	due, _, err := q.DueAndLater(ctx, now, after)
	return due, err
}

// DueAndLater gives everything that is ready, read once: what is due at now as
// Due has it, and what is not due yet.
func (q *Queue) DueAndLater(ctx context.Context, now time.Time, after time.Duration) (due, later []Group, err error) {
	d, l := newGrouping(), newGrouping()
	err = q.ready(ctx, func(s *readyScan, e Entry) error {
		open, err := s.open(e)
		if err != nil {
			return err
		}
		if open && e.CapturedAt.Add(after).After(now) {
			return l.add(s, e)
		}
		return d.add(s, e)
	})
	return d.groups, l.groups, err
}

// Ready gives everything that is ready, whether due or not, by customer and
// group tag.
func (q *Queue) Ready(ctx context.Context) ([]Group, error) {
	g := newGrouping()
	err := q.ready(ctx, g.add)
	return g.groups, err
}

// NextDue is when the next entry that is ready and not yet due becomes due;
// zero when there is none.
func (q *Queue) NextDue(ctx context.Context, now time.Time, after time.Duration) (time.Time, error) {
	var next time.Time
	err := q.ready(ctx, func(s *readyScan, e Entry) error {
		open, err := s.open(e)
		if err != nil || !open {
			return err
		}
		if due := e.CapturedAt.Add(after); due.After(now) && (next.IsZero() || due.Before(next)) {
			next = due
		}
		return nil
	})
	return next, err
}

func (q *Queue) ready(ctx context.Context, each func(*readyScan, Entry) error) error {
	return q.read(ctx, func(tx *transaction) error {
		s := newReadyScan(tx)
		return s.eachKey(func(seq uint64) error {
			e, err := entryBySeq(tx, seq)
			if err != nil {
				return err
			}
			return each(s, e)
		})
	})
}

// readyScan is one reading of what is ready. It remembers the receptions and
// the customers' tags: thousands of entries share a few.
type readyScan struct {
	tx         *transaction
	receptions map[string]bool // ID → open
	tags       map[autopilot.TenantID]autopilot.GroupTag
}

func newReadyScan(tx *transaction) *readyScan {
	return &readyScan{tx: tx, receptions: map[string]bool{}, tags: map[autopilot.TenantID]autopilot.GroupTag{}}
}

// eachKey shows the sequence of each ready entry, oldest first.
func (s *readyScan) eachKey(look func(seq uint64) error) error {
	prefix := wordPrefix(string(Ready))
	c := in(s.tx, bucketState).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		if err := look(keySeq(k)); err != nil {
			return err
		}
	}
	return nil
}

// open says whether the entry's reception is open.
func (s *readyScan) open(e Entry) (bool, error) {
	open, ok := s.receptions[e.Reception]
	if ok {
		return open, nil
	}
	r, err := receptionByID(s.tx, e.Reception)
	if err != nil {
		return false, err
	}
	s.receptions[e.Reception] = r.Open()
	return r.Open(), nil
}

// tag is the group tag that the entry goes out under.
func (s *readyScan) tag(e Entry) (autopilot.GroupTag, error) {
	if e.GroupTag != "" {
		return e.GroupTag, nil
	}
	tag, ok := s.tags[e.Customer]
	if ok {
		return tag, nil
	}
	tag, err := tagOf(s.tx, e)
	if err == nil {
		s.tags[e.Customer] = tag
	}
	return tag, err
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

func newGrouping() grouping { return grouping{at: map[groupKey]int{}} }

func (g *grouping) add(s *readyScan, e Entry) error {
	tag, err := s.tag(e)
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
