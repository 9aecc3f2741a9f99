package queue

import (
	"bytes"
	"fmt"

	"go.etcd.io/bbolt"
)

// numberAtOnce is how many records are numbered in one commit.
const numberAtOnce = 1000

// numberNames gives everybody whose name is in a file of an earlier schema a
// number, and writes the records anew with it. The audit's lines stay as they are,
// for their hash covers the name. It goes in steps, and broken off it goes on where
// it was: what has a number keeps it.
func numberNames(db *bbolt.DB) error {
	err := update(db, func(tx *transaction) error {
		for _, name := range []string{bucketOperator, bucketOperatorName} {
			if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
				return fmt.Errorf("making the operators' table: %w", err)
			}
		}
		return nil
	})
	for _, step := range []func(*bbolt.DB) error{
		numberIn[Entry](bucketEntry), numberIn[Reception](bucketReception), numberIn[Removal](bucketRemoval),
		numberIn[Learnt](bucketLearnt), numberIn[AuditLine](bucketAudit),
	} {
		if err == nil {
			err = step(db)
		}
	}
	return err
}

// numberIn numbers the names of one bucket. What cannot be read stays as it is,
// for Check to say so.
func numberIn[T any](bucket string) func(*bbolt.DB) error {
	return func(db *bbolt.DB) error {
		var at []byte
		for {
			var more bool
			if err := update(db, func(tx *transaction) (err error) {
				at, more, err = numberPage[T](tx, bucket, at)
				return err
			}); err != nil || !more {
				return err
			}
		}
	}
}

// numberPage numbers so many records from a key on, and says where to go on.
func numberPage[T any](tx *transaction, bucket string, at []byte) (next []byte, more bool, err error) {
	if in(tx, bucket) == nil {
		return nil, false, nil // an earlier schema still
	}
	var page []recordChange // a bucket is not changed while it is walked
	c := in(tx, bucket).Cursor()
	for k, v := c.Seek(at); k != nil; k, v = c.Next() {
		if len(page) == numberAtOnce {
			next, more = bytes.Clone(k), true
			break
		}
		page = append(page, recordChange{bucket, bytes.Clone(k), bytes.Clone(v)})
	}
	for _, c := range page {
		record, err := decode[T](c.value)
		if err != nil {
			continue
		}
		named, ok := any(&record).(acting)
		if !ok || !namesSomebody(named) {
			continue
		}
		if bucket == bucketAudit {
			err = numberActors(tx, &record) // for the table alone
		} else {
			err = put(tx, bucket, c.key, record)
		}
		if err != nil {
			return nil, false, err
		}
	}
	return next, more, nil
}

// namesSomebody says whether a record has a name that no number stands for.
func namesSomebody(r acting) bool {
	for _, a := range r.actors() {
		if *a.number == 0 && *a.name != "" && *a.name != planActor {
			return true
		}
	}
	return false
}
