package queue

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"pkidstation/queue/autopilot"
)

// one takes a device in, or refuses it.
func (a *announcing) one(d Announced) error {
	d = d.plain()
	if strings.ContainsFunc(d.Order+d.Serial, unicode.IsControl) {
		return fmt.Errorf("row %d: %w", d.Row, ErrListed)
	}
	if a.again(d) {
		a.got.Known++
		return nil
	}
	before, why, err := a.before(d)
	switch {
	case err != nil:
		return err
	case why != "":
		a.got.Clashing = append(a.got.Clashing, Clash{Announced: d, Reason: why, Other: before.told()})
		a.got.Refused++
		return nil
	case before.block != 0:
		a.got.Known++
		if before.list != a.got.Number && !slices.Contains(a.got.Leans, before.list) {
			a.got.Leans = append(a.got.Leans, before.list)
		}
		return a.merge(before, d)
	}
	a.got.Taken++
	return a.add(d)
}

// again says whether the device came in this list already.
func (a *announcing) again(d Announced) (seen bool) {
	d.Device = d.Named()
	if number := pkidNumber(d.PKID); number > 0 {
		_, seen = a.seen[number]
		a.seen[number] = struct{}{}
		return seen
	}
	key := d.Order + "\x00" + serialKey(d.Serial) + "\x00" + serialKey(d.Manufacturer) // each maker numbers its own
	_, seen = a.serials[key]
	a.serials[key] = struct{}{}
	return seen
}

// plain is the device as it is kept.
func (d Announced) plain() Announced {
	d.Serial, d.Manufacturer, d.Model = valid(d.Serial), valid(d.Manufacturer), valid(d.Model)
	d.Order, d.Pallet, d.Box = valid(d.Order), valid(d.Pallet), valid(d.Box)
	return d
}

// before is what was announced of the device already, and what speaks against
// announcing it now.
func (a *announcing) before(d Announced) (same placed, why Reason, err error) {
	d.Device = d.Named()
	named, err := announcedPKID(a.tx, d.PKID)
	for _, l := range named {
		switch {
		case l.Order != d.Order || !a.mayAdd(l):
			same, why = l, OtherCustomer
		case differ(l.Serial, d.Serial):
			return l, Conflict, err
		default:
			return l, "", err
		}
	}
	if why != "" || err != nil {
		return same, why, err
	}
	twin, found, err := announcedSerial(a.tx, Entry{Device: d.Device, Order: d.Order, Customer: a.list.Customer})
	switch {
	case err != nil || !found:
		return placed{}, "", err
	case differ(twin.Manufacturer, d.Manufacturer): // two makers number alike
		return placed{}, "", nil
	case twin.PKID != "" && d.PKID != "" && twin.PKID != d.PKID:
		return twin, Conflict, nil
	case !a.mayAdd(twin):
		return twin, OtherCustomer, nil
	}
	return twin, "", nil
}

// mayAdd says whether what is announced already may stand for what this list says:
// not where this one says whose it is and that one does not, or says otherwise.
func (a *announcing) mayAdd(before placed) bool {
	return before.customer == a.list.Customer || a.list.Customer == ""
}

// merge adds what the list says of a device that was announced before.
func (a *announcing) merge(before placed, d Announced) error {
	b, err := blockByNumber(a.tx, before.block)
	if err != nil {
		return err
	}
	after := b
	after.Devices = slices.Clone(b.Devices)
	e := &after.Devices[before.at]
	was := *e
	e.PKID = autopilot.PKID(firstOf(string(e.PKID), string(d.PKID)))
	e.Serial, e.Manufacturer, e.Model = firstOf(e.Serial, d.Serial), firstOf(e.Manufacturer, d.Manufacturer), firstOf(e.Model, d.Model)
	e.Pallet, e.Box = firstOf(e.Pallet, d.Pallet), firstOf(e.Box, d.Box)
	e.GroupTag = autopilot.GroupTag(firstOf(string(e.GroupTag), string(d.GroupTag)))
	e.Hash = autopilot.HardwareHash(firstOf(string(e.Hash), string(d.Hash)))
	e.Unsure = e.Unsure && (d.PKID == "" || d.Unsure)
	if *e == was {
		return nil
	}
	if err := storeBlock(a.tx, before.block, b, after); err != nil {
		return err
	}
	return a.held(after.placed(before.block, before.at))
}

