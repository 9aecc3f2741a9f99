package queue

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"strings"
)

// StationCode is what a person types at another station to name this one: short,
// made of the station's ID, and with two letters that find a slip.
func (q *Queue) StationCode(ctx context.Context) (code string, err error) {
	err = q.read(ctx, func(tx *transaction) error {
		if in(tx, bucketSetting) == nil || in(tx, bucketSetting).Get([]byte(keyStation)) == nil {
			return nil
		}
		id, err := stationID(tx)
		code = stationCode(id)
		return err
	})
	if code != "" || err != nil {
		return code, err
	}
	err = q.write(ctx, func(tx *transaction) error {
		id, err := stationID(tx)
		code = stationCode(id)
		return err
	})
	return code, err
}

// codeLetters leave out what is misread: I, L, O and U.
const codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// The letters of a station's code: those that name it, and those that check them.
const (
	codeNames  = 10
	codeChecks = 2
)

func stationCode(id string) string {
	name := letters32("station "+id, codeNames)
	all := name + letters32("check "+name, codeChecks)
	return all[:4] + "-" + all[4:8] + "-" + all[8:]
}

func letters32(of string, n int) string {
	sum := sha256.Sum256([]byte(of))
	return base32.NewEncoding(codeLetters).WithPadding(base32.NoPadding).EncodeToString(sum[:])[:n]
}

// ErrStationCode is that a text is no station's code: a letter is wrong.
var ErrStationCode = errors.New("this is not a station's code")

// ParseStationCode gives a station's code as StationCode writes it, whatever its
// case and its dashes, or ErrStationCode.
func ParseStationCode(text string) (string, error) {
	plain := strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(text))
	if len(plain) != codeNames+codeChecks || strings.Trim(plain, codeLetters) != "" ||
		letters32("check "+plain[:codeNames], codeChecks) != plain[codeNames:] {
		return "", ErrStationCode
	}
	return plain[:4] + "-" + plain[4:8] + "-" + plain[8:], nil
}
