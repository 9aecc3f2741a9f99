package export

import (
	"io"
	"strings"

	"pkidstation/queue"
	"pkidstation/queue/autopilot/makers"
)

// SurfaceMaker is the manufacturer of Surface devices, as their firmware has it.
const SurfaceMaker = makers.Microsoft

// SurfaceForm is where Microsoft Support takes requests for Surface devices.
const SurfaceForm = "https://support.microsoft.com/supportrequestform/0d8bf192-cab7-6d39-143d-5a17840b9f5f"

// Serials writes what Microsoft Support takes for Surface devices, in one call:
// their serial numbers, one a line, without a header, in the same plain text as
// Write. Entries without a serial, or with one that Write would refuse, are
// refused, and so is the second of two with one serial. What is refused is not
// in it. Where nothing is taken nothing is written.
//
// See
// https://learn.microsoft.com/en-us/surface/surface-autopilot-registration-support.
func Serials(w io.Writer, entries []queue.Entry) (taken []queue.Entry, refused []Refusal, err error) {
	var b strings.Builder
	seen := map[string]bool{}
	for _, e := range entries {
		if why := serialReason(e.Serial, seen); why != "" {
			refused = append(refused, Refusal{Entry: e, Column: columnSerial, Reason: why})
			continue
		}
		seen[e.Serial] = true
		b.WriteString(e.Serial + lineEnd)
		taken = append(taken, e)
	}
	if len(taken) == 0 {
		return nil, refused, nil
	}
	_, err = io.WriteString(w, b.String())
	return taken, refused, err
}

func serialReason(serial string, seen map[string]bool) Reason {
	switch {
	case strings.TrimSpace(serial) == "":
		return NoSerial
	case seen[serial]:
		return Duplicate
	default:
		return reason(serial)
	}
}
