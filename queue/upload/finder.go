package upload

import (
	"pkidstation/queue/autopilot"
)

// A finder finds a device of a plan by what Partner Center calls it: by the
// PKID, or else by the serial number, where that names one device only.
//
// A device that was sent by serial number, manufacturer and model may come back
// under a PKID that the plan does not know: then it is found by those three, or
// by the serial number where the row names no model, among the devices that
// were sent that way. One that was sent by its hardware hash comes back by what is
// inside: an answer never has the hash.
type finder struct {
	devices  []autopilot.Device
	byPKID   map[autopilot.PKID]int
	bySerial map[string][]int
}

func newFinder(devices []autopilot.Device) finder {
	f := finder{devices: make([]autopilot.Device, 0, len(devices)), byPKID: make(map[autopilot.PKID]int, len(devices)), bySerial: map[string][]int{}}
	for i, sent := range devices {
		d := sent.Named()
		f.devices = append(f.devices, d)
		if d.PKID != "" {
			f.byPKID[d.PKID] = i
		}
		if d.Serial != "" {
			f.bySerial[d.Serial] = append(f.bySerial[d.Serial], i)
		}
	}
	return f
}

func (f finder) device(d autopilot.Device) (index int, ok bool) {
	if d.PKID != "" {
		if i, known := f.byPKID[d.PKID]; known {
			return i, true
		}
	}
	for _, i := range f.bySerial[d.Serial] {
		if !f.mayBe(i, d) {
			continue
		}
		if ok {
			return 0, false // two makers, one serial number: it names neither
		}
		index, ok = i, true
	}
	return index, ok
}

// mayBe says whether nothing of the row speaks against the device, whose serial
// number it has.
func (f finder) mayBe(i int, row autopilot.Device) bool {
	sent := f.devices[i]
	if row.PKID != "" && sent.PKID != "" {
		return false
	}
	return agree(row.Manufacturer, sent.Manufacturer) && agree(row.Model, sent.Model)
}

func agree(a, b string) bool { return a == "" || b == "" || a == b }
