package queue

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// A pinHash is what is kept of a PIN: argon2id's hash, with the salt and the
// costs that it was made with.
type pinHash struct {
	memory, time uint32 // KiB, passes
	lanes        uint8
	salt, sum    []byte
}

// The costs of a new PIN: OWASP's for argon2id where memory is scarce. A PIN of
// four digits is found out by whoever has the file, whatever they are; they slow
// down who looks over a copy of it.
const (
	pinMemory = 19 << 10
	pinTime   = 2
	pinLanes  = 1
	pinSalt   = 16
	pinSum    = 32
)

// What a record may ask for at most. It is a file's word: more would let it take
// the station's memory or time.
const (
	pinMemoryMost = 64 << 10
	pinTimeMost   = 8
	pinLanesMost  = 4
	pinBytesLeast = 8
	pinBytesMost  = 64
	pinTextMost   = 512
)

// pinLongest is the longest PIN, in characters.
const pinLongest = 64

var errPINHash = errors.New("this is no argon2id hash that is used here")

func hashPIN(pin string) pinHash {
	h := pinHash{memory: pinMemory, time: pinTime, lanes: pinLanes, salt: make([]byte, pinSalt), sum: make([]byte, pinSum)}
	_, _ = rand.Read(h.salt) // it never fails: the program ends first
	h.sum = h.of(pin)
	return h
}

func (h pinHash) of(pin string) []byte {
	return argon2.IDKey([]byte(pin), h.salt, h.time, h.memory, h.lanes, uint32(len(h.sum))) //nolint:gosec // at most pinBytesMost
}

// fits says whether it is the hash of the PIN, in a time that does not tell how
// much of it is right.
func (h pinHash) fits(pin string) bool {
	return len(pin) <= utf8.UTFMax*pinLongest && subtle.ConstantTimeCompare(h.of(pin), h.sum) == 1
}

// String is the hash as the PHC format has it.
func (h pinHash) String() string {
	text := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.time, h.lanes, text(h.salt), text(h.sum))
}

// parsePINHash reads what String wrote, and nothing that costs more than is
// allowed.
func parsePINHash(text string) (h pinHash, err error) {
	parts := strings.Split(text, "$")
	if len(text) > pinTextMost || len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != "v="+strconv.Itoa(argon2.Version) {
		return h, errPINHash
	}
	costs := strings.Split(parts[3], ",")
	if len(costs) != 3 {
		return h, errPINHash
	}
	memory, err1 := pinCost(costs[0], "m=", pinMemoryMost)
	passes, err2 := pinCost(costs[1], "t=", pinTimeMost)
	lanes, err3 := pinCost(costs[2], "p=", pinLanesMost)
	salt, err4 := pinBytes(parts[4])
	sum, err5 := pinBytes(parts[5])
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil || memory < 8*lanes {
		return h, errPINHash
	}
	return pinHash{memory: memory, time: passes, lanes: uint8(lanes), salt: salt, sum: sum}, nil //nolint:gosec // at most pinLanesMost
}

func pinCost(text, name string, most uint32) (uint32, error) {
	digits, ok := strings.CutPrefix(text, name)
	n, err := strconv.ParseUint(digits, 10, 32)
	if !ok || err != nil || n < 1 || n > uint64(most) || strconv.FormatUint(n, 10) != digits {
		return 0, errPINHash
	}
	return uint32(n), nil
}

func pinBytes(text string) ([]byte, error) {
	b, err := base64.RawStdEncoding.Strict().DecodeString(text)
	if err != nil || strings.ContainsAny(text, "\r\n") || len(b) < pinBytesLeast || len(b) > pinBytesMost { // it reads past line ends
		return nil, errPINHash
	}
	return b, nil
}

// weak says whether a PIN is one that somebody tries first.
func weak(pin string) bool {
	runes := []rune(pin)
	if !utf8.ValidString(pin) || len(runes) < 4 || len(runes) > pinLongest {
		return true
	}
	same, up, down := true, true, true
	for i, r := range runes[1:] {
		step := r - runes[i]
		digits := '0' <= r && r <= '9' && '0' <= runes[i] && runes[i] <= '9'
		same = same && step == 0
		up = up && digits && (step == 1 || step == -9)
		down = down && digits && (step == -1 || step == 9)
	}
	return same || up || down
}