// add puts a device into the block of its order, which is kept when it is full.
func (a *announcing) add(d Announced) error {
	b := a.filling[d.Order]
	if b == nil {
		b = &block{List: a.got.Number, Customer: a.list.Customer, Order: d.Order}
		a.filling[d.Order] = b
	}
	b.Devices = append(b.Devices, d)
	if len(b.Devices) < inOneBlock {
		return nil
	}
	delete(a.filling, d.Order)
	return a.keep(*b)
}

// flush keeps the blocks that are not full, in the order of their first rows.
func (a *announcing) flush() error {
	for _, order := range slices.SortedFunc(maps.Keys(a.filling), func(x, y string) int {
		return cmp.Compare(a.filling[x].Devices[0].Row, a.filling[y].Devices[0].Row)
	}) {
		if err := a.keep(*a.filling[order]); err != nil {
			return err
		}
	}
	return nil
}

func (a *announcing) keep(b block) error {
	number, err := in(a.tx, bucketAnnounced).NextSequence()
	if err != nil {
		return fmt.Errorf("numbering what is announced: %w", err)
	}
	if a.got.Last = number; a.got.First == 0 {
		a.got.First = number
	}
	if err := storeBlock(a.tx, number, block{}, b); err != nil {
		return err
	}
	for i := range b.Devices {
		if err := a.held(b.placed(number, i)); err != nil {
			return err
		}
	}
	return nil
}

// held has the entries that are here already judged by what is announced now.
func (a *announcing) held(d placed) error {
	d.Device = d.Named()
	here, err := liveByPKID(a.tx, d.PKID)
	twins, err2 := liveBySerial(a.tx, d.Serial)
	if err := errors.Join(err, err2); err != nil {
		return err
	}
	twins = slices.DeleteFunc(twins, func(e Entry) bool {
		return e.PKID == d.PKID && e.PKID != "" || e.PKID == "" && !e.goesOn() && e.Reason != NotAnnounced
	}) // the serial of another, or a box that goes by it
	for _, e := range append(here, twins...) {
		if e.Reason != NotAnnounced && d.meets(e) && !differ(d.Serial, e.Serial) && (d.PKID == "" || e.PKID == d.PKID) {
			continue // as nearly all are: no need to look for the device
		}
		if err := a.judge(e); err != nil {
			return err
		}
	}
	return nil
}

func (a *announcing) judge(e Entry) error {
	why, told, _, err := expectation(a.tx, e)
	if err != nil {
		return err
	}
	after, line := e, AuditLine{By: a.by, Action: ActionAnnounce, Reason: why, Note: fmt.Sprintf("list %d", a.got.Number)}
	switch {
	case why == "" && e.State == Held && e.Reason == NotAnnounced && !a.mayFree:
		a.got.Waiting = append(a.got.Waiting, e)
		return nil
	case why == "" && e.State == Held && e.Reason == NotAnnounced:
		if after, err = a.queue.expected(a.tx, e); err != nil {
			return err
		}
		if after.goesOn() {
			a.got.Freed = append(a.got.Freed, after)
		}
		line.Reason = after.Reason
	case why == "" || why == NotAnnounced:
		return nil // what is not in it yet may be in the next
	case e.goesOn():
		after.State, after.Reason, after.Listed = Held, why, told
		a.got.Doubted = append(a.got.Doubted, after)
	case e.State != Held:
		a.got.Sent = append(a.got.Sent, e)
		return nil
	case e.Reason == NotAnnounced || e.Reason == NoCustomer || e.Reason == Assigned:
		after.Reason, after.Listed = why, told // now it is known whose it is
		a.got.Doubted = append(a.got.Doubted, after)
	default:
		return nil
	}
	return a.queue.change(a.tx, e, after, line)
}

// end keeps the list itself, if there is anything of it.
func (a *announcing) end() error {
	switch g := a.got; {
	case a.list.Strict && g.Refused > 0:
		return ErrClashes
	case g.Taken+g.Known == 0:
		return ErrNothingNew
	case a.list.DryRun:
		return errDryRun
	}
	if err := put(a.tx, bucketAnnouncement, seqKey(a.got.Number), a.got.Announcement); err != nil {
		return err
	}
	note := fmt.Sprintf("%s: %d devices, %d known, %d refused", a.got.named(), a.got.Taken, a.got.Known, a.got.Refused)
	return a.queue.audit(a.tx, 0, AuditLine{By: a.by, Action: ActionAnnounce, Note: note})
}
