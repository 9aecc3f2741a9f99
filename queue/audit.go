package queue

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"pkidstation/queue/audittrail"
)

// An Action says what happened to an entry.
type Action string

// The actions of the audit.
const (
	ActionCapture  Action = "capture"
	ActionAttach   Action = "attach"
	ActionConflict Action = "conflict"
	ActionRelease  Action = "release"
	ActionHold     Action = "hold"
	ActionDiscard  Action = "discard"
	ActionUndo     Action = "undo"
	ActionRetry    Action = "retry"
	ActionAssign   Action = "assign"
	ActionPlan     Action = "plan"
	ActionSend     Action = "send"
	ActionSubmit   Action = "submit"
	ActionWithdraw Action = "withdraw"
	ActionOutcome  Action = "outcome"
	ActionExport   Action = "export"
	ActionOpen     Action = "open-reception"
	ActionClose    Action = "close-reception"
	ActionConfirm  Action = "confirm"  // the 13 digits are the PKID
	ActionStrike   Action = "strike"   // they are not: the box has no PKID
	ActionComplete Action = "complete" // closed without PKID, and serial, maker and model are there
	ActionEnd      Action = "end-box"
	ActionPallet   Action = "pallet"
	ActionExpect   Action = "expect" // so many boxes are to come
	ActionLearn    Action = "learn"
	ActionRemove   Action = "remove"         // a person takes the registration back
	ActionAsk      Action = "ask-removal"    // a request for it leaves
	ActionRemoved  Action = "removed"        // it is gone
	ActionSettle   Action = "confirm-export" // what the web site took, by hand
	ActionTuple    Action = "retry-as-tuple"
	ActionProfile  Action = "profile"
	ActionCustomer Action = "customer" // the customer directory
	ActionForget   Action = "forget"
	ActionGiveUp   Action = "give-up"  // nobody will ever hear of it
	ActionHandOut  Action = "hand-out" // moved to another station
	ActionTakeIn   Action = "take-in"  // came from another station
	ActionErase    Action = "erase-operator"
	ActionAuditKey Action = "audit-key" // exports are signed with another key from now on
	ActionPIN      Action = "set-pin"   // a supervisor's, of a new one too
	ActionUnseat   Action = "remove-supervisor"
	ActionReset    Action = "reset-supervisors" // by the PC's administrator
	ActionUnlock   Action = "unlock"
	ActionRefuse   Action = "refuse-pin"
	ActionReview   Action = "review-policy"
	ActionRestore  Action = "restore" // from a backup
)

// An AuditLine is one change: what, by whom, when and why. Each carries the
// hash of the one before it, so that a change to the past shows.
type AuditLine struct {
	Number uint64    `json:"number"` // from 1, without gaps
	At     time.Time `json:"at"`
	// By is who did it. On the disk it is empty where Operator has their number,
	// and filled in on reading; lines of earlier versions, and the uploader's, have
	// a name.
	By       string `json:"by"`
	Operator uint64 `json:"operator,omitempty"`
	// Of is whom it is about, such as whose PIN was set; as By is.
	Of       string `json:"of,omitempty"`
	OfNumber uint64 `json:"of_operator,omitempty"`
	Station  string `json:"station,omitempty"`
	Action   Action `json:"action"`
	// Entry is the entry's ID; empty where the line is about a reception.
	Entry     string `json:"entry,omitempty"`
	Reception string `json:"reception,omitempty"`
	Plan      string `json:"plan,omitempty"`
	From      State  `json:"from,omitempty"`
	To        State  `json:"to,omitempty"`
	// Reason is a fixed word, Note what a person or Microsoft wrote.
	Reason Reason `json:"reason,omitempty"`
	Note   string `json:"note,omitempty"`
	// Before is the hash of the line before; Hash covers all the rest.
	Before string `json:"before"`
	Hash   string `json:"hash"`
}

// seal gives the line its hash.
func (l AuditLine) seal() (AuditLine, error) {
	l.Hash = strings.Repeat("0", 2*sha256.Size) // any of its length
	data, err := json.Marshal(l)
	if err != nil {
		return l, fmt.Errorf("hashing an audit line: %w", err)
	}
	l.Hash = audittrail.Sum(data)
	return l, nil
}

// audit appends a line. about is the entry's sequence, 0 where there is none.
func audit(tx *transaction, about uint64, line AuditLine) error {
	b := in(tx, bucketAudit)
	if k, v := b.Cursor().Last(); k != nil {
		last, err := decode[AuditLine](v)
		if err != nil {
			return corruptError(bucketAudit, k, err)
		}
		line.Number, line.Before = last.Number+1, last.Hash
	} else {
		line.Number = 1
	}
	if err := numberActors(tx, &line); err != nil {
		return err
	}
	line, err := line.seal()
	if err != nil {
		return err
	}
	if err := put(tx, bucketAudit, seqKey(line.Number), line); err != nil || about == 0 {
		return err
	}
	if err := in(tx, bucketHistory).Put(pairKey(about, line.Number), present()); err != nil {
		return fmt.Errorf("indexing the history: %w", err)
	}
	return nil
}
