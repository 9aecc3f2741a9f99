package queue

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"pkidstation/queue/autopilot"
)

// The actions of what is taken from a list.
const (
	// ActionByList: what the box lacked was found by its serial.
	ActionByList Action = "by-list"
	// ActionUnscanned: an announced device is registered without a scan.
	ActionUnscanned Action = "register-unscanned"
	// ActionArrived: such a device was scanned after all.
	ActionArrived Action = "arrived"
)

// FromList marks the capture of a device that nobody scanned.
const FromList Reason = "from-list"

// fromList gives a box whose PKID cannot be read what a list for its order has
// under its serial: the PKID, or manufacturer and model. It does where every letter
// of the serial is sure, one device alone is announced with it, and nobody else
// stands for that; then the box is judged as if that had been read.
func fromList(tx *transaction, box Entry) (after Entry, found bool, err error) {
	unread := box.State == Held && (box.Reason == NoPKID || box.Reason == Unreadable) && (box.Hold == "" || box.Hold == Unreadable)
	if !anyAnnounced(tx) || !unread || box.PKID != "" || box.Serial == "" || box.unsure() {
		return box, false, nil
	}
	all, err := announcedSerials(tx, box)
	all = slices.DeleteFunc(all, func(d placed) bool { return !fits(d, box) })
	if err != nil || len(all) != 1 {
		return box, false, err // of several nobody knows which
	}
	d := all[0]
	after = box
	after.PKID, after.ByList, after.Listed, after.Hold = d.listed.PKID, ListedPKID, d.told(), ""
	after.Manufacturer, after.Model = firstOf(box.Manufacturer, d.Manufacturer), firstOf(box.Model, d.Model)
	after = after.byPKIDFirst(d.listed.Hash)
	if !after.Identified() {
		return box, false, nil
	}
	others, err := liveByPKID(tx, after.pkid())
	twins, err2 := liveBySerial(tx, after.Serial)
	others = slices.DeleteFunc(append(others, twins...), func(e Entry) bool { return e.ID == box.ID })
	if err := errors.Join(err, err2); err != nil || len(others) > 0 {
		return box, false, err
	}
	hold := Reason("")
	if d.Unsure {
		hold = CouldBeGTIN
	}
	after, err = judge(tx, hold, after, nil)
	return after, err == nil, err
}

// byPKIDFirst is an entry with the hardware hash that a list has of it, where the list
// has no PKID: Microsoft advises against going by the hash.
func (e Entry) byPKIDFirst(hash autopilot.HardwareHash) Entry {
	e.Hash = ""
	if e.PKID == "" {
		e.Hash = hash
	}
	return e
}

// fits says whether nothing that was read of the box is another device's.
func fits(d placed, box Entry) bool {
	return !differ(d.Manufacturer, box.Manufacturer) && !differ(d.Model, box.Model)
}

// unscanned says whether an entry was made of a list alone, and no box of it was
// seen yet.
func (e Entry) unscanned() bool { return e.ByList == ListedDevice && len(e.Reads) == 0 }

// scanned is a box that was registered from a list and is here after all.
func (q *Queue) scanned(tx *transaction, e Entry, read Read, by string) (Verdict, error) {
	after := e
	after.Reads = []Read{read}
	return seen(after), q.change(tx, e, after, AuditLine{By: by, Action: ActionArrived, Reason: e.Reason})
}

// Unscanned is what came of RegisterAnnounced.
type Unscanned struct {
	// Made are the entries that were made, Held how many of them are held.
	Made []Entry
	Held int
	// Here is how many devices have an entry already, or had one and were taken back or
	// handed over, Without how many no list says
	// enough of to register them.
	Here, Without int
}

// RegisterAnnounced makes entries of the devices that are announced for a customer's
// order and that no entry stands for, without a scan. They are marked so for good
// (ListedDevice, ActionUnscanned), are in a closed reception of their own, so that
// they go out, and are judged as if they had been read. The group tag is the list's;
// where it has none, the work's, and where that has none, the one of the order's
// receptions, if they have one. A long list is taken in parts: after a crash the rest
// is registered by the next call. ErrNoCustomer where the customer is not said,
// ErrNothingNew where there is no such device.
func (q *Queue) RegisterAnnounced(ctx context.Context, work Work, act Act) (Unscanned, error) {
	var got Unscanned
	if work.Customer == "" {
		return got, ErrNoCustomer
	}
	for {
		part, more, err := q.registerSome(ctx, work, act)
		if err != nil {
			return got, err
		}
		part.Made, part.Held, part.Here = append(got.Made, part.Made...), got.Held+part.Held, part.Here-len(got.Made)
		got = part
		switch {
		case more:
			continue
		case len(got.Made) == 0:
			return got, ErrNothingNew
		default:
			return got, nil
		}
	}
}

// inOneRelease is how many devices one change registers from a list: the journal's
// line has to hold them.
const inOneRelease = 5000

// errMore is that a change has as many as it may have.
var errMore = errors.New("there are more")

