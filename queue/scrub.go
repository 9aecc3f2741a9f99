package queue

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Scrub reads everything, as Check does, and makes the index anew from the
// journal where something is wrong with it. It is for a while in which nobody
// waits: at night, or after a start. Recovery says what it did. What is still
// wrong after that is an ErrDamaged: the journal itself says so.
func (q *Queue) Scrub(ctx context.Context) error {
	wrong, err := q.checkBoth(ctx)
	if err != nil || len(wrong) == 0 {
		return err
	}
	if err := q.remake(wrong); err != nil {
		return err
	}
	if wrong, err = q.checkBoth(ctx); err != nil || len(wrong) == 0 {
		return err
	}
	return fmt.Errorf("%w: %s", ErrDamaged, strings.Join(wrong, "; "))
}

// checkBoth is what is wrong with the index, the journal's word on the audit
// included. What is wrong with the journal itself no index can put right.
func (q *Queue) checkBoth(ctx context.Context) ([]string, error) {
	wrong, err := q.Check(ctx)
	if wrong, err = orDamaged(wrong, err); err != nil {
		return wrong, err
	}
	_, anchored, _, err := q.checkJournal(ctx)
	return orDamaged(append(wrong, anchored...), err)
}

// orDamaged puts damage that broke a look off to what the look found.
func orDamaged(wrong []string, err error) ([]string, error) {
	if errors.Is(err, ErrDamaged) {
		return append(wrong, err.Error()), nil
	}
	return wrong, err
}

func (q *Queue) remake(wrong []string) error {
	q.writing.Lock()
	defer q.writing.Unlock()
	if err := q.usable(); err != nil {
		return err
	}
	q.remade = time.Now()
	if err := q.reopen(true); err != nil {
		return errors.Join(fmt.Errorf("%w: %s", ErrDamaged, strings.Join(wrong, "; ")), err)
	}
	return nil
}
