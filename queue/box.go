package queue

import (
	"context"
	"errors"
	"slices"

	"pkidstation/queue/autopilot"
)

// Confirm answers, for an entry held as CouldBeGTIN, that its 13 digits are the
// PKID: it is judged again as if that had been sure from the start. Any other
// entry is ErrNoQuestion.
func (q *Queue) Confirm(ctx context.Context, id string, act Act) (Verdict, error) {
	return q.answer(ctx, id, act, func(tx *transaction, by string, e Entry) (Verdict, error) {
		others, err := liveByPKID(tx, e.PKID)
		if err != nil {
			return Verdict{}, err
		}
		twins, err := q.strangers(tx, e)
		others = append(slices.DeleteFunc(others, func(o Entry) bool { return o.ID == e.ID }), twins...)
		if err != nil {
			return Verdict{}, err
		}
		after := e
		if after.Hold == Unreadable {
			after.Hold = ""
		}
		if after, err = judge(tx, letters(e), after, others); err != nil {
			return Verdict{}, err
		}
		if err := q.change(tx, e, after, AuditLine{By: by, Action: ActionConfirm, Reason: after.Reason}); err != nil {
			return Verdict{}, err
		}
		return q.collide(tx, after, others, by)
	})
}

// letters is what holds an entry for what a keyboard may have made of it.
func letters(e Entry) Reason {
	if e.unsure() {
		return LayoutOpen
	}
	return ""
}

// Strike answers, for an entry held as CouldBeGTIN, that its 13 digits are not
// the PKID, and learns that for good. What else was read of the box waits for its
// PKID again; a box of which nothing else is known is discarded, as by Undo.
func (q *Queue) Strike(ctx context.Context, id string, act Act) (Verdict, error) {
	return q.answer(ctx, id, act, func(tx *transaction, by string, e Entry) (Verdict, error) {
		after := e
		after.PKID, after.State, after.Reason, after.Other = "", Held, NoPKID, ""
		if e.Hold == Unreadable {
			after.Reason = Unreadable
		}
		if e.Serial == "" && e.Model == "" && e.Hold == "" {
			after.PKID, after.State, after.Reason = e.PKID, Discarded, ""
		}
		l := Learnt{Subject: LearnGTIN, Key: string(e.PKID), By: valid(by), At: q.now()}
		if err := put(tx, bucketLearnt, learntKey(LearnGTIN, l.Key), l); err != nil {
			return Verdict{}, err
		}
		line := AuditLine{By: by, Action: ActionStrike, Reason: after.Reason}
		return Verdict{Word: Ignored, Entry: after, Reason: NotThePKID}, q.change(tx, e, after, line)
	})
}

// answer is for whoever captured the entry, and for a supervisor.
func (q *Queue) answer(ctx context.Context, id string, act Act, do func(tx *transaction, by string, e Entry) (Verdict, error)) (v Verdict, err error) {
	err = q.write(ctx, func(tx *transaction) error {
		e, err := entryByID(tx, id)
		if err != nil {
			return err
		}
		act, err := q.allowedOwn(tx, act, e)
		if err != nil {
			return err
		}
		if e.State != Held || e.Reason != CouldBeGTIN {
			return ErrNoQuestion
		}
		v, err = do(tx, act.By, e)
		return err
	})
	v.At = q.now()
	return v, err
}

// CloseBox is the end of a box by a person's word: nothing more joins it by
// itself. Where alone says that nothing of another box can be in it, one that
// waited for its PKID goes by what a list for its order has under its serial (see
// fromList), or without, held → ready, if serial, manufacturer and model identify
// the device, every letter is sure, no other entry has the serial and no list has
// anything against it; it says whether it did.
func (q *Queue) CloseBox(ctx context.Context, id, by string, alone bool) (e Entry, completed bool, err error) {
	err = q.write(ctx, func(tx *transaction) error {
		completed = false
		if e, err = entryByID(tx, id); err != nil || e.State.Gone() || e.Done {
			return err
		}
		after, line := e, AuditLine{By: by, Action: ActionEnd, Reason: e.Reason}
		after.Done = true
		found := false
		if alone {
			if after, found, err = fromList(tx, after); err != nil {
				return err
			}
		}
		if found {
			completed, line = after.goesOn(), AuditLine{By: by, Action: ActionByList, Reason: after.Reason}
		} else if alone && e.complete() {
			if after, completed, err = byTuple(tx, after); err != nil {
				return err
			}
			line.Reason = after.Reason
			if completed {
				line.Action = ActionComplete
			}
		}
		err = q.change(tx, e, after, line)
		e = after
		return err
	})
	return e, completed && err == nil, err
}

