package main_test

import (
	"bufio"
	"context"
	"fmt"
	"image"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/scanner/command"
)

const (
	tenant   = "11111111-aaaa-4aaa-8aaa-111111111111"
	patience = 60 * time.Second
)

// TestWindow runs the real program in a real window under Xvfb, types scans
// with xdotool as a scanner would while the focus is anywhere, and takes
// pictures of both screens.
func TestWindow(t *testing.T) {
	needs(t, "Xvfb", "xdotool")
	server := partnercentertest.NewServer(partnercentertest.Options{
		Customers: []autopilot.Customer{{ID: tenant, Name: "Contoso SARL", Relationship: autopilot.RelationshipReseller}},
		Directory: func(d autopilot.Device) autopilot.Code {
			if d.PKID == "3305123456798" {
				return autopilot.CodeOtherTenant
			}
			return ""
		},
	})
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	data := t.TempDir()
	prepare(t, data)
	supervise(t, data)
	w := startSure(t, data, "PKIDSTATION_PARTNER_CENTER_URL="+server.URL(),
		"PKIDSTATION_ACCESS_TOKEN=x", "PKIDSTATION_UPLOAD_POLL_FIRST=50ms")
	places := w.places(t)
	scanned := w.scanAt(t, places[:3], 1)
	w.shoot(t, "queue", "F9")
	w.shoot(t, "dock", "F2")
	scanned = append(scanned, w.scanAt(t, places[3:], 4)...)
	w.quit(t)
	kept := list(t, data)
	for _, pkid := range scanned {
		if kept[pkid] == "" {
			t.Errorf("%s was scanned and is not kept", pkid)
		}
	}
	// Nothing was pressed by a scan: no entry was undone, discarded or typed.
	for pkid, state := range kept {
		if state == queue.Discarded {
			t.Errorf("%s was discarded", pkid)
		}
	}
}

// needs skips where the tools are missing, unless the window is required, as
// make test does.
func needs(t *testing.T, tools ...string) {
	t.Helper()
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err == nil {
			continue
		}
		if os.Getenv("PKIDSTATION_REQUIRE_WINDOW") != "" {
			t.Fatalf("%s is missing", tool)
		}
		t.Skipf("%s is missing: make test installs it", tool)
	}
}

// prepare makes a station that has worked before: a closed reception with all
// kinds of entries and an open one.
func prepare(t *testing.T, data string) {
	t.Helper()
	q, err := queue.Open(data, queue.Options{Station: "Quai 3"})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close() //nolint:errcheck // the program opens it next
	if err := q.SetCustomer(t.Context(), queue.CustomerSetting{ID: tenant, Name: "Contoso SARL", GroupTag: "CONTOSO-STD"}, queue.Act{}); err != nil {
		t.Fatal(err)
	}
	before := open(t, q, "BL-2026-0116")
	for n, hold := range []queue.Reason{"", "", queue.CouldBeGTIN, "", "", ""} {
		pkid := fmt.Sprintf("330512345%04d", 6780+3*n)
		if n == 4 {
			pkid = "3305123456798" // another organisation's
		}
		capture(t, q, before, pkid, hold)
	}
	if _, err := q.CloseReception(t.Context(), before.ID, "Ana"); err != nil {
		t.Fatal(err)
	}
	const due = 24
	if _, err := q.SetExpected(t.Context(), open(t, q, "BL-2026-0117").ID, due, "Ana"); err != nil {
		t.Fatal(err)
	}
}

// supervise gives the station a supervisor: nobody is asked for one at its start.
func supervise(t *testing.T, data string) {
	t.Helper()
	q, err := queue.Open(data, queue.Options{Station: "Quai 3"})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close() //nolint:errcheck // the program opens it next
	if err := q.SetPIN(t.Context(), "Léa", "27182", queue.Act{By: "Léa"}); err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T, q *queue.Queue, order string) queue.Reception {
	t.Helper()
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: tenant, GroupTag: "CONTOSO-STD", Order: order}, "Ana")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func capture(t *testing.T, q *queue.Queue, r queue.Reception, pkid string, hold queue.Reason) {
	t.Helper()
	v, err := q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: autopilot.PKID(pkid), Hold: hold, By: "Ana"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.Attach(t.Context(), queue.Part{Reception: r.ID, Into: v.Entry.ID, Serial: "5CG4071" + pkid[10:], By: "Ana"}); err != nil {
		t.Fatal(err)
	}
}

func list(t *testing.T, data string) map[string]queue.State {
	t.Helper()
	q, err := queue.Open(data, queue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close() //nolint:errcheck // read only
	kept := map[string]queue.State{}
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		kept[string(e.PKID)] = e.State
	}
	if wrong, err := q.Check(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("check: %v %v", wrong, err)
	}
	return kept
}

// window is the running program.
type window struct {
	display string
	id      string
	cmd     *exec.Cmd
	verdict chan string // one line of the log for each verdict
	screen  string      // the file with what it shows
	said    *tail       // the end of what it printed
	began   time.Time   // when it was started
}

// A tail keeps the last lines it was given.
type tail struct {
	mu    sync.Mutex
	lines []string
}

func (k *tail) add(line string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.lines = append(k.lines, line); len(k.lines) > 2000 {
		k.lines = k.lines[len(k.lines)-1000:]
	}
}

func (k *tail) String() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return strings.Join(k.lines, "\n")
}

// start starts an X server of its own and the program in it.
func start(t *testing.T, data string, environ ...string) *window {
	t.Helper()
	w := startAs(t, "1", data, environ...)
	w.id = strings.TrimSpace(w.xdotool(t, "search", "--sync", "--onlyvisible", "--name", "PKID"))
	w.until(t, "the first picture", func(m *image.RGBA) bool { return colours(m) > 8 })
	return w
}

