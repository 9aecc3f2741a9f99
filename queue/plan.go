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
	// it, may have registered some of the devices: AlreadyThere might then be a
	// lie, and the lists get longer to show it. Once true it stays true.
	Again bool `json:"again,omitempty"`
	// Rest says that the devices may be on their way in an earlier request: the
	// plan is what was left of one in doubt. It is not to be withdrawn.
	Rest bool `json:"rest,omitempty"`
	// Restored says that it has devices of a backup, which another station may
	// have sent since: they are looked for before anything is sent.
	Restored bool `json:"restored,omitempty"`
	// TrackingID is the job's id, written when Partner Center took the plan.
	TrackingID string `json:"tracking_id,omitempty"`

	PlannedAt   time.Time `json:"planned_at"`
	SentAt      time.Time `json:"sent_at,omitzero"`
	SubmittedAt time.Time `json:"submitted_at,omitzero"`
	EndedAt     time.Time `json:"ended_at,omitzero"`
	// Note says why the last step went wrong, in a fixed word; NotedAt is since
	// when it is that word, NotedLast when it was written last. Plans of earlier
	// versions have the word alone.
	Note      Reason    `json:"note,omitempty"`
	NotedAt   time.Time `json:"noted_at,omitzero"`
	NotedLast time.Time `json:"noted_last,omitzero"`
	// UnsureAt is when something of the plan was sent last of which, as far as
	// this says, nobody knows what became of it.
	UnsureAt time.Time `json:"unsure_at,omitzero"`
	// Open counts the entries whose outcome is not known.
	Open int `json:"open"`
}

// noted is the plan with a note of now. The same word again begins nothing.
func (p Plan) noted(why Reason, now time.Time) Plan {
	if p.Note != why {
		p.NotedAt = now
	}
	p.Note, p.NotedLast = why, now
	if why == "" {
		p.NotedAt, p.NotedLast = time.Time{}, time.Time{}
	}
	return p
}

// LastRefused says whether the plan's last attempt was answered, with a refusal:
// it was noted after it.
func (p Plan) LastRefused() bool {
	return p.Note == Refused && !p.SentAt.IsZero() && !p.NotedLast.Before(p.SentAt)
}

// Attempted is the plan with an attempt of now.
func (p Plan) Attempted(a Attempt, now time.Time) Plan {
	if !p.LastRefused() || p.UnsureAt.IsZero() {
		p.UnsureAt = now
	}
	p.RequestID, p.Append, p.SentAt, p.Again = a.RequestID, a.Append, now, p.Again || a.Again
	p.Attempt++
	return p
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
