package manifest

import (
	"encoding/base64"
	"encoding/binary"
	"strings"

	"pkidstation/queue/autopilot"
)

// leastHash is shorter than any hardware hash.
const leastHash = 256

// What a hardware hash is made of: base64 of "OA", the length of all in two bytes,
// little end first, then values: a type, a byte that is not known, the length of
// the whole value in two bytes, and what it is. Zeros fill it up.
//
// Read from what others found out, which Microsoft has not published:
// https://oofhours.com/2022/08/02/connecting-the-dots-reverse-engineering-an-autopilot-hash/
// and https://github.com/MrWyss/DecodeAutopilotHash. It was not tried on a hash
// of a real device here, so that only what is plainly there is relied on.
const (
	hashHead    = 4
	hashValue   = 4
	hashPKIDTag = 24
)

// hardwareHash says whether a text is a whole hardware hash, and gives the PKID
// in it, "" where there is none to be found.
func hardwareHash(text string) (id autopilot.PKID, why Reason) {
	if len(text) < leastHash || len(text) > maxHash || strings.ContainsAny(text, "\r\n") { // which base64 passes over
		return "", BadHash
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || !strings.HasPrefix(string(raw), "OA") {
		return "", BadHash
	}
	length := int(binary.LittleEndian.Uint16(raw[2:]))
	if length > len(raw) { // cut off
		return "", BadHash
	}
	return pkidIn(raw[hashHead:max(length, hashHead)]), ""
}

// isHash says whether a text is a hardware hash by its look, whole or not.
func isHash(text string) bool {
	return len(text) >= leastHash && strings.HasPrefix(text, "T0") &&
		strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") == ""
}

// pkidIn walks through the values of a hash.
func pkidIn(values []byte) autopilot.PKID {
	for len(values) >= hashValue {
		length := int(binary.LittleEndian.Uint16(values[2:]))
		if length < hashValue || length > len(values) {
			return ""
		}
		if values[0] == hashPKIDTag {
			id, _ := autopilot.ParsePKID(strings.TrimRight(string(values[hashValue:length]), "\x00 "))
			return id
		}
		values = values[length:]
	}
	return ""
}
