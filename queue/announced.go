package queue

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pkidstation/queue/autopilot"
)

// An Announced device is one that a supplier's list says will come.
type Announced struct {
	autopilot.Device

	GroupTag autopilot.GroupTag `json:"group_tag,omitempty"`
	Order    string             `json:"order,omitempty"`
	Pallet   string             `json:"pallet,omitempty"`
	Box      string             `json:"box,omitempty"`
	// Row is where it stands in its list, as a spreadsheet counts.
	Row int `json:"row,omitempty"`
	// Unsure says that nothing in the list says that its 13 digits are a PKID.
	Unsure bool `json:"unsure,omitempty"`
}

// An Announcement is a supplier's list that was taken in.
//
//	file ──► taken in, in one change ──► ticked off by what is scanned ──► dropped
//
// What it announces tells, at every capture for its order, whether the box is
// expected there (see judge), and is what an order is reconciled against. It
// registers nothing by itself: that takes a scan, or RegisterAnnounced.
type Announcement struct {
	Number uint64 `json:"number"` // from 1
	// File is the file's name, SHA256 what is in it, in hex digits; Supplier the
	// profile it was read by, if any.
	File     string `json:"file"`
	SHA256   string `json:"sha256"`
	Supplier string `json:"supplier,omitempty"`
	// Customer is whom the list is for, empty where nobody said.
	Customer autopilot.TenantID `json:"customer,omitempty"`
	// Order is the order that a person gave for all of it, empty where none was given.
	Order string `json:"order,omitempty"`
	// Taken is how many devices it announces, Known how many of its rows were
	// announced before, Refused how many were not taken.
	Taken   int `json:"taken"`
	Known   int `json:"known,omitempty"`
	Refused int `json:"refused,omitempty"`

	// Leans are the lists that announce its known devices, with what it added.
	Leans []uint64 `json:"leans,omitempty"`

	// First and Last are the numbers of its blocks.
	First uint64 `json:"first,omitempty"`
	Last  uint64 `json:"last,omitempty"`

	By       string    `json:"by"`
	ByNumber uint64    `json:"by_operator,omitempty"`
	At       time.Time `json:"at"`
	// DroppedAt is when what it announces was dropped: by a person, or because the
	// time is over for which it is kept.
	DroppedAt time.Time `json:"dropped_at,omitzero"`
}

func (a *Announcement) actors() []actor { return []actor{{&a.By, &a.ByNumber}} }

// Dropped says whether what it announces counts no longer.
func (a Announcement) Dropped() bool { return !a.DroppedAt.IsZero() }

// ErrNoAnnouncement is that there is no list of that number.
var ErrNoAnnouncement = errors.New("no such list")

// A LeanedError is that a list cannot be dropped while another one counts on what it
// announces: that one goes first.
type LeanedError struct{ Number, By uint64 }

func (e *LeanedError) Error() string {
	return fmt.Sprintf("list %d announces what list %d counts on", e.Number, e.By)
}

// ErrLeaned is what every LeanedError is.
var ErrLeaned = errors.New("another list counts on what this one announces")

// Unwrap gives ErrLeaned.
func (e *LeanedError) Unwrap() error { return ErrLeaned }

// inOneBlock is how many announced devices are kept as one record: a capture that
// looks for its device reads one.
const inOneBlock = 32

// A block is some of a list's devices, all of one order.
type block struct {
	List     uint64             `json:"list"`
	Customer autopilot.TenantID `json:"customer,omitempty"`
	Order    string             `json:"order,omitempty"`
	// Manufacturer, Model and GroupTag are those of all its devices, where they are
	// all the same.
	Manufacturer string             `json:"manufacturer,omitempty"`
	Model        string             `json:"model,omitempty"`
	GroupTag     autopilot.GroupTag `json:"group_tag,omitempty"`
	Devices      []Announced        `json:"devices"`
}

// whole gives each device what is kept once for all.
func (b block) whole() block {
	for i := range b.Devices {
		d := &b.Devices[i]
		d.Order = b.Order
		d.Manufacturer, d.Model = firstOf(d.Manufacturer, b.Manufacturer), firstOf(d.Model, b.Model)
		d.GroupTag = autopilot.GroupTag(firstOf(string(d.GroupTag), string(b.GroupTag)))
	}
	return b
}

// folded is the block as it is kept: what is the same of all devices is there once.
func (b block) folded() block {
	first := b.Devices[0]
	b.Manufacturer, b.Model, b.GroupTag = first.Manufacturer, first.Model, first.GroupTag
	for _, d := range b.Devices {
		if d.Manufacturer != b.Manufacturer {
			b.Manufacturer = ""
		}
		if d.Model != b.Model {
			b.Model = ""
		}
		if d.GroupTag != b.GroupTag {
			b.GroupTag = ""
		}
	}
	b.Devices = slices.Clone(b.Devices)
	for i := range b.Devices {
		d := &b.Devices[i]
		d.Order = ""
		if b.Manufacturer != "" {
			d.Manufacturer = ""
		}
		if b.Model != "" {
			d.Model = ""
		}
		if b.GroupTag != "" {
			d.GroupTag = ""
		}
	}
	return b
}

