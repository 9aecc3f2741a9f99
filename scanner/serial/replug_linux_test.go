package serial_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"pkidstation/scanner"
	"pkidstation/scanner/serial"
)

// linkTo is a lasting name of a device, as udev makes them.
func linkTo(t *testing.T, device string) string {
	t.Helper()
	link := filepath.Join(t.TempDir(), "usb-scanner-if00")
	point(t, link, device)
	return link
}

// point makes a link lead to a device, whatever it led to.
func point(t *testing.T, link, device string) {
	t.Helper()
	if err := errors.Join(os.Symlink(device, link+"~"), os.Rename(link+"~", link)); err != nil {
		t.Fatal(err)
	}
}

// A told is a link and when it was told.
type told struct {
	serial.Link
	at time.Time
}

// A follower takes a steady source and hands out what it gives.
type follower struct {
	links chan told
	scans chan scanner.Scan
	gone  chan struct{} // the device was looked for and not there
}

func followed(t *testing.T, device string) *follower {
	t.Helper()
	f := &follower{make(chan told, 100), make(chan scanner.Scan, 100), make(chan struct{}, 1)}
	source := serial.New(device, serial.DefaultBaud, serial.Options{})
	source.SetPresent(func(device string) bool {
		there := serial.Present(device)
		if !there {
			select {
			case f.gone <- struct{}{}:
			default:
			}
		}
		return there
	})
	ctx, cancel := context.WithCancel(t.Context())
	var taking sync.WaitGroup
	taking.Go(func() {
		steady := serial.Steady(source, func(link serial.Link) { f.links <- told{link, time.Now()} })
		for scan, err := range steady.Scans(ctx) {
			if err != nil || scan.Source != "serial:"+device {
				t.Errorf("scan %+v, %v", scan, err)
			}
			f.scans <- scan
		}
	})
	t.Cleanup(func() { cancel(); taking.Wait() })
	return f
}

// patience is how long a test waits for what must come; how long it may take is
// measured.
const patience = 30 * time.Second

// wantLink waits for the next link and gives when it was told.
func (f *follower) wantLink(t *testing.T, state serial.State, why error) time.Time {
	t.Helper()
	select {
	case link := <-f.links:
		if link.State != state || !errors.Is(link.Err, why) {
			t.Fatalf("link %+v, want %s, %v", link, state, why)
		}
		return link.at
	case <-time.After(patience):
		t.Fatalf("no link, want %s", state)
		return time.Time{}
	}
}

func (f *follower) wantScan(t *testing.T, text string) {
	t.Helper()
	select {
	case scan := <-f.scans:
		if scan.Text != text {
			t.Fatalf("scan %q, want %q", scan.Text, text)
		}
	case <-time.After(patience):
		t.Fatalf("no scan, want %q", text)
	}
}

// A replugger unplugs one scanner and plugs it in again, each time on another
// terminal under the same name.
type replugger struct {
	*follower
	name    string
	cable   cable
	plugged time.Time
}

func (r *replugger) plugIn(t *testing.T) {
	t.Helper()
	r.cable = lay(t)
	point(t, r.name, r.cable.device)
	r.plugged = time.Now()
}

// use sends codes in pieces as soon as the scanner is connected; every one
// arrives. It gives how long connecting took.
func (r *replugger) use(t *testing.T, n int) time.Duration {
	t.Helper()
	took := r.wantLink(t, serial.Connected, nil).Sub(r.plugged)
	for i := range 1 + n%7 {
		text := fmt.Sprintf("33051%04d%04d", n, i)
		r.cable.send(t, text[:5])
		r.cable.send(t, text[5:]+[]string{"\r", "\r\n", "\n"}[n%3])
		r.wantScan(t, text)
	}
	return took
}

// pull unplugs: by hanging up, false where that is not permitted, or by closing
// the other end. The name goes first where the terminal could be opened again.
func (r *replugger) pull(t *testing.T, hangUp bool) bool {
	t.Helper()
	defer r.cable.take()
	if hangUp {
		_ = os.Remove(r.name)
		hangUp = hungUp(t, r.cable)
	}
	if !hangUp {
		_ = r.cable.scanner.Close()
		_ = os.Remove(r.name)
	}
	select { // seen in an earlier cycle
	case <-r.gone:
	default:
	}
	r.wantLink(t, serial.Lost, serial.ErrLost)
	return hangUp
}

// missed waits until the name was looked for.
func (r *replugger) missed(t *testing.T) {
	t.Helper()
	select {
	case <-r.gone:
	case <-time.After(patience):
		t.Fatal("nobody looks for it")
	}
}

// TestReplugging: 200 cycles, on 8 scanners at a time, or on each of them. Every
// fifth time the name is back before it was missed.
func TestReplugging(t *testing.T) {
	t.Parallel()
	scanners, cycles := make([]*replugger, 8), 25
	if torture() {
		cycles = 200
	}
	for i := range scanners {
		name := linkTo(t, "/dev/absent")
		scanners[i] = &replugger{follower: followed(t, name), name: name}
		scanners[i].wantLink(t, serial.Refused, serial.ErrNotFound)
	}
	var slowest time.Duration
	hung := 0
	for n := range cycles {
		for _, r := range scanners {
			r.plugIn(t)
		}
		for _, r := range scanners {
			slowest = max(slowest, r.use(t, n))
		}
		for i, r := range scanners {
			if r.pull(t, (n+i)%2 == 1) {
				hung++
			}
		}
		for _, r := range scanners {
			if n%5 != 4 {
				r.missed(t)
			}
		}
	}
	if slowest > 2*time.Second {
		t.Errorf("back %v after its name", slowest)
	}
	if hung == 0 {
		t.Log("hanging a terminal up needs root: the other end was closed every time")
	}
	t.Logf("%d cycles, %d of them by hanging up, back after %v at most", cycles*len(scanners), hung, slowest)
}

// TestSeveralScanners: each is told by the name that it was given, also where
// two names are one kind of scanner, and nobody gets another's codes.
func TestSeveralScanners(t *testing.T) {
	t.Parallel()
	const scanners, codes = 4, 50
	var sending sync.WaitGroup
	defer sending.Wait()
	for n := range scanners {
		cable := plug(t)
		f := followed(t, linkTo(t, cable.device)) // it checks the name of each scan
		f.wantLink(t, serial.Connected, nil)
		sending.Go(func() {
			for i := range codes {
				cable.send(t, fmt.Sprintf("%d-%d\r", n, i))
			}
		})
		defer func() {
			for i := range codes {
				f.wantScan(t, fmt.Sprintf("%d-%d", n, i))
			}
		}()
	}
}
