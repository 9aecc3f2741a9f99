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
// number, else the only one that there is; whether that fits is for whoever takes it
// to say. It fails with a *HashesError.
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
		return fitting[0], nil
	case len(fitting) == 0 && len(all) == 1:
		return all[0], nil
	default:
		return nil, &HashesError{Hashes: len(all), Fitting: len(fitting), Refused: m.Refused}
	}
}