// A placed device is an announced one with its place among the blocks. It is called
// by what is inside its hardware hash where the list says nothing else; as it is in
// the list is said by listed.
type placed struct {
	Announced

	listed   autopilot.Device
	list     uint64
	customer autopilot.TenantID
	block    uint64
	at       int
}

func (b block) placed(number uint64, at int) placed {
	d := b.Devices[at]
	d.Order = b.Order
	as, named := d.Device, d.Named()
	d.PKID, d.Serial = named.PKID, named.Serial
	return placed{Announced: d, listed: as, list: b.List, customer: b.Customer, block: number, at: at}
}

// goesFor says whether what is announced for a customer, "" for nobody in
// particular, is announced for this one.
func goesFor(announced, customer autopilot.TenantID) bool {
	return announced == "" || customer == "" || announced == customer
}

// blockKeys are the index keys of a block: the order's once, and each device's.
func blockKeys(number uint64, b block) map[indexValue]string {
	whole := present()
	if slices.ContainsFunc(b.Devices, func(d Announced) bool { return d.Named().PKID == "" }) {
		whole = openBlock()
	}
	keys := map[indexValue]string{
		{bucketAnnouncedOrder, string(whole)}: string(seqAfter(orderPrefix(b.Order, b.Customer), number)),
	}
	serials := map[string][]byte{} // two makers may number alike: their places under one key
	for i := range b.Devices {
		d := b.Devices[i].Named()
		at := binary.BigEndian.AppendUint16(nil, uint16(i))
		if d.PKID != "" {
			keys[indexValue{bucketAnnouncedPKID, string(at)}] = string(pkidKey(d.PKID, number))
		}
		if d.Serial != "" && !strings.Contains(d.Serial, "\x00") {
			serials[serialKey(d.Serial)] = append(serials[serialKey(d.Serial)], at...)
		}
	}
	for serial, places := range serials {
		keys[indexValue{bucketAnnouncedSerial, string(places)}] = string(seqAfter(wordPrefix(serial), number))
	}
	return keys
}

// openBlock is the value of an order's key whose block has a device without PKID.
func openBlock() []byte { return []byte{2} }

// serialKey is a serial as lists and labels are compared: some print what the
// other spells in small letters.
func serialKey(serial string) string { return strings.ToUpper(serial) }

// orderPrefix begins the keys of an order and a customer.
func orderPrefix(order string, customer autopilot.TenantID) []byte {
	return append(append(wordPrefix(order), customer...), 0)
}

func seqAfter(prefix []byte, seq uint64) []byte { return binary.BigEndian.AppendUint64(prefix, seq) }

// storeBlock keeps a block and moves its indexes from what they were before.
func storeBlock(tx *transaction, number uint64, before, after block) error {
	if err := put(tx, bucketAnnounced, seqKey(number), after.folded()); err != nil {
		return err
	}
	return moveKeys(tx, blockKeys(number, before), blockKeys(number, after))
}

// dropBlock takes a block away with its indexes.
func dropBlock(tx *transaction, number uint64, b block) error {
	if err := drop(tx, bucketAnnounced, seqKey(number)); err != nil {
		return err
	}
	return moveKeys(tx, blockKeys(number, b), nil)
}

// moveKeys takes the old keys out of the indexes and puts the fresh ones in.
func moveKeys(tx *transaction, old, fresh map[indexValue]string) error {
	for at, key := range old {
		if fresh[at] == key {
			continue
		}
		if err := in(tx, at.bucket).Delete([]byte(key)); err != nil {
			return fmt.Errorf("moving the %s index: %w", at.bucket, err)
		}
	}
	for at, key := range fresh {
		if err := in(tx, at.bucket).Put([]byte(key), []byte(at.value)); err != nil {
			return fmt.Errorf("moving the %s index: %w", at.bucket, err)
		}
	}
	return nil
}

func blockByNumber(tx *transaction, number uint64) (block, error) {
	missing := func() error { return fmt.Errorf("%w: what it announces, %d", ErrNoAnnouncement, number) }
	b, err := getBy(tx, bucketAnnounced, seqKey(number), missing, decodeTo[block])
	return b.whole(), err
}

func announcementByNumber(tx *transaction, number uint64) (Announcement, error) {
	missing := func() error { return fmt.Errorf("%w: number %d", ErrNoAnnouncement, number) }
	return getBy(tx, bucketAnnouncement, seqKey(number), missing, decodeTo[Announcement])
}
