package autopilot

import "cmp"

// A Device is what identifies a device to Partner Center: the PKID alone, or
// the tuple of serial number, manufacturer and model (both case-sensitive,
// exactly as in the device's firmware), or, which Microsoft advises against, its
// hardware hash, with or without the PKID and the serial number that are in it.
type Device struct {
	PKID         PKID   `json:"pkid,omitempty"`
	Serial       string `json:"serial,omitempty"`
	Manufacturer string `json:"manufacturer,omitempty"`
	Model        string `json:"model,omitempty"`
	// Hash is empty as a rule. It is four times as long as all that is kept of a box
	// otherwise.
	Hash HardwareHash `json:"hash,omitempty"`
}

// Identified says whether Partner Center accepts this device at all. A hash that is
// another device's than the PKID or serial number beside it identifies none, and
// so does one with neither inside or beside it: no answer could name its device.
func (d Device) Identified() bool {
	if d.Hash != "" {
		return d.Hash.Agrees(d) == nil && d.Named() != (Device{})
	}
	return d.PKID != "" || d.Serial != "" && d.Manufacturer != "" && d.Model != ""
}

// Hashed is the device as it is sent by its hash: of what stands beside it, the PKID
// and the serial number, for with a hash Partner Center takes no other.
func (d Device) Hashed() Device { return Device{PKID: d.PKID, Serial: d.Serial, Hash: d.Hash} }

// Named is what Partner Center may call the device, without its hash, which no
// answer repeats: where the device goes by its hash, the PKID and the serial number
// are those inside where none were given.
func (d Device) Named() Device {
	if d.Hash == "" {
		return d
	}
	inside := d.Hash.Contents()
	return Device{PKID: cmp.Or(d.PKID, inside.PKID), Serial: cmp.Or(d.Serial, inside.Serial)}
}
