package main_test

import (
	"image"
	"image/color"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// hand types as a person does.
func (w *window) hand(t *testing.T, text string) {
	t.Helper()
	w.xdotool(t, "type", "--delay", "130", text)
	w.rest(t, "after typing")
}

// keys presses keys one after the other, as a person does.
func (w *window) keys(t *testing.T, keys ...string) {
	t.Helper()
	for _, key := range keys {
		w.rest(t, "before "+key)
		w.xdotool(t, "key", key)
	}
	w.rest(t, "after the keys")
}

// burst types what a scanner would and waits for its verdict, whatever it is.
func (w *window) burst(t *testing.T, text string) {
	t.Helper()
	w.rest(t, "before a burst")
	w.xdotool(t, "type", "--delay", "6", text)
	w.xdotool(t, "key", "Return")
	if _, open := <-w.verdict; !open {
		t.Fatal("the program ended at a burst")
	}
	w.rest(t, "after a burst")
}

// registered makes a station by CSV with one device that the web site took.
func registered(t *testing.T, data string) {
	t.Helper()
	q, err := queue.Open(data, queue.Options{Station: "Quai 3"})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close() //nolint:errcheck // the program opens it next
	if err := q.SetCustomer(t.Context(), queue.CustomerSetting{ID: tenant, Name: "Contoso SARL", GroupTag: "CONTOSO-STD"}, queue.Act{}); err != nil {
		t.Fatal(err)
	}
	r := open(t, q, "BL-2026-0116")
	v, err := q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: "3305123456781", By: "Ana"})
	if err != nil {
		t.Fatal(err)
	}
	act := queue.Act{By: "Ana"}
	if err := q.Exported(t.Context(), []string{v.Entry.ID}, "CONTOSO-STD", act); err != nil {
		t.Fatal(err)
	}
	if _, err := q.ConfirmExport(t.Context(), []queue.Outcome{{Entry: v.Entry.ID, Registered: true}}, act); err != nil {
		t.Fatal(err)
	}
}

// TestRemovalInAWindow: the customer's name, scanned into the panel, removes nothing.
// Typed by hand, it does: see TestADayInAWindow.
//
//nolint:paralleltest // one window at a time has the machine
func TestRemovalInAWindow(t *testing.T) {
	needs(t, "Xvfb", "xdotool")
	data := t.TempDir()
	registered(t, data)
	w := start(t, data, "PKIDSTATION_PARTNER_CENTER_WAY=csv")
	w.keys(t, "F9", "Down", "ctrl+r")
	w.hand(t, "wrong customer")
	w.keys(t, "Tab")
	w.burst(t, "Contoso SARL")
	w.keys(t, "ctrl+Return")
	w.picture(t, "removal")
	w.quit(t)
	if state := list(t, data)["3305123456781"]; state != queue.Registered {
		t.Errorf("a scanned name leaves it %s", state)
	}
}

// TestCustomersInAWindow: a customer is added by hand with the keyboard alone,
// and scans go on meanwhile.
//
//nolint:paralleltest // one window at a time has the machine
func TestCustomersInAWindow(t *testing.T) {
	needs(t, "Xvfb", "xdotool")
	data := t.TempDir()
	prepare(t, data)
	w := startSure(t, data, "PKIDSTATION_PARTNER_CENTER_WAY=csv", "PKIDSTATION_STATION_LANGUAGE=fr")
	w.keys(t, "F9", "F3")
	w.picture(t, "customers")
	w.keys(t, "F6")
	w.hand(t, "Fab")
	w.scan(t, "the name", "]C03305123400011", "accepted")
	w.rest(t, "after the scan")
	w.hand(t, "rikam")
	w.keys(t, "Tab")
	w.hand(t, "fabrikam.example")
	w.keys(t, "Tab")
	w.hand(t, "FAB-1 FAB-2")
	w.picture(t, "customer-added")
	w.keys(t, "ctrl+Return")
	w.quit(t)
	q, err := queue.Open(data, queue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close() //nolint:errcheck // read only
	c, err := q.Customer(t.Context(), "fabrikam.example")
	if err != nil || c.Name != "Fabrikam" || c.GroupTag != "FAB-1" || len(c.Tags) != 1 || c.Source != queue.FromPerson {
		t.Errorf("kept %+v, %v", c, err)
	}
}

// TestSignInInAWindow: a refused token shows below the bar and stops no scan.
//
//nolint:paralleltest // one window at a time has the machine
func TestSignInInAWindow(t *testing.T) {
	needs(t, "Xvfb", "xdotool")
	server := partnercentertest.NewServer(partnercentertest.Options{
		Token:     "the right one",
		Customers: []autopilot.Customer{{ID: tenant, Name: "Contoso SARL", Relationship: autopilot.RelationshipReseller}},
	})
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	data := t.TempDir()
	prepare(t, data)
	w := startSure(t, data, "PKIDSTATION_PARTNER_CENTER_URL="+server.URL(), "PKIDSTATION_ACCESS_TOKEN=another", "PKIDSTATION_STATION_LANGUAGE=fr")
	yellow := color.NRGBA{0xFF, 0xD4, 0x00, 0xFF}
	w.until(t, "the alert", func(m *image.RGBA) bool { return color.NRGBAModel.Convert(m.At(40, 76)) == yellow })
	w.keys(t, "F2")
	w.scan(t, "the dock", "]C03305123400011", "accepted")
	w.keys(t, "F9", "F4")
	w.scan(t, "the sign-in", "]C03305123400022", "accepted")
	w.picture(t, "sign-in")
	w.quit(t)
	for _, pkid := range []string{"3305123400011", "3305123400022"} {
		if state := list(t, data)[pkid]; !state.Valid() {
			t.Errorf("%s is not kept", pkid)
		}
	}
}
