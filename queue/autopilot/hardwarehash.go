package autopilot

import (
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// How long a hardware hash is, in characters. Windows writes 4,000, newer Windows
// a few more.
const (
	MinHardwareHash = 256
	MaxHardwareHash = 16 << 10
)

// Why a text is no hardware hash.
var (
	ErrHashLength = errors.New("a hardware hash has some 4,000 characters")
	ErrHashShape  = errors.New("a hardware hash is one piece of base64")
	ErrHashHead   = errors.New("a hardware hash begins with the mark of one")
	ErrHashCut    = errors.New("the hardware hash is cut off")
)

// A HardwareHash is the whole description of a device that Windows gives on it
// once it was booted, also called 4K hash or DeviceHardwareData: no hash at all,
// it holds the serial number, the PKID and the addresses of the network cards in
// clear, so no log has it. Microsoft advises partners against booting devices for
// it; the PKID on the box is enough.
type HardwareHash string

// ParseHardwareHash gives the hash that text is, without a change. It fails with
// ErrHashLength, ErrHashShape, ErrHashHead or ErrHashCut. What passes has
// all that it says it has; whether Microsoft takes it, Microsoft says (code 802).
func ParseHardwareHash(text string) (HardwareHash, error) {
	if _, err := unpacked(text); err != nil {
		return "", err
	}
	return HardwareHash(text), nil
}

// LooksHashed says whether a text is a hardware hash by its look, whole or not.
func LooksHashed(text string) bool {
	return len(text) >= MinHardwareHash && strings.HasPrefix(text, "T0") &&
		strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") == ""
}

// unpacked are the bytes of a hash, or why it is none.
func unpacked(text string) ([]byte, error) {
	switch {
	case len(text) < MinHardwareHash || len(text) > MaxHardwareHash:
		return nil, ErrHashLength
	case strings.ContainsAny(text, "\r\n"): // which base64 passes over
		return nil, ErrHashShape
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil {
		return nil, ErrHashShape
	}
	return raw, checkHashHead(raw)
}

// String is for people and logs: nothing of what it holds.
func (h HardwareHash) String() string {
	if h == "" {
		return ""
	}
	return fmt.Sprintf("(hardware hash of %d characters)", len(h))
}

// LogValue keeps hashes out of logs.
func (h HardwareHash) LogValue() slog.Value { return slog.StringValue(h.String()) }
