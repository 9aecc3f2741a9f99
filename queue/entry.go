package queue

import (
	"slices"
	"time"

	"pkidstation/queue/autopilot"
)

// An Entry is one box: what was read of it, for whom, and where it stands.
type Entry struct {
	// ID is the event UUID of the capture, fixed before the first write.
	ID string `json:"id"`
	// Seq orders entries; the clock never does. From 1, without gaps.
	Seq uint64 `json:"seq"`
	// Reception is the ID of the reception it was captured in, Number its
	// running number there, from 1.
	Reception string `json:"reception"`
	Number    int    `json:"number"`

	autopilot.Device

	// Part is the part number on the box. It identifies no device.
	Part string `json:"part,omitempty"`

	Customer autopilot.TenantID `json:"customer,omitempty"`
	GroupTag autopilot.GroupTag `json:"group_tag,omitempty"`
	Order    string             `json:"order,omitempty"`
	Pallet   string             `json:"pallet,omitempty"`

	State State `json:"state"`
	// Reason says why it is held, or marks a registered entry AlreadyThere.
	Reason Reason `json:"reason,omitempty"`
	// Hold is what keeps the entry held whatever is read of it later: a person
	// said so at the dock (ByPerson, Unreadable), or its serial may be another
	// box's (Conflict). A release clears it.
	Hold Reason `json:"hold,omitempty"`
	// Unconfirmed says that nobody has said yet that its customer is right. It
	// goes by ConfirmCustomer, by a release, or with another customer.
	Unconfirmed bool `json:"unconfirmed,omitempty"`
	// Done says that a person closed the box: nothing more joins it by itself.
	Done bool `json:"done,omitempty"`
	// Other is the ID of the entry that this one collides with, where Reason
	// is OtherCustomer or Conflict.
	Other string `json:"other,omitempty"`

	// Listed is what a supplier's list says, where that is why it is or was held.
	Listed Listed `json:"listed,omitzero"`
	// ByList says what of it is known from a list alone.
	ByList ByList `json:"by_list,omitempty"`

	// Plan is the ID of the plan it is or was last sent in; Batch the batch's
	// name and TrackingID the job's id at Partner Center.
	Plan       string `json:"plan,omitempty"`
	Batch      string `json:"batch,omitempty"`
	TrackingID string `json:"tracking_id,omitempty"`
	// Sent says that a request with it may have left the station, ever: it can
	// never be given to another customer.
	Sent bool `json:"sent,omitempty"`
	// Restored says that it was open in a backup from which this queue was
	// restored: another station may have sent it since. It is looked for at Partner
	// Center before it is sent.
	Restored bool `json:"restored,omitempty"`
	// DeviceID is Microsoft's id of the registered device; Code and Answer
	// what Microsoft said of it last, word for word.
	DeviceID string         `json:"device_id,omitempty"`
	Code     autopilot.Code `json:"code,omitempty"`
	Answer   string         `json:"answer,omitempty"`
	// RetryAt is when a rejected entry is sent again by itself, zero for never;
	// Tries is how often that was done in a row for one code, TriesCode, which is
	// empty in records of station versions that counted all codes together.
	RetryAt   time.Time      `json:"retry_at,omitzero"`
	Tries     int            `json:"tries,omitempty"`
	TriesCode autopilot.Code `json:"tries_code,omitempty"`
	// ByTuple says that a supervisor has the device sent by serial number,
	// manufacturer and model, because Microsoft does not know its PKID.
	ByTuple bool `json:"by_tuple,omitempty"`
	// Profile is the deployment profile that the device is to have, or has.
	Profile Profile `json:"profile,omitzero"`
	// From is the ID of the removed entry whose box this is.
	From string `json:"from,omitempty"`
	// Way are the IDs of the handovers that it came by from other stations, in
	// order; WentBy is the one that took it away.
	Way    []string `json:"way,omitempty"`
	WentBy string   `json:"went_by,omitempty"`

	CapturedAt time.Time `json:"captured_at"`
	ChangedAt  time.Time `json:"changed_at"`
	// Operator is who captured it; see Operator. On the disk it is empty where
	// there is a number, and filled in on reading.
	Operator       string `json:"operator,omitempty"`
	OperatorNumber uint64 `json:"operator_number,omitempty"`

	Station string `json:"station,omitempty"`
	Source  string `json:"source,omitempty"`
	// Reads are the codes of the box as they were read, in order.
	Reads []Read `json:"reads,omitempty"`
}

// ByList says what of an entry no scanner read.
type ByList string

const (
	// ListedPKID says that the PKID, or what else identifies the device, was found by
	// the serial on the box.
	ListedPKID ByList = "pkid"
	// ListedDevice says that all of it is, and the box was not scanned.
	ListedDevice ByList = "device"
)

// pkid is the entry's PKID, or the one inside the hardware hash that it goes by.
func (e Entry) pkid() autopilot.PKID { return e.Named().PKID }

// Work is what the entry is for.
func (e Entry) Work() Work {
	return Work{Customer: e.Customer, GroupTag: e.GroupTag, Order: e.Order}
}

// TriesFor is how often the entry was sent again by itself for a code, since
// another code or a person sent it.
func (e Entry) TriesFor(code autopilot.Code) int {
	if e.TriesCode != "" && e.TriesCode != code {
		return 0
	}
	return e.Tries
}

// kept says whether the entry has what was read under an event UUID.
func (e Entry) kept(event string) bool {
	return slices.ContainsFunc(e.Reads, func(r Read) bool { return event != "" && r.Event == event })
}

// unsure says whether letters of what was read may be others.
func (e Entry) unsure() bool {
	return slices.ContainsFunc(e.Reads, func(r Read) bool { return r.Unsure })
}

// A Read is a code as a source gave it, before any meaning.
type Read struct {
	Text      string `json:"text"`
	Symbology string `json:"symbology,omitempty"`
	AIM       string `json:"aim,omitempty"`
	Source    string `json:"source,omitempty"`
	// Layout is the keyboard layout that the text was translated from.
	Layout string `json:"layout,omitempty"`
	// Unsure says that the keyboard may have swapped letters of it.
	Unsure bool `json:"unsure,omitempty"`
	// Event is the event UUID that it was kept under.
	Event string `json:"event,omitempty"`
	// At is when it was read; zero in records of the first station version.
	At time.Time `json:"at,omitzero"`
}
