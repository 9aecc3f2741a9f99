package queue

import (
	"context"
	"crypto/rand"
	"sync"
	"time"
)

// idleEnd is when a Pass that nobody used ends, where Options say nothing.
const idleEnd = 5 * time.Minute

// The passes of a queue are who unlocked it. They live in memory alone: a start
// begins locked.
type passes struct {
	mu    sync.Mutex
	given map[Pass]*given
}

// A given Pass: whose it is, and when it was used last. A PC that slept counts no
// monotonic time, so the wall clock may end a Pass too, and never prolongs it.
type given struct {
	name string
	used time.Time
	end  *time.Timer
}

func (g *given) idle(after time.Duration) bool {
	now := time.Now()
	return now.Sub(g.used) >= after || now.Round(0).Sub(g.used.Round(0)) >= after
}

// allowed is the one place that says who may do what a supervisor decides: who
// has the Pass of one, and anybody while the station has no supervisor. It gives
// the act as the audit has it, by the supervisor. It is asked in the transaction
// of the change.
func (q *Queue) allowed(tx *transaction, act Act) (Act, error) {
	if !supervised(tx) {
		return act, nil
	}
	name, ok := q.use(act.Pass)
	if !ok || in(tx, bucketSupervisor).Get([]byte(name)) == nil {
		return act, ErrNeedsSupervisor
	}
	act.By = name
	return act, nil
}

// allowedOwn is allowed for what a person may also do with what they captured
// themselves.
func (q *Queue) allowedOwn(tx *transaction, act Act, e Entry) (Act, error) {
	if as, err := q.allowed(tx, act); err == nil {
		return as, nil
	}
	if e.Operator != valid(act.By) {
		return act, ErrNeedsSupervisor
	}
	return act, nil
}

// supervised says whether the station has a supervisor.
func supervised(tx *transaction) bool {
	b := in(tx, bucketSupervisor)
	if b == nil {
		return false // a file of an earlier schema, open for looking
	}
	k, _ := b.Cursor().First()
	return k != nil
}

// decide runs a change that is a supervisor's to make.
func (q *Queue) decide(ctx context.Context, act Act, change func(*transaction, Act) error) error {
	return q.write(ctx, func(tx *transaction) error {
		as, err := q.allowed(tx, act)
		if err != nil {
			return err
		}
		return change(tx, as)
	})
}

func (q *Queue) idleEnd() time.Duration {
	if q.opts.Idle > 0 {
		return q.opts.Idle
	}
	return idleEnd
}

// use is whose Pass it is, and begins its idle time anew.
func (q *Queue) use(p Pass) (name string, ok bool) {
	q.passes.mu.Lock()
	defer q.passes.mu.Unlock()
	g := q.passes.given[p]
	if g == nil || g.idle(q.idleEnd()) {
		return "", false
	}
	g.used = time.Now()
	g.end.Reset(q.idleEnd())
	return g.name, true
}

// Unlocked says whose Pass it is, while it is worth anything. Asking is no use of
// it.
func (q *Queue) Unlocked(p Pass) (name string, ok bool) {
	q.passes.mu.Lock()
	defer q.passes.mu.Unlock()
	if g := q.passes.given[p]; g != nil && !g.idle(q.idleEnd()) {
		return g.name, true
	}
	return "", false
}

// Lock ends a Pass. Watchers are told.
func (q *Queue) Lock(p Pass) { q.endPasses(func(one Pass, _ string) bool { return one == p }) }

// give makes a Pass.
func (q *Queue) give(name string) Pass {
	var p Pass
	_, _ = rand.Read(p.token[:]) // it never fails: the program ends first
	q.passes.mu.Lock()
	defer q.passes.mu.Unlock()
	if q.passes.given == nil {
		q.passes.given = map[Pass]*given{}
	}
	q.passes.given[p] = &given{name: name, used: time.Now(), end: time.AfterFunc(q.idleEnd(), func() { q.Lock(p) })}
	return p
}

// endPasses ends the passes that are meant.
func (q *Queue) endPasses(meant func(p Pass, name string) bool) {
	q.passes.mu.Lock()
	ended := false
	for p, g := range q.passes.given {
		if meant(p, g.name) {
			g.end.Stop()
			delete(q.passes.given, p)
			ended = true
		}
	}
	q.passes.mu.Unlock()
	if ended {
		q.watchers.Tell()
	}
}
