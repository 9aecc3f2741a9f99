package queue

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"
)

// TakeIn takes in what the file of a handover has, once, however often it is
// read: again says that it was taken in before, and what came of that. It fails
// with a *HandoverError where the file is not whole, not for this station or has
// what cannot be here: then nothing is changed.
//
// Each entry keeps its event UUID and stands as it did, in a reception of its own
// that is closed, so that what is ready goes out. It is judged as if it had been
// read here: where its PKID stands here for other work, or its serial with
// another PKID, it is held with what it collides with; where its very box stands
// here, for the same work, it is discarded at once if it was ready, and stays
// held beside the other if it was held.
func (q *Queue) TakeIn(ctx context.Context, file []byte, act Act) (h Handover, again bool, err error) {
	b, sum, err := parseHandover(file)
	if err != nil {
		return h, false, err
	}
	err = q.decide(ctx, act, func(tx *transaction, act Act) error {
		if h, again, err = arrived(tx, b, sum); err != nil || again {
			return err
		}
		h = Handover{
			ID: b.ID, Way: HandoverIn, Station: b.Station, From: b.From, To: b.To, Sum: sum,
			By: valid(act.By), At: q.now(), Reason: valid(act.Reason), Entries: len(b.Entries),
		}
		return q.takeIn(tx, &h, b)
	})
	return h, again, err
}

// arrived says whether a handover was taken in before, or may not be.
func arrived(tx *transaction, b handoverBody, sum string) (h Handover, again bool, err error) {
	self, err := stationID(tx)
	if err != nil {
		return h, false, err
	}
	switch code := stationCode(self); {
	case code == b.From:
		return h, false, &HandoverError{Fault: FaultOwn, Station: b.To}
	case code != b.To:
		return h, false, &HandoverError{Fault: FaultStation, Station: b.To}
	}
	h, err = handoverByID(tx, b.ID)
	switch {
	case errors.Is(err, ErrNoHandover):
		return h, false, nil
	case err != nil:
		return h, false, err
	case h.Way != HandoverIn:
		return Handover{}, false, faulty(FaultID, "id")
	case h.Sum != sum:
		return Handover{}, false, faulty(FaultChanged, "")
	}
	return h, true, nil
}

// An arrival is a handover that is taken in.
type arrival struct {
	*Handover

	rooms map[string]Reception // as they were there, by ID
}

func (q *Queue) takeIn(tx *transaction, h *Handover, b handoverBody) error {
	for _, told := range b.Customers {
		if err := learnCustomer(tx, told); err != nil {
			return err
		}
	}
	a := arrival{Handover: h, rooms: map[string]Reception{}}
	for _, r := range b.Receptions {
		a.rooms[r.ID] = r
	}
	for _, e := range b.Entries {
		if err := q.takeEntry(tx, a, e); err != nil {
			return err
		}
	}
	var err error
	*h, err = kept(tx, *h)
	return err
}

// room is where an entry goes here: a closed reception for each one there.
func (a arrival) room(tx *transaction, there string) (Reception, error) {
	id, was := derivedID(a.ID, there), a.rooms[there]
	r, err := receptionByID(tx, id)
	if errors.Is(err, ErrNoReception) {
		return Reception{
			ID: id, Work: was.Work, Pallet: was.Pallet, OpenedBy: was.OpenedBy, OpenedAt: was.OpenedAt, ClosedBy: a.By, ClosedAt: a.At,
		}, nil
	}
	return r, err
}

// derivedID is an ID that a handover makes of another: the same each time.
func derivedID(handover, id string) string {
	return uuid.NewSHA1(uuid.MustParse(handover), []byte(id)).String()
}

// learnCustomer keeps what the other station had of a customer, where this one
// has nothing else.
func learnCustomer(tx *transaction, told CustomerSetting) error {
	if in(tx, bucketCustomer).Get([]byte(told.ID)) == nil {
		return putCustomer(tx, told)
	}
	kept, err := customerOr(tx, told.ID)
	if err != nil {
		return err
	}
	return putCustomer(tx, merged(kept, told))
}

func (q *Queue) takeEntry(tx *transaction, a arrival, e Entry) error {
	there := e
	switch here, err := entryByID(tx, e.ID); {
	case err == nil && here.State == Moved && slices.Contains(e.Way, here.WentBy):
		// It left from here and comes back. What it was here stays moved, and it
		// is another entry now.
		if e.ID = derivedID(a.ID, e.ID); in(tx, bucketID).Get([]byte(e.ID)) != nil {
			a.Already++
			return nil
		}
	case err == nil:
		a.Already++
		return nil
	case !errors.Is(err, ErrNoEntry):
		return err
	}
	e = travelling(e)
	e.Seq, e.Way = 0, append(slices.Clone(e.Way), a.ID)
	m, err := q.meetings(tx, a, e)
	if err != nil {
		return err
	}
	e.State, e.Reason, e.Other = m.judge(e)
	if e.State == Ready {
		if e, err = admitted(tx, e); err != nil {
			return err
		}
	}
	if e, err = q.admit(tx, a, e, there); err != nil {
		return err
	}
	a.Taken++
	switch e.State { //nolint:exhaustive // an entry that came in is one of three
	case Discarded:
		a.Seen++
		return q.complete(tx, a, *m.same, e)
	case Held:
		a.Held++
		_, err = q.collide(tx, e, m.all(), a.By)
	}
	return err
}

