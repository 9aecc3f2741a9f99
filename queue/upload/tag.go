package upload

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// tags are what is known of each batch beyond the ledger, by customer and name.
type tags map[tagKey]*tag

type tagKey struct {
	customer autopilot.TenantID
	name     string // in lower case
}

// A tag holds back what goes to one batch where Partner Center will not take
// what is in the requests: one device that it always refuses as a whole must
// keep neither the others of its batch nor the customer's other batches.
//
//	refused ──► half as many ──► … ──► one alone ──► set apart, the others next
//	                                                    │
//	       another of the batch taken since? ◄── RetryMax later
//	          │ yes                    │ no: it waits for a person, and is tried
//	          ▼                        ▼ alone ever more rarely
//	    sent alone, and refused: rejected, with Microsoft's words
//
// So no device is rejected unless it was refused alone three times, each at least
// RetryMax after the last, and another of its batch was taken since the first:
// what is refused whoever is in it, for a while, or now and then is not the
// device's fault. Until it is proven the device stays ready, in people's hands.
type tag struct {
	*pause

	// limit is how many devices a request may carry, 0 for as many as any.
	limit int
	// taken counts requests that were taken.
	taken int
	// apart are entries that were refused alone, by their sequence.
	apart map[uint64]*apart
	// streak counts devices refused alone since a request was taken, stuck how
	// often one was tried again in vain; refusal is the last one.
	streak, stuck int
	refusal       error
	// tried says that one was tried again of which nothing is proven.
	tried bool
}

// refusedAlone is how often a device must be refused alone to be rejected.
const refusedAlone = 3

// apart is an entry that was refused alone: how often, how many requests had been
// taken when it was first, when another refusal counts at the soonest, and when
// it is tried again.
type apart struct {
	id             string
	refused, taken int
	soonest, next  time.Time
}

const (
	// longStreak is how many devices are refused alone, one after the other, until
	// the batch is given a rest.
	longStreak = 20
	// mostStuck bounds how rarely one is tried again in vain: with a RetryMax of 5
	// minutes, every 80.
	mostStuck = 4
)

func (u *Uploader) tag(customer autopilot.TenantID, batch autopilot.GroupTag) *tag {
	key := tagKey{customer, strings.ToLower(string(batch))}
	t, ok := u.tags[key]
	if !ok {
		t = &tag{pause: u.newPause(), apart: map[uint64]*apart{}}
		t.customer = customer
		u.tags[key] = t
	}
	return t
}

// holding is what holds back entries that go to a batch: the customer's pause,
// or else the batch's.
func (u *Uploader) holding(customer autopilot.TenantID, batch autopilot.GroupTag) *pause {
	if c := u.customer(customer).pause; c.blocks(time.Now()) {
		return c
	}
	return u.tag(customer, batch).pause
}

// waits says whether nothing goes to the batch now.
func (u *Uploader) waits(customer autopilot.TenantID, batch autopilot.GroupTag) bool {
	now := time.Now()
	return now.Before(u.customer(customer).yields) || u.holding(customer, batch).blocks(now)
}

// tagsOf are the pauses of the customer's batches.
func (u *Uploader) tagsOf(customer autopilot.TenantID) (all []*pause) {
	for key, t := range u.tags {
		if key.customer == customer {
			all = append(all, t.pause)
		}
	}
	return all
}

// next cuts the next request's entries off what is due: those that were not set
// apart first. Of those that were, one goes alone when its time has come, and of
// those that nothing is proven of no more than one.
func (t *tag) next(due []uint64, most int) (some, rest []uint64) {
	if t.limit > 0 {
		most = min(most, t.limit)
	}
	if len(t.apart) == 0 {
		most = min(most, len(due))
		return due[:most], due[most:]
	}
	for i, seq := range due {
		switch _, aside := t.apart[seq]; {
		case aside:
			rest = append(rest, seq)
		case len(some) == most:
			return some, append(rest, due[i:]...)
		default:
			some = append(some, seq)
		}
	}
	if len(some) > 0 {
		return some, rest
	}
	return t.oneApart(rest)
}

// oneApart is the entry whose time came first.
func (t *tag) oneApart(due []uint64) (some, rest []uint64) {
	now, one := time.Now(), -1
	for i, seq := range due {
		if a := t.apart[seq]; !a.next.After(now) && (one < 0 || a.next.Before(t.apart[due[one]].next)) {
			one = i
		}
	}
	switch {
	case one < 0:
		return nil, nil
	case t.proven(t.apart[due[one]]):
		return []uint64{due[one]}, slices.Delete(slices.Clone(due), one, one+1)
	default:
		t.tried = true
		return []uint64{due[one]}, nil
	}
}

