package queue

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"pkidstation/queue/autopilot"
)

// A Capture is a PKID that was read.
type Capture struct {
	// ID is the event UUID. Fixed by the caller before the first try, so that
	// a try of unknown outcome can be repeated and is never doubled; made here
	// when empty.
	ID        string
	Reception string // ID
	// Into is the ID of the box's entry when a serial or model opened it.
	Into string
	PKID autopilot.PKID
	// Hold makes the entry held for this reason; empty lets it be ready.
	Hold Reason
	// Doubt says that the box's serial may be another box's: whatever Hold comes
	// to, the entry is held.
	Doubt bool
	// Unconfirmed says that nobody knows whether the reception's customer is
	// still the right one: the entry is held until ConfirmCustomer.
	Unconfirmed bool
	// Done says that nothing more joins the box, as in a carton.
	Done bool
	Read Read
	By   string

	// serial is the serial that was read for it although it is another box's;
	// set by waitingBox.
	serial string
}

// NewID is an event UUID, and so an entry's ID, that follows those before: the index
// of IDs grows at its end, and a capture among a million does not write a page
// anywhere in it.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// Capture keeps a PKID and gives the verdict after the commit: Accepted, Seen
// or OnHold. What is no PKID fails with autopilot's error and is not stored.
func (q *Queue) Capture(ctx context.Context, c Capture) (Verdict, error) {
	if c.ID == "" {
		c.ID = NewID()
	}
	c.Read.Event = c.ID
	var v Verdict
	if _, err := autopilot.ParsePKID(string(c.PKID)); err != nil {
		return v, fmt.Errorf("capturing: %w", err)
	}
	err := q.glanceOrWrite(ctx, func(tx *transaction) (err error) {
		if err = q.roomFor(tx, c.ID); err == nil {
			v, err = q.capture(tx, c)
		}
		return err
	})
	v.Text, v.At = c.Read.Text, q.now()
	return v, err
}

func (q *Queue) capture(tx *transaction, c Capture) (Verdict, error) {
	again, kept, err := entryWith(tx, c.ID)
	switch {
	case err != nil && !errors.Is(err, ErrNoEntry):
		return Verdict{}, err
	case err == nil && kept:
		// The first try was kept after all. Storing it again makes the
		// commit that this verdict waits for.
		return verdictOn(again), store(tx, again, again)
	}
	r, err := openReception(tx, c.Reception)
	if err != nil {
		return Verdict{}, err
	}
	same, others, err := known(tx, c.PKID, r.Work)
	if err != nil {
		return Verdict{}, err
	}
	box, hasBox, err := waitingBox(tx, r, &c)
	if err != nil {
		return Verdict{}, err
	}
	if same != nil && same.waits() && !same.unscanned() && (!hasBox || box.ID == same.ID) { // it has the hash of this PKID's device
		box, hasBox, same = *same, true, nil
	}
	switch {
	case same != nil && same.kept(c.ID):
		return verdictOn(*same), store(tx, *same, *same)
	case same != nil && hasBox:
		return q.meet(tx, r, *same, box, others, c)
	case same != nil && same.unscanned():
		return q.scanned(tx, *same, c.Read, c.By)
	case same != nil:
		return seen(*same), nil
	case hasBox:
		return q.join(tx, box, others, c)
	default:
		return q.keep(tx, r, others, c)
	}
}

// keep makes a new entry of the PKID.
func (q *Queue) keep(tx *transaction, r Reception, others []Entry, c Capture) (Verdict, error) {
	e := q.newEntry(r, c.ID, c.By, c.Read)
	e.PKID, e.Serial, e.Done, e.Hold = c.PKID, c.serial, c.Done, c.doubt()
	e.Unconfirmed = c.Unconfirmed
	twins, err := q.strangers(tx, e)
	if err != nil {
		return Verdict{}, err
	}
	others = append(others, twins...)
	if e, err = judge(tx, c.Hold, e, others); err != nil {
		return Verdict{}, err
	}
	e, err = q.number(tx, r, e, c.By)
	if err != nil {
		return Verdict{}, err
	}
	return q.collide(tx, e, others, c.By)
}

