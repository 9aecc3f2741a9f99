package queue

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"

	"pkidstation/queue/autopilot"
)

// Listed is what a supplier's list says of a box that is held for it: of the
// device with its PKID, or with its serial.
type Listed struct {
	// List is the number of the Announcement, Row the device's row in it.
	List     uint64             `json:"list,omitempty"`
	Row      int                `json:"row,omitempty"`
	PKID     autopilot.PKID     `json:"pkid,omitempty"`
	Serial   string             `json:"serial,omitempty"`
	Customer autopilot.TenantID `json:"customer,omitempty"`
	Order    string             `json:"order,omitempty"`
}

func (l placed) told() Listed {
	return Listed{List: l.list, Row: l.Row, PKID: l.PKID, Serial: l.Serial, Customer: l.customer, Order: l.Order}
}

// expectation is what the lists have against an entry, "" for nothing, and sure
// that a list of its order has its very PKID:
//
//   - its PKID is announced for this order with another serial, or its serial with
//     another PKID: Conflict;
//   - its PKID, or its serial without a PKID, is announced for another customer or
//     order only: OtherCustomer;
//   - a list for this order is here and does not have it: NotAnnounced.
//
// An order that no list is for has nothing against anything, and neither has an
// entry without order against a list of its customer.
func expectation(tx *transaction, e Entry) (why Reason, told Listed, sure bool, err error) {
	device := e.Named()
	if e.PKID, e.Serial = device.PKID, device.Serial; !anyAnnounced(tx) {
		return "", Listed{}, false, nil
	}
	if e.PKID == "" {
		why, told, err = serialExpectation(tx, e)
		return why, told, false, err
	}
	named, err := announcedPKID(tx, e.PKID)
	if err != nil {
		return "", Listed{}, false, err
	}
	for _, l := range named {
		if l.meets(e) {
			if differ(l.Serial, e.Serial) {
				return Conflict, l.told(), false, nil
			}
			return "", Listed{}, !l.Unsure, nil
		}
	}
	twin, found, err := announcedSerial(tx, e)
	switch {
	case err != nil:
		return "", Listed{}, false, err
	case found && twin.PKID == "" && len(named) == 0:
		return "", Listed{}, false, nil
	case found && twin.PKID != "":
		return Conflict, twin.told(), false, nil
	}
	if len(named) > 0 {
		return OtherCustomer, named[0].told(), false, nil
	}
	if _, elsewhere, err := serialAnnounced(tx, e); err != nil || len(elsewhere) > 0 {
		return OtherCustomer, firstTold(elsewhere), false, err
	}
	if e.Order == "" {
		return "", Listed{}, false, nil
	}
	if here, open := listsFor(tx, e.Order, e.Customer); !here || open && e.Serial == "" {
		return "", Listed{}, false, nil
	}
	return NotAnnounced, Listed{}, false, nil
}

// serialExpectation is what the lists have against an entry that goes by its serial,
// without PKID:
//
//   - the PKID that a list for its order has under that serial is here already, in
//     another box: Conflict;
//   - the serial is announced for another customer or order only: OtherCustomer;
//   - a list for this order is here and does not have it: NotAnnounced.
//
// A device of another maker, who numbers alike, is not the entry's.
func serialExpectation(tx *transaction, e Entry) (why Reason, told Listed, err error) {
	if e.Serial == "" {
		return "", Listed{}, nil
	}
	mine, elsewhere, err := serialAnnounced(tx, e)
	if err != nil {
		return "", Listed{}, err
	}
	for _, l := range mine {
		here, err := liveByPKID(tx, l.PKID)
		if err != nil || len(here) > 0 && !otherMakers(l.Manufacturer, e.Manufacturer) {
			return Conflict, l.told(), err
		}
	}
	switch here, _ := listsFor(tx, e.Order, e.Customer); {
	case len(mine) > 0:
		return "", Listed{}, nil
	case len(elsewhere) > 0:
		return OtherCustomer, firstTold(elsewhere), nil
	case here && e.Order != "":
		return NotAnnounced, Listed{}, nil
	default:
		return "", Listed{}, nil
	}
}

// serialAnnounced are the devices that are announced with an entry's serial: those
// for its order and customer, and where there are none, those of its maker for others,
// unless another PKID than the entry's is announced with it: makers number alike.
func serialAnnounced(tx *transaction, e Entry) (mine, elsewhere []placed, err error) {
	if e.Serial == "" {
		return nil, nil, nil
	}
	all, err := announcedUnder(tx, bucketAnnouncedSerial, wordPrefix(serialKey(e.Serial)))
	for _, l := range all {
		switch {
		case l.meets(e):
			mine = append(mine, l)
		case (l.PKID == "" || e.PKID == "") && !otherMakers(l.Manufacturer, e.Manufacturer):
			elsewhere = append(elsewhere, l)
		}
	}
	if len(mine) > 0 {
		elsewhere = nil
	}
	return mine, elsewhere, err
}