// release has it tried at once, and with it one of those set apart.
func (t *tag) release() {
	t.pause.release()
	for _, a := range t.apart {
		a.next = time.Time{}
	}
}

// keep forgets those set apart that are due no more: a person has them.
func (t *tag) keep(due []uint64) {
	if len(t.apart) == 0 {
		return
	}
	still := make(map[uint64]bool, len(due))
	for _, seq := range due {
		still[seq] = true
	}
	maps.DeleteFunc(t.apart, func(seq uint64, _ *apart) bool { return !still[seq] })
}

// waiting says of those that are due how many are set apart, when the first of
// them is tried again, and whether one is proven: others were taken since.
func (t *tag) waiting(due []uint64) (n int, next time.Time, proven bool) {
	for _, seq := range due {
		a, aside := t.apart[seq]
		if !aside {
			continue
		}
		n++
		proven = proven || t.proven(a)
		if next.IsZero() || a.next.Before(next) {
			next = a.next
		}
	}
	return n, next, proven
}

// proven says whether others were taken since the entry was first refused alone.
func (t *tag) proven(a *apart) bool { return t.taken > a.taken }

// took notes that a request was taken.
func (t *tag) took(p queue.Plan) {
	t.clear()
	t.streak, t.stuck = 0, 0
	t.taken++
	if t.limit *= 2; t.limit >= partnercenter.MaxDevices {
		t.limit = 0
	}
	maps.DeleteFunc(t.apart, func(_ uint64, a *apart) bool { return slices.Contains(p.Entries, a.id) })
	for _, a := range t.apart { // they are proven now: no need to wait any longer
		if a.next.After(a.soonest) {
			a.next = a.soonest
		}
	}
}

// rest holds back what the batch does not take: where all that is left was
// refused alone, and nothing is proven, they wait ever longer, and a person is
// told; of whatever comes for the batch meanwhile nothing is held back. A long
// row of them gives the batch itself a rest.
func (t *tag) rest(o Options, due []uint64) {
	now := time.Now()
	n, next, proven := t.waiting(due)
	tried := t.tried
	t.tried = false
	switch {
	case n > 0 && n == len(due) && !proven && tried:
		for _, a := range t.apart {
			a.next = now.Add(o.RetryMax << min(t.stuck, mostStuck))
		}
		t.stuck++
	case t.streak >= longStreak && n < len(due) && !next.IsZero():
		t.streak = 0
		t.put(queue.Refused, t.refusal, o.RetryMax)
	}
}

// isContent says whether a refusal is of what is in the request.
func isContent(err error) bool { return kindOf(err) == partnercenter.Invalid }

// refusedContent finds out which device it is that Partner Center will not have
// in a request.
func (u *Uploader) refusedContent(ctx context.Context, p queue.Plan, err error) error {
	t := u.tag(p.Customer, p.Batch)
	t.refusal, u.withdrew = err, true
	if p.Open > 1 {
		t.limit = max(1, len(p.Devices)/2)
		return u.withdraw(ctx, p, queue.Refused)
	}
	t.streak++
	e, failed := u.ledger.Entry(context.WithoutCancel(ctx), p.Entries[len(p.Entries)-1])
	if failed != nil {
		return fmt.Errorf("reading what was refused: %w", failed)
	}
	now := time.Now()
	a, again := t.apart[e.Seq]
	if !again {
		a = &apart{id: e.ID, taken: t.taken}
		t.apart[e.Seq] = a
	}
	if !now.Before(a.soonest) {
		a.refused++
		a.soonest = now.Add(u.opts.RetryMax)
	}
	if a.refused >= refusedAlone && t.proven(a) {
		delete(t.apart, e.Seq)
		t.streak--
		_, failed = u.settle(ctx, p, []queue.Outcome{{Entry: e.ID, Reason: queue.Refused, Answer: wordsOf(err)}})
		return failed
	}
	a.next = a.soonest
	return u.withdraw(ctx, p, queue.Refused)
}

// wordsOf are Microsoft's words of a refusal.
func wordsOf(err error) string {
	_, words := refusalOf(err)
	return words
}

// doubtOver says whether a request of which nobody knows what became of it is
// past all time in which it could have shown: its batch was listed since, and
// the plan was refused with an answer.
func (u *Uploader) doubtOver(p queue.Plan) bool {
	return time.Since(u.progress(p).unsure) >= doubtLag*u.opts.ListLag
}
