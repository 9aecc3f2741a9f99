package queue

import (
	"bytes"
	"context"
)

// Marks are the numbers of entries that Counts does not tell apart.
type Marks struct {
	// AlreadyThere and ByHand are registered entries with that mark: Microsoft
	// had the device before, or a person says that the web site took it.
	AlreadyThere int
	ByHand       int
	// Retrying are rejected entries that are sent again by themselves.
	Retrying int
	// ProfileWanted and ProfileSent are registered entries on their way to a
	// profile.
	ProfileWanted int
	ProfileSent   int
}

// Marks counts the marks.
func (q *Queue) Marks(ctx context.Context) (Marks, error) {
	var m Marks
	err := q.read(ctx, func(tx *transaction) error {
		m = Marks{
			AlreadyThere:  countPrefix(tx, bucketMark, string(AlreadyThere)),
			ByHand:        countPrefix(tx, bucketMark, string(ConfirmedByHand)),
			Retrying:      countAll(tx, bucketRetry),
			ProfileWanted: countPrefix(tx, bucketProfile, string(ProfileWanted)),
			ProfileSent:   countPrefix(tx, bucketProfile, string(ProfileSent)),
		}
		return nil
	})
	return m, err
}

func countPrefix(tx *transaction, bucket, word string) int {
	n, prefix := 0, wordPrefix(word)
	c := in(tx, bucket).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		n++
	}
	return n
}

func countAll(tx *transaction, bucket string) int {
	n := 0
	c := in(tx, bucket).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		n++
	}
	return n
}
