package serial

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// A Port is a serial port of this machine that a scanner may be on.
type Port struct {
	// Name is what to open and to remember: the most lasting name the system
	// has, such as "/dev/serial/by-id/usb-Honeywell_1470g_18A-if00" or "COM3".
	Name string
	// Node is what the system calls it as long as it stays plugged in, such as
	// "/dev/ttyACM0" or "COM3".
	Node string
	// VID and PID are its USB vendor and product id, four hexadecimal digits in
	// lower case; empty for what is not on USB.
	VID, PID string
	// Maker, Product and Serial are what is known of the device, each empty
	// where nothing is. The device says them of itself: they are printable and
	// short, and nothing to rely on.
	Maker, Product, Serial string
}

// IsScanner says that the maker is known for scanners. Where it does not, it
// may be one all the same.
func (p Port) IsScanner() bool { return makerOf(p.VID) != "" }

// Is says whether a device, as a person or a configuration names it, is this
// port now.
func (p Port) Is(device string) bool {
	return device == p.Name || device == p.Node || same(device, p.Node)
}

// String describes the port to a person: "Honeywell Voyager 1470g (ttyACM0)".
func (p Port) String() string {
	node := filepath.Base(p.Node)
	what := p.Product
	if !strings.HasPrefix(strings.ToLower(what), strings.ToLower(p.Maker)) {
		what = strings.TrimSpace(p.Maker + " " + what)
	}
	switch {
	case what == "":
		return node
	case strings.Contains(what, "("+node+")"): // Windows' "USB Serial Device (COM3)"
		return what
	default:
		return what + " (" + node + ")"
	}
}

// Ports lists the ports that a scanner may be on, by name.
func Ports(ctx context.Context) ([]Port, error) { return Finder{}.Ports(ctx) }

// A Finder lists ports. Its zero value looks where the system has them.
type Finder struct {
	// Root stands before /dev and /sys, on Linux: a folder with
	// dev/serial/by-id and sys/class/tty, for trying things without a scanner.
	Root string
}

// Ports lists the ports that a scanner may be on, by name.
func (f Finder) Ports(ctx context.Context) ([]Port, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return f.look().ports()
}

func sorted(ports []Port) []Port {
	slices.SortFunc(ports, func(a, b Port) int { return cmp.Compare(a.Name, b.Name) })
	return ports
}

// printable is what a device says of itself, fit to be shown.
func printable(said string) string {
	const most = 64
	kept := []rune(strings.Join(strings.FieldsFunc(said, func(r rune) bool {
		return r == unicode.ReplacementChar || unicode.IsSpace(r) || !unicode.IsPrint(r)
	}), " "))
	return strings.TrimSpace(string(kept[:min(len(kept), most)]))
}
