package queue

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"pkidstation/queue/autopilot"
)

// A Handover moves entries that were not sent to another station, by a file:
// for a dock that is never online, or a PC that is replaced.
//
//	here: held, ready ──► moved ──► file ──► there: held or ready, as they were
//
// Each entry has one owner all the time, or is visibly moved:
//
//   - The entries are moved, and all that the file has is kept, in one change
//     before there is a file. A file that was lost or never written is written
//     again, the same to the letter.
//   - The file is for one station, named by its code, and no other takes it in.
//   - That station takes it in once: it keeps the handover's ID. An entry keeps
//     its event UUID, so that one that is there already is not taken again,
//     wherever it stands by then.
//   - Nothing comes back by itself: a file that nobody has now may be found. An
//     entry comes back by a handover of the other station. Where that one is
//     lost for good, the boxes are read again here: the PKIDs of moved entries
//     are accepted anew.
type Handover struct {
	ID  string      `json:"id"`
	Way HandoverWay `json:"way"`
	// Station is the name of the station that it comes from and From its code;
	// To is the code of the one that it goes to.
	Station string `json:"station,omitempty"`
	From    string `json:"from"`
	To      string `json:"to"`
	// By, At and Reason are of this station: who handed over or took in, when, why.
	By       string    `json:"by"`
	ByNumber uint64    `json:"by_operator,omitempty"`
	At       time.Time `json:"at"`
	Reason   string    `json:"reason,omitempty"`
	// Entries is how many entries it has. Of one that was taken in, Taken is how
	// many were made here, Held how many of them are held, and Seen how many of
	// them were discarded at once, for their boxes stood here; Already is how many
	// entries were here.
	Entries int `json:"entries"`
	Taken   int `json:"taken,omitempty"`
	Held    int `json:"held,omitempty"`
	Seen    int `json:"seen,omitempty"`
	Already int `json:"already,omitempty"`
	// Sum is the SHA-256 of what the file says; Body is that itself, where it
	// goes out.
	Sum  string          `json:"sum"`
	Body json.RawMessage `json:"body,omitempty"`
	// Gone is that Body is kept no longer: see Retention.
	Gone bool `json:"gone,omitempty"`
}

// A HandoverWay says whether a handover went out from here or came in.
type HandoverWay string

// The ways of a handover.
const (
	HandoverOut HandoverWay = "out"
	HandoverIn  HandoverWay = "in"
)

// MaxHandover is the most entries of one handover: it is one line of the journal
// here and one there.
const MaxHandover = 5000

// A Departure says what is handed over, and to whom.
type Departure struct {
	// ID is the handover's UUID, fixed by the caller before the first try, as in
	// Capture; made here when empty.
	ID string
	// To is the code of the station that alone can take it in.
	To string
	// Entries are IDs, all or none of which go. Where there are none, it is what
	// Filter wants of the held and the ready, the oldest MaxHandover of them.
	Entries []string
	Filter  Filter
}

// HandOver moves entries to another station: held or ready → moved, and keeps
// what the file has; write it with HandoverFile. One that is neither held nor
// ready is a *WayError, none at all ErrNothingHandedOver, and what the other
// station would refuse a *HandoverError: then nothing is moved.
func (q *Queue) HandOver(ctx context.Context, d Departure, act Act) (Handover, error) {
	if d.ID == "" {
		d.ID = uuid.NewString()
	}
	var h Handover
	to, err := ParseStationCode(d.To)
	if err != nil {
		return h, err
	}
	d.To, act.By, act.Reason = to, valid(act.By), valid(act.Reason)
	err = q.decide(ctx, act, func(tx *transaction, act Act) (err error) {
		if h, err = handoverByID(tx, d.ID); !errors.Is(err, ErrNoHandover) {
			return err // the first try was kept after all
		}
		h, err = q.handOver(tx, d, act)
		return err
	})
	return h, err
}

func (q *Queue) handOver(tx *transaction, d Departure, act Act) (Handover, error) {
	self, err := stationID(tx)
	if err != nil {
		return Handover{}, err
	}
	if stationCode(self) == d.To {
		return Handover{}, faulty(FaultOwn, "")
	}
	leaving, err := departing(tx, d)
	if err != nil {
		return Handover{}, err
	}
	h := Handover{
		ID: d.ID, Way: HandoverOut, Station: q.station, From: stationCode(self), To: d.To,
		By: act.By, At: q.now(), Reason: act.Reason, Entries: len(leaving),
	}
	if err := h.pack(tx, leaving); err != nil {
		return h, err
	}
	for _, e := range leaving {
		after, line, err := move(e, e.State, Moved, "", act, ActionHandOut)
		if err != nil {
			return h, err
		}
		after.WentBy = h.ID
		line.Note = joinWords("handover "+h.ID+" to station "+h.To, act.Reason)
		if err := q.change(tx, e, after, line); err != nil {
			return h, err
		}
	}
	return kept(tx, h)
}

// kept keeps a handover and gives it as it is read.
func kept(tx *transaction, h Handover) (Handover, error) {
	if err := put(tx, bucketMoved, []byte(h.ID), h); err != nil {
		return h, err
	}
	return handoverByID(tx, h.ID)
}

