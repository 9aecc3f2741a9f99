package serial_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/serial"
)

// A machine is a made-up /dev and /sys.
type machine struct{ root string }

func newMachine(t *testing.T) machine {
	t.Helper()
	m := machine{t.TempDir()}
	for _, screen := range []string{"tty0", "tty1", "console", "ptmx"} {
		m.tty(t, screen, "devices/virtual/tty/"+screen)
	}
	m.write(t, "sys/class/tty/console/active", "tty0 ttyS0\n")
	return m
}

func (m machine) path(name string) string { return filepath.Join(m.root, name) }

func (m machine) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(m.path(name)), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(m.path(name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (m machine) link(t *testing.T, name, target string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(m.path(name)), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, m.path(name)); err != nil {
		t.Fatal(err)
	}
}

func (m machine) remove(t *testing.T, name string) {
	t.Helper()
	if err := os.RemoveAll(m.path(name)); err != nil {
		t.Fatal(err)
	}
}

// tty makes a terminal and what sysfs has of it.
func (m machine) tty(t *testing.T, name, folder string) {
	t.Helper()
	m.write(t, "dev/"+name, "")
	m.write(t, "sys/"+folder+"/dev", "4:1\n")
	m.link(t, "sys/class/tty/"+name, "../../"+folder)
}

// behind puts a terminal on a device, in the folder that sysfs has for it.
func (m machine) behind(t *testing.T, name, device string) {
	t.Helper()
	folder := device + "/tty/" + name
	m.tty(t, name, folder)
	m.link(t, "sys/"+folder+"/device", "../../../"+filepath.Base(device))
}

const hub = "devices/pci0000:00/usb1/"

// cdc plugs a scanner in as a CDC-ACM device, as udev has it.
func (m machine) cdc(t *testing.T, name, socket, byID string, says map[string]string) {
	t.Helper()
	for file, text := range says {
		m.write(t, "sys/"+hub+socket+"/"+file, text+"\n")
	}
	m.behind(t, name, hub+socket+"/"+socket+":1.0")
	if byID != "" {
		m.link(t, "dev/serial/by-id/"+byID, "../../"+name)
	}
}

func (m machine) unplug(t *testing.T, name, socket, byID string) {
	t.Helper()
	m.remove(t, "dev/"+name)
	m.remove(t, "sys/class/tty/"+name)
	m.remove(t, "sys/"+hub+socket)
	m.remove(t, "dev/serial/by-id/"+byID) // the folder itself where it had none
}

const voyager = "usb-Honeywell_Voyager_1470g_18A-if00"

func honeywell() map[string]string {
	return map[string]string{
		"idVendor": "0c2e", "idProduct": "0b81", "manufacturer": "Honeywell", "product": "Voyager 1470g", "serial": "18A",
	}
}

func (m machine) ports(t *testing.T) []serial.Port {
	t.Helper()
	ports, err := serial.Finder{Root: m.root}.Ports(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range ports {
		ports[i].Name, ports[i].Node = strings.TrimPrefix(p.Name, m.root), strings.TrimPrefix(p.Node, m.root)
	}
	return ports
}

func TestPorts(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	m.cdc(t, "ttyACM0", "1-1", voyager, honeywell())
	// The same product twice, without serial number: one link for both.
	m.cdc(t, "ttyACM1", "1-2", "", map[string]string{"idVendor": "1eab", "idProduct": "1306", "product": "NLS \x1b[31m HR32\xff  "})
	m.link(t, "dev/serial/by-path/pci-0000:00-usb-0:2:1.0", "../../ttyACM1")
	m.link(t, "dev/serial/by-path/pci-0000:00-usb-0:1:1.0", "../../ttyACM0") // it has a better name
	// A USB to RS-232 adapter: the terminal is two folders below the device.
	for file, text := range map[string]string{"idVendor": "0403", "idProduct": "6001", "manufacturer": "FTDI", "product": "FT232R"} {
		m.write(t, "sys/"+hub+"1-3/"+file, text)
	}
	m.behind(t, "ttyUSB0", hub+"1-3/1-3:1.0/ttyUSB0")
	// On the board: one that is the console, one without hardware, one with.
	for name, kind := range map[string]string{"ttyS0": "4", "ttyS1": "0", "ttyS2": "4"} {
		m.behind(t, name, "devices/pnp0/00:"+name)
		m.write(t, "sys/devices/pnp0/00:"+name+"/tty/"+name+"/type", kind)
	}
	m.tty(t, "rfcomm0", "devices/virtual/tty/rfcomm0")                     // Bluetooth, not connected
	m.behind(t, "ttyACM9", hub+"1-9/1-9:1.0")                              // its node is not there yet
	m.remove(t, "dev/ttyACM9")                                             //
	m.link(t, "dev/serial/by-id/usb-Gone_Scanner-if00", "../../ttyACM8")   // udev is a moment late
	m.link(t, "dev/serial/by-id/usb-Made_Up_Scanner-if00", "../../../tty") // a pseudo terminal, say
	m.write(t, "tty", "")

	want := []serial.Port{
		{Name: "/dev/rfcomm0", Node: "/dev/rfcomm0"},
		{Name: "/dev/serial/by-id/" + voyager, Node: "/dev/ttyACM0", VID: "0c2e", PID: "0b81", Maker: "Honeywell", Product: "Voyager 1470g", Serial: "18A"},
		{Name: "/dev/serial/by-id/usb-Made_Up_Scanner-if00", Node: "/tty", Product: "Made Up Scanner"},
		{Name: "/dev/serial/by-path/pci-0000:00-usb-0:2:1.0", Node: "/dev/ttyACM1", VID: "1eab", PID: "1306", Maker: "Newland", Product: "NLS [31m HR32"},
		{Name: "/dev/ttyS2", Node: "/dev/ttyS2"},
		{Name: "/dev/ttyUSB0", Node: "/dev/ttyUSB0", VID: "0403", PID: "6001", Maker: "FTDI", Product: "FT232R"},
	}
	got := m.ports(t)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var words []string
	for _, p := range got {
		words = append(words, p.String())
	}
	described := []string{"rfcomm0", "Honeywell Voyager 1470g (ttyACM0)", "Made Up Scanner (tty)", "Newland NLS [31m HR32 (ttyACM1)", "ttyS2", "FTDI FT232R (ttyUSB0)"}
	if diff := cmp.Diff(described, words); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNoPortsAnywhere(t *testing.T) {
	t.Parallel()
	if ports := (machine{t.TempDir()}).ports(t); len(ports) > 0 {
		t.Errorf("ports %v", ports)
	}
	if _, err := serial.Ports(t.Context()); err != nil {
		t.Errorf("of this machine: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := serial.Ports(ended); err == nil {
		t.Error("listed after the end")
	}
}

// TestFoundPortOpens: what is listed can be opened by its name, and is one
// device under all of its names.
func TestFoundPortOpens(t *testing.T) {
	t.Parallel()
	m, cable := newMachine(t), plug(t)
	m.link(t, "dev/serial/by-id/"+voyager, cable.device)
	ports, err := serial.Finder{Root: m.root}.Ports(t.Context())
	if err != nil || len(ports) != 1 || ports[0].Node != cable.device || ports[0].String() != "Honeywell Voyager 1470g 18A ("+filepath.Base(cable.device)+")" {
		t.Fatalf("ports %+v, %v", ports, err)
	}
	for device, is := range map[string]bool{ports[0].Name: true, cable.device: true, linkTo(t, cable.device): true, "/dev/null": false, "/dev/absent": false} {
		if ports[0].Is(device) != is {
			t.Errorf("it is %s: %t, want %t", device, !is, is)
		}
	}
	f := followed(t, ports[0].Name)
	f.wantLink(t, serial.Connected, nil)
	wantRefused(t, ports[0].Node, serial.ErrBusy)
	cable.send(t, "one\r")
	f.wantScan(t, "one")
}

// changes hands out what a watch gives.
func changes(t *testing.T, m machine) (next func() (word string), none func(time.Duration)) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	said, ended := make(chan string), make(chan struct{})
	go func() {
		defer close(ended)
		for change := range (serial.Finder{Root: m.root}).Watch(ctx) {
			word := "-"
			if change.Plugged {
				word = "+"
			}
			select {
			case said <- word + filepath.Base(change.Port.Name):
			case <-ctx.Done():
			}
		}
	}()
	t.Cleanup(func() { cancel(); <-ended })
	next = func() string {
		t.Helper()
		select {
		case word := <-said:
			return word
		case <-time.After(patience):
			t.Fatal("no change")
			return ""
		}
	}
	none = func(length time.Duration) {
		t.Helper()
		select {
		case word := <-said:
			t.Fatalf("change %s", word)
		case <-time.After(length):
		}
	}
	return next, none
}

func TestWatch(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	m.cdc(t, "ttyACM0", "1-1", voyager, honeywell())
	m.cdc(t, "ttyACM5", "1-5", "", honeywell()) // there is no udev, perhaps
	next, none := changes(t, m)
	want := func(words ...string) {
		t.Helper()
		start := time.Now()
		for _, word := range words {
			if got := next(); got != word {
				t.Fatalf("change %s, want %s", got, word)
			}
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("%v told after %v", words, took)
		}
	}
	want("+"+voyager, "+ttyACM5")
	none(time.Second)

	m.cdc(t, "ttyACM1", "1-2", "usb-Newland-if00", map[string]string{"idVendor": "1eab", "idProduct": "1306"})
	m.behind(t, "ttyS4", "devices/pnp0/00:04")
	want("+usb-Newland-if00", "+ttyS4")

	m.remove(t, "dev/serial/by-id/"+voyager)
	m.link(t, "dev/serial/by-id/"+voyager, "../../ttyACM1") // another node, the same name
	m.unplug(t, "ttyACM0", "1-1", "absent")
	want("-usb-Newland-if00")
	m.unplug(t, "ttyACM1", "1-2", voyager)
	want("-" + voyager)
	none(time.Second)
}

// TestNothingStirs: where nothing comes or goes nobody looks, and what comes is found
// at once all the same, in whatever folder.
func TestNothingStirs(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	ctx, cancel := context.WithCancel(t.Context())
	looks, ended := make(chan int), make(chan struct{})
	go func() {
		defer close(ended)
		for ports := range (serial.Finder{Root: m.root}).Looks(ctx) {
			select {
			case looks <- len(ports):
			case <-ctx.Done():
			}
		}
	}()
	calm := func() {
		t.Helper()
		for n, still := 0, time.After(1500*time.Millisecond); ; n++ {
			select {
			case <-looks:
				still = time.After(1500 * time.Millisecond)
			case <-still:
				return
			}
			if n > 15 {
				t.Fatal("looked all the time")
			}
		}
	}
	calm()
	for ports, stir := range []func(){
		func() { m.remove(t, "dev/tty0") },
		func() { m.link(t, "dev/serial/by-path/first", "../../tty1") }, // and the folders
		func() { m.write(t, "tty", ""); m.link(t, "dev/serial/by-path/second", "../../../tty") },
		func() { m.write(t, "else", ""); m.link(t, "dev/serial/by-id/third", "../../../else") },
	} {
		stir()
		for found, late := -1, time.After(5*time.Second); found != max(ports-1, 0); {
			select {
			case found = <-looks:
			case <-late:
				t.Fatalf("stir %d: found %d ports", ports, found)
			}
		}
		calm()
	}
	began := time.Now()
	cancel()
	<-ended
	if took := time.Since(began); took > time.Second {
		t.Errorf("ended after %v", took)
	}
}

// TestWatchWaitsForTheLastingName: the kernel's name is not told when udev's
// comes a moment later, and is when none does.
func TestWatchWaitsForTheLastingName(t *testing.T) {
	t.Parallel()
	const node = "/dev/ttyACM0"
	bare := serial.Port{Name: node, Node: node, VID: "0c2e", PID: "0b81"}
	lasting := bare
	lasting.Name = "/dev/serial/by-id/" + voyager
	for name, test := range map[string]struct {
		looks [][]serial.Port
		want  []string
	}{
		"late":         {[][]serial.Port{{}, {bare}, {lasting}, {lasting}}, []string{"", "", "+" + voyager, ""}},
		"never":        {[][]serial.Port{{}, {bare}, {bare}, {bare}}, []string{"", "", "+ttyACM0", ""}},
		"at the start": {[][]serial.Port{{bare}, {bare}}, []string{"+ttyACM0", ""}},
		"flicker":      {[][]serial.Port{{}, {bare}, {}, {bare}, {}}, []string{"", "", "", "", ""}},
		"link goes":    {[][]serial.Port{{lasting}, {bare}, {}}, []string{"+" + voyager, "-" + voyager, ""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			compare := serial.Comparing()
			var got []string
			for _, ports := range test.looks {
				var words []string
				for _, change := range compare(ports) {
					words = append(words, map[bool]string{true: "+", false: "-"}[change.Plugged]+filepath.Base(change.Port.Name))
				}
				got = append(got, strings.Join(words, " "))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("told %q, want %q", got, test.want)
			}
		})
	}
}

func TestWatchTakerStops(t *testing.T) {
	t.Parallel()
	m := newMachine(t)
	m.cdc(t, "ttyACM0", "1-1", voyager, honeywell())
	m.cdc(t, "ttyACM1", "1-2", "", honeywell())
	told := 0
	for range (serial.Finder{Root: m.root}).Watch(t.Context()) {
		told++
		break
	}
	if told != 1 {
		t.Errorf("told %d", told)
	}
}
