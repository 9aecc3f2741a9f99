package label

import (
	"strconv"
	"strings"
)

// The express service codes of Dell's tags of seven characters: base 36
// written in base 10.
const (
	leastExpress = 36 * 36 * 36 * 36 * 36 * 36
	mostExpress  = leastExpress*36 - 1
)

// isExpressCode says whether digits are the express service code of a tag of
// seven characters.
func isExpressCode(text string) bool {
	number, ok := plainNumber(text)
	return ok && number >= leastExpress && number <= mostExpress
}

// tagOf is the service tag that an express service code stands for.
func tagOf(express string) string {
	number, _ := plainNumber(express)
	return strings.ToUpper(strconv.FormatUint(number, 36))
}

// plainNumber is the value of at most 12 digits that do not begin with zero.
func plainNumber(text string) (uint64, bool) {
	if !digits(text) || len(text) > 12 || text[0] == '0' {
		return 0, false
	}
	number, err := strconv.ParseUint(text, 10, 64)
	return number, err == nil
}

// isSNID says whether digits can be an Acer SNID: YWW, the serial's number in
// six decimal digits, and the plant in two or three.
func isSNID(text string) bool {
	return (len(text) == 11 || len(text) == 12) && digits(text) && text[1:3] >= "01" && text[1:3] <= "53"
}

// hexOf is the part of Acer's 22 characters that a SNID stands for: year, week
// and the number, YWW and five hexadecimal digits. It is empty for a number
// that does not fit in them.
func hexOf(snid string) string {
	number, err := strconv.ParseUint(snid[3:9], 10, 64)
	if err != nil {
		return ""
	}
	hexadecimal := strings.ToUpper(strconv.FormatUint(number, 16))
	return snid[:3] + strings.Repeat("0", 5-len(hexadecimal)) + hexadecimal
}

// stands is what a code stands for: the tag of an express service code, the
// inside of the serial for a SNID.
func stands(reason Reason, value string) string {
	if reason == ExpressCode {
		return tagOf(value)
	}
	if reason == SNID {
		return hexOf(value)
	}
	return ""
}

// Proves says whether a code is the other number of the device with that
// serial: Dell's express service code of a service tag, or Acer's SNID of the
// 22 characters. It goes both ways, a tag proves its express code too. It looks
// at the texts alone, since a SNID of 12 digits is taken for Surface's serial.
func Proves(c Code, serial string) bool {
	if c.Kind == PKID || c.Kind == Secret {
		return false
	}
	serial = strings.ToUpper(serial)
	return oneOther(c.Text, serial) || oneOther(serial, strings.ToUpper(c.Text))
}

// oneOther says whether number is the other number of the device with that
// serial.
func oneOther(number, serial string) bool {
	switch len(serial) {
	case 7:
		return isExpressCode(number) && tagOf(number) == serial
	case 22:
		return isSNID(number) && serial[10:18] == hexOf(number) && samePlant(number[9:], serial[18:20])
	default:
		return false
	}
}

// samePlant compares the plant where both write it in two digits. How a plant
// with a letter becomes three digits is not public, so it does not count.
func samePlant(ofSNID, ofSerial string) bool {
	return len(ofSNID) != 2 || !digits(ofSerial) || ofSNID == ofSerial
}
