package queue

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// The wait after wrong PINs: none after the first three, then this, doubled with
// each one up to the most.
const (
	triesFree = 3
	waitFirst = 2 * time.Second
	waitMost  = 15 * time.Minute
)

// waitAfter is how long no PIN is looked at after so many wrong ones.
func waitAfter(tries int) time.Duration {
	doubled := tries - triesFree - 1
	switch {
	case doubled < 0:
		return 0
	case doubled >= 9: // 2 s doubled that often is longer than the most
		return waitMost
	default:
		return waitFirst << doubled
	}
}

// Unlock gives a Pass for a supervisor's PIN. A wrong one, and one that comes
// before the wait after the wrong ones is over, is a *PINError. Each is on the
// disk before it is looked at, and nothing else waits for it.
func (q *Queue) Unlock(ctx context.Context, name, pin string) (Pass, error) {
	name = strings.TrimSpace(valid(name))
	s, err := q.tryPIN(ctx, name)
	if err != nil {
		return Pass{}, err
	}
	hash, err := parsePINHash(s.Hash)
	if err != nil {
		return Pass{}, fmt.Errorf("%w: the PIN of %q: %w", ErrDamaged, name, err)
	}
	q.hashing.Lock()
	right := hash.fits(pin)
	q.hashing.Unlock()
	return q.answerPIN(ctx, s, right)
}

// tryPIN counts a PIN that is to be looked at as a wrong one.
func (q *Queue) tryPIN(ctx context.Context, name string) (s supervisor, err error) {
	var early *PINError
	err = q.write(ctx, func(tx *transaction) (err error) {
		early = nil
		if s, err = supervisorBy(tx, name); err != nil {
			return err
		}
		if left := q.waitsStill(&s); left > 0 {
			early = &PINError{Wait: left, Early: true}
			if err := put(tx, bucketSupervisor, []byte(name), s); err != nil {
				return err
			}
			return q.audit(tx, 0, AuditLine{By: name, Action: ActionRefuse, Note: "too early, after " + strconv.Itoa(s.Tries)})
		}
		s.Tries++
		q.waitFor(&s, waitAfter(s.Tries))
		return put(tx, bucketSupervisor, []byte(name), s)
	})
	if err == nil && early != nil {
		err = early
	}
	return s, err
}

// answerPIN writes what a PIN that was looked at was. Right is only what still
// counts: another may have been set meanwhile.
func (q *Queue) answerPIN(ctx context.Context, tried supervisor, right bool) (Pass, error) {
	name := tried.Name
	err := q.write(ctx, func(tx *transaction) error {
		s, err := supervisorBy(tx, name)
		if err != nil {
			return err
		}
		if right = right && s.Hash == tried.Hash; !right {
			return q.audit(tx, 0, AuditLine{By: name, Action: ActionRefuse, Note: "wrong, number " + strconv.Itoa(tried.Tries)})
		}
		s.Tries, s.Until, s.Wait = 0, time.Time{}, 0
		delete(q.waits, name)
		if err := put(tx, bucketSupervisor, []byte(name), s); err != nil {
			return err
		}
		return q.audit(tx, 0, AuditLine{By: name, Action: ActionUnlock})
	})
	switch {
	case err != nil:
		return Pass{}, err
	case !right:
		return Pass{}, &PINError{Wait: tried.Wait}
	}
	p := q.give(name)
	q.watchers.Tell()
	return p, nil
}

func supervisorBy(tx *transaction, name string) (supervisor, error) {
	if name == "" {
		return supervisor{}, ErrNoSupervisor
	}
	return get[supervisor](tx, bucketSupervisor, []byte(name), ErrNoSupervisor)
}

// waitFor has a supervisor's next PIN wait. In this process it is the monotonic
// clock that counts, so that setting the other one shortens nothing; with writing.
func (q *Queue) waitFor(s *supervisor, wait time.Duration) {
	s.Wait, s.Until = wait, q.now().Add(wait)
	if q.waits == nil {
		q.waits = map[string]time.Time{}
	}
	q.waits[s.Name] = time.Now().Add(wait)
}

// waitsStill is how long a supervisor's next PIN still waits. What an earlier
// process wrote counts by the clock, as far as that can be believed: where it was
// set back since, the wait begins anew, once.
func (q *Queue) waitsStill(s *supervisor) time.Duration {
	if until, ok := q.waits[s.Name]; ok {
		return time.Until(until)
	}
	s.Wait = min(s.Wait, waitMost)
	now := q.now()
	left := min(s.Until.Sub(now), s.Wait)
	if left <= 0 {
		return left
	}
	if now.Before(s.Until.Add(-s.Wait)) {
		q.waitFor(s, left)
		return left
	}
	wait, until := s.Wait, s.Until
	q.waitFor(s, left)
	s.Wait, s.Until = wait, until
	return left
}
