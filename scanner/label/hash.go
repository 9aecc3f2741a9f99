package label

import "strings"

// leastHash is shorter than any hardware hash and longer than whatever else is
// base64 on a box.
const leastHash = 256

// isHardwareHash says whether a text is the hardware hash that Windows writes
// for Autopilot: base64 of thousands of characters that begins with T0. It is
// told before anything else is looked for in it, since 25 of its characters
// can look like a product key by chance.
func isHardwareHash(text string) bool {
	return len(text) >= leastHash && (text[0] == 'T' || text[0] == 't') && text[1] == '0' &&
		strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") == ""
}
