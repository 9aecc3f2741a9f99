package queue

import (
	"context"
	"errors"
	"slices"
)

// A Part is what was read of a box beside its PKID: a serial or a model.
type Part struct {
	ID        string // event UUID, as in Capture
	Reception string
	// Into is the ID of the entry of the box it belongs to; empty opens a box.
	Into   string
	Serial string
	Model  string
	// Maker is the manufacturer that the serial's shape proves, as firmware
	// spells it; empty where nothing proves one.
	Maker string
	// Doubt holds the box, because it is not sure that this part is its.
	Doubt Reason
	// Unconfirmed is that of a Capture. It counts where the box has no PKID yet.
	Unconfirmed bool
	Read        Read
	By          string
}

// Attach keeps a serial or model and gives the verdict after the commit:
// Attached, Seen, or OnHold for a conflict. A box opened this way is held as
// NoPKID until its PKID comes; that is no OnHold, nobody needs to act yet.
func (q *Queue) Attach(ctx context.Context, p Part) (Verdict, error) {
	if p.ID == "" {
		p.ID = NewID()
	}
	p.Serial, p.Model, p.Read.Event = valid(p.Serial), valid(p.Model), p.ID
	var v Verdict
	err := q.glanceOrWrite(ctx, func(tx *transaction) (err error) {
		if err = q.roomFor(tx, p.ID); err == nil {
			v, err = q.attach(tx, p)
		}
		return err
	})
	v.Text, v.At = p.Read.Text, q.now()
	return v, err
}

func (q *Queue) attach(tx *transaction, p Part) (Verdict, error) {
	if again, err := entryByID(tx, p.ID); err == nil {
		return attached(again), store(tx, again, again)
	} else if !errors.Is(err, ErrNoEntry) {
		return Verdict{}, err
	}
	r, err := openReception(tx, p.Reception)
	if err != nil {
		return Verdict{}, err
	}
	if p.Into != "" {
		box, err := entryByID(tx, p.Into)
		if err != nil {
			return Verdict{}, err
		}
		if !box.State.Gone() && box.Work() == r.Work {
			return q.attachTo(tx, r, box, p)
		}
	}
	return q.openBox(tx, r, p)
}

// openBox makes an entry that waits for its PKID; a serial that is here
// already for the same work brings its own box back.
func (q *Queue) openBox(tx *transaction, r Reception, p Part) (Verdict, error) {
	twins, err := liveBySerial(tx, p.Serial)
	if err != nil {
		return Verdict{}, err
	}
	for _, e := range twins {
		switch {
		case !e.isFor(r.Work):
		case e.unscanned():
			return q.scanned(tx, e, p.Read, p.By)
		default:
			return seen(e), nil
		}
	}
	e := q.newEntry(r, p.ID, p.By, p.Read)
	e.Serial, e.Manufacturer, e.Model, e.State, e.Reason = p.Serial, p.Maker, p.Model, Held, NoPKID
	e.Unconfirmed = p.Unconfirmed
	e, err = q.number(tx, r, e, p.By)
	return Verdict{Word: Attached, Entry: e}, err
}

