package serial

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// DefaultBaud is the speed that nearly every scanner leaves the factory with.
// A USB scanner (CDC-ACM) ignores the speed.
const DefaultBaud = 9600

// ErrAddress says that an address is not DEVICE[@BAUD].
var ErrAddress = errors.New("not a serial port address (DEVICE or DEVICE@BAUD)")

var comName = regexp.MustCompile(`^(?i:(?:\\\\\.\\)?(COM[0-9]{1,3}):?)$`)

// Bauds are the speeds that can be opened, in bits a second, ascending.
func Bauds() []int {
	return []int{300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600}
}

// ParseAddress parts "/dev/ttyACM0@115200" or "COM3" into device and speed,
// which is DefaultBaud where none is given. Windows names are given as "COM3",
// whatever their spelling ("com3:", `\\.\COM3`). An '@' in a device's path
// needs the speed after it. The error is an ErrAddress.
func ParseAddress(address string) (device string, baud int, err error) {
	device, baud = address, DefaultBaud
	if at := strings.LastIndexByte(address, '@'); at >= 0 && !strings.Contains(address[at:], "/") {
		device = address[:at]
		if baud, err = parseBaud(address[at+1:]); err != nil {
			return "", 0, err
		}
	}
	if strings.TrimSpace(device) == "" || strings.ContainsRune(device, 0) {
		return "", 0, fmt.Errorf("%w: %q names no device", ErrAddress, address)
	}
	if name := comName.FindStringSubmatch(device); name != nil {
		device = strings.ToUpper(name[1])
	}
	return device, baud, nil
}

func parseBaud(text string) (int, error) {
	baud, err := strconv.Atoi(text)
	if err != nil || !slices.Contains(Bauds(), baud) {
		return 0, fmt.Errorf("%w: %q is no speed, use one of %v", ErrAddress, text, Bauds())
	}
	return baud, nil
}
