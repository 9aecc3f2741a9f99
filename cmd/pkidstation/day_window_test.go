package main_test

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
)

const (
	dayBoxes   = 20
	dayRefused = 7 // its box is another organisation's
	dayTaken   = 4 // its box goes back
)

// TestADayInAWindow is a station's first day, in French, with keyboard and scanner
// alone: it is set up, twenty boxes are received, one of them scanned twice, one held
// and an EAN read beside; the supervisor releases the held one; Partner Center refuses
// one and says why; one is taken back; and the morning page says how it stands.
//
//nolint:paralleltest // one window at a time has the machine
func TestADayInAWindow(t *testing.T) {
	needs(t, "Xvfb", "xdotool")
	server := partnercentertest.NewServer(partnercentertest.Options{
		Customers: []autopilot.Customer{{ID: tenant, Name: "Contoso SARL", Relationship: autopilot.RelationshipReseller}},
		Directory: func(d autopilot.Device) autopilot.Code {
			if d.PKID == queuetest.PKID(dayRefused) {
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
	d := day{start(t, data, "PKIDSTATION_PARTNER_CENTER_URL="+server.URL(), "PKIDSTATION_ACCESS_TOKEN=x", "PKIDSTATION_UPLOAD_POLL_FIRST=50ms")}
	d.setUp(t)
	d.receive(t)
	registeredOnes(t, server, dayBoxes-2)
	d.release(t)
	registeredOnes(t, server, dayBoxes-1)
	d.refusal(t)
	d.takeBack(t, server)
	d.morning(t)
	d.quit(t)
	dayEnded(t, data)
}

// A day is a window that is worked at.
type day struct{ *window }

// step presses keys of which each shows something, more than a cursor that blinks, and
// waits for that.
func (d day) step(t *testing.T, keys ...string) {
	t.Helper()
	const something = 0.002
	for _, key := range keys {
		before := d.look(t)
		d.xdotool(t, "key", key)
		d.until(t, "what "+key+" shows", func(m *image.RGBA) bool { return differ(before, m) > something })
		d.rest(t, "after "+key)
	}
}

// setUp answers the first run's questions.
func (d day) setUp(t *testing.T) {
	t.Helper()
	d.until(t, "the setting up", hasPanel)
	d.step(t, "Down") // in French
	d.picture(t, "day-1-language")
	d.step(t, "ctrl+Return")
	d.keys(t, "ctrl+a")
	d.hand(t, "Quai 3")
	d.picture(t, "day-2-name")
	d.step(t, "ctrl+Return")
	d.hand(t, "Lea")
	d.keys(t, "Tab")
	d.digits(t)
	d.keys(t, "Tab")
	d.digits(t)
	d.picture(t, "day-3-pin")
	d.step(t, "ctrl+Return", "F7")
	for _, code := range []string{"]C0" + string(queuetest.PKID(999)), "]C05CG1234XYZ", "]E05901234123457"} {
		d.rest(t, "before a code is tried")
		d.xdotool(t, "type", "--delay", "6", code)
		d.xdotool(t, "key", "Return")
	}
	d.rest(t, "the scanner is tried")
	d.picture(t, "day-4-scanner")
	d.step(t, "Escape", "Escape", "ctrl+Return") // the first for what the panel before told
	d.picture(t, "day-5-customer")
	d.step(t, "F3", "Down", "F5") // Partner Center named the customer; nobody has named a group tag
	d.keys(t, "Tab")
	d.hand(t, "CONTOSO-STD")
	d.step(t, "ctrl+Return")
	d.picture(t, "day-5-tag")
	d.step(t, "Escape", "ctrl+Return")
	d.picture(t, "day-6-partner")
	d.step(t, "ctrl+Return")
	d.picture(t, "day-7-done")
	d.xdotool(t, "key", "ctrl+Return") // the station starts anew with its name
	const few = 8
	d.until(t, "the end of the window", func(m *image.RGBA) bool { return colours(m) < few })
	d.until(t, "the window of the station", func(m *image.RGBA) bool { return colours(m) > few && !hasPanel(m) })
	d.rest(t, "the station is set up")
}

// digits are the PIN's, typed as by a hand.
func (d day) digits(t *testing.T) {
	t.Helper()
	d.rest(t, "before the PIN")
	d.xdotool(t, "key", "2", "sleep", "0.31", "key", "7", "sleep", "0.44", "key", "1", "sleep", "0.26", "key", "8", "sleep", "0.52", "key", "2")
	d.rest(t, "after the PIN")
}

// receive opens a reception and reads its boxes: the last of them is one of which
// nobody can say that it is no EAN.
func (d day) receive(t *testing.T) {
	t.Helper()
	d.step(t, "F3")
	d.hand(t, "Cont")
	d.keys(t, "Down", "Tab")
	d.hand(t, "BL-2026-0301")
	d.keys(t, "Tab")
	d.hand(t, fmt.Sprint(dayBoxes))
	d.picture(t, "day-8-reception")
	d.step(t, "ctrl+Return")
	for n := 1; n < dayBoxes; n++ {
		d.scan(t, "the dock", "]C0"+string(queuetest.PKID(n)), "accepted")
		if n == 12 {
			d.scan(t, "the same box", "]C0"+string(queuetest.PKID(n)), "seen")
			d.rest(t, "the box is seen")
			d.picture(t, "day-9-seen")
			d.burst(t, "]E05901234123457") // the EAN beside it
		}
	}
	d.scan(t, "what could be an EAN", ean(dayBoxes), "held")
	d.rest(t, "the last box is held")
	d.picture(t, "day-10-held")
	d.step(t, "F3")
	d.picture(t, "day-11-close")
	d.step(t, "ctrl+Return")
}

// release looks at the held box, the newest, and lets it go.
func (d day) release(t *testing.T) {
	t.Helper()
	d.step(t, "F9", "Down")
	d.picture(t, "day-12-review")
	d.step(t, "F5")
	d.hand(t, "PKID lu sur le carton")
	d.picture(t, "day-13-release")
	d.step(t, "ctrl+Return")
	d.picture(t, "day-14-pin")
	d.pin(t)
}

// find shows one box alone.
func (d day) find(t *testing.T, n int) {
	t.Helper()
	d.keys(t, "ctrl+f", "ctrl+a")
	d.hand(t, string(queuetest.PKID(n)))
	d.keys(t, "Escape")
	d.step(t, "Down")
}

// refusal looks at what Microsoft refused.
func (d day) refusal(t *testing.T) {
	t.Helper()
	d.find(t, dayRefused)
	red := color.NRGBA{0x7A, 0x0C, 0x0C, 0xFF}
	d.until(t, "the refusal", func(m *image.RGBA) bool { return count(m, red) > 2000 })
	d.picture(t, "day-15-refused")
}

// takeBack takes a registration back, and waits until Microsoft no longer lists it.
func (d day) takeBack(t *testing.T, server *partnercentertest.Server) {
	t.Helper()
	d.find(t, dayTaken)
	d.step(t, "ctrl+r")
	d.hand(t, "mauvais client")
	d.keys(t, "Tab")
	d.hand(t, "contoso sarl")
	d.picture(t, "day-16-remove")
	d.step(t, "ctrl+Return")
	gone := func() bool {
		for _, device := range server.Registered() {
			if device.PKID == queuetest.PKID(dayTaken) {
				return false
			}
		}
		return true
	}
	for late := time.After(patience); !gone(); {
		select {
		case <-late:
			d.picture(t, "stuck")
			t.Fatal("the device is still registered")
		case <-time.After(100 * time.Millisecond):
		}
	}
	d.rest(t, "the device is gone")
	d.picture(t, "day-17-removed")
}

// morning looks at the page for the supervisor.
func (d day) morning(t *testing.T) {
	t.Helper()
	d.step(t, "ctrl+t")
	d.picture(t, "day-18-morning")
}

// dayEnded holds what was kept of the day.
func dayEnded(t *testing.T, data string) {
	t.Helper()
	states := map[queue.State]int{}
	for pkid, state := range list(t, data) {
		states[state]++
		if refused := pkid == string(queuetest.PKID(dayRefused)); refused != (state == queue.Rejected) {
			t.Errorf("…%s is %s", pkid[len(pkid)-4:], state)
		}
	}
	if states[queue.Registered] != dayBoxes-2 || states[queue.Rejected] != 1 || states[queue.Removed]+states[queue.Removing] != 1 {
		t.Errorf("kept: %v", states)
	}
	q, err := queue.Open(data, queue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close() //nolint:errcheck // read only
	for e, err := range q.List(t.Context(), queue.Filter{States: []queue.State{queue.Registered}}) {
		if err != nil || e.Order != "BL-2026-0301" || e.Customer != tenant || !strings.Contains(e.Source, "wedge") {
			t.Errorf("%+v, %v", e, err)
		}
	}
}

// count is how many pixels of a picture have a colour.
func count(m *image.RGBA, c color.NRGBA) (n int) {
	for i := 0; i < len(m.Pix); i += 4 {
		if m.Pix[i] == c.R && m.Pix[i+1] == c.G && m.Pix[i+2] == c.B {
			n++
		}
	}
	return n
}