// registerSome registers a part, and says whether there are more.
func (q *Queue) registerSome(ctx context.Context, work Work, act Act) (got Unscanned, more bool, err error) {
	err = q.decide(ctx, act, func(tx *transaction, act Act) error {
		got, more = Unscanned{}, false
		if err := q.roomFor(tx, ""); err != nil {
			return err
		}
		usual, err := usualTag(tx, work)
		if err != nil {
			return err
		}
		u := unscanned{queue: q, tx: tx, act: act, got: &got, rooms: map[autopilot.GroupTag]Reception{}}
		err = eachBlock(tx, work.Order, work.Customer, func(number uint64, b block) error {
			if len(got.Made) >= inOneRelease {
				return errMore
			}
			return u.block(ctx, work, usual, number, b)
		})
		if more = errors.Is(err, errMore); more {
			err = nil
		}
		return err
	})
	return got, more, err
}

// block registers what a block announces.
func (u *unscanned) block(ctx context.Context, work Work, usual autopilot.GroupTag, number uint64, b block) error {
	for i := range b.Devices {
		d := b.placed(number, i)
		work.GroupTag = autopilot.GroupTag(firstOf(string(d.GroupTag), string(usual)))
		if err := errors.Join(ctx.Err(), u.one(work, d)); err != nil {
			return err
		}
	}
	return nil
}

// usualTag is the group tag of what a list gives none for.
func usualTag(tx *transaction, work Work) (autopilot.GroupTag, error) {
	if work.GroupTag != "" {
		return work.GroupTag, nil
	}
	all, err := receptionsOf(tx, work.Order)
	tag := work.GroupTag
	for _, r := range all {
		if r.Customer != work.Customer || r.GroupTag == "" {
			continue
		}
		if tag != "" && tag != r.GroupTag {
			return "", err // a person has to say
		}
		tag = r.GroupTag
	}
	return tag, err
}

// An unscanned is a registration without scans that is being made.
type unscanned struct {
	queue *Queue
	tx    *transaction
	act   Act
	got   *Unscanned
	rooms map[autopilot.GroupTag]Reception
}

func (u *unscanned) one(work Work, d placed) error {
	if !d.listed.Identified() {
		u.got.Without++
		return nil
	}
	here, err := liveByPKID(u.tx, d.PKID)
	twins, err2 := liveBySerial(u.tx, d.Serial)
	if err := errors.Join(err, err2); err != nil {
		return err
	}
	twins = slices.DeleteFunc(twins, func(e Entry) bool { return otherMakers(e.Manufacturer, d.Manufacturer) })
	went, err := u.went(work, d)
	if err != nil {
		return err
	}
	if went || slices.ContainsFunc(slices.Concat(here, twins), func(e Entry) bool { return goesFor(e.Customer, work.Customer) }) {
		u.got.Here++
		return nil
	}
	r, err := u.room(work)
	if err != nil {
		return err
	}
	q := u.queue
	e := q.newEntry(r, NewID(), u.act.By, Read{Source: string(FromList)})
	e.Device, e.ByList, e.Reads, e.Done = d.listed, ListedDevice, nil, true
	e = e.byPKIDFirst(d.listed.Hash)
	e.Listed, e.Pallet = d.told(), d.Pallet
	hold := Reason("")
	if d.Unsure {
		hold = CouldBeGTIN
	}
	others, err := q.against(u.tx, e)
	if err != nil {
		return err
	}
	if e, err = judge(u.tx, hold, e, others); err != nil {
		return err
	}
	if e, err = u.keep(r, e, d); err == nil {
		_, err = q.collide(u.tx, e, others, u.act.By)
	}
	return err
}

// went says whether the device was taken back from the customer, or went to another
// station: a list is no reason to register it again, a scan is.
func (u *unscanned) went(work Work, d placed) (went bool, err error) {
	look := func(e Entry) {
		went = went || e.State == Moved || e.State == Removed && e.Customer == work.Customer
	}
	if d.PKID != "" {
		err = eachOfPKID(u.tx, d.PKID, look)
	} else {
		err = eachOfSerial(u.tx, d.Serial, look)
	}
	return went, err
}

// keep numbers the entry and keeps it, with what the audit has to say of it.
func (u *unscanned) keep(r Reception, e Entry, d placed) (Entry, error) {
	r.Boxes++
	e.Number, e.ChangedAt = r.Boxes, u.queue.now()
	e, err := insert(u.tx, e)
	if err != nil {
		return e, err
	}
	if r.Boxes == 1 {
		r.First = e.Seq
	}
	u.rooms[r.GroupTag] = r
	if err := newReception(u.tx, r); err != nil {
		return e, err
	}
	if u.got.Made = append(u.got.Made, e); e.State == Held {
		u.got.Held++
	}
	return e, u.queue.audit(u.tx, e.Seq, AuditLine{
		By: u.act.By, Action: ActionUnscanned, Entry: e.ID, Reception: r.ID, To: e.State, Reason: firstReason(e.Reason, FromList),
		Note: joinWords(fmt.Sprintf("list %d, row %d", d.list, d.Row), u.act.Reason),
	})
}

func firstReason(a, b Reason) Reason { return Reason(firstOf(string(a), string(b))) }

// room is the closed reception that devices of a group tag are in.
func (u *unscanned) room(work Work) (Reception, error) {
	if r, ok := u.rooms[work.GroupTag]; ok {
		return r, nil
	}
	now, by := u.queue.now(), valid(u.act.By)
	r := Reception{ID: NewID(), Work: work, OpenedBy: by, OpenedAt: now, ClosedBy: by, ClosedAt: now}
	u.rooms[work.GroupTag] = r
	return r, u.queue.audit(u.tx, 0, AuditLine{By: u.act.By, Action: ActionOpen, Reception: r.ID, Reason: FromList})
}
