package queue

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"
)

// Quiet is how long nobody must have written before a step of Tend: a capture
// waits for none but the one that began just before it.
const Quiet = 2 * time.Second

// tendEvery is how often Tend goes over everything.
const tendEvery = 24 * time.Hour

// The bounds of what Tend makes short: below them there is nothing to gain.
const (
	journalWorth = 64 << 20
	indexWorth   = 32 << 20
	keptGone     = 30 * 24 * time.Hour // how long the journal may have what retention took away
)

// A Tended is what the last compaction left.
type Tended struct {
	At   time.Time `json:"at"`
	Size int64     `json:"size"` // of the journal, in bytes
	// Gone says that retention took something away since.
	Gone bool `json:"gone,omitempty"`
}

const keyTended = "retention-tended"

// Tend looks after the queue until ctx ends, in small steps while nobody writes,
// each followed by nine times as long of nothing: once a day what is kept no
// longer goes, every record is read and held against its checksum, and the journal
// and queue.db are made short where that is worth it. failed gets what went wrong;
// it goes on with the next day.
func (q *Queue) Tend(ctx context.Context, failed func(error)) {
	for ctx.Err() == nil {
		if err := q.tendOnce(ctx); err != nil && ctx.Err() == nil {
			failed(err)
		}
		rest(ctx, tendEvery)
	}
}

func (q *Queue) tendOnce(ctx context.Context) error {
	gone := false
	if err := q.inSteps(ctx, func() (bool, error) {
		more, some, err := q.retain(ctx)
		gone = gone || some
		return more, err
	}); err != nil {
		return fmt.Errorf("taking away what is kept no longer: %w", err)
	}
	for _, bucket := range journaled() {
		var after []byte
		if err := q.inSteps(ctx, func() (bool, error) {
			some, err := q.pageOf(ctx, bucket, after)
			if len(some) > 0 {
				after = some[len(some)-1].key
			}
			return len(some) > 0, err
		}); err != nil {
			return fmt.Errorf("reading everything: %w", err)
		}
	}
	err := q.compactIfWorth(ctx, gone)
	if free, size := q.free(ctx); size > indexWorth && free > size/2 && q.untilQuiet(ctx) {
		err = errors.Join(err, q.Shrink(ctx)) // it may make the room that compacting lacked
	}
	return err
}

// inSteps runs steps until one says that there are no more.
func (q *Queue) inSteps(ctx context.Context, step func() (more bool, err error)) error {
	for more := true; more && q.untilQuiet(ctx); {
		began := time.Now()
		var err error
		if more, err = step(); err != nil {
			return err
		}
		rest(ctx, 9*time.Since(began))
	}
	return nil
}

// compactIfWorth makes the journal short when it doubled, or still has what went.
func (q *Queue) compactIfWorth(ctx context.Context, gone bool) error {
	var last Tended
	size := q.journalSize()
	if err := q.write(ctx, func(tx *transaction) (err error) {
		last, err = get[Tended](tx, bucketSetting, []byte(keyTended), errNoSetting)
		if errors.Is(err, errNoSetting) {
			last, err = Tended{At: q.now(), Size: 0}, nil
		}
		if err != nil || !gone || last.Gone {
			return err
		}
		last.Gone = true
		return put(tx, bucketSetting, []byte(keyTended), last)
	}); err != nil {
		return err
	}
	long, old := size > journalWorth && size > 2*last.Size, last.Gone && q.now().Sub(last.At) > keptGone
	if !long && !old {
		return nil
	}
	if err := q.inSteps(ctx, func() (bool, error) { return q.Compact(ctx) }); err != nil || ctx.Err() != nil {
		return err
	}
	return q.write(ctx, func(tx *transaction) error {
		return put(tx, bucketSetting, []byte(keyTended), Tended{At: q.now(), Size: q.books.journalSize()})
	})
}

func (b *books) journalSize() int64 {
	if b == nil || b.journal == nil {
		return 0
	}
	size, _ := b.journal.Size() // what cannot be listed is not made short
	return size
}

func (q *Queue) journalSize() int64 {
	q.using.RLock()
	defer q.using.RUnlock()
	return q.books.journalSize()
}

// free is how much of queue.db is free room.
func (q *Queue) free(ctx context.Context) (free, size int64) {
	_ = q.read(ctx, func(tx *transaction) error { // what cannot be read is not made short
		size = tx.Size()
		free = int64(tx.DB().Stats().FreePageN) * int64(tx.DB().Info().PageSize)
		return nil
	})
	return free, size
}

// untilQuiet waits until nobody has written for a while; false when ctx ended.
func (q *Queue) untilQuiet(ctx context.Context) bool {
	changed, stop := q.Watch()
	defer stop()
	for ctx.Err() == nil {
		last := q.captured.Load()
		if last == nil || time.Since(*last) >= Quiet {
			return true
		}
		since := time.Since(*last)
		quiet := time.NewTimer(Quiet - since)
		select {
		case <-ctx.Done():
		case <-changed:
		case <-quiet.C:
		}
		quiet.Stop()
	}
	return false
}

// Resting is how long nobody has captured anything: very long, where nobody has since
// the queue was opened. It never waits.
func (q *Queue) Resting() time.Duration {
	if last := q.captured.Load(); last != nil {
		return time.Since(*last)
	}
	return math.MaxInt64
}

func rest(ctx context.Context, how time.Duration) {
	over := time.NewTimer(how)
	defer over.Stop()
	select {
	case <-ctx.Done():
	case <-over.C:
	}
}
