package audittrail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// The end of every line: its hash, in this many hex digits.
const (
	hashKey   = `"hash":"`
	hashEnd   = `"}`
	hashWidth = 2 * sha256.Size
)

// KeyAction is the action of the line that records a new key, by its fingerprint
// as the note.
const KeyAction = "audit-key"

// A Link is what the chain needs of a line.
type Link struct {
	Number uint64 `json:"number"`
	Before string `json:"before"`
	Hash   string `json:"hash"`

	Action string `json:"action"`
	Note   string `json:"note"`
}

// ReadLine reads what the chain needs of a line. Its last key must be its hash.
func ReadLine(line []byte) (Link, error) {
	var l Link
	if err := json.Unmarshal(line, &l); err != nil {
		return l, errMalformed
	}
	if claimed, _, ok := split(line); !ok || string(claimed) != l.Hash || l.Number == 0 {
		return l, errMalformed
	}
	return l, nil
}

// Sum is the hash that a line should have, "" for what is no line.
func Sum(line []byte) string {
	_, covered, ok := split(line)
	if !ok {
		return ""
	}
	h := sha256.New()
	h.Write(covered)
	h.Write([]byte(hashEnd))
	return hex.EncodeToString(h.Sum(nil))
}

// split parts a line into the hash that it claims and what that covers.
func split(line []byte) (claimed, covered []byte, ok bool) {
	at := len(line) - len(hashEnd) - hashWidth
	if at < len(hashKey) || !bytes.HasSuffix(line, []byte(hashEnd)) || !bytes.HasSuffix(line[:at], []byte(hashKey)) {
		return nil, nil, false
	}
	return line[at : at+hashWidth], line[:at], true
}

// A Chain is where following the lines stands; the zero Chain is before the first.
type Chain struct {
	Number uint64
	Hash   string
}

// Next takes the next line and says what is wrong with it, "" for nothing. Where
// something is, the chain goes on from what the line says of itself.
func (c *Chain) Next(line []byte) (Link, Reason) {
	l, err := ReadLine(line)
	if err != nil {
		return l, Malformed
	}
	before := *c
	*c = Chain{Number: l.Number, Hash: l.Hash}
	switch {
	case Sum(line) != l.Hash:
		return l, Changed
	case l.Number > before.Number+1:
		return l, Missing
	case l.Number < before.Number+1:
		return l, Misplaced
	case l.Before != before.Hash:
		return l, Unlinked
	}
	return l, ""
}
