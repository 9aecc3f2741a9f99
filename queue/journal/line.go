package journal

import (
	"bytes"
	"hash/crc32"
	"slices"
	"strconv"
	"time"
)

const (
	// MaxBody is the longest body that Append takes: 64 MiB.
	MaxBody = 64 << 20
	// maxKind is the longest kind.
	maxKind = 32
	// maxSeq leaves room to count on from whatever a hostile file says.
	maxSeq = 1 << 62

	// stamp is RFC 3339 in UTC, to the millisecond.
	stamp = "2006-01-02T15:04:05.000Z"
	// minLine and maxLine are the lengths of a line with its '\n'.
	minLine = len("00000000 00000000 1 " + stamp + " k \n")
	maxLine = minLine + len("4611686018427387904") + maxKind + MaxBody
)

// A Line is one change of the queue as the journal holds it.
type Line struct {
	// Seq numbers the lines from 1 on, without a hole.
	Seq uint64
	// At is when the line was appended: UTC, to the millisecond. It orders nothing.
	At time.Time
	// Kind is one lower-case word.
	Kind string
	// Body is what the caller gave: no '\n' in it, JSON by custom.
	Body []byte
	// Sum is the CRC-32C of the line, and Prev that of the line before it, or 0
	// if there was none.
	Sum, Prev uint32
}

// mostHead is more than all of a line beside its body.
const mostHead = 128

// appendTo writes the line as it stands in the file to b, and sets its Sum.
func (l *Line) appendTo(b []byte) []byte {
	b = slices.Grow(b, len(l.Body)+mostHead)
	begin := len(b)
	b = append(b, "00000000 "...)
	b = appendHex(b, l.Prev)
	b = append(b, ' ')
	b = strconv.AppendUint(b, l.Seq, 10)
	b = append(b, ' ')
	b = l.At.AppendFormat(b, stamp)
	b = append(b, ' ')
	b = append(b, l.Kind...)
	b = append(b, ' ')
	b = append(b, l.Body...)
	l.Sum = sum(b[begin+9:])
	appendHex(b[begin:begin], l.Sum)
	return append(b, '\n')
}

// parse reads a line without its '\n'. Its Body is a part of text.
func parse(text []byte) (Line, bool) {
	if len(text) < minLine-1 || !headed(text) {
		return Line{}, false
	}
	want, _ := parseHex(text[:8])
	if sum(text[9:]) != want {
		return Line{}, false
	}
	fields := bytes.SplitN(text[18:], []byte(" "), 4)
	if len(fields) != 4 {
		return Line{}, false
	}
	l := Line{Kind: string(fields[2]), Body: fields[3], Sum: want}
	l.Prev, _ = parseHex(text[9:17])
	var err, badTime error
	l.Seq, err = strconv.ParseUint(string(fields[0]), 10, 64)
	l.At, badTime = time.Parse(stamp, string(fields[1]))
	if err != nil || badTime != nil || l.Seq == 0 || l.Seq > maxSeq || !isKind(l.Kind) {
		return Line{}, false
	}
	return l, true
}

// headed tells whether text begins with two checksums, as every line does.
func headed(text []byte) bool {
	if len(text) < 18 || text[8] != ' ' || text[17] != ' ' {
		return false
	}
	_, first := parseHex(text[:8])
	_, second := parseHex(text[9:17])
	return first && second
}

// isKind tells whether kind is one lower-case word.
func isKind(kind string) bool {
	for _, c := range []byte(kind) {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return kind != "" && len(kind) <= maxKind
}

// moment is t as a line can hold it. A clock that is out of its mind must not
// make a line that nobody can read.
func moment(t time.Time) time.Time {
	t = t.UTC().Truncate(time.Millisecond)
	if t.Year() < 0 || t.Year() > 9999 {
		return time.Time{}
	}
	return t
}

func sum(b []byte) uint32 { return crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)) }

// appendHex writes eight digits.
func appendHex(b []byte, n uint32) []byte {
	for shift := 28; shift >= 0; shift -= 4 {
		b = append(b, "0123456789abcdef"[n>>shift&0xf])
	}
	return b
}

// parseHex reads eight digits as appendHex writes them.
func parseHex(b []byte) (n uint32, ok bool) {
	for _, c := range b {
		switch {
		case '0' <= c && c <= '9':
			n = n<<4 | uint32(c-'0')
		case 'a' <= c && c <= 'f':
			n = n<<4 | uint32(c-'a'+10)
		default:
			return 0, false
		}
	}
	return n, true
}