// byTuple lets a box go by serial, manufacturer and model, if no other entry has the
// serial and no list has anything against it.
func byTuple(tx *transaction, box Entry) (after Entry, goes bool, err error) {
	same, err := liveBySerial(tx, box.Serial)
	if err != nil || len(same) != 1 {
		return box, false, err
	}
	against, told, _, err := expectation(tx, box)
	if err != nil {
		return box, false, err
	}
	after = box
	if against != "" {
		after.Reason, after.Listed = against, told
		return after, false, nil
	}
	after.State, after.Reason = Ready, ""
	after, err = reviewed(tx, after)
	return after, err == nil, err
}

// HoldBox holds a box by a person's word at the dock: whatever is read of it
// later does not let it go. One that was sent is a *WayError.
func (q *Queue) HoldBox(ctx context.Context, id, by string) (Verdict, error) {
	var v Verdict
	err := q.write(ctx, func(tx *transaction) error {
		e, err := entryByID(tx, id)
		if err != nil {
			return err
		}
		if !e.State.NeverSent() {
			return &WayError{Entry: e.ID, Number: e.Number, From: e.State, To: Held}
		}
		after := e
		if after.Hold = ByPerson; e.goesOn() {
			after.State, after.Reason = Held, ByPerson
		}
		v = Verdict{Word: OnHold, Entry: after, Reason: ByPerson}
		return q.change(tx, e, after, AuditLine{By: by, Action: ActionHold, Reason: ByPerson})
	})
	v.At = q.now()
	return v, err
}

// complete says whether a box without PKID has all that can stand for it.
func (e Entry) complete() bool {
	return e.PKID == "" && e.State == Held && e.Reason == NoPKID && e.Hold == "" && e.Identified() && e.Customer != "" && !e.Unconfirmed && !e.unsure()
}

// Doubt holds entries as Conflict, those of them that are still ready (or asked
// about) and have a serial, because it turned out that it may be another box's. It gives those it
// held.
func (q *Queue) Doubt(ctx context.Context, ids []string, by string) (held []Entry, err error) {
	err = q.write(ctx, func(tx *transaction) error {
		held = nil
		for _, id := range ids {
			e, err := entryByID(tx, id)
			if err != nil {
				return err
			}
			asked := e.State == Held && (e.Reason == CouldBeGTIN || e.Reason == Unconfirmed)
			if !e.goesOn() && !asked || e.Serial == "" {
				continue
			}
			after := e
			if after.Hold = Conflict; !asked {
				after.State, after.Reason = Held, Conflict
			}
			if err := q.change(tx, e, after, AuditLine{By: by, Action: ActionConflict, Reason: Conflict}); err != nil {
				return err
			}
			held = append(held, after)
		}
		return nil
	})
	return held, err
}

// An Illegible is a box whose PKID cannot be read.
type Illegible struct {
	ID        string // event UUID, as in Capture
	Reception string
	// Into is the ID of the box's entry when a serial or model opened it.
	Into string
	// Unconfirmed is that of a Capture.
	Unconfirmed bool
	Read        Read
	By          string
}

// KeepUnreadable keeps a box with its number, held as Unreadable. The PKID may
// still come, read or typed; one that a list for the order has under the box's
// serial is taken at once (see fromList).
func (q *Queue) KeepUnreadable(ctx context.Context, b Illegible) (Verdict, error) {
	if b.ID == "" {
		b.ID = NewID()
	}
	b.Read.Event = b.ID
	var v Verdict
	err := q.write(ctx, func(tx *transaction) (err error) {
		if err = q.roomFor(tx, b.ID); err == nil {
			v, err = q.keepUnreadable(tx, b)
		}
		return err
	})
	v.At = q.now()
	return v, err
}

