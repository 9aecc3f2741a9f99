package queue

import (
	"errors"
	"fmt"
	"time"
)

// What can be wrong with a call. Compare with errors.Is.
var (
	// ErrNotQueue: the file is there and is no queue. It was left untouched.
	ErrNotQueue = errors.New("the file is not a queue of this program")
	// ErrNotWritable: the folder or file cannot be written.
	ErrNotWritable = errors.New("the data folder cannot be written")
	// ErrNotOpened: the disk gave an error while the queue was opened.
	ErrNotOpened = errors.New("the disk gave an error while the queue was opened")
	// ErrVanished: the data folder that was open has nothing of a queue any more. A
	// disk that is gone leaves an empty folder, in which a new queue must not begin.
	ErrVanished = errors.New("the queue's folder is gone")
	// ErrNotClosed: the disk gave an error while the queue was closed. What was
	// accepted is in the journal.
	ErrNotClosed = errors.New("the disk gave an error while the queue was closed")
	// ErrUnavailable: the disk failed and the queue could not be opened again yet.
	ErrUnavailable = errors.New("the queue cannot be read now: its disk failed")
	// ErrNewer: the file was written by a newer version of this program.
	ErrNewer = errors.New("the queue was written by a newer version")
	// ErrNoEntry, ErrNoReception, ErrNoPlan: there is none with that ID.
	ErrNoEntry     = errors.New("no such entry")
	ErrNoReception = errors.New("no such reception")
	ErrNoPlan      = errors.New("no such plan")
	// ErrReceptionClosed: a closed reception takes no captures.
	ErrReceptionClosed = errors.New("the reception is closed")
	// ErrNoCustomer: an entry without a customer cannot be released.
	ErrNoCustomer = errors.New("the entry has no customer")
	// ErrNoIdentity: an entry cannot be released that has neither a PKID nor
	// serial, manufacturer and model.
	ErrNoIdentity = errors.New("the entry has no PKID")
	// ErrNoQuestion: the entry is not one of which it is asked whether its 13
	// digits are the PKID.
	ErrNoQuestion = errors.New("nothing is asked about the entry")
	// ErrNothingToUndo: nothing was captured, or all of it is gone already.
	ErrNothingToUndo = errors.New("there is nothing to undo")
	// ErrNoReason: what is to be done needs a reason.
	ErrNoReason = errors.New("a reason is missing")
	// ErrNotOurs: Microsoft had the device before this partner sent it, so it
	// is not this partner's to take back.
	ErrNotOurs = errors.New("the device was registered by somebody else")
	// ErrInDoubt: a removal was asked for and there is no answer yet.
	ErrInDoubt = errors.New("nobody knows yet whether the removal was taken")
	// ErrNoTuple: an entry cannot be sent by serial number, manufacturer and
	// model, because they are not all there or not sure, or because Microsoft
	// does know its PKID.
	ErrNoTuple = errors.New("the device cannot be sent by serial number, manufacturer and model")
	// ErrNoRemoval, ErrUnknownCustomer: there is none with that ID.
	ErrNoRemoval       = errors.New("no such removal")
	ErrUnknownCustomer = errors.New("the customer is not in this station's directory")
	// ErrSent: the entry was sent, its customer can no longer be changed.
	ErrSent = errors.New("the entry was sent already")
)

// A WayError refuses a way between states that does not exist.
type WayError struct {
	Entry    string // ID
	Number   int
	From, To State
}

func (e *WayError) Error() string {
	return fmt.Sprintf("entry %s is %s and cannot become %s", e.Entry, e.From, e.To)
}

// A ClaimedError refuses to let a second entry of one PKID past held.
type ClaimedError struct {
	Entry string // ID of the entry that was to go on
	By    Entry  // the entry that stands for the PKID
}

func (e *ClaimedError) Error() string {
	return fmt.Sprintf("entry %s: its PKID is %s for %s already", e.Entry, e.By.State, e.By.Customer)
}

// An InUseError says which process owns the queue.
type InUseError struct{ Owner Owner }

func (e *InUseError) Error() string { return "the queue is in use by " + e.Owner.String() }

// An Owner is a process that has the queue open.
type Owner struct {
	PID     int       `json:"pid"`
	Program string    `json:"program"`
	Host    string    `json:"host"`
	Since   time.Time `json:"since"`
}

func (o Owner) String() string {
	if o.PID == 0 {
		return "another process"
	}
	return fmt.Sprintf("%s (process %d on %s, since %s)", o.Program, o.PID, o.Host, o.Since.Format(time.DateTime))
}

// A CommitError means that nobody knows whether a write is on disk. The same
// write with the same ID may be tried again; it is never doubled.
type CommitError struct{ Err error }

func (e *CommitError) Error() string { return "writing to the queue: " + e.Err.Error() }

func (e *CommitError) Unwrap() error { return e.Err }

func unknownEntry(id string) error { return fmt.Errorf("%w: %s", ErrNoEntry, id) }

// corruptError says which record could not be read.
func corruptError(bucket string, key []byte, err error) error {
	if errors.Is(err, ErrNewer) {
		return fmt.Errorf("reading %s record %x: %w", bucket, key, err)
	}
	return fmt.Errorf("%w: reading %s record %x: %w", ErrDamaged, bucket, key, err)
}
