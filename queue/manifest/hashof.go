package manifest

import (
	"fmt"
	"strings"

	"pkidstation/queue/autopilot"
)

// A HashesError is that a list does not say which hardware hash is a device's.
type HashesError struct {
	// Hashes is how many the list has, Fitting how many of them are the device's.
	Hashes, Fitting int
	// Refused are the rows that were not taken: its hash may be in one of them.
	Refused []Refusal
}

func (e *HashesError) Error() string {
	return fmt.Sprintf("%d hardware hashes, of which %d are the device's", e.Hashes, e.Fitting)
}

// HashOf is the row with the hardware hash of a device: the one with its PKID or serial
// number, else the only one that there is. What stands beside a hash counts as what is
// in it, and may be all that says whose it is: it fails with a
// *autopilot.HashMismatchError where that is another device's, else with a *HashesError.
func (m *Manifest) HashOf(d autopilot.Device) (*Row, error) {
	var all, fitting []*Row
	for row := range m.Rows() {
		if row.Hash == "" {
			continue
		}
		all = append(all, row)
		if is := row.Named(); is.PKID != "" && is.PKID == d.PKID || is.Serial != "" && strings.EqualFold(is.Serial, d.Serial) {
			fitting = append(fitting, row)
		}
	}
	switch {
	case len(fitting) == 1:
		return besides(fitting[0], d)
	case len(fitting) == 0 && len(all) == 1:
		return besides(all[0], d)
	default:
		return nil, &HashesError{Hashes: len(all), Fitting: len(fitting), Refused: m.Refused}
	}
}

// besides is a row, unless what stands beside its hash is another device's.
func besides(row *Row, d autopilot.Device) (*Row, error) {
	is := row.Named()
	switch {
	case is.PKID != "" && d.PKID != "" && is.PKID != d.PKID:
		return nil, &autopilot.HashMismatchError{Field: autopilot.FieldPKID}
	case is.Serial != "" && d.Serial != "" && !strings.EqualFold(is.Serial, d.Serial):
		return nil, &autopilot.HashMismatchError{Field: autopilot.FieldSerial}
	default:
		return row, nil
	}
}