// attachTo puts the part into a box that is on disk, sent or not: only the PKID
// is ever sent.
func (q *Queue) attachTo(tx *transaction, r Reception, box Entry, p Part) (Verdict, error) {
	sameSerial, sameModel := p.Serial == "" || box.Serial != "" && !differ(p.Serial, box.Serial), p.Model == "" || p.Model == box.Model
	after := box
	after.Reads = append(slices.Clone(box.Reads), p.Read)
	switch {
	case box.kept(p.ID):
		return attached(box), store(tx, box, box)
	case sameSerial && sameModel:
		return seen(box), nil
	case !sameSerial && box.Serial != "":
		p.Doubt = Conflict
		return q.holdFor(tx, r, box, after, nil, p)
	}
	after.Serial, after.Model = firstOf(box.Serial, p.Serial), firstOf(box.Model, p.Model)
	after.Manufacturer = firstOf(box.Manufacturer, p.Maker)
	after.Unconfirmed = box.Unconfirmed || p.Unconfirmed && box.PKID == "" && box.State == Held
	twins, err := q.strangers(tx, after)
	if err != nil {
		return Verdict{}, err
	}
	policy, err := reviewOf(tx)
	if err != nil {
		return Verdict{}, err
	}
	if policy.passes(p.Doubt) {
		p.Doubt = ""
	}
	if after.misnamed() {
		p.Doubt = Conflict
	}
	if p.Doubt == "" && len(twins) == 0 {
		if after, p.Doubt, err = q.listedWith(tx, box, after); err != nil {
			return Verdict{}, err
		}
	}
	if len(twins) > 0 || p.Doubt != "" {
		return q.holdFor(tx, r, box, after, twins, p)
	}
	v := Verdict{Word: Attached, Entry: after}
	return v, q.change(tx, box, after, AuditLine{By: p.By, Action: ActionAttach, Reason: after.Reason})
}

// listedWith is a box with its PKID that got a serial, as the lists see it now: what
// they have against it, or that it is expected after all.
func (q *Queue) listedWith(tx *transaction, box, after Entry) (Entry, Reason, error) {
	if after.Serial == box.Serial {
		return after, "", nil
	}
	against, told, _, err := expectation(tx, after)
	switch {
	case err != nil || after.PKID == "":
		return after, "", err
	case against == "" && box.State == Held && box.Reason == NotAnnounced:
		after, err = q.expected(tx, after)
	case against != "" && box.State.NeverSent() && (box.goesOn() || box.Reason == NotAnnounced) || against == Conflict && !box.State.NeverSent():
		after.Listed = told
		return after, against, nil
	}
	return after, "", err
}

// expected is a box that was held as NotAnnounced and that a list has now: judged
// again, beside all that stands here for its PKID or serial.
func (q *Queue) expected(tx *transaction, e Entry) (Entry, error) {
	others, err := q.against(tx, e)
	if err != nil {
		return e, err
	}
	return judge(tx, letters(e), e, others)
}

// holdFor is a serial that contradicts its box or another one: the box is held,
// or, when it was sent already, a new held entry says so.
func (q *Queue) holdFor(tx *transaction, r Reception, box, after Entry, twins []Entry, p Part) (Verdict, error) {
	if !box.State.NeverSent() {
		return q.objection(tx, r, box, after, twins, p)
	}
	after.State, after.Reason = Held, Conflict
	if len(twins) > 0 {
		after.Other = twins[0].ID
	} else if p.Doubt != "" {
		after.Reason = p.Doubt
	}
	if err := q.change(tx, box, after, AuditLine{By: p.By, Action: ActionConflict, Reason: after.Reason}); err != nil {
		return Verdict{}, err
	}
	return q.collide(tx, after, twins, p.By)
}

// objection is a held entry beside a box that was sent.
func (q *Queue) objection(tx *transaction, r Reception, box, after Entry, twins []Entry, p Part) (Verdict, error) {
	e := q.newEntry(r, p.ID, p.By, p.Read)
	e.PKID, e.Serial, e.Model = box.PKID, firstOf(p.Serial, after.Serial), after.Model
	e.State, e.Reason, e.Other, e.Listed = Held, Conflict, box.ID, after.Listed
	e, err := q.number(tx, r, e, p.By)
	if err != nil {
		return Verdict{}, err
	}
	return q.collide(tx, e, append([]Entry{box}, twins...), p.By)
}

// attached is the verdict on a part that is kept in e.
func attached(e Entry) Verdict {
	if e.State == Held && (e.Reason == Conflict || e.Reason == LayoutOpen) {
		return verdictOn(e)
	}
	return Verdict{Word: Attached, Entry: e}
}
