package queue

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"pkidstation/queue/audittrail"
)

// Check verifies the file's structure, every record, that indexes and records
// agree, the states of plans and the audit chain. It gives what is wrong, one
// sentence each; none means all is well.
func (q *Queue) Check(ctx context.Context) (wrong []string, err error) {
	if !q.opts.ReadOnly { // bbolt's own check reads what a writer changes
		q.writing.Lock()
		defer q.writing.Unlock()
	}
	err = q.read(ctx, func(tx *transaction) error {
		wrong = checked(tx)
		return nil
	})
	return wrong, err
}

// checked is what is wrong with a queue's file.
func checked(tx *transaction) []string {
	c := checker{tx: tx}
	for _, look := range []func() error{
		c.structure, c.entries, c.index, c.audit, c.history, c.receptions, c.plans, c.removals, c.claims, c.handovers,
		c.operators, c.records, c.lists,
	} {
		if err := guarded(look); err != nil {
			c.add("%v", err)
		}
		if c.lost {
			break // whoever follows these pages may never come back
		}
	}
	if c.more > 0 {
		c.wrong = append(c.wrong, fmt.Sprintf("and %d more", c.more))
	}
	return c.wrong
}

// mostWrong is how many complaints there are at most, and longWrong how long each is:
// of a file in which all is wrong nobody reads more.
const (
	mostWrong = 1000
	longWrong = 1000
)

type checker struct {
	tx    *transaction
	wrong []string
	more  int // complaints that are not in wrong
	// lost: the pages are no tree; flawed: some cannot be read whole, or passed by.
	lost, flawed bool
}

func (c *checker) add(format string, args ...any) {
	if len(c.wrong) == mostWrong {
		c.more++
		return
	}
	text := fmt.Sprintf(format, args...)
	if len(text) > longWrong {
		text = strings.ToValidUTF8(text[:longWrong], "") + "…"
	}
	c.wrong = append(c.wrong, text)
}

// entries: every record can be read, stands under its sequence, is found by
// its ID and in every index.
func (c *checker) entries() error {
	return in(c.tx, bucketEntry).ForEach(func(k, v []byte) error {
		e, err := decode[Entry](v)
		if err != nil {
			c.add("%v", corruptError(bucketEntry, k, err))
			return nil
		}
		if e.Seq != keySeq(k) {
			c.add("entry %d says it is %d", keySeq(k), e.Seq)
		}
		if !bytes.Equal(in(c.tx, bucketID).Get([]byte(e.ID)), k) {
			c.add("entry %d is not found by its ID", e.Seq)
		}
		for at, key := range indexKeys(e) {
			if index := in(c.tx, at); index != nil && index.Get(key) == nil {
				c.add("entry %d is not in the %s index", e.Seq, at)
			}
		}
		if _, err := receptionByID(c.tx, e.Reception); err != nil {
			c.add("entry %d: %v", e.Seq, err)
		}
		return nil
	})
}

// index: every index key points at an entry that has that key.
func (c *checker) index() error {
	for _, at := range []string{bucketPKID, bucketSerial, bucketState, bucketRetry, bucketProfile, bucketMark} {
		if in(c.tx, at) == nil {
			continue // a file of an earlier schema, opened for looking only
		}
		err := in(c.tx, at).ForEach(func(k, _ []byte) error {
			e, err := entryBySeq(c.tx, keySeq(k))
			if err != nil || !bytes.Equal(indexKeys(e)[at], k) {
				c.add("the %s index has a key for entry %d that the entry does not have", at, keySeq(k))
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return in(c.tx, bucketID).ForEach(func(id, k []byte) error {
		if e, err := entryBySeq(c.tx, keySeq(k)); err != nil || e.ID != string(id) {
			c.add("the ID %q points at an entry that is not it", id)
		}
		return nil
	})
}

// audit: lines are numbered without gaps, each carries the one before, and each
// record is written as it was, to the byte: the hash does not cover its frame.
func (c *checker) audit() error {
	var chain audittrail.Chain
	return in(c.tx, bucketAudit).ForEach(func(k, v []byte) error {
		value, err := unframe(v)
		if err != nil {
			c.add("%v", corruptError(bucketAudit, k, err))
			return nil
		}
		line, wrong := chain.Next(value)
		if wrong != "" || !bytes.Equal(k, seqKey(line.Number)) {
			c.add("audit line %d does not follow the one before it or was changed (%s)", keySeq(k), wrong)
		}
		return nil
	})
}

// plans: an open plan is in the index, and its open entries say so.
func (c *checker) plans() error {
	return in(c.tx, bucketPlan).ForEach(func(k, v []byte) error {
		p, err := decodeAt[Plan](k, v)
		if err != nil {
			c.add("%v", corruptError(bucketPlan, k, err))
			return nil
		}
		open := p.State == PlanPlanned || p.State == PlanSubmitted
		if open != (in(c.tx, bucketPlanOpen).Get(k) != nil) {
			c.add("%s is %s but the index of open plans says otherwise", p.ID, p.State)
		}
		if n, err := unsettled(c.tx, p); err != nil || n != p.Open {
			c.add("%s counts %d open entries, there are %d", p.ID, p.Open, n)
		}
		return nil
	})
}

// claims: of the entries of one PKID at most one is past held.
func (c *checker) claims() error {
	past := map[string]uint64{}
	return in(c.tx, bucketPKID).ForEach(func(k, _ []byte) error {
		e, err := entryBySeq(c.tx, keySeq(k))
		if errors.Is(err, ErrNoEntry) {
			return nil // index says so already
		}
		if err != nil {
			return err
		}
		if e.State.Gone() || e.State == Held {
			return nil
		}
		pkid := string(k[:len(k)-8])
		if first, twice := past[pkid]; twice {
			c.add("entries %d and %d (%s) stand for the same PKID", first, e.Seq, e.State)
		}
		past[pkid] = e.Seq
		return nil
	})
}
