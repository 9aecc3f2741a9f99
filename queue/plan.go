package queue

import (
	"time"

	"pkidstation/queue/autopilot"
)

// A Plan is one upload: which devices go to which customer's batch in one
// request. It is on disk before the request is sent, so that whatever happens
// after is known or can be found out.
//
//	planned ──► submitted ──► settled
//	   │  └───────(listed)───────▲
//	   └──► withdrawn (known not taken: its entries are ready again)
type Plan struct {
	ID       string             `json:"id"`
	Customer autopilot.TenantID `json:"customer"`
	// Batch is the batch's name at Partner Center: the group tag.
	Batch autopilot.GroupTag `json:"batch"`
	// Entries are the entries' IDs, Devices what is sent of each, same order.
	Entries []string           `json:"entries"`
	Devices []autopilot.Device `json:"devices"`
	State   PlanState          `json:"state"`

	// RequestID is the MS-RequestId of the last attempt, Append whether that
	// attempt appends to the batch or creates it, Attempt its number; 0 means
	// that nothing was ever sent. All three are written before the attempt.
	RequestID string `json:"request_id,omitempty"`
	Append    bool   `json:"append,omitempty"`
	Attempt   int    `json:"attempt"`
	// Again says that an earlier request of ours, in this plan or any before
	// it, may have registered some of the devices: AlreadyThere would then be a
	// lie. Once true it stays true.
	Again bool `json:"again,omitempty"`
	// Rest says that the devices may be on their way in an earlier request: the
	// plan is what was left of one in doubt. It is not to be withdrawn.
	Rest bool `json:"rest,omitempty"`
	// TrackingID is the job's id, written when Partner Center took the plan.
	TrackingID string `json:"tracking_id,omitempty"`

	PlannedAt   time.Time `json:"planned_at"`
	SentAt      time.Time `json:"sent_at,omitzero"`
	SubmittedAt time.Time `json:"submitted_at,omitzero"`
	EndedAt     time.Time `json:"ended_at,omitzero"`
	// Note says why the last step went wrong, in a fixed word.
	Note Reason `json:"note,omitempty"`
	// Open counts the entries whose outcome is not known.
	Open int `json:"open"`
}

// A PlanState says where a plan stands.
type PlanState string

// The states of a plan.
const (
	// PlanPlanned: on disk; it may or may not be on its way.
	PlanPlanned PlanState = "planned"
	// PlanSubmitted: Partner Center took it (202) and gave a tracking id.
	PlanSubmitted PlanState = "submitted"
	// PlanSettled: every entry has its outcome.
	PlanSettled PlanState = "settled"
	// PlanWithdrawn: known not taken; its entries are ready again, or in the
	// plan for the rest.
	PlanWithdrawn PlanState = "withdrawn"
)

// An Attempt is what a plan is about to be sent with.
type Attempt struct {
	RequestID string
	Append    bool
	// Again: see Plan.
	Again bool
}

// An Outcome is what became known of one entry of a plan.
type Outcome struct {
	Entry      string // ID
	Registered bool   // false: rejected
	// Reason marks a registered entry, such as AlreadyThere.
	Reason   Reason
	DeviceID string
	Code     autopilot.Code
	Answer   string // Microsoft's words
	// RetryAt is when a rejected entry is to be sent again by itself, zero for
	// not; see Queue.RetryDue.
	RetryAt time.Time
	// Batch is the batch that the device was found in, where that is not the
	// plan's; empty leaves the entry's.
	Batch string
}

// A Group is what is due for one customer and group tag, oldest first. Tag is
// empty where neither the entries nor the customer's setting has one: such a
// group cannot be sent.
type Group struct {
	Customer autopilot.TenantID
	Tag      autopilot.GroupTag
	Entries  []Entry
}
