package queue

import (
	"time"

	"pkidstation/queue/autopilot"
)

// A Removal takes the registration of one device back. It is on disk before
// any request leaves, so that whatever happens after is known or found out.
//
//	planned ──► asked ──► done
//	   │  ▲───────┘        ▲   (still there: asked for once more)
//	   └───────────────────┘   (gone already, or done on the web site)
type Removal struct {
	ID    string `json:"id"`
	Entry string `json:"entry"` // the entry's ID
	// Customer is whose device it is now.
	Customer autopilot.TenantID `json:"customer"`
	// Device is what was sent of it, DeviceID Microsoft's id and Batch where it
	// is listed; both may have to be looked up. With an Attempt, DeviceID is what
	// was asked for; empty, it is whatever is listed, by a person's word.
	Device   autopilot.Device `json:"device"`
	DeviceID string           `json:"device_id,omitempty"`
	Batch    string           `json:"batch,omitempty"`
	State    RemovalState     `json:"state"`
	// By and Reason are who wants it back and why, in their words.
	By string `json:"by"`
	// ByNumber is the operator's number: on the disk it stands for the name.
	ByNumber uint64 `json:"by_number,omitempty"`

	Reason string `json:"reason"`
	// OnSite says that a person takes it back on the web site: no request of
	// ours does.
	OnSite bool `json:"on_site,omitempty"`

	// RequestID is the MS-RequestId of the last attempt, Attempt its number; 0
	// means that nothing was ever asked. Both are written before the attempt.
	// What was planned, has an Attempt and neither Note nor Code got no answer.
	RequestID string `json:"request_id,omitempty"`
	Attempt   int    `json:"attempt,omitempty"`
	// Seen says that the device was listed when it was asked for: only then does
	// being in no list mean that it is gone.
	Seen bool `json:"seen,omitempty"`
	// MissingAt is when it was first in no list, without a yes that would explain
	// it; zero in files of earlier versions, and once it is listed or asked for.
	MissingAt time.Time `json:"missing_at,omitzero"`
	// Note says what it waits for, Code and Answer what Microsoft said; Person
	// that somebody must act; Due when it is looked after again.
	Note   Reason         `json:"note,omitempty"`
	Code   autopilot.Code `json:"code,omitempty"`
	Answer string         `json:"answer,omitempty"`
	Person bool           `json:"person,omitempty"`
	Due    time.Time      `json:"due,omitzero"`

	PlannedAt time.Time `json:"planned_at"`
	AskedAt   time.Time `json:"asked_at,omitzero"`
	EndedAt   time.Time `json:"ended_at,omitzero"`
}

// A RemovalState says where a removal stands.
type RemovalState string

// The states of a removal.
const (
	// RemovalPlanned: on disk. With an Attempt, a request may have been taken.
	RemovalPlanned RemovalState = "planned"
	// RemovalAsked: Partner Center said yes; the device may be listed still.
	RemovalAsked RemovalState = "asked"
	// RemovalDone: the device is gone.
	RemovalDone RemovalState = "done"
)

// A RemovalStep is what is about to be asked, or what came of it.
type RemovalStep struct {
	// RequestID, DeviceID and Batch belong to an attempt; the last two replace
	// what was known where they are not empty.
	RequestID, DeviceID, Batch string
	// Seen says, of an attempt, that the device is listed; see Removal.
	Seen bool
	// Asked says that Partner Center said yes.
	Asked bool
	// Note, Code, Answer, Person, Due and MissingAt are as in Removal.
	Note      Reason
	Code      autopilot.Code
	Answer    string
	Person    bool
	Due       time.Time
	MissingAt time.Time
}

// RegisteredAnew is that a device which was asked for is listed under another id
// since: somebody registered it once more, for the same customer. That one is
// left alone until a person says otherwise, see TakeBackAnew.
const RegisteredAnew Reason = "registered-anew"
