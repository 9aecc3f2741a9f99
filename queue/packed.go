package queue

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"strings"
	"time"

	"github.com/google/uuid"
)

// packedVersion is the version of records as queue.db has them: a record of
// version 2 with short signs for what comes again in each. The journal keeps the
// text; in queue.db a million of them are half of what they were.
//
//	3, checksum of the value in four bytes, the value's JSON with signs:
//	  0 and 16 bytes: a UUID      1 and 8 bytes: a time (UTC, nanoseconds)
//	  2 and 32 bytes: a hash      3 and a byte: a word of packedWords from 29 on
//	  4 to 31: a word of packedWords, the first 28
//
// JSON as it is written here has no byte below 32, so a sign is never text.
const packedVersion = 3

const (
	signUUID  = 0
	signTime  = 1
	signHash  = 2
	signWord  = 3
	firstWord = 4
	shortOnes = ' ' - firstWord
)

// packedWords are read by their place for ever: new ones go to the end.
//
//nolint:gochecknoglobals // a table that does not change
var packedWords = strings.Split(`{"id":"|","seq":|,"reception":"|","number":|,"pkid":"|","customer":"|","group_tag":"|","order":"|`+
	`","state":"ready"|","captured_at":"|","changed_at":"|","operator":"|","station":"|","source":"|","reads":[{"text":"|`+
	`","symbology":"code128"|,"aim":"]C0"|,"source":"serial|","event":"|","at":"|{"number":|,"at":"|","by":"|","action":"|`+
	`","entry":"|","to":"|","before":"|","hash":"|`+
	`","serial":"|","manufacturer":"|","model":"|","part":"|","pallet":"|","state":"held"|","state":"registered"|","state":"rejected"|`+
	`","state":"planned"|","state":"submitted"|","reason":"|","hold":"|","done":true|","other":"|","plan":"|,"plan":"plan-|`+
	`","batch":"|","tracking_id":"|","sent":true|","device_id":"|","code":"|","answer":"|","profile":{|","from":"|`+
	`"symbology":"|","aim":"|"},{"text":"|capture|submit|outcome|","note":"|ready|planned|submitted|registered|discarded|`+
	`,"captured_at":"|,"source":"|,"reads":[{"text":"|","from":"ready"|,"to":"|,"before":"|,"tracking_id":"|,"device_id":"|"}]}|`+
	`autopilot|,"pkid":"|,"customer":"|,"sent":true|,"batch":"|keyboard|camera|,"state":"discarded"|,"state":"exported"`, "|")

// pack makes a record short for queue.db. What is not of version 2, or would not
// come back letter for letter, stays as it is.
func pack(data []byte) []byte {
	value, ok := sealed(data)
	if !ok {
		return data
	}
	short := make([]byte, 0, len(data)/2)
	short = append(short, packedVersion)
	short = binary.BigEndian.AppendUint32(short, crc32.Checksum(value, castagnoli))
	for i := 0; i < len(value); {
		if value[i] < ' ' {
			return data
		}
		var n int
		if short, n = appendSign(short, value[i:], i > 0 && value[i-1] == '"'); n == 0 {
			short, n = append(short, value[i]), 1
		}
		i += n
	}
	if back, err := unpack(short); err != nil || !bytes.Equal(back, data) {
		return data
	}
	return short
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli) //nolint:gochecknoglobals // a table

// head is the envelope of a record of version 2 up to its value.
const (
	head    = `{"v":2,"sum":"`
	midst   = `","value":`
	headLen = len(head) + 8 + len(midst)
)

// sealed is the value of a record that is written as encode writes it, and whole.
func sealed(data []byte) ([]byte, bool) {
	if len(data) < headLen+3 || string(data[:len(head)]) != head || string(data[len(head)+8:headLen]) != midst || data[len(data)-1] != '}' {
		return nil, false
	}
	value := data[headLen : len(data)-1]
	return value, string(data[len(head):len(head)+8]) == sumOf(value)
}

