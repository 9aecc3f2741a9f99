package queue

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pkidstation/queue/autopilot"
)

// A Retention says how long the station keeps what it knows of boxes that are
// settled.
type Retention struct {
	// Identity is how many days PKID, serial, customer, batch and device id stay
	// after an entry was settled: returns need them.
	Identity int `json:"identity_days"`
	// Rest is how many days all else stays: what was read, by whom, and the answers.
	// The audit stays whole: a chain that begins in the middle proves nothing, it
	// holds numbers for people, and what it says of a box is its entry's id.
	Rest int `json:"rest_days"`
}

// DefaultRetention is what holds until somebody says otherwise.
func DefaultRetention() Retention { return Retention{Identity: 5 * 365, Rest: 90} }

// The bounds of a Retention, in days: a month for what may have to be looked up
// once more, and ten years, after which nobody has a reason.
const (
	RetentionLeast = 30
	RetentionMost  = 3650
)

// ErrRetention is that a retention to be set is out of its bounds, or has the
// identity go before the rest.
var ErrRetention = errors.New("a retention is between 30 and 3650 days, and the identity stays at least as long as the rest")

// keyRetention is in bucketSetting.
const keyRetention = "retention"

func (r Retention) check() error {
	if r.Rest < RetentionLeast || r.Identity < r.Rest || r.Identity > RetentionMost {
		return ErrRetention
	}
	return nil
}

// Retention is how long what is settled is kept.
func (q *Queue) Retention(ctx context.Context) (Retention, error) {
	var r Retention
	err := q.read(ctx, func(tx *transaction) (err error) {
		r, err = retention(tx)
		return err
	})
	return r, err
}

// retention is what is set. What no bounds allow is not obeyed.
func retention(tx *transaction) (Retention, error) {
	r, err := get[Retention](tx, bucketSetting, []byte(keyRetention), errNoSetting)
	switch {
	case errors.Is(err, errNoSetting):
		return DefaultRetention(), nil
	case err != nil:
		return r, err
	case r.check() != nil:
		return DefaultRetention(), nil //nolint:nilerr // see above
	default:
		return r, nil
	}
}

var errNoSetting = errors.New("it is not set")

// SetRetention says how long what is settled is kept. What is gone by then goes
// with the next steps of Retain.
func (q *Queue) SetRetention(ctx context.Context, r Retention, act Act) error {
	if err := r.check(); err != nil {
		return err
	}
	return q.decide(ctx, act, func(tx *transaction, act Act) error {
		if err := put(tx, bucketSetting, []byte(keyRetention), r); err != nil {
			return err
		}
		note := fmt.Sprintf("identity %d days, rest %d days: %s", r.Identity, r.Rest, act.Reason)
		return q.audit(tx, 0, AuditLine{By: act.By, Action: ActionRetention, Note: note})
	})
}

// The actions of retention.
const (
	ActionRetention Action = "retention" // how long is kept was set
)

// inOneRetain is how many records a step of Retain changes, and inOneLook how many
// it looks at: whoever captures waits for one step at most.
const (
	inOneRetain = 50
	inOneLook   = 100
)

// Retain takes away what is kept no longer, one bounded step a call, and says
// whether there may be more. When it came to the end it begins anew. The PC's clock
// alone takes nothing away: see RetentionClock.
func (q *Queue) Retain(ctx context.Context) (more bool, err error) {
	more, _, err = q.retain(ctx)
	return more, err
}

// retain is Retain, and says whether anything went.
func (q *Queue) retain(ctx context.Context) (more, gone bool, err error) {
	err = q.write(ctx, func(tx *transaction) error {
		kept, err := retention(tx)
		if err != nil {
			return err
		}
		clock, err := retentionClock(tx, q.now())
		if err != nil {
			return err
		}
		today := clock.day(q.now())
		w := retaining{tx: tx, clock: clock, rest: today.AddDate(0, 0, -kept.Rest), identity: today.AddDate(0, 0, -kept.Identity)}
		more, err = q.retained.step(&w)
		gone = w.gone
		return err
	})
	return more, gone, err
}

