package ui

import (
	"context"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
)

// The ports of a supervisor's work with Partner Center. Each may be nil: then
// what it is for is not offered. Those that may wait for a network or a person
// are called on a goroutine each (askFar), so that the dock waits for none.

// A Directory is the customers that the dock chooses from.
type Directory interface {
	// Keep keeps what a person says of a customer: name, group tags, reseller
	// and profile.
	Keep(ctx context.Context, customer queue.CustomerSetting) error
	// Refresh asks Partner Center for its customers and gives how many are new.
	Refresh(ctx context.Context) (fresh int, err error)
	// Import takes a CSV with customers into the directory.
	Import(ctx context.Context, path string) (Imported, error)
}

// Imported is what became of a file with customers.
type Imported struct {
	// Taken are the rows that were taken, Fresh those of customers that are new.
	Taken, Fresh int
	Refused      []RefusedRow
}

// A RefusedRow is a row that was not taken. Row counts the file's lines; Why is
// cmd/internal/directory's fixed word, Value masked.
type RefusedRow struct {
	Row                int
	Column, Value, Why string
}

// Relations is what holds customers up, and how it ends.
type Relations interface {
	// Pauses gives what is held back, the station first. It never waits for the
	// network.
	Pauses(ctx context.Context) ([]queue.Pause, error)
	// Link asks Partner Center for the link that invites a customer. It is never
	// built here.
	Link(ctx context.Context) (string, error)
	// Check asks for the relationship now, and keeps what is answered.
	Check(ctx context.Context, customer autopilot.TenantID) (autopilot.Relationship, error)
}

// A SignIn is the station's sign-in to Partner Center.
type SignIn interface {
	// State never waits.
	State() SignInState
	// Watch gives a channel that receives (coalesced) after changes.
	Watch() (changed <-chan struct{}, stop func())
	// Begin begins to sign in, in place of what was under way, and returns at
	// once; State tells how it goes on.
	Begin(ctx context.Context, way SignInWay) error
	// SignOut signs out; while a sign-in is under way it ends that one alone.
	SignOut(ctx context.Context) error
}

// A SignInWay is how a person signs in.
type SignInWay string

// The ways to sign in.
const (
	ByBrowser SignInWay = "browser"
	ByCode    SignInWay = "code" // on another device
)

// A SignInState is how things are with the sign-in.
type SignInState struct {
	// Who is signed in, "" where nobody is or nobody knows.
	Who string
	// Needs is why a person must sign in: queue.SignIn, NeedsMFA or WrongRole;
	// "" where nobody must.
	Needs queue.Reason
	// Way is the way that is under way, "" for none. Of ByCode, Code is what to
	// type at Address until Until.
	Way           SignInWay
	Code, Address string
	Until         time.Time
	// MemoryOnly says that the sign-in does not outlive the program; FromOutside
	// that the token is somebody else's: there is nothing to sign in to.
	MemoryOnly, FromOutside bool
	// Err is why the last try failed.
	Err error
}

// Removals takes registrations back.
type Removals interface {
	// Remove begins to take registrations back: registered → removing. onSite
	// says that a person does it on the web site. All or none.
	Remove(ctx context.Context, ids []string, onSite bool, reason string) error
	// Open gives the removals that are not done.
	Open(ctx context.Context) ([]queue.Removal, error)
	// Again has those of these entries looked after at once.
	Again(ctx context.Context, ids []string) error
	// Anew takes back too what was registered anew since; of the others of these
	// it does nothing. It is for a person who was shown that.
	Anew(ctx context.Context, ids []string) error
	// OnSite keeps a person's word that these are taken back on the web site.
	OnSite(ctx context.Context, ids []string) error
}

// Profiles are the deployment profiles made in Partner Center.
type Profiles interface {
	// Profiles asks Partner Center for a customer's.
	Profiles(ctx context.Context, customer autopilot.TenantID) ([]Profile, error)
}

// A Profile is one that devices can be given.
type Profile struct{ ID, Name, Description string }

// Tuples sends again by serial number, manufacturer and model, with a
// supervisor's word. All or none.
type Tuples interface {
	ByTuple(ctx context.Context, ids []string, reason string) error
}

// Hashes gives a box that was never sent the hardware hash of its device, which
// Microsoft advises against.
type Hashes interface {
	// Look finds the hash of an entry in a file, and changes nothing. It fails with
	// what reading a list refuses, or a *manifest.HashesError.
	Look(ctx context.Context, id, path string) (FoundHash, error)
	// Give gives it to the entry, with a supervisor's word: not one of another device
	// (*autopilot.HashMismatchError) or box (*queue.ClaimedError).
	Give(ctx context.Context, id string, hash autopilot.HardwareHash, reason string) error
}

// A FoundHash is a hardware hash, where it stands in its file, and what it plainly
// says of its device.
type FoundHash struct {
	Hash   autopilot.HardwareHash
	Row    int
	Inside autopilot.HashContents
}

// Marks counts what Counts does not tell apart.
type Marks interface {
	Marks(ctx context.Context) (queue.Marks, error)
}

// Files is the way by the web site's CSV.
type Files interface {
	// Path proposes where to write a file for a customer and group tag.
	Path(customer autopilot.TenantID, tag autopilot.GroupTag) string
	// Write writes what is ready for a customer under a group tag: ready →
	// exported.
	Write(ctx context.Context, customer autopilot.TenantID, tag autopilot.GroupTag, path string) (Written, error)
	// Confirm keeps a person's word of what the web site took: exported →
	// registered or rejected. All or none.
	Confirm(ctx context.Context, outcomes []queue.Outcome, by string) error
}

// Written is a file for the web site.
type Written struct {
	Path     string
	Customer autopilot.TenantID
	// Tag is the group name to type on the site.
	Tag autopilot.GroupTag
	// Entries are the IDs of what is in it; Refused are the boxes that cannot be
	// in such a file; Rest is how many found no room.
	Entries []string
	Refused []export.Refusal
	Rest    int
}
