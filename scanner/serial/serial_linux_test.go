package serial_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/sys/unix"

	"pkidstation/scanner"
	"pkidstation/scanner/serial"
)

// A cable is a pseudo terminal in the place of a scanner: what is written to
// the scanner's end arrives at the device.
type cable struct {
	scanner *os.File
	end     *os.File
	device  string
}

// plug makes a cable whose device is raw before anybody opens it, as a
// scanner's is.
func plug(t *testing.T) cable {
	t.Helper()
	cable := lay(t)
	t.Cleanup(cable.take)
	return cable
}

// lay makes a cable that is to be taken away.
func lay(t *testing.T) cable {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	settings, err := unix.IoctlGetTermios(int(slave.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	settings.Iflag, settings.Oflag, settings.Lflag = 0, 0, 0
	if err := unix.IoctlSetTermios(int(slave.Fd()), unix.TCSETS, settings); err != nil {
		t.Fatal(err)
	}
	return cable{scanner: master, end: slave, device: slave.Name()}
}

func (c cable) take() { _, _ = c.scanner.Close(), c.end.Close() }

func (c cable) send(t *testing.T, data string) {
	t.Helper()
	if _, err := c.scanner.WriteString(data); err != nil {
		t.Error(err)
	}
}

// counter is a real port that counts how often it is read.
type counter struct {
	serial.OpenedPort
	reads *atomic.Int64
}

func (c counter) Read(p []byte) (int, error) {
	c.reads.Add(1)
	return c.OpenedPort.Read(p)
}

func (c counter) Await(ctx context.Context) {
	c.OpenedPort.(interface{ Await(ctx context.Context) }).Await(ctx) //nolint:forcetypeassert // a real one can
}

// counting makes a source count the reads of its real port.
func counting(source *serial.Source) *atomic.Int64 {
	reads := new(atomic.Int64)
	source.SetOpen(func(device string, baud int) (serial.OpenedPort, error) {
		port, err := serial.OpenPort(device, baud)
		if err != nil {
			return nil, err
		}
		return counter{port, reads}, nil
	})
	return reads
}

func TestFramingOnARealPort(t *testing.T) {
	t.Parallel()
	cable := plug(t)
	next := take(t, serial.New(cable.device, 115200, serial.Options{}))
	exchanges := []struct {
		send string
		want []scanner.Scan
	}{
		{"one\rtwo\r", []scanner.Scan{{Text: "one"}, {Text: "two"}}},
		{"\x02three\x03", []scanner.Scan{{Text: "three"}}},
		{"NR\r]E04006381333931\r\n", []scanner.Scan{{Text: "4006381333931", AIM: "]E0", Symbology: scanner.EAN13}}},
		{"no ending", []scanner.Scan{{Text: "no ending"}}},
		{strings.Repeat("7", 5000) + "\r", []scanner.Scan{{Text: strings.Repeat("7", scanner.MaxText), Cut: true}}},
	}
	for _, exchange := range exchanges {
		var sending sync.WaitGroup
		sending.Go(func() { cable.send(t, exchange.send) })
		for _, want := range exchange.want {
			got := next()
			if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(scanner.Scan{}, "Source", "At", "Trace")); diff != "" {
				t.Errorf("%.20q (-want +got):\n%s", exchange.send, diff)
			}
		}
		sending.Wait()
	}
}

// TestSilentPortIsNotRead: a port that gives nothing is left alone, and is heard at
// once all the same; silence ends what is half received.
func TestSilentPortIsNotRead(t *testing.T) {
	t.Parallel()
	cable := plug(t)
	source := serial.New(cable.device, serial.DefaultBaud, serial.Options{})
	reads := counting(source)
	next := take(t, source)
	for _, code := range []string{"one\r", "no ending", "\x02", "three\r"} {
		cable.send(t, code)
		if want := strings.Trim(code, "\x02\r"); want != "" {
			if got := next(); got.Text != want || got.Trace.Raw != code {
				t.Errorf("%q was read as %q: %q", code, got.Text, got.Trace.Raw)
			}
		}
		<-time.After(3 * serial.ReadTimeout) // it is the silence that is tried
	}
	before := reads.Load()
	<-time.After(5 * serial.ReadTimeout)
	if n := reads.Load() - before; n > 0 || before > 12 {
		t.Errorf("%d reads of a silent port, %d before", n, before)
	}
}

func TestContextEndsPort(t *testing.T) {
	t.Parallel()
	cable := plug(t)
	source := serial.New(cable.device, serial.DefaultBaud, serial.Options{})
	for range 2 { // the second time shows that the port was let go
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		start := time.Now()
		for scan, err := range source.Scans(ctx) {
			t.Errorf("got %+v, %v", scan, err)
		}
		if took := time.Since(start); took > 800*time.Millisecond {
			t.Errorf("ended %v after its start, want 300 ms and at most 500 ms more", took)
		}
	}
}

func TestUnplugged(t *testing.T) {
	t.Parallel()
	unplugs := map[string]func(*testing.T, cable){
		"other end closed": func(_ *testing.T, cable cable) { _ = cable.scanner.Close() },
		"hung up":          hangUp,
	}
	for name, unplug := range unplugs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cable := plug(t)
			source := serial.New(cable.device, serial.DefaultBaud, serial.Options{})
			reads := counting(source)
			cable.send(t, "one\r")
			var texts []string
			var fault error
			for scan, err := range source.Scans(t.Context()) {
				if err != nil {
					fault = err
					continue
				}
				texts = append(texts, scan.Text)
				unplug(t, cable)
			}
			if !slices.Equal(texts, []string{"one"}) {
				t.Errorf("texts = %q", texts)
			}
			wantLost(t, fault, cable.device)
			if n := reads.Load(); n > 10 {
				t.Errorf("%d reads of a dead port", n)
			}
		})
	}
}

