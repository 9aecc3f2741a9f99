package export

import (
	"fmt"
	"io"

	"pkidstation/queue/autopilot"
)

// A DeviceRefusal is a device that is not in the file: the one at Index of those
// given. Column and Reason are a Refusal's.
type DeviceRefusal struct {
	Index  int
	Column string
	Reason Reason
}

// Devices is Write for devices that this station does not register, in the same
// bytes: a downstream partner uploads them for a customer that is not known here.
// Looked says how many devices were looked at before the file was full; what
// comes after them is for the next file. Where nothing is taken nothing is
// written.
func Devices(w io.Writer, devices []autopilot.Device, opts Options) (looked int, refused []DeviceRefusal, err error) {
	header, err := opts.header()
	if err != nil {
		return 0, nil, err
	}
	all := newRows(header)
	for ; looked < len(devices) && all.count < opts.rows(); looked++ {
		if column, why := all.add(devices[looked]); why != "" {
			refused = append(refused, DeviceRefusal{Index: looked, Column: column, Reason: why})
		}
	}
	if all.count == 0 {
		return looked, refused, nil
	}
	if _, err := io.WriteString(w, all.text.String()); err != nil {
		return 0, nil, fmt.Errorf("writing the CSV: %w", err)
	}
	return looked, refused, nil
}
