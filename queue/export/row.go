package export

import (
	"errors"
	"strings"

	"pkidstation/queue/autopilot"
)

// MaxValue is the longest value of a tuple, in bytes. Firmware's are half that.
const MaxValue = 128

// row gives the device's line without its end, or the column and the reason
// that it has none.
func row(device autopilot.Device) (line, column string, why Reason) {
	if device.Hash != "" {
		return hashed(device.Hashed())
	}
	if device.PKID != "" {
		if _, err := autopilot.ParsePKID(string(device.PKID)); err != nil {
			return "", columnPKID, BadPKID
		}
		return "," + string(device.PKID) + ",,,", "", ""
	}
	for _, value := range []struct{ column, text string }{
		{columnSerial, device.Serial}, {columnManufacturer, device.Manufacturer}, {columnModel, device.Model},
	} {
		if strings.TrimSpace(value.text) == "" {
			return "", "", NoIdentity
		}
		if why := reason(value.text); why != "" {
			return "", value.column, why
		}
	}
	return device.Serial + ",,," + device.Manufacturer + "," + device.Model, "", ""
}

// hashed is the line of a device that goes by its hardware hash: of what stands
// beside it, the PKID and the serial number, which must be those inside.
func hashed(device autopilot.Device) (line, column string, why Reason) {
	if _, err := autopilot.ParsePKID(string(device.PKID)); device.PKID != "" && err != nil {
		return "", columnPKID, BadPKID
	}
	if why := reason(device.Serial); why != "" {
		return "", columnSerial, why
	}
	err := device.Hash.Agrees(device)
	if e, ok := errors.AsType[*autopilot.HashMismatchError](err); ok {
		column = columnPKID
		if e.Field == autopilot.FieldSerial {
			column = columnSerial
		}
		return "", column, OtherDevice
	}
	if err != nil {
		return "", columnHash, Hash
	}
	return device.Serial + "," + string(device.PKID) + "," + string(device.Hash) + ",,", "", ""
}

// reason says why a value cannot stand in the file as it is, or "". Spaces in
// front hide no formula: a spreadsheet may take them off.
func reason(value string) Reason {
	switch {
	case len(value) > MaxValue:
		return TooLong
	case strings.IndexAny(strings.TrimLeft(value, " "), "=+-@\t\r") == 0:
		return Formula
	case strings.Contains(value, ","):
		return Comma
	case strings.Contains(value, `"`):
		return Quote
	case strings.ContainsAny(value, "\r\n"):
		return Newline
	case strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' }):
		return NonASCII
	default:
		return ""
	}
}