// startAs starts the program as one of those that TestMain knows, and waits for
// nothing.
func startAs(t *testing.T, as, data string, environ ...string) *window {
	t.Helper()
	w := &window{verdict: make(chan string, 1000), said: &tail{}}
	w.display, w.screen = display(t)
	w.cmd = exec.CommandContext(t.Context(), os.Args[0], "--data", data) // this very test binary
	w.cmd.Env = append(os.Environ(), append(append([]string{"PKIDSTATION_SOUND_VOLUME=0"}, environ...), asProgram+"="+as, "DISPLAY="+w.display, "WAYLAND_DISPLAY=", "LANG=C", "TZ="+atNoon())...)
	log, err := w.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	w.began = time.Now()
	if err := w.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		for lines := bufio.NewScanner(log); lines.Scan(); {
			w.said.add(lines.Text())
			if strings.Contains(lines.Text(), "msg=scan ") {
				w.verdict <- lines.Text()
			}
		}
		close(w.verdict)
	}()
	return w
}

// startSure is start on a station that was left with a reception open; the scanner
// says that its customer is still the right one.
func startSure(t *testing.T, data string, environ ...string) *window {
	t.Helper()
	w := start(t, data, environ...)
	w.rest(t, "the window is open") // keys before it has the focus are nobody's
	w.xdotool(t, "key", "Escape")   // who decides is not asked now: under -race a scan into that field is a hand's
	w.rest(t, "nothing is asked")
	w.xdotool(t, "type", "--delay", "6", command.Command{Word: command.Confirm}.Text())
	w.xdotool(t, "key", "Return")
	select {
	case line := <-w.verdict:
		if !strings.Contains(line, "reason=customer-confirmed") {
			t.Fatalf("the customer is not confirmed: %s", line)
		}
	case <-time.After(patience):
		w.picture(t, "stuck")
		t.Fatal("the customer is not confirmed")
	}
	w.rest(t, "the customer is confirmed") // a key right after a scan is part of it
	return w
}

func (w *window) xdotool(t *testing.T, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "xdotool", args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+w.display)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("xdotool %v: %v: %s", args, err, out)
	}
	return string(out)
}

func (w *window) click(t *testing.T, x, y int) {
	t.Helper()
	w.xdotool(t, "mousemove", fmt.Sprint(x), fmt.Sprint(y), "click", "1")
}

// scan types a code as a scanner does and waits for its verdict.
func (w *window) scan(t *testing.T, where, code, want string) {
	t.Helper()
	w.xdotool(t, "type", "--delay", "6", code)
	w.xdotool(t, "key", "Return")
	select {
	case line, open := <-w.verdict:
		if !open || !strings.Contains(line, "verdict="+want+" ") || !strings.Contains(line, code[len(code)-4:]) {
			t.Fatalf("scanned at %s: %s", where, line)
		}
	case <-time.After(patience):
		w.picture(t, "stuck")
		t.Fatalf("scanned at %s: no verdict", where)
	}
}

// place is somewhere that the focus can be led to.
type place struct {
	name string
	lead func()
}

// places are one of each kind.
func (w *window) places(t *testing.T) []place {
	t.Helper()
	key := func(k string) func() { return func() { w.xdotool(t, "key", k) } }
	at := func(x, y int) func() { return func() { w.click(t, x, y) } }
	return []place{
		{"the dock at rest", key("F2")},
		{"the verdict tile", at(400, 500)},
		{"the list of captures", at(1060, 330)},
		{"a tab away", key("Tab")},
		{"the help", key("F1")},
		{"the dock again", key("Escape")},
		{"the typed entry", key("F4")},
		{"the typed entry left", key("Escape")},
		{"the queue", key("F9")},
		{"the search", at(1090, 104)},
		{"a row", at(190, 192)},
		{"a tick box", at(28, 192)},
		{"a filter", at(134, 102)},
		{"everything chosen", key("ctrl+a")},
		{"the way to hold", key("F8")},
		{"the queue again", key("Escape")},
		{"the dock", key("F2")},
	}
}

// scanAt scans one code at each place, numbered from first on, and gives the
// PKIDs.
func (w *window) scanAt(t *testing.T, places []place, first int) []string {
	t.Helper()
	var scanned []string
	for n, p := range places {
		p.lead()
		w.rest(t, "after "+p.name)
		pkid := fmt.Sprintf("3305123400%03d", 11*(first+n))
		w.scan(t, p.name, "]C0"+pkid, "accepted")
		scanned = append(scanned, pkid)
	}
	return scanned
}

// shoot goes to a screen and keeps a picture of it.
func (w *window) shoot(t *testing.T, name, key string) {
	t.Helper()
	w.rest(t, "before "+name) // a key right after a scan is part of it
	before := w.picture(t, "before-"+name)
	w.xdotool(t, "key", key)
	if key == "F9" {
		w.until(t, "the other screen", func(m *image.RGBA) bool { return differ(before, m) > 0.2 })
	}
	w.rest(t, "on "+name)
	w.picture(t, name)
}

// quit asks the program to end as a session manager does.
func (w *window) quit(t *testing.T) {
	t.Helper()
	if err := w.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	w.ends(t)
}

// ends waits for the program's end; where it does not come, its goroutines are
// told.
func (w *window) ends(t *testing.T) {
	t.Helper()
	late := time.AfterFunc(patience, func() {
		t.Errorf("it did not end within %v of being asked", patience)
		_ = w.cmd.Process.Signal(syscall.SIGQUIT) // it ends with what it was waiting for
	})
	for range w.verdict { // until the log ends
	}
	if !late.Stop() {
		t.Log(w.said)
	}
	if err := w.cmd.Wait(); err != nil {
		t.Errorf("it ended with %v and said\n%s", err, w.said)
	}
}