// hangUp does what the kernel does to the port of a USB scanner whose cable is
// pulled: reads give the end of the file for ever.
func hangUp(t *testing.T, cable cable) {
	t.Helper()
	if !hungUp(t, cable) {
		t.Skip("hanging a terminal up needs root")
	}
}

// hungUp is false where it is not permitted.
func hungUp(t *testing.T, cable cable) bool {
	t.Helper()
	other, err := os.OpenFile(cable.device, os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	err = unix.IoctlSetInt(int(other.Fd()), unix.TIOCVHANGUP, 0)
	if err != nil && !errors.Is(err, unix.EPERM) {
		t.Fatal(err)
	}
	return err == nil
}

//nolint:paralleltest // a process that is forked meanwhile has the lock until it begins
func TestPortHasOneOwner(t *testing.T) {
	cable := plug(t)
	link := filepath.Join(t.TempDir(), "by-id")
	if err := os.Symlink(cable.device, link); err != nil {
		t.Fatal(err)
	}
	first, err := serial.OpenPort(cable.device, serial.DefaultBaud)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{cable.device, link} {
		wantRefused(t, name, serial.ErrBusy)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second, err := serial.OpenPort(link, serial.DefaultBaud)
	if err != nil {
		t.Fatalf("a port that was let go is refused: %v", err)
	}
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	tests := map[string]struct {
		device string
		want   error
	}{
		"absent":     {filepath.Join(folder, "ttyUSB9"), serial.ErrNotFound},
		"a folder":   {folder, serial.ErrNotSerial},
		"a file":     {device(t), serial.ErrNotSerial},
		"no tty":     {"/dev/null", serial.ErrNotSerial},
		"below file": {"/dev/null/tty", serial.ErrNotFound},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantRefused(t, test.device, test.want)
		})
	}
}

func TestRefusedPermission(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("root may open every device")
	}
	cable := plug(t)
	if err := os.Chmod(cable.device, 0); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, cable.device, serial.ErrPermission)
}

func TestPermissionIsTold(t *testing.T) {
	t.Parallel()
	source := serial.New("/dev/ttyS0", serial.DefaultBaud, serial.Options{})
	source.SetOpen(func(device string, _ int) (serial.OpenedPort, error) {
		return nil, serial.OpenFailed(device, &os.PathError{Op: "open", Path: device, Err: syscall.EACCES})
	})
	wantFault(t, source, "/dev/ttyS0", serial.ErrPermission)
}

func TestRefusedBaud(t *testing.T) {
	t.Parallel()
	wantFault(t, serial.New(plug(t).device, 14400, serial.Options{}), "", serial.ErrBaud)
}

func wantRefused(t *testing.T, device string, want error) {
	t.Helper()
	wantFault(t, serial.New(device, serial.DefaultBaud, serial.Options{}), device, want)
}

// wantFault checks that an error, and nothing else, comes of a source.
func wantFault(t *testing.T, source *serial.Source, device string, want error) {
	t.Helper()
	var faults []error
	for scan, err := range source.Scans(t.Context()) {
		if err == nil {
			t.Fatalf("got %+v", scan)
		}
		faults = append(faults, err)
	}
	if len(faults) != 1 || !errors.Is(faults[0], want) {
		t.Fatalf("faults = %v, want %v", faults, want)
	}
	if refused, ok := errors.AsType[*serial.OpenError](faults[0]); !ok || device != "" && refused.Device != device {
		t.Errorf("fault = %#v, want the OpenError of %s", faults[0], device)
	}
}

// take hands out a source's scans one by one while it keeps its port open.
func take(t *testing.T, source *serial.Source) (next func() scanner.Scan) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	scans := make(chan scanner.Scan)
	var taking sync.WaitGroup
	taking.Go(func() {
		for scan, err := range source.Scans(ctx) {
			if err != nil {
				t.Error(err)
				return
			}
			select {
			case scans <- scan:
			case <-ctx.Done():
			}
		}
	})
	t.Cleanup(func() { cancel(); taking.Wait() })
	return func() scanner.Scan {
		select {
		case scan := <-scans:
			return scan
		case <-time.After(5 * time.Second):
			t.Fatal("no scan within 5 s")
			return scanner.Scan{}
		}
	}
}
