package serial_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"pkidstation/scanner/serial"
)

// torture asks for the long forms: PKIDSTATION_TORTURE=1.
func torture() bool { return os.Getenv("PKIDSTATION_TORTURE") == "1" }

// What a child process of the tests does, and to which device.
const (
	childTask   = "PKIDSTATION_SERIAL_TEST_TASK"
	childDevice = "PKIDSTATION_SERIAL_TEST_DEVICE"
)

func TestMain(m *testing.M) {
	if task := os.Getenv(childTask); task != "" {
		child(task, os.Getenv(childDevice))
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child works until its input ends: it follows a device or watches for ports,
// says each change, and in the end how much of a core it took meanwhile.
func child(task, device string) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel()
	}()
	busy, start := cpuTime(), time.Now()
	switch task {
	case "follow":
		source := serial.Steady(serial.New(device, serial.DefaultBaud, serial.Options{}), func(link serial.Link) {
			fmt.Println(link.State, link.Err)
		})
		for scan, err := range source.Scans(ctx) {
			fmt.Println("scan", scan.Text, err)
		}
	case "watch":
		for range serial.Watch(ctx) {
			fmt.Println("change")
		}
	}
	fmt.Println("share", float64(cpuTime()-busy)/float64(time.Since(start)))
}

func cpuTime() time.Duration {
	var use unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &use); err != nil {
		panic(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// A worker is a child process.
type worker struct {
	cmd  *exec.Cmd
	stop io.Closer
	says *bufio.Scanner
}

func start(t *testing.T, task, device string) *worker {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childTask+"="+task, childDevice+"="+device)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return &worker{cmd: cmd, stop: in, says: bufio.NewScanner(out)}
}

// hear waits for what the child says next.
func (w *worker) hear(t *testing.T, want string) {
	t.Helper()
	if !w.says.Scan() || !strings.HasPrefix(w.says.Text(), want) {
		t.Fatalf("the child said %q, %v, want %q", w.says.Text(), w.says.Err(), want)
	}
}

// TestOneProcessHasAPort: a second one is refused, under whatever name, and gets
// the port within 2 s of the first one's end, however that ended.
func TestOneProcessHasAPort(t *testing.T) {
	t.Parallel()
	cable := plug(t)
	first := start(t, "follow", cable.device)
	first.hear(t, "connected")
	name := linkTo(t, cable.device)
	wantRefused(t, cable.device, serial.ErrBusy)
	wantRefused(t, name, serial.ErrBusy)

	f := followed(t, name)
	f.wantLink(t, serial.Refused, serial.ErrBusy)
	if err := first.cmd.Process.Kill(); err != nil { // kill -9
		t.Fatal(err)
	}
	freed := time.Now()
	f.wantLink(t, serial.Connected, nil)
	if took := time.Since(freed); took > 2*time.Second {
		t.Errorf("taken %v after it was free", took)
	}
	cable.send(t, "one\r")
	f.wantScan(t, "one")
}

// share ends the child and gives how much of a core it took.
func (w *worker) share(t *testing.T) float64 {
	t.Helper()
	if err := w.stop.Close(); err != nil {
		t.Fatal(err)
	}
	share := -1.0
	for w.says.Scan() {
		_, _ = fmt.Sscanf(w.says.Text(), "share %g", &share)
	}
	if share < 0 {
		t.Error("the child did not say what it took")
	}
	return share
}

// TestWaitingCostsNothing measures processor time, not time: a busy machine
// changes nothing.
func TestWaitingCostsNothing(t *testing.T) {
	t.Parallel()
	length := 4 * time.Second
	if torture() {
		length = time.Minute
	}
	held := plug(t)
	start(t, "follow", held.device).hear(t, "connected")
	unplugged := plug(t)
	name := linkTo(t, unplugged.device) // the terminal's own name soon is another test's
	tests := []struct {
		name, task, device, says string
		most                     float64
	}{
		{"absent", "follow", linkTo(t, "/dev/absent"), "refused", 0.02},
		{"refused", "follow", held.device, "refused", 0.02},
		{"unplugged", "follow", name, "connected", 0.02},
		{"silent", "follow", plug(t).device, "connected", 0.02},
		{"watching", "watch", "", "", 0.01},
	}
	workers := make([]*worker, len(tests))
	for i, test := range tests {
		workers[i] = start(t, test.task, test.device)
		if test.says != "" {
			workers[i].hear(t, test.says)
		}
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	unplugged.take()
	<-time.After(length)
	for i, test := range tests {
		share := workers[i].share(t)
		if share > test.most {
			t.Errorf("%s: %.2f %% of a core, want at most %.0f %%", test.name, share*100, test.most*100)
		}
		t.Logf("%s: %.2f %% of a core", test.name, share*100)
	}
}