func (q *Queue) keepUnreadable(tx *transaction, b Illegible) (Verdict, error) {
	if again, err := entryByID(tx, b.ID); err == nil {
		return verdictOn(again), store(tx, again, again)
	}
	r, err := openReception(tx, b.Reception)
	if err != nil {
		return Verdict{}, err
	}
	box, err := entryByID(tx, b.Into)
	if b.Into != "" && err == nil && box.kept(b.ID) {
		return verdictOn(box), store(tx, box, box)
	}
	if b.Into != "" && err == nil && box.waits() && box.Work() == r.Work {
		before := box
		box.Unconfirmed = box.Unconfirmed || b.Unconfirmed
		if found, ok, err := fromList(tx, box); err != nil || ok {
			found.Reads = append(slices.Clone(box.Reads), b.Read)
			return verdictOn(found), errors.Join(err, q.change(tx, before, found, AuditLine{By: b.By, Action: ActionByList, Reason: found.Reason}))
		}
		after := box
		after.State, after.Reason = Held, Unreadable
		if after.Hold == "" {
			after.Hold = Unreadable
		}
		after.Reads = append(slices.Clone(box.Reads), b.Read)
		line := AuditLine{By: b.By, Action: ActionHold, Reason: Unreadable}
		return verdictOn(after), q.change(tx, before, after, line)
	}
	e := q.newEntry(r, b.ID, b.By, b.Read)
	e.State, e.Reason, e.Hold, e.Unconfirmed = Held, Unreadable, Unreadable, b.Unconfirmed
	e, err = q.number(tx, r, e, b.By)
	return verdictOn(e), err
}

// AddPart keeps a part number with its box, if the box has none yet.
func (q *Queue) AddPart(ctx context.Context, id, number string, read Read, by string) error {
	number = valid(number)
	if e, err := q.Entry(ctx, id); err != nil || e.Part != "" || e.State.Gone() {
		return err
	}
	return q.write(ctx, func(tx *transaction) error {
		e, err := entryByID(tx, id)
		if err != nil || e.Part != "" || e.State.Gone() {
			return err
		}
		after := e
		after.Part, after.Reads = number, append(slices.Clone(e.Reads), read)
		return q.change(tx, e, after, AuditLine{By: by, Action: ActionAttach, Reason: e.Reason})
	})
}

// SetPallet keeps the pallet that the boxes of a reception come from, from the
// next one on; empty for none.
func (q *Queue) SetPallet(ctx context.Context, reception, pallet, by string) (Reception, error) {
	var r Reception
	err := q.write(ctx, func(tx *transaction) (err error) {
		if r, err = openReception(tx, reception); err != nil || r.Pallet == pallet {
			return err
		}
		r.Pallet = valid(pallet)
		if err := putReception(tx, r); err != nil {
			return err
		}
		return q.audit(tx, 0, AuditLine{By: by, Action: ActionPallet, Reception: r.ID, Note: pallet})
	})
	return r, err
}

// Standing gives the first live entry of a work that has a PKID or, where that
// is empty, a serial.
func (q *Queue) Standing(ctx context.Context, work Work, pkid autopilot.PKID, serial string) (e Entry, ok bool, err error) {
	err = q.read(ctx, func(tx *transaction) error {
		find := func() ([]Entry, error) { return liveByPKID(tx, pkid) }
		if pkid == "" {
			find = func() ([]Entry, error) { return liveBySerial(tx, serial) }
		}
		all, err := find()
		if at := slices.IndexFunc(all, func(e Entry) bool { return e.Work() == work }); at >= 0 {
			e, ok = all[at], true
		}
		return err
	})
	return e, ok, err
}

// WorksOf gives the different works of all receptions, open or closed, that
// have the order, the newest last.
func (q *Queue) WorksOf(ctx context.Context, order string) (works []Work, err error) {
	if order == "" {
		return nil, nil
	}
	err = q.read(ctx, func(tx *transaction) error {
		all, err := receptionsOf(tx, order)
		for _, r := range all {
			if r.Customer != "" && !slices.Contains(works, r.Work) {
				works = append(works, r.Work)
			}
		}
		return err
	})
	return works, err
}
