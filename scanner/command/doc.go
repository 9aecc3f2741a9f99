// Package command is what a scanned barcode can tell the station to do: the
// command barcodes of the sheet beside the dock. It knows what they are called
// and in which state of the dock each is valid, and does nothing itself.
//
// # Text
//
// A command is Code 128 with Prefix, which no label carries, and a word; a badge
// has its owner's name behind it:
//
//	%PKID%UNDO
//	%PKID%BADGE%Marie
//	%PKID%CALIBRATE%AQWZYM-#1234567890   calibration of a keyboard wedge
//
// The words have no Y, Z or hyphen, which German and Swiss keyboards swap: a
// station that nobody has calibrated yet obeys them too.
//
// # States
//
// Each command is valid in one state, and in the states within it; anywhere
// else it is refused and does nothing.
//
//	           ┌── locked:    BADGE
//	always ────┤   idle:      CALIBRATE, REPEAT, LOCK, BADGE, CUSTOMER
//	           │    └── receiving: UNDO, NEXT, HOLD, UNREADABLE, CARTON, CLOSE
//	           │          └── asking: PKID, NOTPKID
//	           ├── changing:  CONFIRM
//	           └── unconfirmed, beside idle, receiving or asking: CONFIRM
//
// There is none that releases, discards or removes: what is sent, or thrown
// away, is decided by a person before a screen. UNDO takes back the last read
// only, and only before it was sent.
package command