// join puts the PKID into the box that a serial or model opened.
func (q *Queue) join(tx *transaction, box Entry, others []Entry, c Capture) (Verdict, error) {
	twins, err := liveBySerial(tx, box.Serial)
	if err != nil {
		return Verdict{}, err
	}
	twins = slices.DeleteFunc(twins, func(e Entry) bool { return e.ID == box.ID || e.pkid() == c.PKID || e.PKID == "" && e.State == Held })
	hold := c.Hold
	switch {
	case hold != "":
	case len(twins) > 0:
		hold = Conflict
	case box.unsure():
		hold = LayoutOpen
	}
	e := box
	e.PKID, e.Unconfirmed = c.PKID, box.Unconfirmed || c.Unconfirmed
	if e.Hold == Unreadable && c.Hold == "" {
		e.Hold = "" // it was read after all
	}
	if c.Doubt {
		e.Hold = Conflict
	}
	e.Reads = append(e.Reads, c.Read)
	if e, err = judge(tx, hold, e, append(others, twins...)); err != nil {
		return Verdict{}, err
	}
	if err := q.change(tx, box, e, AuditLine{By: c.By, Action: ActionCapture, Reason: e.Reason}); err != nil {
		return Verdict{}, err
	}
	return q.collide(tx, e, append(others, twins...), c.By)
}

// meet is a box opened by its serial whose PKID turns out to be here already, or in
// the hardware hash that another was given.
func (q *Queue) meet(tx *transaction, r Reception, first, box Entry, others []Entry, c Capture) (Verdict, error) {
	if differ(box.Serial, first.Named().Serial) {
		e := box
		e.PKID, e.Reason, e.Other = c.PKID, Conflict, first.ID
		e.Reads = append(e.Reads, c.Read)
		if err := q.change(tx, box, e, AuditLine{By: c.By, Action: ActionConflict, Reason: Conflict}); err != nil {
			return Verdict{}, err
		}
		return q.collide(tx, e, []Entry{first}, c.By)
	}
	gone := box
	gone.State, gone.Reason = Discarded, ""
	note := AuditLine{By: c.By, Action: ActionAttach, Note: "the box was here already: " + first.ID}
	if err := q.change(tx, box, gone, note); err != nil {
		return Verdict{}, err
	}
	e := first
	e.Serial, e.Model = firstOf(e.Serial, box.Serial), firstOf(e.Model, box.Model)
	e.Reads = append(slices.Clone(e.Reads), box.Reads...)
	if first.waits() {
		if err := q.change(tx, first, e, AuditLine{By: c.By, Action: ActionAttach, Reason: e.Reason}); err != nil {
			return Verdict{}, err
		}
		return q.join(tx, e, others, c)
	}
	twins, err := q.strangers(tx, e)
	if err != nil {
		return Verdict{}, err
	}
	doubted := (c.Doubt || c.Hold == Conflict || box.unsure()) && e.Serial != first.Serial
	if len(twins) > 0 || doubted {
		return q.holdFor(tx, r, first, e, twins, Part{ID: c.ID, Read: c.Read, By: c.By})
	}
	return seen(e), q.change(tx, first, e, AuditLine{By: c.By, Action: ActionAttach})
}

// collide holds the entries that e collides with while they are still ready,
// and gives the verdict on e.
func (q *Queue) collide(tx *transaction, e Entry, with []Entry, by string) (Verdict, error) {
	v := verdictOn(e)
	for i, other := range with {
		held := other
		if other.goesOn() {
			held.State, held.Reason, held.Other = Held, conflictReason(e, other), e.ID
			if err := q.change(tx, other, held, AuditLine{By: by, Action: ActionConflict, Reason: held.Reason}); err != nil {
				return v, err
			}
		}
		if i == 0 {
			v.Other = held
		}
	}
	return v, nil
}

func conflictReason(e, other Entry) Reason {
	if e.pkid() == other.pkid() && e.Work() != other.Work() {
		return OtherCustomer
	}
	return Conflict
}

// judge is where a new PKID stands: the doubt about the code itself first, unless
// a list has it for this order, then what it collides with, what is missing, what
// the lists say, whether anybody said that the customer is right, and then the
// review policy.
func judge(tx *transaction, hold Reason, e Entry, others []Entry) (Entry, error) {
	policy, err := reviewOf(tx)
	if err != nil {
		return e, err
	}
	against, told, sure, err := expectation(tx, e)
	if err != nil {
		return e, err
	}
	if policy.passes(hold) || sure && (hold == CouldBeGTIN || hold == TypedByHand) {
		hold = ""
	}
	e.State, e.Other = Held, ""
	if len(others) > 0 {
		e.Other = others[0].ID
	}
	switch {
	case hold != "":
		e.Reason = hold
	case e.Hold != "":
		e.Reason = e.Hold
	case e.Other != "":
		e.Reason = conflictReason(e, others[0])
	case e.misnamed():
		e.Reason = Conflict
	case against == Conflict || against == OtherCustomer:
		e.Reason, e.Listed = against, told
	case e.Customer == "":
		e.Reason = NoCustomer
	case against != "":
		e.Reason = against
	case e.Unconfirmed:
		e.Reason = Unconfirmed
	default:
		e.State, e.Reason = Ready, ""
		return reviewed(tx, e)
	}
	return e, nil
}

