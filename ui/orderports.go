package ui

import (
	"context"
	"fmt"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
)

// The ports of what should arrive: orders, suppliers' lists, and what may leave.
// Each may be nil: then what it is for is not offered. They are called on a
// goroutine each (askFar): an order of a hundred thousand devices takes a while,
// and neither the dock nor its worker waits for it.

// Orders is what should have arrived, what did, and whether it may leave.
type Orders interface {
	// Tally counts the boxes of the open reception's order.
	Tally(ctx context.Context) (Tally, error)
	// Orders gives the orders with something since then and all that are open, the
	// newest first.
	Orders(ctx context.Context, since time.Time) ([]queue.OrderHead, error)
	// Reconcile holds what is here of an order against what was announced of it.
	Reconcile(ctx context.Context, order string, customer autopilot.TenantID) (queue.Reconciliation, error)
	// Expect keeps how many boxes of an order are to come, 0 for nobody knows. One of
	// its receptions must be open: else it is queue.ErrReceptionClosed. Where its other
	// ones were given more it is a *TooFewError.
	Expect(ctx context.Context, order string, customer autopilot.TenantID, boxes int) error
}

// A TooFewError is that an order's other receptions expect more boxes than that.
type TooFewError struct{ Others int }

func (e *TooFewError) Error() string {
	return fmt.Sprintf("its other receptions expect %d boxes already", e.Others)
}

// A Tally is how many boxes of the open reception's order are here.
type Tally struct {
	// Reception is the open one's ID, "" where none is open.
	Reception string
	// Here is how many are here that should be, Of how many should be, 0 where nobody
	// knows; Doubted are those that are here and should not be, or are held.
	Here, Of, Doubted int
}

// Unscanned registers what a list announces and nobody scanned, with a
// supervisor's word. All or none.
type Unscanned interface {
	RegisterAnnounced(ctx context.Context, work queue.Work, reason string) (queue.Unscanned, error)
}

// Leaving makes the paper that says whether an order may leave.
type Leaving interface {
	// Path proposes where to write it.
	Path(order string, customer autopilot.TenantID, format PaperFormat) string
	// SaveLeaving writes it, and never over another file.
	SaveLeaving(ctx context.Context, paper LeavingPaper) error
}

// A LeavingPaper is a paper that is asked for.
type LeavingPaper struct {
	Order    string
	Customer autopilot.TenantID
	Path     string
	Format   PaperFormat
	// Language is that of the screen.
	Language string
}

// A PaperFormat is the paper that it is made for.
type PaperFormat string

// The papers.
const (
	PaperA4    PaperFormat = "a4"
	PaperLabel PaperFormat = "4x6" // inches, of a label printer
)

// Suppliers takes suppliers' lists in.
type Suppliers interface {
	// Look reads a list and takes nothing. Where no row names the columns, or several
	// could be the same, a person has to say: then ListPreview.Unclear says why.
	Look(ctx context.Context, ask ListRequest) (ListPreview, error)
	// Take takes a list in: all that is new, or nothing where ctx ends before.
	Take(ctx context.Context, ask ListRequest) (TakenList, error)
	// Profiles are what the columns of suppliers' lists are, by supplier.
	Profiles(ctx context.Context) ([]manifest.Profile, error)
	// Keep keeps what a supplier's columns are, with a supervisor's word.
	Keep(ctx context.Context, profile manifest.Profile) error
}

// A ListRequest is a list that a person wants read or taken.
type ListRequest struct {
	Path string
	// Sheet is a workbook's, "" for the one that can be a list: of several Look fails
	// with a *manifest.SheetsError.
	Sheet string
	// Customer is whom it is for, "" for whom it names; Order the order of rows that
	// name none, and of all where it names one at most.
	Customer autopilot.TenantID
	Order    string
	// Profile is what its columns are, nil where they are to be found.
	Profile *manifest.Profile
	// Progress is told now and then, by any goroutine, and must not wait.
	Progress func(manifest.Progress)
}

// A ListPreview is what was found in a list.
type ListPreview struct {
	Columns []manifest.Column
	// HeaderRow is the row that names them, 0 for none.
	HeaderRow int
	Rows      []manifest.Preview
	// Profile is what was found, for a person to change: without a name and columns.
	Profile manifest.Profile
	// Taken and Refused count its rows; Wrong are those that are refused, Warnings
	// what to look at of the others.
	Taken, Refused int
	Wrong          []RefusedListRow
	Warnings       []manifest.Warning
	// Customer is whom it names, "" for nobody; CustomerErr is why that is nobody of
	// the directory.
	Customer    autopilot.TenantID
	CustomerErr error
	// Order is the order that it names, Orders how many, and InOrder how many devices
	// are for which, "" for those that name none.
	Order   string
	Orders  int
	InOrder map[string]int
	// Unclear is why the columns must be said by a person, nil where they are found.
	Unclear error
}

// A TakenList is what came of a list.
type TakenList struct {
	queue.Announcing

	// Named is the order that the list names, where another one was given.
	Named string
	// Rows are the rows that were not taken, in their order; Warnings are what to look
	// at of those that were.
	Rows     []RefusedListRow
	Warnings []manifest.Warning
}

// A RefusedListRow is one that was not taken: for what stands in it, or for what is
// announced already.
type RefusedListRow struct {
	manifest.Refusal

	Clash *queue.Clash
}

// Announcements are the lists that were taken in.
type Announcements interface {
	Announcements(ctx context.Context) ([]queue.Announcement, error)
	// Drop drops what a list announces, with a supervisor's word.
	Drop(ctx context.Context, number uint64, reason string) error
}
