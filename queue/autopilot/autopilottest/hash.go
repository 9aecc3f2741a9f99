// Package autopilottest makes what tests and the simulator's users need of Windows
// Autopilot and nobody's real device should give: hardware hashes.
package autopilottest

import (
	"encoding/base64"
	"encoding/binary"

	"pkidstation/queue/autopilot"
)

// size is how many bytes a hash of Windows has: 4,000 characters.
const size = 3000

// Hash is a hardware hash made up of what it is to hold, in the order and with the
// neighbours that a real one has. What is empty is not in it. Texts together have
// room up to some 2,000 bytes; what is longer is cut off at the end of a value.
func Hash(inside autopilot.HashContents) autopilot.HardwareHash {
	var values []byte
	add := func(kind byte, value string) {
		if value == "" || len(values)+len(value) > size-16 {
			return
		}
		values = append(values, kind, 0)
		values = binary.LittleEndian.AppendUint16(values, uint16(len(value)+5)) //nolint:gosec // below size
		values = append(append(values, value...), 0)
	}
	add(1, "\x00\x00\x0a\x00\xe8\x03\x46\x62\x00\x00\x0a\x00\xe8\x03\x46\x62\x00\x00\x00\x00\x00\x02\x09\x08")
	add(3, "AuthenticAMD")
	add(14, inside.Serial)
	add(15, "American Megatrends International, LLC.")
	add(16, inside.Manufacturer)
	add(17, inside.Model)
	add(24, string(inside.PKID))
	add(25, "no key of any TPM")
	whole := binary.LittleEndian.AppendUint16([]byte("OA"), uint16(len(values)+4)) //nolint:gosec // below size
	whole = append(whole, values...)
	return autopilot.HardwareHash(base64.StdEncoding.EncodeToString(append(whole, make([]byte, size-len(whole))...)))
}
