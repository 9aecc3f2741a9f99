package queue

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"go.etcd.io/bbolt"
)

// A transaction is a look at the queue, or one change of it with the records
// that the journal gets before it counts.
type transaction struct {
	*bbolt.Tx

	changes []recordChange
	at      map[string]int    // where in changes a record is, by bucket and key
	names   map[uint64]string // of operators that were looked up
	looked  []bucketRef       // at, in a transaction that changes nothing
	room    [8]bucketRef      // for those
}

// A bucketRef is a bucket that was looked at: bbolt looks for it anew each time.
type bucketRef struct {
	name   string
	bucket *bbolt.Bucket
}

// A recordChange is a record as it is after a change, as text or packed: nil where
// it was dropped. Indexes are not among them: they are made of the records.
type recordChange struct {
	bucket string
	key    []byte
	value  []byte
}

// looksAt is a bucket of a transaction that changes nothing.
func (t *transaction) looksAt(name string) *bbolt.Bucket {
	for _, one := range t.looked {
		if one.name == name {
			return one.bucket
		}
	}
	if t.looked == nil {
		t.looked = t.room[:0]
	}
	b := t.Bucket([]byte(name))
	t.looked = append(t.looked, bucketRef{name, b})
	return b
}

// note keeps what a record is after the change. Only the last word counts.
func (t *transaction) note(bucket string, key, value []byte) {
	id := bucket + "\x00" + string(key)
	if i, again := t.at[id]; again {
		t.changes[i].value = value
		return
	}
	if t.at == nil {
		t.at = map[string]int{}
	}
	t.at[id] = len(t.changes)
	t.changes = append(t.changes, recordChange{bucket, key, value})
}

// lookAt and update run a look at a file and a change of it that no journal gets.
func lookAt(db *bbolt.DB, do func(*transaction) error) error {
	return db.View(func(tx *bbolt.Tx) error { return do(&transaction{Tx: tx}) })
}

func update(db *bbolt.DB, do func(*transaction) error) error {
	tx, err := db.Begin(true)
	if err != nil {
		return fmt.Errorf("beginning a change: %w", err)
	}
	t := &transaction{Tx: tx}
	defer t.giveUp() // does nothing after the commit
	if err := do(t); err != nil {
		return err
	}
	return t.Commit()
}

// isNumbered says whether the bucket's keys are numbers.
func isNumbered(bucket string) bool {
	switch bucket {
	case bucketEntry, bucketPlan, bucketAudit, bucketRemoval, bucketOperator, bucketAnnouncement, bucketAnnounced:
		return true
	default:
		return false
	}
}

// encodeChanges writes changes as the journal has them, on one line:
//
//	[["entry",12,{"v":1,…}],["pause","customer …",null]]
func encodeChanges(changes []recordChange) ([]byte, error) {
	size := 0
	for _, c := range changes {
		size += 2*len(c.value) + len(c.key) + 64 // as text a packed one is up to twice as long
	}
	b := append(make([]byte, 0, min(size, mostAhead)), '[')
	for i, c := range changes {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `["`...)
		b = append(b, c.bucket...)
		b = append(b, `",`...)
		if isNumbered(c.bucket) {
			b = strconv.AppendUint(b, keySeq(c.key), 10)
		} else {
			if !utf8.Valid(c.key) {
				return nil, fmt.Errorf("%w: a %s has a key that is no text", errBadChange, c.bucket)
			}
			key, err := json.Marshal(string(c.key))
			if err != nil {
				return nil, fmt.Errorf("writing a key: %w", err)
			}
			b = append(b, key...)
		}
		b = append(b, ',')
		value := c.value
		switch {
		case value == nil:
			value = []byte("null")
		case value[0] == packedVersion:
			var err error
			if value, err = asText(value); err != nil {
				return nil, err
			}
		}
		b = append(append(b, value...), ']')
	}
	return append(b, ']'), nil
}

// mostAhead is how much room is made ahead for a line.
const mostAhead = 16 << 20

// errBadChange is that a line of the journal is no change of a queue.
var errBadChange = errors.New("this is no change of a queue")

// readChanges reads what encodeChanges wrote.
func readChanges(body []byte) ([]recordChange, error) {
	var list [][3]json.RawMessage
	if err := json.Unmarshal(body, &list); err != nil {
		return nil, fmt.Errorf("%w: %w", errBadChange, err)
	}
	changes := make([]recordChange, 0, len(list))
	for _, raw := range list {
		c, err := readChange(raw)
		if err != nil {
			return nil, err
		}
		changes = append(changes, c)
	}
	return changes, nil
}

func readChange(raw [3]json.RawMessage) (recordChange, error) {
	var c recordChange
	if err := json.Unmarshal(raw[0], &c.bucket); err != nil {
		return c, fmt.Errorf("%w: %w", errBadChange, err)
	}
	if !isJournaled(c.bucket) {
		return c, fmt.Errorf("%w: there is no record called %q", errBadChange, c.bucket)
	}
	var number uint64
	var text string
	if isNumbered(c.bucket) {
		if err := json.Unmarshal(raw[1], &number); err != nil {
			return c, fmt.Errorf("%w: %w", errBadChange, err)
		}
		c.key = seqKey(number)
	} else {
		if err := json.Unmarshal(raw[1], &text); err != nil {
			return c, fmt.Errorf("%w: %w", errBadChange, err)
		}
		c.key = []byte(text)
	}
	if len(c.key) == 0 || len(c.key) > bbolt.MaxKeySize {
		return c, fmt.Errorf("%w: a %s has a key of %d bytes", errBadChange, c.bucket, len(c.key))
	}
	if string(raw[2]) != "null" {
		c.value = raw[2]
	}
	return c, nil
}