// appendSign appends the sign for what text begins with, and says how much of it
// that is. begins says that a string begins there.
func appendSign(short, text []byte, begins bool) ([]byte, int) {
	if begins {
		if fresh, n := appendValue(short, text); n > 0 {
			return fresh, n
		}
	}
	best := -1
	for _, at := range wordsBy[text[0]] {
		if w := packedWords[at]; len(w) <= len(text) && string(text[:len(w)]) == w && (best < 0 || len(w) > len(packedWords[best])) {
			best = at
		}
	}
	switch {
	case best < 0:
		return short, 0
	case best < shortOnes:
		return append(short, byte(firstWord+best)), len(packedWords[best])
	default:
		return append(short, signWord, byte(best-shortOnes)), len(packedWords[best])
	}
}

// wordsBy are the places of packedWords by their first byte.
//
//nolint:gochecknoglobals // a table that does not change
var wordsBy = func() (by [256][]int) {
	for at, w := range packedWords {
		by[w[0]] = append(by[w[0]], at)
	}
	return by
}()

// appendValue appends the UUID, time or hash that is the whole string that text
// begins with.
func appendValue(short, text []byte) ([]byte, int) {
	n := bytes.IndexByte(text[:min(len(text), 65)], '"')
	switch {
	case n == 36:
		if id, err := uuid.ParseBytes(text[:n]); err == nil && id.String() == string(text[:n]) {
			return append(append(short, signUUID), id[:]...), n
		}
	case n == 64:
		if hash, err := hex.DecodeString(string(text[:n])); err == nil && hex.EncodeToString(hash) == string(text[:n]) {
			return append(append(short, signHash), hash...), n
		}
	case n >= 20 && n <= 30 && text[n-1] == 'Z' && text[10] == 'T':
		at, err := time.Parse(time.RFC3339Nano, string(text[:n]))
		if err == nil && at.Year() > 1700 && at.Year() < 2200 && at.Format(time.RFC3339Nano) == string(text[:n]) {
			return binary.BigEndian.AppendUint64(append(short, signTime), uint64(at.UnixNano())), n
		}
	}
	return short, 0
}

// unpack gives the record that pack was given.
func unpack(short []byte) ([]byte, error) {
	value, sum, err := unpacked(make([]byte, 0, 4*len(short)), short)
	if err != nil {
		return nil, err
	}
	data := make([]byte, 0, headLen+len(value)+1)
	data = fmt.Appendf(data, "%s%08x%s", head, sum, midst)
	return append(append(data, value...), '}'), nil
}

// unpacked appends the value of a packed record, and gives the checksum that it
// should have.
func unpacked(value, short []byte) (_ []byte, sum uint32, err error) {
	if len(short) < 5 || short[0] != packedVersion {
		return nil, 0, fmt.Errorf("unpacking a record: %w", errBadChange)
	}
	sum = binary.BigEndian.Uint32(short[1:])
	for short = short[5:]; len(short) > 0; {
		sign := short[0]
		if sign >= ' ' {
			n := 1
			for n < len(short) && short[n] >= ' ' {
				n++
			}
			value, short = append(value, short[:n]...), short[n:]
			continue
		}
		room := [firstWord]int{17, 9, 33, 2}
		length := 1
		if sign < firstWord {
			length = room[sign] //nolint:gosec // it is below firstWord
		}
		if len(short) < length {
			return nil, 0, fmt.Errorf("unpacking a record: %w", errSum)
		}
		if value, err = appendUnpacked(value, sign, short[1:length]); err != nil {
			return nil, 0, err
		}
		short = short[length:]
	}
	return value, sum, nil
}

func appendUnpacked(value []byte, sign byte, of []byte) ([]byte, error) {
	at := int(sign) - firstWord
	switch sign {
	case signUUID:
		value = append(hex.AppendEncode(value, of[:4]), '-')
		value = append(hex.AppendEncode(value, of[4:6]), '-')
		value = append(hex.AppendEncode(value, of[6:8]), '-')
		value = append(hex.AppendEncode(value, of[8:10]), '-')
		return hex.AppendEncode(value, of[10:]), nil
	case signTime:
		return time.Unix(0, int64(binary.BigEndian.Uint64(of))).UTC().AppendFormat(value, time.RFC3339Nano), nil //nolint:gosec // as it was written
	case signHash:
		return hex.AppendEncode(value, of), nil
	case signWord:
		at = shortOnes + int(of[0])
	}
	if at >= len(packedWords) {
		return nil, fmt.Errorf("unpacking a record: %w", errSum)
	}
	return append(value, packedWords[at]...), nil
}
