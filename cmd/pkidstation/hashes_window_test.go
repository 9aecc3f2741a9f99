package main_test

import (
	"image"
	"os"
	"path/filepath"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/autopilot/autopilottest"
)

// TestAHashInAWindow: with the keyboard alone a held box gets its hash from a file; a
// scan meanwhile goes to the dock, and a supervisor's PIN is asked for.
//
//nolint:paralleltest // one window at a time has the machine
func TestAHashInAWindow(t *testing.T) {
	needs(t, "Xvfb", "xdotool")
	data := t.TempDir()
	prepare(t, data)
	supervise(t, data)
	hash := autopilottest.Hash(autopilot.HashContents{Serial: "5CG4071786", Manufacturer: "HP", Model: "HP EliteBook 840 G10"})
	path := filepath.Join(t.TempDir(), "hash.csv")
	text := "Device Serial Number,Windows Product ID,Hardware Hash\r\n5CG4071786,," + string(hash) + "\r\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	w := startSure(t, data, "PKIDSTATION_PARTNER_CENTER_WAY=csv", "PKIDSTATION_STATION_LANGUAGE=fr")
	w.turn(t, "F9")
	w.keys(t, "Down", "Down", "Down", "Down") // the newest are first
	w.picture(t, "hash-box")
	w.turn(t, "ctrl+h")
	w.hand(t, path)
	w.scan(t, "the path", "]C03305123400011", "accepted")
	w.rest(t, "after the scan")
	w.turn(t, "ctrl+Return")
	w.picture(t, "hash-found")
	w.tabTo(t, image.Rect(236, 560, 1042, 612))
	w.hand(t, "no label")
	w.turn(t, "ctrl+Return")
	w.pin(t)
	const bright = 220 // what no panel's veil lies on
	w.until(t, "the hash is given", func(m *image.RGBA) bool { return m.RGBAAt(20, 560).R > bright })
	w.picture(t, "hash-given")
	w.quit(t)
	e := kept(t, data)["3305123456786"]
	if e.Hash != hash || e.State != queue.Held {
		t.Errorf("it is %s with %s", e.State, e.Hash)
	}
	if state := kept(t, data)["3305123400011"].State; state != queue.Ready {
		t.Errorf("what was scanned meanwhile is %q", state)
	}
}

// tabTo presses Tab and waits until the field there has the focus: on a busy machine
// what is typed next would come before it, and the Tab be part of that.
func (w *window) tabTo(t *testing.T, field image.Rectangle) {
	t.Helper()
	w.rest(t, "before Tab")
	before := part(w.look(t), field)
	w.xdotool(t, "key", "Tab")
	w.until(t, "the next field", func(m *image.RGBA) bool { return differ(before, part(m, field)) > 0 })
	w.rest(t, "in the next field")
}
