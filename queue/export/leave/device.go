package leave

import (
	"slices"

	"pkidstation/queue/autopilot"
)

// fault is what contradicts itself in a box, or "".
func (b Box) fault() Fault {
	switch {
	case b.Number < 0:
		return BadNumber
	case !b.Registered:
		return ""
	case !b.scanned():
		return NeverScanned
	case !b.Identified() && (!b.ByHash || b.Serial == ""):
		return NoIdentity
	case b.Why != "":
		return WithReason
	}
	if _, err := autopilot.ParsePKID(string(b.PKID)); b.PKID != "" && err != nil {
		return BadPKID
	}
	return ""
}

// devices are those of the boxes so far.
type devices struct {
	pkids    map[autopilot.PKID]bool
	bySerial map[string][]autopilot.Device
}

func newDevices() devices {
	return devices{pkids: map[autopilot.PKID]bool{}, bySerial: map[string][]autopilot.Device{}}
}

func (s devices) add(d autopilot.Device) {
	s.pkids[d.PKID] = d.PKID != ""
	if d.Serial != "" {
		s.bySerial[d.Serial] = append(s.bySerial[d.Serial], d)
	}
}

func (s devices) has(d autopilot.Device) bool {
	return s.pkids[d.PKID] || slices.ContainsFunc(s.bySerial[d.Serial], func(other autopilot.Device) bool { return same(d, other) })
}

// same says whether two devices of one serial are one. Two PKIDs are two
// devices, and so are two manufacturers; what is not known tells nothing apart.
func same(a, b autopilot.Device) bool {
	if a.PKID != "" && b.PKID != "" {
		return a.PKID == b.PKID
	}
	return a.Manufacturer == b.Manufacturer || a.Manufacturer == "" || b.Manufacturer == ""
}
