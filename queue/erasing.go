package queue

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// Why a name is not erased.
var (
	// ErrReasonNames: the reason would keep the name that is to go.
	ErrReasonNames = errors.New("the reason holds the name that is to be erased")
	// ErrStillSupervisor: it is the name of a supervisor, who goes by it.
	ErrStillSupervisor = errors.New("the operator is a supervisor")
)

// An Erasure says what erasing a name came to.
type Erasure struct {
	Operator Operator
	// Lines is how many audit lines of earlier versions have the name, and keep
	// it: what is chained cannot be changed.
	Lines int
}

// EraseOperator erases an operator's name. What they did stays, under their
// number. It must have a reason, which must not name them. Erasing again does
// nothing.
//
// No record has the name after that, nor does any line that the journal gets from
// then on. It does not reach what was written before: the journal's line that
// first had the name, until the journal is begun anew from the index; pages of
// queue.db that are free and not yet written over; audit lines of earlier versions,
// for good (Erasure says how many); the files of handovers, until they are kept no
// longer; exports, backups and logs; and what somebody typed as a reason.
func (q *Queue) EraseOperator(ctx context.Context, number uint64, act Act) (Erasure, error) {
	var done Erasure
	if strings.TrimSpace(act.Reason) == "" {
		return done, ErrNoReason
	}
	o, err := q.Operator(ctx, number)
	if err != nil || o.Erased() {
		return Erasure{Operator: o}, err
	}
	done.Operator = o
	if mentions(act.Reason, o.Name) {
		return done, ErrReasonNames
	}
	if err := q.read(ctx, func(tx *transaction) error { return noSupervisor(tx, o.Name) }); err != nil {
		return done, err
	}
	if done.Lines, err = q.linesBy(ctx, o.Name); err != nil {
		return done, err
	}
	err = q.decide(ctx, act, func(tx *transaction, act Act) error {
		if err := noSupervisor(tx, o.Name); err != nil {
			return err
		}
		note := joinWords(ErasedName(o.Number), valid(act.Reason))
		if err := q.audit(tx, 0, AuditLine{By: act.By, Action: ActionErase, Note: note}); err != nil {
			return err
		}
		if err := in(tx, bucketOperatorName).Delete(nameKey(o.Name)); err != nil {
			return fmt.Errorf("erasing a name: %w", err)
		}
		done.Operator = Operator{Number: o.Number, ErasedAt: q.now()}
		return put(tx, bucketOperator, seqKey(o.Number), done.Operator)
	})
	return done, err
}

func noSupervisor(tx *transaction, called string) error {
	if called != "" && len(called) <= maxKey && in(tx, bucketSupervisor).Get([]byte(called)) != nil {
		return ErrStillSupervisor
	}
	return nil
}

// maxKey is the longest key that bbolt takes.
const maxKey = 32768

// mentions says whether a text has a name in it, as whole words in any case.
func mentions(text, called string) bool {
	words := func(s string) string {
		return " " + strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r)
		}), " ") + " "
	}
	name := words(called)
	return strings.TrimSpace(name) != "" && strings.Contains(words(text), name)
}

// linesBy counts the audit lines that have the name itself, page by page.
func (q *Queue) linesBy(ctx context.Context, called string) (n int, err error) {
	for at, first := uint64(0), true; first || at > 0; first = false {
		err := q.read(ctx, func(tx *transaction) error {
			c := in(tx, bucketAudit).Cursor()
			k, v := start(c, false, at)
			at = 0
			for looked := 0; k != nil; k, v = c.Next() {
				if looked == pageSize {
					at = keySeq(k)
					return nil
				}
				looked++
				line, err := decode[AuditLine](v)
				if err != nil {
					return corruptError(bucketAudit, k, err)
				}
				if line.Operator == 0 && line.By == called {
					n++
				}
			}
			return nil
		})
		if err != nil {
			return n, err
		}
	}
	return n, nil
}
