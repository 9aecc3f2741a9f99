package queue

import (
	"bytes"
	"encoding/json"
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

// indexesOf are the keys that a record has in the indexes. A record that says it
// stands elsewhere is no record: a bit of its key was lost on the disk.
func indexesOf(t *transaction, bucket string, key, value []byte) (keys map[indexValue]string, err error) {
	if value == nil {
		return nil, nil
	}
	switch bucket {
	case bucketEntry:
		keys, err = indexed(key, value, entryKeys)
	case bucketReception:
		keys, err = indexed(key, value, receptionKeys)
	case bucketPlan:
		keys, err = indexed(key, value, planKeys)
	case bucketRemoval:
		keys, err = indexed(key, value, removalKeys)
	case bucketOperator:
		keys, err = indexed(key, value, operatorKeys)
	case bucketAudit:
		keys, err = indexed(key, value, func(l AuditLine) map[indexValue]string { return historyKeys(t, l) })
	case bucketAnnounced:
		keys, err = indexed(key, value, func(b block) map[indexValue]string { return blockKeys(keySeq(key), b) })
	case bucketAnnouncement:
		_, err = decodeAt[Announcement](key, value)
	case bucketCustomer:
		_, err = decodeAt[CustomerSetting](key, value)
	case bucketSupervisor:
		_, err = decodeAt[supervisor](key, value)
	case bucketMoved:
		_, err = decodeAt[Handover](key, value)
	case bucketLearnt:
		_, err = decodeAt[Learnt](key, value)
	case bucketPause:
		_, err = decodeAt[Pause](key, value)
	default:
		_, err = decode[json.RawMessage](value)
	}
	if err != nil {
		return nil, corruptError(bucket, key, err)
	}
	return keys, nil
}

func indexed[T any](key, value []byte, keys func(T) map[indexValue]string) (map[indexValue]string, error) {
	record, err := decodeAt[T](key, value)
	if err != nil {
		return nil, err
	}
	return keys(record), nil
}

func entryKeys(e Entry) map[indexValue]string {
	keys := map[indexValue]string{{bucketID, string(seqKey(e.Seq))}: e.ID}
	for at, k := range indexKeys(e) {
		keys[indexValue{at, string(present())}] = string(k)
	}
	return keys
}

// planKeys and removalKeys are of those that something is still to be done about.
func planKeys(p Plan) map[indexValue]string {
	if p.State != PlanPlanned && p.State != PlanSubmitted {
		return nil
	}
	return map[indexValue]string{{bucketPlanOpen, string(present())}: string(planKey(p.ID))}
}

func removalKeys(r Removal) map[indexValue]string {
	if r.State == RemovalDone {
		return nil
	}
	return map[indexValue]string{{bucketTakeBack, string(present())}: string(removalKey(r.ID))}
}

func operatorKeys(o Operator) map[indexValue]string {
	if o.Erased() {
		return nil
	}
	return map[indexValue]string{{bucketOperatorName, string(seqKey(o.Number))}: string(nameKey(o.Name))}
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
