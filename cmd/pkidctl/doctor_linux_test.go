package main_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"
)

// terminal opens a pseudo terminal.
func terminal(t *testing.T) (master, slave *os.File) {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = master.Close(), slave.Close() })
	return master, slave
}

func TestDoctorScannerOnASerialPort(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		code   int
		advice string
	}{
		"]C03305123456781\r]C05CG1234XYZ\r\n]E05901234123457\r": {0, "fine"},
		"3305123456781\r" + productKey + "\r]C05CG1234XYZ\r":    {3, "secret no-aim"},
	} {
		master, slave := terminal(t)
		go func() { fmt.Fprint(master, text) }() //nolint:errcheck // the findings tell
		got := runIt(t, t.TempDir(), "", nil, "doctor", "scanner", "--json", "--serial", slave.Name())
		got.want(t, want.code)
		all := findings(t, got.out)
		if len(all) != 4 || strings.Join(all[3].Advice, " ") != want.advice || strings.Contains(got.out, productKey[:11]) {
			t.Errorf("%q gives\n%s", text, got.out)
		}
	}
}

// typing is pkidctl doctor scanner in a terminal of its own.
type typing struct {
	cmd           *exec.Cmd
	master, slave *os.File
	before        unix.Termios

	mu   sync.Mutex
	said bytes.Buffer
	more chan struct{}
}

func typeInto(t *testing.T, args ...string) *typing {
	t.Helper()
	y := &typing{cmd: asPkidctl(t, t.TempDir(), append([]string{"doctor", "scanner"}, args...)...), more: make(chan struct{}, 1)}
	y.master, y.slave = terminal(t)
	y.before = y.mode(t)
	y.cmd.Stdin, y.cmd.Stdout, y.cmd.Stderr = y.slave, y.slave, y.slave
	if err := y.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		for buffer := make([]byte, 4096); ; {
			n, err := y.master.Read(buffer)
			y.mu.Lock()
			y.said.Write(buffer[:n])
			y.mu.Unlock()
			select {
			case y.more <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	}()
	y.until(t, "Ctrl+C") // by then it listens
	return y
}

func (y *typing) mode(t *testing.T) unix.Termios {
	t.Helper()
	mode, err := unix.IoctlGetTermios(int(y.slave.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return *mode
}

func (y *typing) text() string {
	y.mu.Lock()
	defer y.mu.Unlock()
	return y.said.String()
}

// until waits until it has said something.
func (y *typing) until(t *testing.T, what string) {
	t.Helper()
	late := time.After(30 * time.Second)
	for !strings.Contains(y.text(), what) {
		select {
		case <-y.more:
		case <-late:
			t.Fatalf("%q never came:\n%s", what, y.text())
		}
	}
}

// scan types a code with so much time for each key.
func (y *typing) scan(t *testing.T, code string, pace time.Duration) {
	t.Helper()
	tick := time.NewTicker(pace)
	defer tick.Stop()
	for _, r := range code {
		<-tick.C
		if _, err := io.WriteString(y.master, string(r)); err != nil {
			t.Fatal(err)
		}
	}
}

// ended waits for the end, and holds that the terminal is as it was.
func (y *typing) ended(t *testing.T, code int) {
	t.Helper()
	_ = y.cmd.Wait() // the code tells
	if got := y.cmd.ProcessState.ExitCode(); got != code {
		t.Errorf("exit %d, want %d:\n%s", got, code, y.text())
	}
	if diff := cmp.Diff(y.before, y.mode(t)); diff != "" {
		t.Errorf("the terminal is not as it was (-before +after):\n%s", diff)
	}
}

func TestDoctorScannerAtTheKeyboard(t *testing.T) {
	t.Parallel()
	y := typeInto(t, "--keyboard")
	if y.mode(t).Lflag&(unix.ECHO|unix.ICANON|unix.ISIG) != 0 {
		t.Error("it does not take the keys one by one")
	}
	for n, code := range []string{"]C03305123456781\r", "]C05CG1234XYZ\r", "]E05901234123457\r"} {
		y.scan(t, code, 3*time.Millisecond)
		y.until(t, fmt.Sprintf("Code %d of 3", n+1))
	}
	y.ended(t, 0)
	for _, want := range []string{"PKID · 3305123456781\r\n", "5CG1234XYZ\r\n", "Nothing to change"} {
		y.until(t, want) // what it said at last may still be on its way
	}
}

// TestDoctorScannerWithoutATerminator: a pause ends the read; a slow scanner is
// seen too.
func TestDoctorScannerWithoutATerminator(t *testing.T) {
	t.Parallel()
	y := typeInto(t, "--count", "1") // a terminal is --keyboard
	y.scan(t, "]C03305123456781", 60*time.Millisecond)
	y.until(t, "3305123456781")
	_ = y.cmd.Wait()
	if code := y.cmd.ProcessState.ExitCode(); code != 0 && code != 3 {
		t.Errorf("exit %d", code)
	}
}

func TestDoctorScannerShowsNoProductKey(t *testing.T) {
	t.Parallel()
	y := typeInto(t, "--count", "1", "--json")
	y.scan(t, productKey+"\r", 2*time.Millisecond)
	y.until(t, `"grade":"withheld"`)
	_ = y.cmd.Wait()
	if strings.Contains(y.text(), productKey[:11]) {
		t.Errorf("the product key is printed, or echoed:\n%s", y.text())
	}
}

// interrupt presses Ctrl+C until it is over: right behind another key it is the
// scanner's ETX.
func (y *typing) interrupt() {
	over := make(chan struct{})
	go func() {
		_ = y.cmd.Wait()
		close(over)
	}()
	again := time.NewTicker(200 * time.Millisecond)
	defer again.Stop()
	for {
		_, _ = y.master.WriteString("\x03")
		select {
		case <-over:
			return
		case <-again.C:
		}
	}
}

// TestDoctorScannerGivesTheTerminalBack, however it ends.
func TestDoctorScannerGivesTheTerminalBack(t *testing.T) {
	t.Parallel()
	for name, stop := range map[string]func(*typing){
		"Ctrl+C":    func(y *typing) { y.interrupt() },
		"interrupt": func(y *typing) { _ = y.cmd.Process.Signal(os.Interrupt) },
		"terminate": func(y *typing) { _ = y.cmd.Process.Signal(syscall.SIGTERM) },
		"hang up":   func(y *typing) { _ = y.cmd.Process.Signal(syscall.SIGHUP) },
		"quit":      func(y *typing) { _ = y.cmd.Process.Signal(syscall.SIGQUIT) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			y := typeInto(t)
			stop(y)
			y.ended(t, 1)
			y = typeInto(t)
			y.scan(t, "]C03305123456781\r", 3*time.Millisecond)
			y.until(t, "Code 1 of 3")
			stop(y)
			y.ended(t, 0)
		})
	}
}

// TestTheScannersETXIsNoCtrlC: framed by STX and ETX, a code ends nothing.
func TestTheScannersETXIsNoCtrlC(t *testing.T) {
	t.Parallel()
	y := typeInto(t, "--count", "1")
	_, _ = y.master.WriteString("\x02]C03305123456781\x03")
	y.until(t, "3305123456781")
	_ = y.cmd.Wait()
	if code := y.cmd.ProcessState.ExitCode(); code == 1 { // nothing was read
		t.Errorf("exit %d:\n%s", code, y.text())
	}
}
