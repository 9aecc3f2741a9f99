package queue

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// A Withheld is an entry that an act would refuse, and with what.
type Withheld struct {
	Entry Entry
	Err   error
}

// Withheld says which of these entries Release or Retry (by the act's action) would
// refuse as they stand now, so that the others can go: one of them would stop all. Two
// that are one device are both withheld, for a person to choose. It changes nothing and
// keeps nobody waiting.
func (q *Queue) Withheld(ctx context.Context, action Action, ids []string) ([]Withheld, error) {
	from := map[Action]State{ActionRelease: Held, ActionRetry: Rejected}[action]
	if from == "" {
		return nil, fmt.Errorf("looking ahead at %q: %w", action, errors.ErrUnsupported)
	}
	l := lookAhead{from: from, going: make(map[string]bool, len(ids))}
	for _, id := range ids {
		l.going[id] = true
	}
	var withheld []Withheld
	for some := range slices.Chunk(ids, pageSize) {
		var found []Withheld
		err := q.read(ctx, func(tx *transaction) (err error) {
			found, err = l.look(tx, some)
			return err
		})
		if err != nil {
			return withheld, err
		}
		withheld = append(withheld, found...)
	}
	return withheld, nil
}

// A lookAhead looks at entries that are to leave a state together.
type lookAhead struct {
	from  State
	going map[string]bool // by ID
}

func (l lookAhead) look(tx *transaction, ids []string) (found []Withheld, err error) {
	for _, id := range ids {
		e, err := entryByID(tx, id)
		if err == nil {
			err = l.refusal(tx, e)
		}
		switch {
		case isRefusal(err):
			e.ID = id // of one that is not here, too
			found = append(found, Withheld{e, err})
		case err != nil:
			return nil, err
		}
	}
	return found, nil
}

// refusal is what would be said to an entry.
func (l lookAhead) refusal(tx *transaction, e Entry) error {
	_, _, err := move(e, l.from, Ready, "", Act{}, "")
	switch {
	case err != nil:
	case l.from == Held:
		err = releasable(tx, e)
	default:
		err = unclaimed(tx, e)
	}
	if err != nil {
		return err
	}
	twins, err := liveByPKID(tx, e.pkid())
	same, err2 := namesakes(tx, e)
	if err := errors.Join(err, err2); err != nil {
		return err
	}
	for _, t := range slices.Concat(twins, same) {
		if t.ID != e.ID && l.going[t.ID] {
			return &ClaimedError{Entry: e.ID, By: t}
		}
	}
	return nil
}

// isRefusal says whether an error is about the entry alone, not about the books.
func isRefusal(err error) bool {
	_, way := errors.AsType[*WayError](err)
	_, claimed := errors.AsType[*ClaimedError](err)
	return way || claimed || errors.Is(err, ErrNoCustomer) || errors.Is(err, ErrNoIdentity) || errors.Is(err, ErrNoEntry)
}
