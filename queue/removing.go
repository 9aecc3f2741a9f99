package queue

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pkidstation/queue/autopilot"
)

// Remove begins to take registrations back: registered → removing, each with
// its Removal on disk. It needs a reason (ErrNoReason) and is refused for a
// device that Microsoft had before (ErrNotOurs). onSite says that a person does
// it on the web site. All or none.
func (q *Queue) Remove(ctx context.Context, ids []string, onSite bool, act Act) ([]Removal, error) {
	var planned []Removal
	if strings.TrimSpace(act.Reason) == "" {
		return nil, ErrNoReason
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	err := q.decide(ctx, act, func(tx *transaction, act Act) error {
		planned = nil
		for _, id := range ids {
			r, err := q.planRemoval(tx, id, onSite, act)
			if err != nil {
				return err
			}
			planned = append(planned, r)
		}
		return nil
	})
	return planned, err
}

func (q *Queue) planRemoval(tx *transaction, id string, onSite bool, act Act) (Removal, error) {
	e, err := entryByID(tx, id)
	if err != nil {
		return Removal{}, err
	}
	after, line, err := move(e, Registered, Removing, "", act, ActionRemove)
	if err == nil && e.Reason == AlreadyThere {
		err = ErrNotOurs
	}
	if err != nil {
		return Removal{}, err
	}
	number, err := in(tx, bucketRemoval).NextSequence()
	if err != nil {
		return Removal{}, fmt.Errorf("numbering a removal: %w", err)
	}
	r := Removal{
		ID: removalPrefix + strconv.FormatUint(number, 10), Entry: e.ID, Customer: e.Customer, Device: e.ToSend().Named(),
		DeviceID: e.DeviceID, Batch: e.Batch, State: RemovalPlanned, By: valid(act.By), Reason: valid(act.Reason),
		OnSite: onSite, PlannedAt: q.now(),
	}
	if onSite {
		r.Note, r.Person = OnTheSite, true
	}
	if err := putRemoval(tx, r); err != nil {
		return r, err
	}
	return r, q.change(tx, e, after, line)
}

// OpenRemovals gives the removals that are not done, oldest first.
func (q *Queue) OpenRemovals(ctx context.Context) ([]Removal, error) {
	var open []Removal
	err := q.read(ctx, func(tx *transaction) (err error) {
		open, err = openRemovals(tx)
		return err
	})
	return open, err
}

func openRemovals(tx *transaction) (open []Removal, err error) {
	err = in(tx, bucketTakeBack).ForEach(func(k, _ []byte) error {
		r, err := get[Removal](tx, bucketRemoval, k, ErrNoRemoval)
		open = append(open, r)
		return err
	})
	return open, err
}

// AttemptRemoval writes what is about to be asked for; until WaitRemoval or
// Removed says what came of it nobody knows whether it was done. It is refused
// (*ClaimedError) while another entry has the same device registered, or on its
// way, for the same customer: that is not the registration to be taken back.
func (q *Queue) AttemptRemoval(ctx context.Context, id string, step RemovalStep) (Removal, error) {
	return q.changeRemoval(ctx, id, func(tx *transaction, r *Removal) error {
		if r.OnSite {
			return takenOnSite(*r)
		}
		e, err := entryByID(tx, r.Entry)
		if err == nil {
			err = registeredAnew(tx, e)
		}
		if err != nil {
			return err
		}
		r.RequestID, r.State = step.RequestID, RemovalPlanned
		r.DeviceID, r.Batch = firstOf(step.DeviceID, r.DeviceID), firstOf(step.Batch, r.Batch)
		r.Attempt++
		r.Seen = r.Seen || step.Seen
		r.waitsForNothing()
		return q.audit(tx, e.Seq, AuditLine{
			By: planActor, Action: ActionAsk, Entry: e.ID, Reception: e.Reception, From: e.State, To: e.State,
			Note: "attempt " + strconv.Itoa(r.Attempt) + ", request " + step.RequestID,
		})
	})
}

// registeredAnew is a *ClaimedError where another entry stands for the device
// with the entry's customer, or may do so any moment.
func registeredAnew(tx *transaction, e Entry) error {
	device := e.Named()
	same, err := liveByPKID(tx, device.PKID)
	if err != nil {
		return err
	}
	serial, err := liveBySerial(tx, device.Serial)
	if err != nil {
		return err
	}
	for _, o := range append(same, serial...) {
		underway := o.State == Planned || o.State == Submitted || o.State == Registered || o.State == Exported
		if o.ID != e.ID && o.Customer == e.Customer && underway && sameDevice(o.Named(), device) {
			return &ClaimedError{Entry: e.ID, By: o}
		}
	}
	return nil
}

// sameDevice says whether two entries can be one device: by PKID where both
// have one, and else by serial number, of whatever maker is not known.
func sameDevice(a, b autopilot.Device) bool {
	if a.PKID != "" && b.PKID != "" {
		return a.PKID == b.PKID
	}
	agree := func(a, b string) bool { return a == "" || b == "" || a == b }
	return serialKey(a.Serial) == serialKey(b.Serial) && agree(a.Manufacturer, b.Manufacturer) && agree(a.Model, b.Model)
}

// WaitRemoval writes what came of an attempt that did not end the removal, and
// when it is looked after again.
func (q *Queue) WaitRemoval(ctx context.Context, id string, step RemovalStep) (Removal, error) {
	return q.changeRemoval(ctx, id, func(_ *transaction, r *Removal) error {
		if r.OnSite {
			return takenOnSite(*r)
		}
		if step.Asked && r.State == RemovalPlanned {
			r.State, r.AskedAt = RemovalAsked, q.now()
		}
		r.DeviceID, r.Batch = firstOf(step.DeviceID, r.DeviceID), firstOf(step.Batch, r.Batch)
		r.Note, r.Code, r.Answer, r.Person, r.Due = step.Note, step.Code, valid(step.Answer), step.Person, step.Due
		r.MissingAt = step.MissingAt
		return nil
	})
}

// RetryRemoval has open removals of entries asked for once more, and at once,
// after a person did what they waited for. What was asked for stays known, so
// that a device which is registered anew meanwhile is shown to them first: what
// stands at RegisteredAnew is left alone, and so is what is not open.
func (q *Queue) RetryRemoval(ctx context.Context, entries []string, act Act) error {
	return q.retryRemovals(ctx, entries, act, func(r *Removal) bool { return r.Note != RegisteredAnew })
}

// TakeBackAnew is the word of a person who was shown that devices are registered
// anew: they want those back too, under whatever id they are listed. Removals
// that do not stand at RegisteredAnew are left alone.
func (q *Queue) TakeBackAnew(ctx context.Context, entries []string, act Act) error {
	return q.retryRemovals(ctx, entries, act, func(r *Removal) bool {
		anew := r.Note == RegisteredAnew
		if anew {
			r.DeviceID = ""
		}
		return anew
	})
}

// retryRemovals has those open removals of entries asked for once more that are
// meant.
func (q *Queue) retryRemovals(ctx context.Context, entries []string, act Act, meant func(*Removal) bool) error {
	return q.decide(ctx, act, func(tx *transaction, _ Act) error {
		open, err := openRemovals(tx)
		if err != nil {
			return err
		}
		for _, r := range open {
			if r.OnSite || !slices.Contains(entries, r.Entry) || !meant(&r) {
				continue
			}
			r.State, r.RequestID = RemovalPlanned, "" // what was asked is not asked again under its id
			r.waitsForNothing()
			if err := putRemoval(tx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// waitsForNothing forgets what a removal waited for: its turn is now.
func (r *Removal) waitsForNothing() {
	r.Note, r.Code, r.Answer, r.Person, r.Due, r.MissingAt = "", "", "", false, time.Time{}, time.Time{}
}

// Removed writes that the device is gone: removing → removed. Its PKID may come
// anew.
func (q *Queue) Removed(ctx context.Context, id, note string) (Removal, error) {
	return q.changeRemoval(ctx, id, func(tx *transaction, r *Removal) error {
		return q.endRemoval(tx, r, Act{By: planActor, Reason: note})
	})
}

// RemovedOnSite writes a person's word that devices are gone: removing →
// removed. It is for those that a person takes back on the web site, and for
// those that wait for a person; of any other the uploader will know better (a
// *WayError). All or none.
func (q *Queue) RemovedOnSite(ctx context.Context, entries []string, act Act) error {
	return q.decide(ctx, act, func(tx *transaction, act Act) error {
		open, err := openRemovals(tx)
		if err != nil {
			return err
		}
		byEntry := map[string]Removal{}
		for _, r := range open {
			byEntry[r.Entry] = r
		}
		for _, id := range slices.Compact(slices.Sorted(slices.Values(entries))) {
			e, err := entryByID(tx, id)
			if err != nil {
				return err
			}
			r, ok := byEntry[id]
			if !ok || !r.OnSite && !r.Person {
				return &WayError{Entry: id, Number: e.Number, From: e.State, To: Removed}
			}
			if err := q.endRemoval(tx, &r, act); err != nil {
				return err
			}
			if err := putRemoval(tx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

func (q *Queue) endRemoval(tx *transaction, r *Removal, act Act) error {
	e, err := entryByID(tx, r.Entry)
	if err != nil {
		return err
	}
	after, line, err := move(e, Removing, Removed, "", act, ActionRemoved)
	if err != nil {
		return err
	}
	r.State, r.EndedAt, r.Note, r.Person, r.Due = RemovalDone, q.now(), "", false, time.Time{}
	after.DeviceID = firstOf(r.DeviceID, e.DeviceID) // a list that lags is told by it: see TakenBack
	return q.change(tx, e, after, line)
}

func (q *Queue) changeRemoval(ctx context.Context, id string, change func(*transaction, *Removal) error) (Removal, error) {
	var r Removal
	err := q.write(ctx, func(tx *transaction) (err error) {
		if r, err = get[Removal](tx, bucketRemoval, removalKey(id), fmt.Errorf("%w: %s", ErrNoRemoval, id)); err != nil {
			return err
		}
		if r.State == RemovalDone {
			return fmt.Errorf("%w: %s is done", ErrPlanMoved, id)
		}
		if err := change(tx, &r); err != nil {
			return err
		}
		return putRemoval(tx, r)
	})
	return r, err
}

const removalPrefix = "removal-"

func removalKey(id string) []byte {
	number, err := strconv.ParseUint(strings.TrimPrefix(id, removalPrefix), 10, 64)
	if err != nil {
		return seqKey(0)
	}
	return seqKey(number)
}

func putRemoval(tx *transaction, r Removal) error {
	key, open := removalKey(r.ID), in(tx, bucketTakeBack)
	change := open.Delete(key)
	if r.State != RemovalDone {
		change = open.Put(key, present())
	}
	if change != nil {
		return fmt.Errorf("indexing %s: %w", r.ID, change)
	}
	return put(tx, bucketRemoval, key, r)
}

// readmit makes a new entry, for the right customer, of the box whose
// registration was taken back.
func (q *Queue) readmit(tx *transaction, gone Entry, work Work, act Act) (Entry, error) {
	device := gone.Named()
	twins, err := liveByPKID(tx, device.PKID)
	if err == nil && device.PKID == "" {
		twins, err = liveBySerial(tx, device.Serial)
	}
	if err != nil {
		return Entry{}, err
	}
	if len(twins) > 0 {
		return Entry{}, &ClaimedError{Entry: gone.ID, By: twins[0]}
	}
	r, err := receptionByID(tx, gone.Reception)
	if err != nil {
		return Entry{}, err
	}
	e := Entry{
		ID: NewID(), Reception: r.ID, Device: gone.Device, Part: gone.Part, ByTuple: gone.ByTuple, From: gone.ID,
		Customer: work.Customer, GroupTag: work.GroupTag, Order: work.Order, Pallet: gone.Pallet, Done: true,
		State: Held, Reason: Assigned, CapturedAt: q.now(), Operator: valid(act.By), Station: q.station, Source: gone.Source,
		Reads: slices.Clone(gone.Reads),
	}
	for i := range e.Reads {
		e.Reads[i].Event = "" // they are the first entry's
	}
	if e, err = q.number(tx, r, e, act.By); err != nil {
		return Entry{}, err
	}
	return e, q.audit(tx, e.Seq, AuditLine{
		By: act.By, Action: ActionAssign, Entry: e.ID, Reception: e.Reception, From: e.State, To: e.State, Reason: e.Reason,
		Note: fmt.Sprintf("from box %d of %s: %s", gone.Number, gone.Customer, valid(act.Reason)),
	})
}

// removals: an open removal is in the index, and its entry is being removed.
func (c *checker) removals() error {
	all := in(c.tx, bucketRemoval)
	if all == nil {
		return nil // a file of an earlier schema, opened for looking only
	}
	open := map[string]bool{}
	err := all.ForEach(func(k, v []byte) error {
		r, err := decodeAt[Removal](k, v)
		if err != nil {
			c.add("%v", corruptError(bucketRemoval, k, err))
			return nil
		}
		indexed := in(c.tx, bucketTakeBack).Get(k) != nil
		if indexed != (r.State != RemovalDone) {
			c.add("%s is %s but the index of open removals says otherwise", r.ID, r.State)
		}
		if !indexed {
			return nil
		}
		open[r.Entry] = true
		if e, err := entryByID(c.tx, r.Entry); err != nil || e.State != Removing {
			c.add("%s is open, but its entry is not being removed", r.ID)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return in(c.tx, bucketState).ForEach(func(k, _ []byte) error {
		if !strings.HasPrefix(string(k), string(wordPrefix(string(Removing)))) {
			return nil
		}
		if e, err := entryBySeq(c.tx, keySeq(k)); err == nil && !open[e.ID] {
			c.add("entry %d is being removed, but there is no removal of it", e.Seq)
		}
		return nil
	})
}
