package queue

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// ErrNoSupervisor, ErrLastSupervisor and ErrSupervisorName are that there is none
// of that name, that the one named is the last, and that a name is missing, too
// long or not to be read.
var (
	ErrNoSupervisor   = errors.New("no such supervisor")
	ErrLastSupervisor = errors.New("the last supervisor cannot be removed")
	ErrSupervisorName = errors.New("this is no name for a supervisor")
)

// nameLongest is the longest name of a supervisor, in characters.
const nameLongest = 64

// A Supervisor is somebody whose PIN the station knows.
type Supervisor struct {
	Name  string
	Since time.Time // when the PIN was set
}

// A supervisor is what is kept of one. Tries are wrong PINs since the last right
// one, the one that is looked at just now among them: it is on the disk before it
// is looked at, so that killing the program gives nobody more of them.
type supervisor struct {
	Name  string    `json:"name"`
	Hash  string    `json:"hash"`
	Since time.Time `json:"since"`
	Tries int       `json:"tries,omitempty"`
	// Until is when the next PIN is looked at, Wait how long that was when it was
	// written: a clock that was set back since makes it no longer.
	Until time.Time     `json:"until,omitzero"`
	Wait  time.Duration `json:"wait,omitempty"`
}

// Supervisors gives the supervisors by name; none means that nobody needs a PIN.
func (q *Queue) Supervisors(ctx context.Context) ([]Supervisor, error) {
	var all []Supervisor
	err := q.read(ctx, func(tx *transaction) error {
		all = nil
		b := in(tx, bucketSupervisor)
		if b == nil {
			return nil
		}
		return b.ForEach(func(k, v []byte) error {
			s, err := decode[supervisor](v)
			if err != nil {
				return corruptError(bucketSupervisor, k, err)
			}
			all = append(all, Supervisor{Name: s.Name, Since: s.Since})
			return nil
		})
	})
	return all, err
}

// SetPIN keeps a supervisor's PIN (else ErrWeakPIN), of a new one or in place of
// what was. The first supervisor of a station needs nobody; after that it takes a
// Pass, a supervisor's own to change their own PIN. Whoever else is unlocked under
// the name no longer is.
func (q *Queue) SetPIN(ctx context.Context, name, pin string, act Act) error {
	name, err := supervisorName(name)
	if err != nil {
		return err
	}
	if weak(pin) {
		return ErrWeakPIN
	}
	hash := q.hashed(pin)
	err = q.decide(ctx, act, func(tx *transaction, act Act) error {
		act.By = firstOf(act.By, name)
		s := supervisor{Name: name, Hash: hash, Since: q.now()}
		if err := put(tx, bucketSupervisor, []byte(name), s); err != nil {
			return err
		}
		delete(q.waits, name)
		return q.audit(tx, 0, AuditLine{By: act.By, Action: ActionPIN, Of: name, Note: act.Reason})
	})
	if err == nil {
		q.endPasses(func(p Pass, whose string) bool { return whose == name && p != act.Pass })
	}
	return err
}

// hashed hashes one PIN at a time: each takes much memory.
func (q *Queue) hashed(pin string) string {
	q.hashing.Lock()
	defer q.hashing.Unlock()
	return hashPIN(pin).String()
}

// RemoveSupervisor takes a supervisor's PIN away, but not the last one's
// (ErrLastSupervisor).
func (q *Queue) RemoveSupervisor(ctx context.Context, name string, act Act) error {
	name = strings.TrimSpace(valid(name))
	err := q.decide(ctx, act, func(tx *transaction, act Act) error {
		b := in(tx, bucketSupervisor)
		if name == "" || b.Get([]byte(name)) == nil {
			return ErrNoSupervisor
		}
		if first, _ := b.Cursor().First(); string(first) == name {
			if last, _ := b.Cursor().Last(); string(last) == name {
				return ErrLastSupervisor
			}
		}
		if err := drop(tx, bucketSupervisor, []byte(name)); err != nil {
			return err
		}
		delete(q.waits, name)
		return q.audit(tx, 0, AuditLine{By: act.By, Action: ActionUnseat, Of: name, Note: act.Reason})
	})
	if err == nil {
		q.endPasses(func(_ Pass, whose string) bool { return whose == name })
	}
	return err
}

// ResetSupervisors takes all PINs away, for whoever administers the PC: the queue
// cannot know who that is, the program that calls it must.
func (q *Queue) ResetSupervisors(ctx context.Context, by string) error {
	err := q.write(ctx, func(tx *transaction) error {
		var names []string
		if err := in(tx, bucketSupervisor).ForEach(func(k, _ []byte) error {
			names = append(names, string(k))
			return nil
		}); err != nil {
			return err
		}
		for _, name := range names {
			if err := drop(tx, bucketSupervisor, []byte(name)); err != nil {
				return err
			}
			if err := q.audit(tx, 0, AuditLine{By: by, Action: ActionReset, Of: name}); err != nil {
				return err
			}
		}
		clear(q.waits)
		if len(names) > 0 {
			return nil
		}
		return q.audit(tx, 0, AuditLine{By: by, Action: ActionReset})
	})
	if err == nil {
		q.endPasses(func(Pass, string) bool { return true })
	}
	return err
}

// supervisorName is a name as it is kept.
func supervisorName(name string) (string, error) {
	name = strings.TrimSpace(valid(name))
	unreadable := func(r rune) bool { return !unicode.IsPrint(r) }
	if name == "" || utf8.RuneCountInString(name) > nameLongest || strings.ContainsFunc(name, unreadable) {
		return "", ErrSupervisorName
	}
	return name, nil
}
