package queue

import (
	"context"
	"errors"
	"time"

	"pkidstation/queue/autopilot"
)

// ReadyWork is what is ready for one customer and group tag, as numbers: a
// station may hold 100,000 ready entries, and a number takes 8 bytes where an
// entry takes a thousand. Tag is empty as in Group.
type ReadyWork struct {
	Customer autopilot.TenantID
	Tag      autopilot.GroupTag
	// Due are the sequences of what may go out now, oldest first; EntriesAt gives
	// the entries.
	Due []uint64
	// Later is how many may not yet, NextDue when the first of them may.
	Later   int
	NextDue time.Time
	// Unfit is how many nothing identifies: they cannot be sent.
	Unfit int
}

// A readyEntry is an entry's record of which only that is read which says when it goes
// out, and for whom: of 100,000 entries that takes a tenth of the time and of the
// memory, and a step of the uploader reads all of them. It has every key of an entry,
// in its order, as a briefRecord.
type readyEntry struct {
	ID        passed `json:"id"`
	Seq       uint64 `json:"seq"`
	Reception string `json:"reception"`
	Number    passed `json:"number"`

	autopilot.Device

	Part           passed             `json:"part"`
	Customer       autopilot.TenantID `json:"customer,omitempty"`
	GroupTag       autopilot.GroupTag `json:"group_tag,omitempty"`
	Order          passed             `json:"order"`
	Pallet         passed             `json:"pallet"`
	State          passed             `json:"state"`
	Reason         passed             `json:"reason"`
	Hold           passed             `json:"hold"`
	Unconfirmed    passed             `json:"unconfirmed"`
	Done           passed             `json:"done"`
	Other          passed             `json:"other"`
	Listed         passed             `json:"listed,omitzero"`
	ByList         passed             `json:"by_list"`
	Plan           passed             `json:"plan"`
	Batch          passed             `json:"batch"`
	TrackingID     passed             `json:"tracking_id"`
	Sent           passed             `json:"sent"`
	Restored       passed             `json:"restored"`
	DeviceID       passed             `json:"device_id"`
	Code           passed             `json:"code"`
	Answer         passed             `json:"answer"`
	RetryAt        passed             `json:"retry_at,omitzero"`
	Tries          passed             `json:"tries"`
	TriesCode      passed             `json:"tries_code"`
	ByTuple        bool               `json:"by_tuple,omitempty"`
	Profile        passed             `json:"profile,omitzero"`
	From           passed             `json:"from"`
	Way            passed             `json:"way"`
	WentBy         passed             `json:"went_by"`
	CapturedAt     time.Time          `json:"captured_at"`
	ChangedAt      passed             `json:"changed_at"`
	Operator       passed             `json:"operator"`
	OperatorNumber passed             `json:"operator_number"`
	Station        passed             `json:"station"`
	Source         passed             `json:"source"`
	Reads          passed             `json:"reads"`
}

func (e readyEntry) entry() Entry {
	return Entry{
		Seq: e.Seq, Reception: e.Reception, Device: e.Device, Customer: e.Customer, GroupTag: e.GroupTag,
		ByTuple: e.ByTuple, CapturedAt: e.CapturedAt, State: Ready,
	}
}

// ReadyWork gives everything that is ready at now, read once, in the order of
// each group's first entry. Entries of an open reception are due after they
// were captured that long ago.
func (q *Queue) ReadyWork(ctx context.Context, now time.Time, after time.Duration) ([]ReadyWork, error) {
	g := workGrouping{now: now, after: after, at: map[groupKey]int{}}
	err := q.lookAtReady(ctx, g.add)
	return g.work, err
}

// lookAtReady looks at each ready entry, and reads of those that changed since the
// last time what a readyEntry has.
func (q *Queue) lookAtReady(ctx context.Context, each func(*readyScan, readyLook) error) error {
	notes := q.readyNotes()
	notes.begin()
	defer notes.end()
	return q.sweep(ctx, func(tx *transaction, next func()) error {
		known := notes
		if q.books.ready != notes { // the books were opened anew meanwhile
			known = newReadyNotes()
		}
		s := newReadyScan(tx)
		return s.eachKey(func(seq uint64) error {
			next()
			look, err := known.read(tx, seq)
			if err != nil {
				return err
			}
			return each(s, look)
		})
	})
}

// readyNotes are those of the open books. Where there are none, or they are open for
// looking and another process changes them, nothing is known.
func (q *Queue) readyNotes() *readyNotes {
	q.using.RLock()
	defer q.using.RUnlock()
	if q.books == nil || q.books.ready == nil {
		return newReadyNotes()
	}
	return q.books.ready
}

type workGrouping struct {
	now   time.Time
	after time.Duration
	work  []ReadyWork
	at    map[groupKey]int
}

func (g *workGrouping) add(s *readyScan, e readyLook) error {
	tag, err := s.tag(e.Entry)
	if err != nil {
		return err
	}
	open, err := s.open(e.Entry)
	if err != nil {
		return err
	}
	w := g.group(groupKey{e.Customer, tag})
	due := e.CapturedAt.Add(g.after)
	switch {
	case e.unfit:
		w.Unfit++
	case !open || !due.After(g.now):
		w.Due = append(w.Due, e.Seq)
	default:
		w.Later++
		if w.NextDue.IsZero() || due.Before(w.NextDue) {
			w.NextDue = due
		}
	}
	return nil
}

func (g *workGrouping) group(key groupKey) *ReadyWork {
	i, ok := g.at[key]
	if !ok {
		i = len(g.work)
		g.at[key] = i
		g.work = append(g.work, ReadyWork{Customer: key.customer, Tag: key.tag})
	}
	return &g.work[i]
}

// EntriesAt gives the entries with these sequences, in their order, but those
// that there are none of.
func (q *Queue) EntriesAt(ctx context.Context, seqs []uint64) ([]Entry, error) {
	entries := make([]Entry, 0, len(seqs))
	err := q.read(ctx, func(tx *transaction) error {
		for _, seq := range seqs {
			e, err := entryBySeq(tx, seq)
			if errors.Is(err, ErrNoEntry) {
				continue
			}
			if err != nil {
				return err
			}
			entries = append(entries, e)
		}
		return nil
	})
	return entries, err
}

// A PlanHead is an open plan without its entries and devices, of which 200
// plans have 100,000. Tuples are those of its devices that have no PKID: of a
// PKID the queue sends one entry at a time, of a tuple somebody must see to it.
type PlanHead struct {
	Plan

	Tuples []autopilot.Device
}

// OpenPlanHeads gives the plans that are planned or submitted, oldest first.
func (q *Queue) OpenPlanHeads(ctx context.Context) ([]PlanHead, error) {
	var open []PlanHead
	err := q.read(ctx, func(tx *transaction) error {
		return in(tx, bucketPlanOpen).ForEach(func(k, _ []byte) error {
			p, err := get[Plan](tx, bucketPlan, k, ErrNoPlan)
			if err == nil {
				open = append(open, headOf(p))
			}
			return err
		})
	})
	return open, err
}

func headOf(p Plan) PlanHead {
	head := PlanHead{Plan: p}
	for _, d := range p.Devices {
		if d.PKID == "" {
			head.Tuples = append(head.Tuples, d)
		}
	}
	head.Entries, head.Devices = nil, nil
	return head
}

// PlanByID gives one plan, or ErrNoPlan.
func (q *Queue) PlanByID(ctx context.Context, id string) (Plan, error) {
	var p Plan
	err := q.read(ctx, func(tx *transaction) (err error) {
		p, err = planByID(tx, id)
		return err
	})
	return p, err
}
