package queue

import (
	"bytes"
	"errors"
)

// A record's checksum is of its value, not of its key. Where a bit of the key is
// lost, the record of one box stands under the number of another, or a customer's
// group tag under another customer. So what says in itself where it stands is held
// against where it was found, whenever it is read by its key or taken from an old
// index.
type keyed interface{ standsAt(key []byte) bool }

// errElsewhere is that a record says it stands under another key.
var errElsewhere = errors.New("it says that it stands under another key")

func (e *Entry) standsAt(key []byte) bool        { return isSeq(key, e.Seq) }
func (e *readyEntry) standsAt(key []byte) bool   { return isSeq(key, e.Seq) }
func (r *Reception) standsAt(key []byte) bool    { return string(key) == r.ID }
func (p *Plan) standsAt(key []byte) bool         { return bytes.Equal(key, planKey(p.ID)) }
func (r *Removal) standsAt(key []byte) bool      { return bytes.Equal(key, removalKey(r.ID)) }
func (o *Operator) standsAt(key []byte) bool     { return isSeq(key, o.Number) }
func (l *AuditLine) standsAt(key []byte) bool    { return isSeq(key, l.Number) }
func (a *Announcement) standsAt(key []byte) bool { return isSeq(key, a.Number) }
func (h *Handover) standsAt(key []byte) bool     { return string(key) == h.ID }
func (s *supervisor) standsAt(key []byte) bool   { return string(key) == s.Name }
func (p *Pause) standsAt(key []byte) bool        { return bytes.Equal(key, pauseKey(p.Customer)) }
func (l *Learnt) standsAt(key []byte) bool       { return bytes.Equal(key, learntKey(l.Subject, l.Key)) }

func (c *CustomerSetting) standsAt(key []byte) bool { return string(key) == string(c.ID) }

func isSeq(key []byte, seq uint64) bool { return len(key) == 8 && keySeq(key) == seq }

// decodeAt is decode, of a record that was found under a key.
func decodeAt[T any](key, data []byte) (T, error) {
	value, err := decode[T](data)
	if err == nil {
		err = heldAgainst(key, &value)
	}
	return value, err
}

// heldAgainst holds a record that was read against its key.
func heldAgainst(key []byte, record any) error {
	if s, ok := record.(keyed); ok && !s.standsAt(key) {
		return errElsewhere
	}
	return nil
}
