package main_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"pkidstation/queue"
)

// A usScanner is a scanner at the X server's keyboard: it presses the keys of an
// American one, whatever characters the server's layout makes of them. One
// xdotool does the pressing.
type usScanner struct {
	window *window
	script io.WriteCloser
	said   *bytes.Buffer
	done   chan error
	// delay is the time from key to key.
	delay time.Duration
}

func (w *window) usScanner(t *testing.T) *usScanner {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "xdotool", "-")
	cmd.Env = append(os.Environ(), "DISPLAY="+w.display)
	s := &usScanner{window: w, said: &bytes.Buffer{}, done: make(chan error, 1), delay: 5 * time.Millisecond}
	cmd.Stdout, cmd.Stderr = s.said, s.said
	script, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.script = script
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { s.done <- cmd.Wait() }()
	t.Cleanup(func() { _ = s.script.Close() })
	return s
}

// finish waits until all has been typed.
func (s *usScanner) finish(t *testing.T) {
	t.Helper()
	_ = s.script.Close()
	if err := <-s.done; err != nil {
		t.Errorf("xdotool: %v: %s", err, s.said)
	}
}

// do gives xdotool one line.
func (s *usScanner) do(t *testing.T, line string) {
	t.Helper()
	if _, err := io.WriteString(s.script, line+"\n"); err != nil {
		t.Fatalf("xdotool takes no more: %v: %s", err, s.said)
	}
}

const (
	shiftKey  = 50
	capsKey   = 66
	returnKey = 36
)

// code is the X key code of a character's key on an American keyboard, and
// whether it is typed with Shift.
func keyCode(c rune) (code int, shift bool) {
	rows := []struct {
		first          int
		plain, shifted string
	}{
		{10, "1234567890-=", "!@#$%^&*()_+"},
		{24, "qwertyuiop[]", "QWERTYUIOP{}"},
		{38, "asdfghjkl;'`", "ASDFGHJKL:\"~"},
		{51, `\zxcvbnm,./`, "|ZXCVBNM<>?"},
		{65, " ", " "},
	}
	for _, row := range rows {
		if n := strings.IndexRune(row.plain, c); n >= 0 {
			return row.first + n, false
		}
		if n := strings.IndexRune(row.shifted, c); n >= 0 {
			return row.first + n, true
		}
	}
	panic(fmt.Sprintf("an American keyboard has no %q", c))
}

// scan presses the keys of a code, and Return.
func (s *usScanner) scan(t *testing.T, code string) {
	t.Helper()
	for len(code) > 0 {
		_, shift := keyCode(rune(code[0]))
		keys := ""
		for len(code) > 0 {
			key, also := keyCode(rune(code[0]))
			if also != shift {
				break
			}
			keys += fmt.Sprint(" ", key)
			code = code[1:]
		}
		s.press(t, keys, shift)
	}
	s.press(t, fmt.Sprint(" ", returnKey), false)
}

func (s *usScanner) press(t *testing.T, keys string, shift bool) {
	t.Helper()
	if shift {
		s.do(t, fmt.Sprint("keydown ", shiftKey))
	}
	s.do(t, fmt.Sprintf("key --delay %d%s", s.delay.Milliseconds(), keys))
	if shift {
		s.do(t, fmt.Sprint("keyup ", shiftKey))
	}
}

// caps switches Caps Lock on, or off again.
func (s *usScanner) caps(t *testing.T) {
	t.Helper()
	s.do(t, fmt.Sprint("key ", capsKey))
}

// reads scans a code until the station says the verdict on the PKID with the
// last digits given. As a person would, it scans again what was refused, twice:
// a machine that stands still for longer than a scanner's pause parts a read.
func (s *usScanner) reads(t *testing.T, where, code, verdict, tail string) {
	t.Helper()
	s.scan(t, code)
	late, again := time.After(patience), 2
	for {
		select {
		case line, open := <-s.window.verdict:
			switch {
			case !open:
				t.Fatalf("%s: the program ended", where)
			case strings.Contains(line, "verdict="+verdict+" ") && strings.Contains(line, tail):
				return
			case strings.Contains(line, "verdict=refused ") && again > 0:
				t.Logf("%s: %q once more: %s", where, code, line)
				again--
				s.scan(t, code)
			}
		case <-late:
			s.window.picture(t, "stuck")
			t.Fatalf("%s: no verdict %s on …%s", where, verdict, tail)
		}
	}
}

// layout gives the X server another keyboard layout.
func (w *window) layout(t *testing.T, layout string) {
	t.Helper()
	name, variant, _ := strings.Cut(layout, "-")
	args := []string{"-layout", name, "-variant", variant}
	cmd := exec.CommandContext(t.Context(), "setxkbmap", args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+w.display)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("setxkbmap %v: %v: %s", args, err, out)
	}
}

// pkidOf is the PKID of a number, which its last four digits tell. It is no EAN.
func pkidOf(n int) string {
	digits := fmt.Sprintf("98765432%04d", n)
	sum := 0
	for i, c := range digits {
		sum += int(c-'0') * (1 + i%2*2)
	}
	return fmt.Sprint(digits, (10-sum%10+1)%10)
}

// kept are the serials and states of the entries, by PKID.
func kept(t *testing.T, data string) map[string]queue.Entry {
	t.Helper()
	q, err := queue.Open(data, queue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close() //nolint:errcheck // read only
	all := map[string]queue.Entry{}
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all[string(e.PKID)] = e
	}
	return all
}
