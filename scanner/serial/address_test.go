package serial_test

import (
	"errors"
	"testing"

	"pkidstation/scanner/serial"
)

func TestParseAddress(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		device string
		baud   int
	}{
		"/dev/ttyACM0":        {"/dev/ttyACM0", 9600},
		"/dev/ttyACM0@115200": {"/dev/ttyACM0", 115200},
		"/dev/serial/by-id/usb-Honeywell_1950g-if00@9600": {"/dev/serial/by-id/usb-Honeywell_1950g-if00", 9600},
		"/dev/odd@name/tty0":                              {"/dev/odd@name/tty0", 9600},
		"/dev/odd@name@1200":                              {"/dev/odd@name", 1200},
		"COM3":                                            {"COM3", 9600},
		"com10@38400":                                     {"COM10", 38400},
		`\\.\COM12`:                                       {"COM12", 9600},
		"COM4:":                                           {"COM4", 9600},
		"COMMON":                                          {"COMMON", 9600},
	}
	for address, want := range tests {
		device, baud, err := serial.ParseAddress(address)
		if err != nil || device != want.device || baud != want.baud {
			t.Errorf("ParseAddress(%q) = %q, %d, %v, want %+v", address, device, baud, err, want)
		}
	}
	for _, address := range []string{"", " ", "@9600", "/dev/tty@", "/dev/tty@fast", "/dev/tty@0", "/dev/tty@-9600", "/dev/tty@14400", "a\x00b"} {
		if device, baud, err := serial.ParseAddress(address); !errors.Is(err, serial.ErrAddress) {
			t.Errorf("ParseAddress(%q) = %q, %d, %v, want ErrAddress", address, device, baud, err)
		}
	}
}

func FuzzParseAddress(f *testing.F) {
	f.Add("/dev/ttyACM0@115200")
	f.Add(`\\.\com3:@9600`)
	f.Fuzz(func(t *testing.T, address string) {
		device, _, err := serial.ParseAddress(address)
		if (err == nil) != (device != "") {
			t.Errorf("ParseAddress(%q) = %q, %v", address, device, err)
		}
	})
}