// departing are the entries that go, oldest first.
func departing(tx *transaction, d Departure) (leaving []Entry, err error) {
	if len(d.Entries) == 0 {
		leaving, err = unsent(tx, d.Filter)
		leaving = leaving[:min(len(leaving), MaxHandover)]
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(d.Entries))) {
		e, err := entryByID(tx, id)
		if err != nil {
			return nil, err
		}
		if !e.State.NeverSent() {
			return nil, &WayError{Entry: e.ID, Number: e.Number, From: e.State, To: Moved}
		}
		leaving = append(leaving, e)
	}
	if len(leaving) == 0 && err == nil {
		err = ErrNothingHandedOver
	}
	slices.SortFunc(leaving, bySequence)
	return leaving, err
}

func bySequence(a, b Entry) int {
	switch {
	case a.Seq < b.Seq:
		return -1
	case a.Seq > b.Seq:
		return 1
	default:
		return 0
	}
}

// unsent is what a filter wants of the held and the ready, oldest first.
func unsent(tx *transaction, f Filter) (found []Entry, err error) {
	for _, state := range []State{Held, Ready} {
		all, err := inState(tx, state)
		if err != nil {
			return nil, err
		}
		found = append(found, all...)
	}
	found = slices.DeleteFunc(found, func(e Entry) bool { return !f.wants(e) })
	slices.SortFunc(found, bySequence)
	return found, nil
}

// inState are the entries of a state, oldest first.
func inState(tx *transaction, state State) (found []Entry, err error) {
	prefix := wordPrefix(string(state))
	c := in(tx, bucketState).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		e, err := entryBySeq(tx, keySeq(k))
		if err != nil {
			return nil, err
		}
		found = append(found, e)
	}
	return found, nil
}

// pack makes what the file has of the entries, and sees that the other station
// would take it.
func (h *Handover) pack(tx *transaction, leaving []Entry) error {
	b := handoverBody{
		ID: h.ID, Station: h.Station, From: h.From, To: h.To, By: h.By, At: h.At, Reason: h.Reason,
		Receptions: []Reception{}, Customers: []CustomerSetting{},
	}
	rooms, customers := map[string]bool{}, map[autopilot.TenantID]bool{"": true}
	for _, e := range leaving {
		b.Entries = append(b.Entries, travelling(e))
		if !rooms[e.Reception] {
			rooms[e.Reception] = true
			r, err := receptionByID(tx, e.Reception)
			if err != nil {
				return err
			}
			b.Receptions = append(b.Receptions, r)
		}
		if !customers[e.Customer] {
			customers[e.Customer] = true
			c, err := get[CustomerSetting](tx, bucketCustomer, []byte(e.Customer), ErrUnknownCustomer)
			if err == nil {
				b.Customers = append(b.Customers, c)
			} else if !errors.Is(err, ErrUnknownCustomer) {
				return err
			}
		}
	}
	body, err := json.Marshal(b)
	if err != nil {
		return fmt.Errorf("writing a handover: %w", err)
	}
	h.Body, h.Sum = body, sumOfBody(body)
	_, _, err = parseHandover(h.file())
	return err
}

// travelling is what goes along of an entry. What its plans, its customer's
// profile and its numbers were here means nothing there.
func travelling(e Entry) Entry {
	if e.Unconfirmed { // nobody there can say more than a release does
		e.Hold = Reason(firstOf(string(e.Hold), string(Unconfirmed)))
	}
	return Entry{
		ID: e.ID, Seq: e.Seq, Reception: e.Reception, Number: e.Number, Device: e.Device, Part: e.Part,
		Customer: e.Customer, GroupTag: e.GroupTag, Order: e.Order, Pallet: e.Pallet,
		State: e.State, Reason: e.Reason, Hold: e.Hold, Done: e.Done, Other: e.Other, Sent: e.Sent,
		Code: e.Code, Answer: e.Answer, ByTuple: e.ByTuple, ByList: e.ByList, From: e.From, Way: e.Way, Restored: e.Restored,
		CapturedAt: e.CapturedAt, ChangedAt: e.ChangedAt, Operator: e.Operator, Station: e.Station, Source: e.Source, Reads: e.Reads,
	}
}

// HandoverFile gives what the file of a handover that went out has, the same each
// time; ErrNoHandover where none went out with that ID, ErrHandoverGone where it
// went too long ago.
func (q *Queue) HandoverFile(ctx context.Context, id string) (h Handover, data []byte, err error) {
	err = q.read(ctx, func(tx *transaction) error {
		if h, err = handoverByID(tx, id); err == nil && h.Way != HandoverOut {
			err = fmt.Errorf("%w: %s came in", ErrNoHandover, id)
		} else if err == nil && h.Gone {
			err = ErrHandoverGone
		}
		return err
	})
	if err != nil {
		return Handover{}, nil, err
	}
	return h, h.file(), nil
}

// Handovers gives all handovers, out and in, the oldest first, without what their
// files have.
func (q *Queue) Handovers(ctx context.Context) (all []Handover, err error) {
	err = q.read(ctx, func(tx *transaction) error {
		return in(tx, bucketMoved).ForEach(func(k, v []byte) error {
			h, err := decode[Handover](v)
			if err != nil {
				return corruptError(bucketMoved, k, err)
			}
			h.Body = nil
			err = nameActors(tx, &h)
			all = append(all, h)
			return err
		})
	})
	slices.SortStableFunc(all, func(a, b Handover) int { return a.At.Compare(b.At) })
	return all, err
}

func handoverByID(tx *transaction, id string) (Handover, error) {
	return get[Handover](tx, bucketMoved, []byte(id), fmt.Errorf("%w: %s", ErrNoHandover, id))
}
