package autopilot

import "strings"

// What a hash and what is given beside it can disagree about. The words are those
// of a device's JSON.
const (
	FieldPKID   = "pkid"
	FieldSerial = "serial"
)

// A HashMismatchError is that a hardware hash is another device's than the PKID or
// the serial number beside it: two devices were mixed up, or the board was
// changed. It names neither.
type HashMismatchError struct {
	// Field is FieldPKID or FieldSerial.
	Field string
}

func (e *HashMismatchError) Error() string {
	return "the " + e.Field + " is not the one inside the hardware hash"
}

// Agrees says whether the hash can be that of a device: nil, why it is no hash, or
// a *HashMismatchError. What is given or found on one side only contradicts
// nothing. Serial numbers are compared without case: which of the two is as the
// firmware has it is not for a box to say.
func (h HardwareHash) Agrees(d Device) error {
	raw, err := unpacked(string(h))
	if err != nil {
		return err
	}
	switch inside := contents(raw); {
	case d.PKID != "" && inside.PKID != "" && d.PKID != inside.PKID:
		return &HashMismatchError{Field: FieldPKID}
	case d.Serial != "" && inside.Serial != "" && !strings.EqualFold(strings.TrimSpace(d.Serial), inside.Serial):
		return &HashMismatchError{Field: FieldSerial}
	default:
		return nil
	}
}