// admitted is an entry that nothing here collides with, as the lists here and the
// review policy see it.
func admitted(tx *transaction, e Entry) (Entry, error) {
	against, told, _, err := expectation(tx, e)
	if err != nil || against == "" {
		after, err2 := reviewed(tx, e)
		return after, errors.Join(err, err2)
	}
	e.State, e.Reason, e.Listed = Held, against, told
	return e, nil
}

// admit gives an entry its place here and keeps it, with where it was there.
func (q *Queue) admit(tx *transaction, a arrival, e, there Entry) (Entry, error) {
	r, err := a.room(tx, there.Reception)
	if err != nil {
		return e, err
	}
	r.Boxes++
	e.Reception, e.Number, e.ChangedAt = r.ID, r.Boxes, q.now()
	if e, err = insert(tx, e); err != nil {
		return e, err
	}
	if r.Boxes == 1 {
		r.First = e.Seq
	}
	if err := newReception(tx, r); err != nil {
		return e, err
	}
	note := fmt.Sprintf("handover %s, box %d of station %s %s", a.ID, there.Number, a.From, a.Station)
	return e, q.audit(tx, e.Seq, AuditLine{
		By: a.By, Action: ActionTakeIn, Entry: e.ID, Reception: r.ID, To: e.State, Reason: e.Reason, Note: joinWords(note, a.Reason),
	})
}

// Meetings are what an entry that comes in meets here. What came by the same
// handover is not met: it was judged where it was.
type meetings struct {
	same   *Entry  // its box: the same PKID, or the same serial while there is none, for the same work
	others []Entry // its PKID for other work
	twins  []Entry // its serial with another PKID
	gtin   bool    // its PKID is known here for an article number
}

func (m meetings) all() []Entry {
	all := slices.Concat(m.others, m.twins)
	if m.same != nil {
		all = append([]Entry{*m.same}, all...)
	}
	return all
}

func (q *Queue) meetings(tx *transaction, a arrival, e Entry) (m meetings, err error) {
	together := func(o Entry) bool { return len(o.Way) > 0 && o.Way[len(o.Way)-1] == a.ID }
	same, err := liveByPKID(tx, e.pkid())
	if err != nil {
		return m, err
	}
	for _, o := range same {
		switch {
		case together(o):
		case o.Work() == e.Work() && m.same == nil:
			m.same = &o
		default:
			m.others = append(m.others, o)
		}
	}
	twins, err := liveBySerial(tx, e.Named().Serial)
	for _, o := range twins {
		switch {
		case together(o), o.pkid() == e.pkid() && e.pkid() != "":
		case e.PKID == "" && e.State == Held && o.Work() == e.Work() && m.same == nil:
			m.same = &o
		case e.State == Held && e.PKID == "": // it shows when its PKID comes
		case o.State == Held && o.PKID == "":
		default:
			m.twins = append(m.twins, o)
		}
	}
	m.gtin = e.PKID != "" && in(tx, bucketLearnt).Get(learntKey(LearnGTIN, string(e.PKID))) != nil
	return m, err
}

// judge is where the entry stands here. A doubt that it came with stays.
func (m meetings) judge(e Entry) (state State, why Reason, other string) {
	other = e.Other
	if all := m.all(); len(all) > 0 {
		other = all[0].ID
	}
	serials := m.same != nil && differ(m.same.Serial, e.Serial)
	plain := e.State == Ready || e.State == Held && e.Reason == NoPKID && e.Hold == ""
	switch {
	case m.same != nil && plain && !serials && len(m.others)+len(m.twins) == 0:
		return Discarded, "", m.same.ID
	case e.State == Held:
		return Held, e.Reason, other
	case serials || len(m.twins) > 0 || m.same != nil:
		return Held, Conflict, other
	case len(m.others) > 0:
		return Held, conflictReason(e, m.others[0]), other
	case m.gtin:
		return Held, CouldBeGTIN, other
	default:
		return Ready, "", ""
	}
}

// complete gives the box that stands here what was read of it there.
func (q *Queue) complete(tx *transaction, a arrival, box, came Entry) error {
	after := box
	after.Serial, after.Model = firstOf(box.Serial, came.Serial), firstOf(box.Model, came.Model)
	after.Manufacturer, after.Part = firstOf(box.Manufacturer, came.Manufacturer), firstOf(box.Part, came.Part)
	if box.Hash == "" && came.Hash != "" && came.Hash.Agrees(after.Device) == nil {
		after.Hash = came.Hash
	}
	if after.Device == box.Device && after.Part == box.Part {
		return nil
	}
	if twins, err := q.strangers(tx, after); err != nil || len(twins) > 0 {
		return err // what contradicts another box is left where it is
	}
	after.Reads = append(slices.Clone(box.Reads), came.Reads...)
	return q.change(tx, box, after, AuditLine{By: a.By, Action: ActionAttach, Reason: box.Reason, Note: "handover " + a.ID})
}