// misnamed says whether the entry has a hardware hash that is another device's.
func (e Entry) misnamed() bool { return e.Hash != "" && e.Hash.Agrees(e.Device) != nil }

// known parts the live entries of a PKID into the one of this work and the
// ones of other work.
func known(tx *transaction, pkid autopilot.PKID, work Work) (same *Entry, others []Entry, err error) {
	err = eachOfPKID(tx, pkid, func(e Entry) {
		switch {
		case e.State.Gone():
		case !e.isFor(work):
			others = append(others, e)
		case same == nil:
			same = &e
		}
	})
	return same, others, err
}

// isFor says whether the entry is for a work. What was registered from a list has
// the list's group tag, whatever the dock would give it.
func (e Entry) isFor(work Work) bool {
	if e.ByList == ListedDevice {
		work.GroupTag = e.GroupTag
	}
	return e.Work() == work
}

// waitingBox is the entry that the PKID joins: still without PKID, still held
// for that, of the same work. Where the box at hand was found by its serial and
// has another PKID, there is one serial with two PKIDs: a conflict.
func waitingBox(tx *transaction, r Reception, c *Capture) (Entry, bool, error) {
	if c.Into == "" {
		return Entry{}, false, nil
	}
	e, err := entryByID(tx, c.Into)
	if errors.Is(err, ErrNoEntry) {
		return Entry{}, false, nil
	}
	if err != nil || e.Work() != r.Work || e.State.Gone() {
		return e, false, err
	}
	if e.PKID != "" && e.PKID != c.PKID && e.Serial != "" {
		c.serial, c.Hold = e.Serial, Conflict
	}
	return e, e.waits(), nil
}

// waits says whether the entry's PKID may still come. One that goes without can
// still take it until it is sent.
func (e Entry) waits() bool {
	return e.PKID == "" && (e.goesOn() || e.State == Held && (e.Reason == NoPKID || e.Reason == Unreadable))
}

// doubt is what holds an entry for a doubt.
func (c Capture) doubt() Reason {
	if c.Doubt {
		return Conflict
	}
	return ""
}

func openReception(tx *transaction, id string) (Reception, error) {
	r, err := receptionByID(tx, id)
	if err == nil && !r.Open() {
		err = ErrReceptionClosed
	}
	return r, err
}

func (q *Queue) newEntry(r Reception, id, by string, read Read) Entry {
	return Entry{
		ID: id, Reception: r.ID, Customer: r.Customer, GroupTag: r.GroupTag, Order: r.Order,
		Pallet: r.Pallet, CapturedAt: q.now(), Operator: by, Station: q.station, Source: read.Source, Reads: []Read{read},
	}
}

// number gives a new entry its place in the reception and keeps both.
func (q *Queue) number(tx *transaction, r Reception, e Entry, by string) (Entry, error) {
	r.Boxes++
	e.Number, e.ChangedAt = r.Boxes, q.now()
	e, err := insert(tx, e)
	if err != nil {
		return e, err
	}
	if r.Boxes == 1 {
		r.First = e.Seq
	}
	if err := putReception(tx, r); err != nil {
		return e, err
	}
	return e, q.audit(tx, e.Seq, AuditLine{
		By: by, Action: ActionCapture, Entry: e.ID, Reception: r.ID, To: e.State, Reason: e.Reason,
	})
}

// change keeps what became of an entry and its audit line.
func (q *Queue) change(tx *transaction, before, after Entry, line AuditLine) error {
	after.ChangedAt = q.now()
	if err := store(tx, before, after); err != nil {
		return err
	}
	line.Entry, line.Reception, line.From, line.To = after.ID, after.Reception, before.State, after.State
	return q.audit(tx, after.Seq, line)
}

func verdictOn(e Entry) Verdict {
	if e.State == Held {
		return Verdict{Word: OnHold, Entry: e, Reason: e.Reason}
	}
	return Verdict{Word: Accepted, Entry: e}
}

func seen(first Entry) Verdict {
	return Verdict{Word: Seen, Entry: first, Reason: Reason(first.State)}
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
