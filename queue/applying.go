package queue

import (
	"bytes"
	"fmt"
	"slices"
)

// journaled are the buckets whose records the journal has. All others are
// indexes, and made of them.
func journaled() []string {
	return []string{
		bucketEntry, bucketReception, bucketPlan, bucketCustomer, bucketAudit, bucketLearnt, bucketPause, bucketRemoval,
		bucketOperator, bucketSupervisor, bucketSetting, bucketMoved, bucketAnnouncement, bucketAnnounced,
	}
}

func isJournaled(bucket string) bool {
	return slices.Contains(journaled(), bucket)
}

// apply makes a change that the journal has: the record, its indexes and the
// bucket's running number. Applying it twice does no harm.
func (t *transaction) apply(c recordChange) error {
	b := in(t, c.bucket)
	before := bytes.Clone(b.Get(c.key))
	old, err := indexesOf(t, c.bucket, c.key, before)
	if err != nil {
		return err
	}
	fresh, err := indexesOf(t, c.bucket, c.key, c.value)
	if err != nil {
		return err
	}
	for at, key := range old {
		if err := in(t, at.bucket).Delete([]byte(key)); err != nil {
			return fmt.Errorf("moving the %s index: %w", at.bucket, err)
		}
	}
	for at, key := range fresh {
		if err := in(t, at.bucket).Put([]byte(key), []byte(at.value)); err != nil {
			return fmt.Errorf("moving the %s index: %w", at.bucket, err)
		}
	}
	if c.value == nil {
		err = b.Delete(c.key)
	} else {
		err = b.Put(c.key, pack(c.value))
	}
	if err == nil && isNumbered(c.bucket) && c.bucket != bucketAudit && b.Sequence() < keySeq(c.key) {
		err = b.SetSequence(keySeq(c.key))
	}
	if err != nil {
		return fmt.Errorf("applying a %s record: %w", c.bucket, err)
	}
	return nil
}

// An indexValue is an index, and what stands under a record's key there.
type indexValue struct{ bucket, value string }

// indexesOf are the keys that a record has in the indexes.
func indexesOf(t *transaction, bucket string, key, value []byte) (map[indexValue]string, error) {
	if value == nil {
		return nil, nil
	}
	keys := map[indexValue]string{}
	mark := string(present())
	var err error
	switch bucket {
	case bucketEntry:
		var e Entry
		if e, err = decode[Entry](value); err == nil && e.Seq != keySeq(key) {
			err = errBadChange // it was kept under another number
		}
		if err == nil {
			for at, k := range indexKeys(e) {
				keys[indexValue{at, mark}] = string(k)
			}
			keys[indexValue{bucketID, string(key)}] = e.ID
		}
	case bucketReception:
		var r Reception
		if r, err = decode[Reception](value); err == nil {
			keys = receptionKeys(r)
		}
	case bucketPlan:
		var p Plan
		if p, err = decode[Plan](value); err == nil && (p.State == PlanPlanned || p.State == PlanSubmitted) {
			keys[indexValue{bucketPlanOpen, mark}] = string(key)
		}
	case bucketRemoval:
		var r Removal
		if r, err = decode[Removal](value); err == nil && r.State != RemovalDone {
			keys[indexValue{bucketTakeBack, mark}] = string(key)
		}
	case bucketOperator:
		var o Operator
		if o, err = decode[Operator](value); err == nil && !o.Erased() {
			keys[indexValue{bucketOperatorName, string(key)}] = string(nameKey(o.Name))
		}
	case bucketAudit:
		var l AuditLine
		if l, err = decode[AuditLine](value); err == nil {
			keys = historyKeys(t, l)
		}
	case bucketAnnounced:
		var b block
		if b, err = decode[block](value); err == nil {
			keys = blockKeys(keySeq(key), b)
		}
	}
	if err != nil {
		return nil, corruptError(bucket, key, err)
	}
	return keys, nil
}

// receptionKeys are a reception's: of its work while it is open, and of its order.
func receptionKeys(r Reception) map[indexValue]string {
	keys := map[indexValue]string{}
	if r.Open() {
		keys[indexValue{bucketWork, r.ID}] = string(workKey(r.Work))
	}
	if r.Order != "" {
		keys[indexValue{bucketOrder, string(present())}] = string(orderKey(r))
	}
	return keys
}

// historyKeys are those of a line about an entry.
func historyKeys(t *transaction, l AuditLine) map[indexValue]string {
	if l.Entry == "" {
		return nil
	}
	about := in(t, bucketID).Get([]byte(l.Entry))
	if about == nil {
		return nil
	}
	return map[indexValue]string{{bucketHistory, string(present())}: string(pairKey(keySeq(about), l.Number))}
}
