package queue

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"
)

// An Operator is a person who did something at this station. Records and the
// audit hold the number alone; this one holds the name, so that it can be erased
// and the audit still fits together.
type Operator struct {
	Number uint64 `json:"number"` // from 1, never given twice
	Name   string `json:"name,omitempty"`
	// ErasedAt is when the name was erased.
	ErasedAt time.Time `json:"erased_at,omitzero"`
}

// Erased says whether the name is gone.
func (o Operator) Erased() bool { return !o.ErasedAt.IsZero() }

// ErasedName is what stands for the name of an operator who was erased. Screens
// say it in the person's language.
func ErasedName(number uint64) string { return fmt.Sprintf("operator %d", number) }

// ErrNoOperator says that there is none of that name or number.
var ErrNoOperator = errors.New("no such operator")

// Operators gives everybody who ever acted here, by number.
func (q *Queue) Operators(ctx context.Context) ([]Operator, error) {
	var all []Operator
	err := q.read(ctx, func(tx *transaction) error {
		b := in(tx, bucketOperator)
		if b == nil { // an earlier file, opened for looking only
			return nil
		}
		return b.ForEach(func(k, v []byte) error {
			o, err := decode[Operator](v)
			if err != nil {
				return corruptError(bucketOperator, k, err)
			}
			all = append(all, o)
			return nil
		})
	})
	return all, err
}

// OperatorNamed gives the operator of a name, or ErrNoOperator.
func (q *Queue) OperatorNamed(ctx context.Context, called string) (o Operator, err error) {
	err = q.read(ctx, func(tx *transaction) error {
		n, err := operatorNumber(tx, valid(called))
		if err == nil {
			o, err = operatorByNumber(tx, n)
		}
		return err
	})
	return o, err
}

// Operator gives the operator of a number, or ErrNoOperator.
func (q *Queue) Operator(ctx context.Context, number uint64) (o Operator, err error) {
	err = q.read(ctx, func(tx *transaction) error {
		o, err = operatorByNumber(tx, number)
		return err
	})
	return o, err
}

func operatorByNumber(tx *transaction, n uint64) (Operator, error) {
	missing := func() error { return fmt.Errorf("%w: number %d", ErrNoOperator, n) }
	if in(tx, bucketOperator) == nil {
		return Operator{}, missing()
	}
	return getBy(tx, bucketOperator, seqKey(n), missing, lastOperator.decodeTo)
}

// lastOperator is who was looked up last: mostly the same person works on.
//
//nolint:gochecknoglobals // what it gives depends on the bytes alone, whichever queue's they are
var lastOperator lastDecoded[Operator]

// nameKey is what an operator is found by. It is no name, so that none is left
// in the index's pages.
func nameKey(called string) []byte {
	sum := sha256.Sum256([]byte(called))
	return sum[:]
}

func operatorNumber(tx *transaction, called string) (uint64, error) {
	if b := in(tx, bucketOperatorName); b != nil {
		if n := b.Get(nameKey(called)); n != nil {
			return keySeq(n), nil
		}
	}
	return 0, fmt.Errorf("%w: %s", ErrNoOperator, called)
}

// An actor is a place of a record that says who did something: the name, and the
// number that stands for it on the disk.
type actor struct {
	name   *string
	number *uint64
}

// acting are the records that say who did something.
type acting interface{ actors() []actor }

func (e *Entry) actors() []actor { return []actor{{&e.Operator, &e.OperatorNumber}} }

func (r *Reception) actors() []actor {
	return []actor{{&r.OpenedBy, &r.OpenedByNumber}, {&r.ClosedBy, &r.ClosedByNumber}}
}

func (r *Removal) actors() []actor   { return []actor{{&r.By, &r.ByNumber}} }
func (l *Learnt) actors() []actor    { return []actor{{&l.By, &l.ByNumber}} }
func (l *AuditLine) actors() []actor { return []actor{{&l.By, &l.Operator}, {&l.Of, &l.OfNumber}} }
func (h *Handover) actors() []actor  { return []actor{{&h.By, &h.ByNumber}} }

// numberActors puts numbers in the place of names, before a record is written. Who is
// new gets one in the same change. The uploader is nobody.
func numberActors(tx *transaction, record any) error {
	r, ok := record.(acting)
	if !ok {
		return nil
	}
	for _, a := range r.actors() {
		if *a.number == 0 && (*a.name == "" || *a.name == planActor) {
			continue
		}
		if *a.number == 0 {
			n, err := met(tx, valid(*a.name))
			if err != nil {
				return err
			}
			*a.number = n
		}
		*a.name = ""
	}
	return nil
}

// met is the number of a name, which gets one if it has none.
func met(tx *transaction, called string) (uint64, error) {
	n, err := operatorNumber(tx, called)
	if err == nil || !errors.Is(err, ErrNoOperator) {
		return n, err
	}
	if n, err = in(tx, bucketOperator).NextSequence(); err != nil {
		return 0, fmt.Errorf("numbering an operator: %w", err)
	}
	o := Operator{Number: n, Name: called}
	if err := in(tx, bucketOperatorName).Put(nameKey(called), seqKey(n)); err != nil {
		return 0, fmt.Errorf("indexing an operator: %w", err)
	}
	return n, put(tx, bucketOperator, seqKey(n), o)
}

// nameActors fills in the names, after a record was read.
func nameActors(tx *transaction, record any) error {
	r, ok := record.(acting)
	if !ok {
		return nil
	}
	for _, a := range r.actors() {
		if *a.number == 0 {
			continue
		}
		called, err := tx.nameOf(*a.number)
		if err != nil {
			return err
		}
		*a.name = called
	}
	return nil
}

// nameOf is what an operator is called. A number that the table lacks is told by
// Check; here it is as if it were erased.
func (t *transaction) nameOf(n uint64) (string, error) {
	if called, known := t.names[n]; known {
		return called, nil
	}
	o, err := operatorByNumber(t, n)
	called := o.Name
	switch {
	case errors.Is(err, ErrNoOperator), err == nil && o.Erased():
		called = ErasedName(n)
	case err != nil:
		return "", err
	}
	if t.names == nil {
		t.names = map[uint64]string{}
	}
	t.names[n] = called
	return called, nil
}

// operators: each stands under its number and is found by its name.
func (c *checker) operators() error {
	names := in(c.tx, bucketOperatorName)
	if names == nil {
		return nil // a file of an earlier schema, opened for looking only
	}
	err := in(c.tx, bucketOperator).ForEach(func(k, v []byte) error {
		o, err := decode[Operator](v)
		switch {
		case err != nil:
			c.add("%v", corruptError(bucketOperator, k, err))
		case o.Number != keySeq(k):
			c.add("operator %d says they are %d", keySeq(k), o.Number)
		case !o.Erased() && !bytes.Equal(names.Get(nameKey(o.Name)), k):
			c.add("operator %d is not found by their name", o.Number)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return names.ForEach(func(called, n []byte) error {
		if o, err := operatorByNumber(c.tx, keySeq(n)); err != nil || o.Erased() || !bytes.Equal(nameKey(o.Name), called) {
			c.add("a name points at operator %d, who does not have it", keySeq(n))
		}
		return nil
	})
}
