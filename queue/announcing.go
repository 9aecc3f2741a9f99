package queue

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"pkidstation/queue/autopilot"
)

// The actions of lists.
const (
	ActionAnnounce Action = "import-list"
	ActionDropList Action = "drop-list"
)

// A SupplierList is what Announce takes in.
type SupplierList struct {
	// File, SHA256 and Supplier are as in Announcement.
	File, SHA256, Supplier string
	// Customer is whom all of it is for, empty for nobody in particular.
	Customer autopilot.TenantID
	// Order is the order that a person gave for it, empty where none was given.
	Order string
	// Devices are its devices in their order; Refused is how many of its rows were
	// refused before.
	Devices iter.Seq[Announced]
	Refused int
	// Strict has nothing taken in where one device is refused; DryRun in any case.
	Strict, DryRun bool
}

// An Announcing is what came of a list.
type Announcing struct {
	Announcement
	// Again says that this very file was taken in before, and nothing was changed
	// now: the Announcement is that one.
	Again bool
	// Clashing are the devices that were refused, for what is announced already.
	Clashing []Clash
	// Doubted are the entries that are held for what the list says of them, Sent
	// those that it speaks against and that were sent already, Freed those that were
	// held as NotAnnounced and are expected now; Waiting are such that only a
	// supervisor may release.
	Doubted, Sent, Freed, Waiting []Entry
}

// A Clash is a device that is announced already, and otherwise.
type Clash struct {
	Announced
	// Reason is Conflict where the serial or PKID is another one, OtherCustomer
	// where it is announced for another customer or order.
	Reason Reason
	// Other is what was announced before.
	Other Listed
}

// ErrNothingNew is that a list has no device that can be taken in.
var ErrNothingNew = errors.New("the list has no device that can be taken in")

// ErrClashes is that a strict list has devices that are announced otherwise.
var ErrClashes = errors.New("devices of the list are announced already, and otherwise")

// errDryRun ends a dry run: nothing of it is kept.
var errDryRun = errors.New("a dry run")

// ErrListed is that a device of a list has characters that no label has.
var ErrListed = errors.New("a device of the list has control characters")

// Announce takes a supplier's list in, in one change: all that is new and does not
// clash, or nothing. A device that was announced before for the same order is
// known, and not announced twice; what was not known of it is added. Entries that
// are here already are held against it: see Announcing. Cancelling leaves nothing.
//
// It fails with ErrNothingNew, and with ErrClashes where it is strict; what it
// gives then still says what is wrong.
func (q *Queue) Announce(ctx context.Context, l SupplierList, act Act) (Announcing, error) {
	var got Announcing
	err := q.write(ctx, func(tx *transaction) error {
		got = Announcing{}
		if before, found, err := sameFile(tx, l); err != nil || found {
			got.Announcement, got.Again = before, found
			return err
		}
		if err := q.roomFor(tx, ""); err != nil {
			return err
		}
		_, mayNot := q.allowed(tx, act)
		a := announcing{mayFree: mayNot == nil, queue: q, tx: tx, list: l, by: valid(act.By), got: &got, filling: map[string]*block{}, seen: map[uint64]struct{}{}, serials: map[string]struct{}{}}
		return a.all(ctx)
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return got, err
}

// sameFile is the list that was made of the same file, for the same, and still counts.
func sameFile(tx *transaction, l SupplierList) (a Announcement, found bool, err error) {
	c := in(tx, bucketAnnouncement).Cursor()
	for k, _ := c.Last(); k != nil; k, _ = c.Prev() {
		if a, err = announcementByNumber(tx, keySeq(k)); err != nil {
			return a, false, err
		}
		if a.SHA256 == l.SHA256 && a.Customer == l.Customer && a.Order == valid(l.Order) && !a.Dropped() {
			return a, true, nil
		}
	}
	return Announcement{}, false, nil
}

// An announcing is a list on its way in.
type announcing struct {
	queue *Queue
	tx    *transaction
	list  SupplierList
	by    string
	// mayFree says that whoever does it may release what is held.
	mayFree bool
	got     *Announcing
	// filling are the blocks that are not full yet, by order.
	filling map[string]*block
	// seen are the devices of this list, which come once: PKIDs as numbers, and the
	// serials of those without.
	seen    map[uint64]struct{}
	serials map[string]struct{}
}

func (a *announcing) all(ctx context.Context) error {
	number, err := in(a.tx, bucketAnnouncement).NextSequence()
	if err != nil {
		return fmt.Errorf("numbering a list: %w", err)
	}
	a.got.Announcement = Announcement{
		Number: number, File: valid(a.list.File), SHA256: a.list.SHA256, Supplier: valid(a.list.Supplier), Customer: a.list.Customer, Order: valid(a.list.Order),
		Refused: a.list.Refused, By: a.by, At: a.queue.now(),
	}
	for d := range a.list.Devices {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := a.one(d); err != nil {
			return err
		}
	}
	if err := a.flush(); err != nil {
		return err
	}
	return a.end()
}
