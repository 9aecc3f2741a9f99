package main_test

import (
	"fmt"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

const (
	listOrder = "BL-2026-0200"
	foreign   = "3305123499990" // no list has it
)

// announcedPKIDs are those of the supplier's list, the last two of which never come.
func announcedPKIDs() []string {
	return []string{"3305123400011", "3305123400022", "3305123400033", "3305123400044", "3305123400055"}
}

// supplierList writes a list with its own header.
func supplierList(t *testing.T) string {
	t.Helper()
	text := "Windows Product ID;Numéro de série;BL;Palette\n"
	for n, pkid := range announcedPKIDs() {
		text += fmt.Sprintf("%s;5CG40710%02d;%s;003401234567890001\n", pkid, n, listOrder)
	}
	path := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// pin types the supervisor's PIN as a hand does, unevenly, and Enter.
func (w *window) pin(t *testing.T) {
	t.Helper()
	w.rest(t, "before the PIN")
	w.xdotool(t, "key", "2", "sleep", "0.31", "key", "7", "sleep", "0.44", "key", "1", "sleep", "0.26", "key", "8", "sleep", "0.52", "key", "2", "sleep", "1.5", "key", "Return")
	w.rest(t, "after the PIN")
}

// openOrder shows the only order. A key that comes before the orders are there does
// nothing, and the machine may be busy: it is pressed until there is a word on it.
func (w *window) openOrder(t *testing.T) {
	t.Helper()
	w.keys(t, "ctrl+o")
	for range 10 {
		w.keys(t, "Down", "ctrl+Return")
		if m := w.look(t); strip(m, mayNot()) || strip(m, may()) {
			return
		}
	}
}

func may() color.NRGBA    { return color.NRGBA{0x8C, 0xE8, 0xB8, 0xFF} }
func mayNot() color.NRGBA { return color.NRGBA{0x7A, 0x0C, 0x0C, 0xFF} }

// word waits for the word on an order.
func (w *window) word(t *testing.T, name string, c color.NRGBA) {
	t.Helper()
	w.until(t, name, func(m *image.RGBA) bool { return strip(m, c) })
	w.picture(t, name)
}

// strip says whether a strip of a colour is on the screen.
func strip(m *image.RGBA, c color.NRGBA) bool {
	const most = 20_000
	n := 0
	for y := m.Rect.Min.Y; y < m.Rect.Max.Y; y++ {
		for x := m.Rect.Min.X; x < m.Rect.Max.X; x++ {
			if color.NRGBAModel.Convert(m.At(x, y)) == c {
				n++
			}
		}
	}
	return n > most
}

// registeredOnes waits until so many devices are registered.
func registeredOnes(t *testing.T, server *partnercentertest.Server, count int) []string {
	t.Helper()
	for late := time.After(patience); len(server.Registered()) < count; {
		select {
		case <-late:
			t.Fatalf("%d of %d are registered", len(server.Registered()), count)
		case <-time.After(100 * time.Millisecond):
		}
	}
	var all []string
	for _, c := range server.Registered() {
		all = append(all, string(c.PKID))
	}
	slices.Sort(all)
	return all
}

// TestAnOrderInAWindow: a supplier's list is imported, its boxes are scanned with two
// missing and one of nobody's, a supervisor sees which keep the order, registers the
// missing ones from the list and discards the other: exactly the list is registered,
// and the order may leave.
//
//nolint:paralleltest // one window at a time has the machine
func TestAnOrderInAWindow(t *testing.T) {
	needs(t, "Xvfb", "xdotool")
	server := partnercentertest.NewServer(partnercentertest.Options{
		Customers: []autopilot.Customer{{ID: tenant, Name: "Contoso SARL", Relationship: autopilot.RelationshipReseller}},
	})
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	data := t.TempDir()
	known(t, data)
	supervise(t, data)
	w := startSure(t, data, "PKIDSTATION_STATION_LANGUAGE=fr", "PKIDSTATION_PARTNER_CENTER_URL="+server.URL(),
		"PKIDSTATION_ACCESS_TOKEN=x", "PKIDSTATION_UPLOAD_POLL_FIRST=50ms")
	w.importList(t, supplierList(t))
	w.receive(t)
	if got := registeredOnes(t, server, 3); !slices.Equal(got, announcedPKIDs()[:3]) {
		t.Errorf("registered %v", got)
	}
	w.release(t)
	if got := registeredOnes(t, server, 5); !slices.Equal(got, announcedPKIDs()) {
		t.Errorf("registered %v", got)
	}
	w.leave(t)
	w.quit(t)
	if len(server.Ledger()) != 5 {
		t.Errorf("the ledger has %v", server.Ledger())
	}
	left(t, data)
}

// known makes a station that has one customer in its directory and receives their
// order.
func known(t *testing.T, data string) {
	t.Helper()
	q, err := queue.Open(data, queue.Options{Station: "Quai 3"})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close() //nolint:errcheck // the program opens it next
	if err := q.SetCustomer(t.Context(), queue.CustomerSetting{ID: tenant, Name: "Contoso SARL", GroupTag: "CONTOSO-STD"}, queue.Act{}); err != nil {
		t.Fatal(err)
	}
	open(t, q, listOrder)
}

// importList reads a list, says whom it is for, and takes it in.
func (w *window) importList(t *testing.T, path string) {
	t.Helper()
	w.turn(t, "F9", "ctrl+o", "F6")
	w.hand(t, path)
	w.turn(t, "ctrl+Return")
	w.picture(t, "order-preview")
	w.turn(t, "F8")
	w.keys(t, "Down")
	w.turn(t, "ctrl+Return", "ctrl+Return")
	w.picture(t, "order-taken")
	w.turn(t, "Escape", "Escape")
}

// turn presses keys of which each shows another panel or page, and waits for that:
// on a busy machine the next key would come before it.
func (w *window) turn(t *testing.T, keys ...string) {
	t.Helper()
	const another = 0.1
	for _, key := range keys {
		w.rest(t, "before "+key)
		before := w.look(t)
		w.xdotool(t, "key", key)
		w.until(t, "what "+key+" shows", func(m *image.RGBA) bool { return differ(before, m) > another })
	}
	w.rest(t, "after the keys")
}

// receive scans three of the list and one that no list has, and closes the reception.
func (w *window) receive(t *testing.T) {
	t.Helper()
	w.turn(t, "F2")
	for _, pkid := range announcedPKIDs()[:3] {
		w.scan(t, "the dock", "]C0"+pkid, "accepted")
		w.rest(t, "after a scan")
	}
	w.scan(t, "the dock", "]C0"+foreign, "held")
	w.rest(t, "after the foreign one")
	w.picture(t, "order-dock")
	w.turn(t, "F3", "ctrl+Return")
}

// release looks at what keeps the order, and has what was not scanned registered.
func (w *window) release(t *testing.T) {
	t.Helper()
	w.turn(t, "F9")
	w.openOrder(t)
	w.word(t, "order-stays", mayNot())
	w.turn(t, "F6")
	w.hand(t, "labels cannot be read")
	w.keys(t, "ctrl+Return")
	w.pin(t)
	w.word(t, "order-released", mayNot())
}

// leave discards what no list has: then the order may leave.
func (w *window) leave(t *testing.T) {
	t.Helper()
	w.turn(t, "Escape", "Escape")
	w.keys(t, "Down", "Down", "Down")
	w.turn(t, "F10")
	w.hand(t, "not ours")
	w.picture(t, "order-discard")
	w.turn(t, "ctrl+Return")
	w.openOrder(t)
	w.word(t, "order-may", may())
}

// left holds what the station kept of it.
func left(t *testing.T, data string) {
	t.Helper()
	q, err := queue.Open(data, queue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close() //nolint:errcheck // read only
	r, err := q.Reconcile(t.Context(), listOrder, tenant)
	if err != nil || !r.MayLeave() || r.Registered != 5 || r.Arrived != 3 {
		t.Errorf("%+v, %v", r, err)
	}
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if wanted := string(e.PKID) == foreign; (e.State == queue.Discarded) != wanted {
			t.Errorf("%s is %s", e.PKID, e.State)
		}
		lines, err := q.History(t.Context(), e.ID)
		unscanned := slices.ContainsFunc(lines, func(l queue.AuditLine) bool {
			return l.Action == queue.ActionUnscanned && l.By == "Léa" && strings.Contains(l.Note, "labels cannot be read")
		})
		if missing := slices.Contains(announcedPKIDs()[3:], string(e.PKID)); err != nil || unscanned != missing {
			t.Errorf("the history of %s: %+v, %v", e.PKID, lines, err)
		}
	}
}
