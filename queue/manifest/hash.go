package manifest

import (
	"errors"

	"pkidstation/queue/autopilot"
)

// disagreement is a row that gives a hardware hash and something beside it that is
// not what the hash holds: two devices, or a board that was changed.
func (r *reader) disagreement(d *Row) *Refusal {
	e, ok := errors.AsType[*autopilot.HashMismatchError](d.Hash.Agrees(d.Device))
	if d.Hash == "" || !ok {
		return nil
	}
	refusal := r.at(PKID, d.Place, string(d.PKID), HashPKID, 0)
	if e.Field == autopilot.FieldSerial {
		refusal = r.at(Serial, d.Place, d.Serial, HashSerial, 0)
	}
	if at, ok := r.index[Hash]; ok {
		refusal.Beside = r.layout.columns[at].Letter
	}
	return &refusal
}