func firstTold(all []placed) Listed {
	if len(all) == 0 {
		return Listed{}
	}
	return all[0].told()
}

// meets says whether the device is announced for the entry's order and customer; a
// list without one, or an entry without one, contradicts nothing.
func (l placed) meets(e Entry) bool {
	return (l.Order == e.Order || l.Order == "" || e.Order == "") && goesFor(l.customer, e.Customer)
}

// differ says whether two serials are known and not the same.
func differ(a, b string) bool {
	return a != "" && b != "" && serialKey(a) != serialKey(b)
}

// anyAnnounced says whether any list is here. A file of an earlier schema that is
// open for looking only has none.
func anyAnnounced(tx *transaction) bool {
	b := in(tx, bucketAnnouncedOrder)
	if b == nil {
		return false
	}
	k, _ := b.Cursor().First()
	return k != nil
}

// announcedPKID are the announced devices with a PKID.
func announcedPKID(tx *transaction, pkid autopilot.PKID) ([]placed, error) {
	if pkid == "" {
		return nil, nil
	}
	return announcedUnder(tx, bucketAnnouncedPKID, []byte(pkid))
}

// announcedSerial is the first device that is announced with an entry's serial for
// its order.
func announcedSerial(tx *transaction, e Entry) (first placed, found bool, err error) {
	all, err := announcedSerials(tx, e)
	if err != nil || len(all) == 0 {
		return first, false, err
	}
	return all[0], true, nil
}

// announcedSerials are all that are announced with an entry's serial for its order.
func announcedSerials(tx *transaction, e Entry) ([]placed, error) {
	if e.Serial == "" {
		return nil, nil
	}
	all, err := announcedUnder(tx, bucketAnnouncedSerial, wordPrefix(serialKey(e.Serial)))
	return slices.DeleteFunc(all, func(l placed) bool { return l.Order != e.Order || !goesFor(l.customer, e.Customer) }), err
}

// announcedUnder are the announced devices that an index has under a key.
func announcedUnder(tx *transaction, index string, prefix []byte) (found []placed, err error) {
	c := in(tx, index).Cursor()
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
		if len(k) != len(prefix)+8 {
			continue
		}
		b, err := blockByNumber(tx, keySeq(k))
		if err != nil {
			return nil, err
		}
		for place := range slices.Chunk(v, 2) {
			at := len(b.Devices)
			if len(place) == 2 {
				at = int(binary.BigEndian.Uint16(place))
			}
			if at >= len(b.Devices) {
				return nil, corruptError(index, k, fmt.Errorf("%w: block %d has no device %d", ErrNoAnnouncement, keySeq(k), at))
			}
			found = append(found, b.placed(keySeq(k), at))
		}
	}
	return found, nil
}

// listsFor says whether a list is here for an order and a customer, and whether
// it is open which boxes it means, for some of its devices have no PKID.
func listsFor(tx *transaction, order string, customer autopilot.TenantID) (here, open bool) {
	prefix := wordPrefix(order)
	c := in(tx, bucketAnnouncedOrder).Cursor()
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix) && !open; k, v = c.Next() {
		if whose, ok := customerOfKey(k, prefix); ok && goesFor(whose, customer) {
			here, open = true, bytes.Equal(v, openBlock())
		}
	}
	return here, open
}

// eachBlock shows the blocks of an order that are for a customer, in their order.
func eachBlock(tx *transaction, order string, customer autopilot.TenantID, look func(number uint64, b block) error) error {
	for _, number := range blocksOf(tx, order, customer) {
		b, err := blockByNumber(tx, number)
		if err == nil {
			err = look(number, b)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// blocksOf are the numbers of the blocks of an order that are for a customer.
func blocksOf(tx *transaction, order string, customer autopilot.TenantID) (numbers []uint64) {
	if !anyAnnounced(tx) {
		return nil
	}
	prefix := wordPrefix(order)
	c := in(tx, bucketAnnouncedOrder).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		if whose, ok := customerOfKey(k, prefix); ok && goesFor(whose, customer) {
			numbers = append(numbers, keySeq(k))
		}
	}
	slices.Sort(numbers) // they stand by customer
	return numbers
}

// customerOfKey is the customer in a key of an order's index.
func customerOfKey(key, prefix []byte) (autopilot.TenantID, bool) {
	rest := key[len(prefix):]
	end := len(rest) - 9
	if end < 0 || rest[end] != 0 || bytes.IndexByte(rest[:end], 0) >= 0 {
		return "", false
	}
	return autopilot.TenantID(rest[:end]), true
}
