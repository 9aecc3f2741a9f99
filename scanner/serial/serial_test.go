package serial_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner"
	"pkidstation/scanner/serial"
)

var _ scanner.Source = (*serial.Source)(nil)

// A step is what one read of a scripted port gives, and after how long.
type step struct {
	after time.Duration
	data  string
	err   error
}

// A script is a port that plays steps and then repeats the last one.
type script struct {
	steps  []step
	probe  error // what a write of nothing gives
	reads  atomic.Int64
	closed atomic.Bool
}

func (s *script) Read(p []byte) (int, error) {
	at := min(int(s.reads.Add(1)), len(s.steps)) - 1
	timer := time.NewTimer(s.steps[at].after)
	defer timer.Stop()
	<-timer.C
	return copy(p, s.steps[at].data), s.steps[at].err
}

func (s *script) Write([]byte) (int, error) { return 0, s.probe }

func (s *script) Close() error {
	s.closed.Store(true)
	return nil
}

// idleLinux and idleWindows are what a silent port gives on either.
func idleLinux() step   { return step{after: serial.ReadTimeout, err: io.EOF} }
func idleWindows() step { return step{after: serial.ReadTimeout} }

// play takes the scans of a scripted port for a while of the bubble's time.
func play(t *testing.T, port *script, device string, length time.Duration) (texts []string, fault error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), length)
	defer cancel()
	source := serial.New(device, serial.DefaultBaud, serial.Options{})
	source.SetOpen(func(string, int) (serial.OpenedPort, error) { return port, nil })
	start := time.Now()
	for scan, err := range source.Scans(ctx) {
		if err != nil {
			fault = err
			continue
		}
		texts = append(texts, scan.Text)
	}
	if late := time.Since(start) - length; late > 500*time.Millisecond {
		t.Errorf("ended %v after its context", late)
	}
	if !port.closed.Load() {
		t.Error("the port was left open")
	}
	return texts, fault
}

func TestSilenceEndsARead(t *testing.T) {
	t.Parallel()
	for system, idle := range map[string]step{"linux": idleLinux(), "windows": idleWindows()} {
		t.Run(system, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				port := &script{steps: []step{
					idle,
					{after: 90 * time.Millisecond, data: "33051"},
					{after: 90 * time.Millisecond, data: "23456781"},
					idle, idle,
					{data: "one\rtwo"},
					idle,
				}}
				got, fault := play(t, port, device(t), time.Minute)
				if diff := cmp.Diff([]string{"3305123456781", "one", "two"}, got); diff != "" || fault != nil {
					t.Errorf("fault %v, (-want +got):\n%s", fault, diff)
				}
			})
		})
	}
}

func TestGoneIsLost(t *testing.T) {
	t.Parallel()
	broken := errors.New("input/output error")
	missing := filepath.Join(t.TempDir(), "ttyGONE")
	present := device(t)
	tests := map[string]struct {
		port   *script
		device string
	}{
		"an error":               {&script{steps: []step{{data: "one\rha"}, {err: broken}}}, present},
		"hung up, probe fails":   {&script{steps: []step{{data: "one\rha"}, {err: io.EOF}}, probe: broken}, present},
		"hung up, busy machine":  {&script{steps: []step{{data: "one\rha"}, idleLinux()}, probe: broken}, present},
		"hung up, device absent": {&script{steps: []step{{data: "one\rha"}, {err: io.EOF}}}, missing},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				got, fault := play(t, test.port, test.device, time.Hour)
				if diff := cmp.Diff([]string{"one"}, got); diff != "" {
					t.Errorf("half a read is no scan (-want +got):\n%s", diff)
				}
				wantLost(t, fault, test.device)
				if reads := test.port.reads.Load(); reads > 4 {
					t.Errorf("%d reads of a dead port", reads)
				}
			})
		})
	}
}

func TestHastyPortIsNoSpin(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		port := &script{steps: []step{{data: "ha"}, {err: io.EOF}}}
		got, fault := play(t, port, device(t), time.Minute)
		if len(got) > 0 || fault != nil {
			t.Errorf("got %v, %v from a port that is alive and silent", got, fault)
		}
		if reads := port.reads.Load(); reads > 4+2*int64(time.Minute/serial.ReadTimeout) {
			t.Errorf("%d reads in a minute", reads)
		}
	})
}

// TestHastyPortGivesAtOnce: reads that give nothing and come back at once are
// looked into when nothing else comes.
func TestHastyPortGivesAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hasty := step{err: io.EOF}
		port := &script{steps: []step{hasty, {data: "on"}, hasty, {data: "e\r"}, hasty, {data: "two\r"}, idleLinux()}}
		got, fault := play(t, port, device(t), serial.ReadTimeout/2)
		if diff := cmp.Diff([]string{"one", "two"}, got); diff != "" || fault != nil {
			t.Errorf("fault %v, (-want +got):\n%s", fault, diff)
		}
	})
}

func TestSlowOpenIsLeft(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		port := &script{}
		source := serial.New("COM9", serial.DefaultBaud, serial.Options{})
		source.SetOpen(func(string, int) (serial.OpenedPort, error) {
			<-time.After(20 * time.Second)
			return port, nil
		})
		start := time.Now()
		for scan, err := range source.Scans(ctx) {
			t.Errorf("got %+v, %v", scan, err)
		}
		if took := time.Since(start); took > 1500*time.Millisecond {
			t.Errorf("ended after %v", took)
		}
		<-time.After(time.Minute)
		if !port.closed.Load() {
			t.Error("the port that nobody waited for was left open")
		}
	})
}

func TestTakerStops(t *testing.T) {
	t.Parallel()
	port := &script{steps: []step{{data: "one\rtwo\r"}}}
	source := serial.New(device(t), serial.DefaultBaud, serial.Options{})
	source.SetOpen(func(string, int) (serial.OpenedPort, error) { return port, nil })
	for scan, err := range source.Scans(t.Context()) {
		if scan.Text != "one" || err != nil {
			t.Errorf("got %+v, %v", scan, err)
		}
		break
	}
	if !port.closed.Load() {
		t.Error("the port was left open")
	}
}

// device is a path that exists.
func device(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tty")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func wantLost(t *testing.T, fault error, device string) {
	t.Helper()
	lost, ok := errors.AsType[*serial.LostError](fault)
	if !ok || !errors.Is(fault, serial.ErrLost) || lost.Device != device || lost.Err == nil {
		t.Errorf("fault = %v, want the LostError of %s", fault, device)
	}
}
