package autopilot

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// What a hardware hash is made of: base64 of "OA", the length of all in two bytes,
// little end first, then values: a type, a byte that is not known, the length of
// the whole value in two bytes, and what it is. Zeros fill it up. Texts end in a
// zero.
//
// Microsoft has not published it. Read from what others found out:
// https://oofhours.com/2022/08/02/connecting-the-dots-reverse-engineering-an-autopilot-hash/
// and the two programs that read it as Microsoft's OA3Tool does,
// https://github.com/MrWyss/DecodeAutopilotHash and
// https://github.com/okieselbach/SyncMLViewer (AutopilotUtility.cs). The head, the
// values and the types 14 to 17 were compared with a hash that is printed at
// https://oofhours.com/2022/08/02/connect-the-dots-remediating-the-autopilot-hardware-hash/,
// which is a virtual machine's and printed in part: it has no PKID. What was not:
// the type of the PKID on a device that has one, and the checksum, whose place
// nobody names. So that only what is plainly there is relied on, and what is not
// there contradicts nothing.
const (
	hashHead  = 4
	valueHead = 4

	valueSerial       = 14
	valueManufacturer = 16 // 15 is the firmware's maker
	valueModel        = 17
	valuePKID         = 24
)

// mostContent is the longest text of a hash that is believed.
const mostContent = 128

// HashContents is what a hardware hash plainly says of its device: as its firmware
// has it, each "" where it is not to be found.
type HashContents struct {
	PKID         PKID
	Serial       string
	Manufacturer string
	Model        string
}

// Contents gives what is in the hash; of a text that is none, nothing.
func (h HardwareHash) Contents() HashContents {
	raw, err := unpacked(string(h))
	if err != nil {
		return HashContents{}
	}
	return contents(raw)
}

// contents walks through the values of an unpacked hash, as far as they make sense.
func contents(raw []byte) (c HashContents) {
	values := raw[hashHead:int(binary.LittleEndian.Uint16(raw[2:]))]
	for len(values) >= valueHead {
		length := int(binary.LittleEndian.Uint16(values[2:]))
		if length < valueHead || length > len(values) {
			break
		}
		c.take(values[0], values[valueHead:length])
		values = values[length:]
	}
	return c
}

// take keeps the first value of each type.
func (c *HashContents) take(kind byte, value []byte) {
	text := content(value)
	switch kind {
	case valueSerial:
		c.Serial = cmp.Or(c.Serial, text)
	case valueManufacturer:
		c.Manufacturer = cmp.Or(c.Manufacturer, text)
	case valueModel:
		c.Model = cmp.Or(c.Model, text)
	case valuePKID:
		if id, err := ParsePKID(text); err == nil && c.PKID == "" {
			c.PKID = id
		}
	}
}

// content is a value as text, "" where it is none.
func content(value []byte) string {
	value, _, _ = bytes.Cut(value, []byte{0})
	text := strings.Trim(string(value), " ")
	if len(text) > mostContent || !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return ""
	}
	return text
}

// checkHashHead says whether bytes are a whole hash by their head.
func checkHashHead(raw []byte) error {
	if !bytes.HasPrefix(raw, []byte("OA")) {
		return ErrHashHead
	}
	switch length := int(binary.LittleEndian.Uint16(raw[2:])); {
	case length < hashHead:
		return ErrHashHead
	case length > len(raw):
		return ErrHashCut
	default:
		return nil
	}
}
