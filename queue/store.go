package queue

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pkidstation/queue/autopilot"
)

// entryBySeq and entryByID read one entry.
func entryBySeq(tx *transaction, seq uint64) (Entry, error) {
	missing := func() error { return fmt.Errorf("%w: number %d", ErrNoEntry, seq) }
	return getBy(tx, bucketEntry, seqKey(seq), missing, decodeTo[Entry])
}

func entryByID(tx *transaction, id string) (Entry, error) {
	e, there, err := entryWith(tx, id)
	if !there {
		err = unknownEntry(id)
	}
	return e, err
}

// entryWith is entryByID where there mostly is none, as when one is captured.
func entryWith(tx *transaction, id string) (e Entry, there bool, err error) {
	key := in(tx, bucketID).Get([]byte(id))
	if key == nil {
		return e, false, nil
	}
	e, err = entryBySeq(tx, keySeq(key))
	return e, true, err
}

// live are the entries of an index prefix that still stand, oldest first.
func live(tx *transaction, bucket string, prefix []byte) (found []Entry, err error) {
	err = eachWithKey(tx, bucket, prefix, func(e Entry) {
		if !e.State.Gone() {
			found = append(found, e)
		}
	})
	return found, err
}

// eachOfPKID shows every entry of a PKID, gone or not, oldest first.
func eachOfPKID(tx *transaction, pkid autopilot.PKID, look func(Entry)) error {
	if pkid == "" {
		return nil
	}
	return eachWithKey(tx, bucketPKID, []byte(pkid), look)
}

// eachWithKey shows the entries that an index has under a key, gone or not, oldest
// first. Keys that only begin like it are others'.
func eachWithKey(tx *transaction, index string, prefix []byte, look func(Entry)) error {
	c := in(tx, index).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		if len(k) != len(prefix)+8 {
			continue
		}
		e, err := entryBySeq(tx, keySeq(k))
		if err != nil {
			return err
		}
		look(e)
	}
	return nil
}

func liveByPKID(tx *transaction, pkid autopilot.PKID) ([]Entry, error) {
	if pkid == "" {
		return nil, nil
	}
	return live(tx, bucketPKID, []byte(pkid))
}

func liveBySerial(tx *transaction, serial string) ([]Entry, error) {
	if serial == "" {
		return nil, nil
	}
	var found []Entry
	err := eachOfSerial(tx, serial, func(e Entry) {
		if !e.State.Gone() {
			found = append(found, e)
		}
	})
	slices.SortFunc(found, func(a, b Entry) int { return cmp.Compare(a.Seq, b.Seq) })
	return found, err
}

// insert keeps a new entry with its indexes and gives it its sequence.
func insert(tx *transaction, e Entry) (Entry, error) {
	seq, err := in(tx, bucketEntry).NextSequence()
	if err != nil {
		return e, fmt.Errorf("numbering an entry: %w", err)
	}
	e.Seq = seq
	if err := in(tx, bucketID).Put([]byte(e.ID), seqKey(seq)); err != nil {
		return e, fmt.Errorf("indexing an entry: %w", err)
	}
	return e, store(tx, Entry{}, e)
}

// store keeps an entry and moves its indexes from what they were before.
func store(tx *transaction, before, after Entry) error {
	if err := put(tx, bucketEntry, seqKey(after.Seq), after); err != nil {
		return err
	}
	old, fresh := indexKeys(before), indexKeys(after)
	for at, key := range old {
		if bytes.Equal(key, fresh[at]) || before.Seq == 0 {
			continue
		}
		if err := in(tx, at).Delete(key); err != nil {
			return fmt.Errorf("moving the %s index: %w", at, err)
		}
	}
	for at, key := range fresh {
		if err := in(tx, at).Put(key, present()); err != nil {
			return fmt.Errorf("moving the %s index: %w", at, err)
		}
	}
	return nil
}

// indexKeys are the index keys of an entry, by bucket. What goes by its hardware hash
// is found by what is inside.
func indexKeys(e Entry) map[string][]byte {
	keys, named := map[string][]byte{bucketState: wordKey(string(e.State), e.Seq)}, e.Named()
	if named.PKID != "" {
		keys[bucketPKID] = pkidKey(named.PKID, e.Seq)
	}
	if named.Serial != "" && !strings.Contains(named.Serial, "\x00") {
		keys[bucketSerial] = wordKey(named.Serial, e.Seq)
	}
	if e.State == Rejected && !e.RetryAt.IsZero() {
		keys[bucketRetry] = timeKey(e.RetryAt, e.Seq)
	}
	if e.State == Registered && e.Profile.State.open() {
		keys[bucketProfile] = wordKey(string(e.Profile.State), e.Seq)
	}
	if e.State == Registered && e.Reason != "" {
		keys[bucketMark] = wordKey(string(e.Reason), e.Seq)
	}
	return keys
}
