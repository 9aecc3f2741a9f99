package ui

import (
	"context"
	"image"
	"iter"
	"strings"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/upload"
	"pkidstation/scanner/wedge"
	"pkidstation/ui/words"
)

// A KeySink takes every stroke that the window gets. Key is called by Fyne's
// goroutine, in order, and must never wait. *wedge.Source is one.
type KeySink interface{ Key(stroke wedge.Stroke) }

// An Intake takes what is read and keeps it.
type Intake interface {
	// Keys is where strokes go. It is called once.
	Keys() KeySink
	// Typed keeps a PKID that a person typed twice, as held. Its verdict comes
	// through Verdicts too.
	Typed(ctx context.Context, text string) (queue.Verdict, error)
	// Undo discards the last capture, or fails with queue.ErrNothingToUndo or a
	// *queue.WayError.
	Undo(ctx context.Context) (queue.Entry, error)
	// Verdicts gives every verdict of every source, in order and after its
	// commit, until ctx ends.
	Verdicts(ctx context.Context) iter.Seq[Event]
}

// An Event is news from a source: a verdict, a picture of its camera, or a
// fault. What it has nothing of is zero.
type Event struct {
	// Verdict is one read's, if its Word is not empty.
	Verdict queue.Verdict
	// Source is the source's name, such as "serial:/dev/ttyACM0".
	Source string
	// Preview is what its camera sees. The picture is not changed any more.
	Preview *Preview
	// Err is why the source stopped; the screen says it in words.
	Err error
	// Scanner is news of a scanner's connection, if its State is not empty.
	Scanner Scanner
}

// A Scanner is news of a serial scanner's connection.
type Scanner struct {
	// Name is what the station opens, Product what the scanner calls itself,
	// empty where nobody knows.
	Name, Product string
	State         ScannerState
}

// Called is what a person would call it: what it calls itself, else the end of
// its name, which on Linux says what is plugged in.
func (s Scanner) Called() string {
	if s.Product != "" {
		return s.Product
	}
	return s.Name[strings.LastIndexByte(s.Name, '/')+1:]
}

// A ScannerState is what became of a scanner's connection.
type ScannerState string

// The states of a scanner's connection.
const (
	ScannerLost    ScannerState = "lost"    // it was read from, and is gone
	ScannerBack    ScannerState = "back"    // it is read from
	ScannerOffered ScannerState = "offered" // it was plugged in, and nobody said to use it
	ScannerGone    ScannerState = "gone"    // one that was offered is gone, or was answered
)

// Scanners are the serial scanners that the station may read from.
type Scanners interface {
	// Use has the station read from an offered scanner, now and from each start
	// on.
	Use(ctx context.Context, name string) error
}

// A Preview is a small picture of what a camera sees.
type Preview struct {
	Image   image.Image
	Regions []Region
}

// A Region is where on a preview a code was seen, in the picture's pixels,
// clockwise from the code's own top left.
type Region struct {
	Corners [4]image.Point
	// Word is what became of the code, "" while nothing has.
	Word queue.Word
}

// A Reception is the work at this dock.
type Reception interface {
	// Current gives the open reception and whether there is one.
	Current() (queue.Reception, bool)
	// Open opens a reception, which locks customer, tag and order.
	Open(ctx context.Context, work queue.Work) (queue.Reception, error)
	// Close closes the open reception: what it has ready goes out.
	Close(ctx context.Context) error
	// Customers gives the directory that the dock chooses from, offline too; an
	// empty one is no error.
	Customers(ctx context.Context) ([]queue.CustomerSetting, error)
}

// Entries is what is kept.
type Entries interface {
	// List gives at most wanted.Limit entries.
	List(ctx context.Context, wanted Wanted) ([]queue.Entry, error)
	// Briefs gives in brief what List gives: of very many.
	Briefs(ctx context.Context, wanted Wanted) iter.Seq2[queue.Brief, error]
	// At gives the entries with these sequences, without those that there are none of.
	At(ctx context.Context, seqs []uint64) ([]queue.Entry, error)
	// Withheld says which entries Review's Release or Retry would refuse as they stand.
	Withheld(ctx context.Context, action queue.Action, ids []string) ([]queue.Withheld, error)
	// History gives the audit lines of an entry, oldest first.
	History(ctx context.Context, id string) ([]queue.AuditLine, error)
	// Counts gives the number of entries in each state.
	Counts(ctx context.Context) (queue.Counts, error)
	// Watch gives a channel that receives (coalesced) after changes.
	Watch() (changed <-chan struct{}, stop func())
}

// Wanted says which entries are wanted. Mark, where it is not empty, wants those
// with this reason alone, such as queue.AlreadyThere.
type Wanted struct {
	queue.Filter

	Mark queue.Reason
}

// A Review decides about entries. Each call is all or none, and its reason is
// in a person's words.
type Review interface {
	Release(ctx context.Context, ids []string, reason string) error
	Hold(ctx context.Context, ids []string, reason string) error
	Discard(ctx context.Context, ids []string, reason string) error
	Retry(ctx context.Context, ids []string, reason string) error
	// GiveUp ends the wait for entries that nobody will ever hear of, or fails
	// with a *queue.TooSoonError.
	GiveUp(ctx context.Context, ids []string, reason string) error
	// Assign gives entries that were never sent to a customer; an empty tag
	// leaves theirs.
	Assign(ctx context.Context, ids []string, customer autopilot.TenantID, tag autopilot.GroupTag, reason string) error
}

// Uploads is where the uploader stands.
type Uploads interface {
	Status() upload.Status
	// Watch gives a channel that receives (coalesced) after changes.
	Watch() (changed <-chan struct{}, stop func())
}

// A Trial tries scanners: what is read in one is told and kept nowhere.
type Trial interface {
	// Begin has every scan of every source given to the trial, in the place of
	// the intake, until End; a trial under way starts over. What the scans show
	// so far is told to on, which may be called by any goroutine, one call at a
	// time, and must not wait.
	Begin(on func(Tried))
	// End gives scans back to the intake. Of a scan that is under way just then
	// on may still tell.
	End()
}

// Tried is what a trial has shown so far.
type Tried struct {
	// Findings are the codes read, the first one first; at most three.
	Findings []words.Finding
	// Advice is what to say about the scanner, in scanner/trial's fixed words;
	// Change says that it asks for a change.
	Advice []string
	Change bool
}

// Teach keeps what a person says a code is.
type Teach interface {
	// Teach has every code of this length that begins with prefix taken for the
	// kind from now on: "pkid", "serial", "model" or "part", scanner/label's
	// words. Of a PKID the prefix is no part, of anything else it is.
	Teach(ctx context.Context, kind, prefix string, length int) error
}
