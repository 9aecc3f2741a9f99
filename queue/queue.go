package queue

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.etcd.io/bbolt"
)

// A Queue is the durable truth of one station. It may be used by many
// goroutines at once; one process has it open for writing.
type Queue struct {
	db      *bbolt.DB
	station string
	now     func() time.Time
	release func() error // gives the data folder back

	mu       sync.Mutex
	watchers map[chan struct{}]struct{}
}

// Close gives the queue back. It waits for calls under way; closing twice
// does nothing.
func (q *Queue) Close() error {
	// The name goes before the lock: after it, the file may name the next owner.
	if err := errors.Join(q.release(), q.db.Close()); err != nil {
		return fmt.Errorf("closing the queue: %w", err)
	}
	return nil
}

// Station is the station's name as given to Open.
func (q *Queue) Station() string { return q.station }

// write runs one transaction and returns only after it is on disk. An error
// of the commit itself is a *CommitError: the outcome is unknown.
func (q *Queue) write(ctx context.Context, change func(tx *bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("writing to the queue: %w", context.Cause(ctx))
	}
	committing := false
	err := guarded(func() error {
		return q.db.Update(func(tx *bbolt.Tx) error {
			if err := change(tx); err != nil {
				return err
			}
			committing = true
			return nil
		})
	})
	if committing {
		q.tell() // a commit that failed may be on disk all the same
	}
	if err != nil && committing {
		return &CommitError{Err: err}
	}
	return err
}

func (q *Queue) read(ctx context.Context, look func(tx *bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("reading the queue: %w", context.Cause(ctx))
	}
	return guarded(func() error { return q.db.View(look) })
}

// Watch gives a channel that receives after changes; several changes may come
// as one. stop ends it.
func (q *Queue) Watch() (changed <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.watchers[c] = struct{}{}
	return c, func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		delete(q.watchers, c)
	}
}

func (q *Queue) tell() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for c := range q.watchers {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}