// retained is how far Retain came: through the entries, then the handovers, then
// the lists.
type retained struct {
	phase    int
	entry    uint64 // the last one looked at
	handover []byte // its key
	list     uint64
}

// step goes on, and says whether there may be more.
func (r *retained) step(w *retaining) (more bool, err error) {
	switch r.phase {
	case 0:
		r.entry, more, err = w.entries(r.entry)
	case 1:
		r.handover, err = w.handovers(r.handover)
		more = r.handover != nil
	default:
		r.list, more, err = w.lists(r.list)
	}
	if more || err != nil {
		return true, err
	}
	last := r.phase == 2
	*r = retained{phase: (r.phase + 1) % 3}
	return !last, nil
}

// A retaining is one step.
type retaining struct {
	tx             *transaction
	clock          RetentionClock
	rest, identity time.Time // what was settled before that goes
	gone           bool      // something went
}

// entries strips entries behind the one with sequence last, and says how far it came.
func (w *retaining) entries(last uint64) (_ uint64, more bool, err error) {
	c := in(w.tx, bucketEntry).Cursor()
	looked, stripped := 0, []Entry(nil)
	for k, v := c.Seek(seqKey(last + 1)); k != nil && !more; k, v = c.Next() {
		e, err := decode[Entry](v)
		if err != nil {
			return last, false, corruptError(bucketEntry, k, err)
		}
		last = keySeq(k)
		if leaner(e, w.strip(e)) {
			stripped = append(stripped, e)
		}
		looked++
		more = looked == inOneLook || len(stripped) == inOneRetain
	}
	for _, e := range stripped { // not while the cursor stands in the bucket
		w.gone = true
		if err := store(w.tx, e, w.strip(e)); err != nil {
			return last, false, err
		}
	}
	return last, more, nil
}

// strip is an entry without what is kept of it no longer. Its work stays as long
// as its identity: a box that comes again is the same only for the same work.
func (w *retaining) strip(e Entry) Entry {
	if !e.settled() || !e.ChangedAt.Before(w.rest) {
		return e
	}
	since := w.clock.since(w.tx, e)
	if !since.Before(w.rest) {
		return e
	}
	reads := e.Reads
	e.Reads, e.Part, e.Pallet, e.Answer, e.Operator, e.Source, e.Other = nil, "", "", "", "", "", ""
	switch {
	case e.State == Rejected: // they say whether its serial may stand for it
		e.Reads = reads
	case e.ByList == ListedDevice && len(reads) > 0: // that its box was scanned after all
		e.Reads = []Read{{}}
	}
	e.OperatorNumber = 0
	if since.Before(w.identity) {
		e.Reads = nil
		e.Device, e.Listed = autopilot.Device{}, Listed{}
		e.Customer, e.GroupTag, e.Order = "", "", ""
		e.Plan, e.Batch, e.TrackingID, e.DeviceID, e.Code, e.Profile = "", "", "", "", "", Profile{}
	}
	return e
}

// leaner says whether something was stripped.
func leaner(before, after Entry) bool {
	return len(before.Reads) > 0 && len(after.Reads) == 0 || before.OperatorNumber != after.OperatorNumber || before.Operator != after.Operator || before.PKID != after.PKID ||
		before.Serial != after.Serial || before.Customer != after.Customer || before.Answer != after.Answer ||
		before.Source != after.Source || before.Hash != after.Hash || before.Listed != after.Listed || before.Pallet != after.Pallet || before.Part != after.Part || before.DeviceID != after.DeviceID
}

// settled says whether nothing is to come of an entry by itself.
func (e Entry) settled() bool {
	switch e.State { //nolint:exhaustive // of the others all is to come
	case Registered:
		return !e.Profile.State.open()
	case Rejected:
		return e.RetryAt.IsZero()
	case Removed, Moved, Discarded:
		return true
	default:
		return false
	}
}
