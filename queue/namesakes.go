package queue

import (
	"errors"
	"slices"

	"pkidstation/queue/autopilot/makers"
)

// against are the others that an entry cannot go out beside, once each: those that
// stand for its PKID, its strangers and its namesakes.
func (q *Queue) against(tx *transaction, e Entry) ([]Entry, error) {
	same, err := liveByPKID(tx, e.pkid())
	twins, err2 := q.strangers(tx, e)
	named, err3 := namesakes(tx, e)
	var others []Entry
	for _, o := range slices.Concat(same, twins, named) {
		if o.ID != e.ID && !slices.ContainsFunc(others, func(t Entry) bool { return t.ID == o.ID }) {
			others = append(others, o)
		}
	}
	return others, errors.Join(err, err2, err3)
}

// strangers are other boxes that stand here with the same serial and another
// PKID, or go out by that serial without any.
func (q *Queue) strangers(tx *transaction, e Entry) ([]Entry, error) {
	device := e.Named()
	if device.PKID == "" {
		return nil, nil
	}
	twins, err := liveBySerial(tx, device.Serial)
	return slices.DeleteFunc(twins, func(t Entry) bool {
		return t.ID == e.ID || t.pkid() == device.PKID || t.pkid() == "" && t.State == Held
	}), err
}

// namesakes are, of an entry that goes by its tuple or its hardware hash, the others
// that may be its very device by their serial, while the PKID of one is not known.
func namesakes(tx *transaction, e Entry) ([]Entry, error) {
	if e.PKID != "" || !e.Identified() {
		return nil, nil
	}
	device := e.Named()
	twins, err := liveBySerial(tx, device.Serial)
	return slices.DeleteFunc(twins, func(t Entry) bool {
		return t.ID == e.ID || !t.Identified() || device.PKID != "" && t.pkid() != "" || otherMakers(t.Manufacturer, e.Manufacturer)
	}), err
}

// otherMakers says whether two manufacturers are known and not the same, however they
// are spelled: each maker numbers its own.
func otherMakers(a, b string) bool { return differ(a, b) && !makers.Same(a, b) }
