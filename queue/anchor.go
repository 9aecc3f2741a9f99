package queue

import (
	"bytes"
	"context"
	"fmt"
)

// An anchor holds the audit against the journal. Each change is in the journal
// with its audit lines, so the journal knows what the chain alone cannot: how far
// it went. A change to one of the two shows by the other; who can write both, and
// knows how, is found by an earlier export.
type anchor struct {
	queue   *Queue
	applied uint64 // the journal's line that the index has
	head    uint64 // the last line of the audit then

	pending []recordChange // audit lines of the journal, not looked at yet
	last    uint64         // the highest of all
	wrong   []string
}

// anchorAtOnce is how many lines are looked at in one look at the index.
const anchorAtOnce = 512

// maxAnchorWrong is how much is told: a lost audit has no end of it.
const maxAnchorWrong = 100

// weigh notes what the index has. What follows it is not looked at.
func (a *anchor) weigh(ctx context.Context) error {
	return a.queue.read(ctx, func(tx *transaction) error {
		a.applied = keySeq(in(tx, bucketMeta).Get([]byte(keyApplied)))
		k, _ := in(tx, bucketAudit).Cursor().Last()
		a.head = keySeq(k)
		return nil
	})
}

// hold takes the audit lines of a line of the journal.
func (a *anchor) hold(ctx context.Context, changes []recordChange) error {
	for _, c := range changes {
		if c.bucket != bucketAudit {
			continue
		}
		a.last = max(a.last, keySeq(c.key))
		a.pending = append(a.pending, c)
	}
	if len(a.pending) < anchorAtOnce {
		return nil
	}
	return a.compare(ctx)
}

func (a *anchor) compare(ctx context.Context) error {
	defer func() { a.pending = a.pending[:0] }()
	return a.queue.read(ctx, func(tx *transaction) error {
		for _, c := range a.pending {
			kept := in(tx, bucketAudit).Get(c.key)
			text, err := asText(kept)
			switch {
			case len(a.wrong) == maxAnchorWrong:
				return nil
			case kept == nil:
				a.add("the journal has audit line %d, and the audit has not", keySeq(c.key))
			case err != nil, !bytes.Equal(text, c.value):
				a.add("audit line %d is another in the journal", keySeq(c.key))
			}
		}
		return nil
	})
}

// end compares what is left, and where the two end.
func (a *anchor) end(ctx context.Context) error {
	if err := a.compare(ctx); err != nil {
		return err
	}
	if a.last != a.head {
		a.add("the audit ends with line %d, by the journal with line %d", a.head, a.last)
	}
	return nil
}

func (a *anchor) add(format string, args ...any) {
	a.wrong = append(a.wrong, fmt.Sprintf(format, args...))
}
