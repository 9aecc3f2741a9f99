package queue

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"go.etcd.io/bbolt"
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
	ActionLearn    Action = "learn"
	ActionRemove   Action = "remove"         // a person takes the registration back
	ActionAsk      Action = "ask-removal"    // a request for it leaves
	ActionRemoved  Action = "removed"        // it is gone
	ActionSettle   Action = "confirm-export" // what the web site took, by hand
	ActionTuple    Action = "retry-as-tuple"
	ActionProfile  Action = "profile"
	ActionCustomer Action = "customer" // the customer directory
	ActionForget   Action = "forget"
)

// An AuditLine is one change: what, by whom, when and why. Each carries the
// hash of the one before it, so that a change to the past shows.
type AuditLine struct {
	Number  uint64    `json:"number"` // from 1, without gaps
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Station string    `json:"station,omitempty"`
	Action  Action    `json:"action"`
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

// sum is the line's hash.
func (l AuditLine) sum() (string, error) {
	l.Hash = ""
	data, err := json.Marshal(l)
	if err != nil {
		return "", fmt.Errorf("hashing an audit line: %w", err)
	}
	hash := sha256.Sum256(data)
	return hex.EncodeToString(hash[:]), nil
}

// audit appends a line. about is the entry's sequence, 0 where there is none.
func audit(tx *bbolt.Tx, about uint64, line AuditLine) error {
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
	hash, err := line.sum()
	if err != nil {
		return err
	}
	line.Hash = hash
	if err := put(tx, bucketAudit, seqKey(line.Number), line); err != nil || about == 0 {
		return err
	}
	if err := in(tx, bucketHistory).Put(pairKey(about, line.Number), present()); err != nil {
		return fmt.Errorf("indexing the history: %w", err)
	}
	return nil
}
