package main_test

import (
	"fmt"
	"image"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestScansReachTheStationFromAnyFocus scans as TestPrinciple5Layouts does with the focus
// on a button, a text field, an open panel and a list.
//
//nolint:paralleltest // one window at a time has the machine
func TestScansReachTheStationFromAnyFocus(t *testing.T) {
	needs(t, "Xvfb", "xdotool", "setxkbmap", "xkbcomp")
	data := t.TempDir()
	prepare(t, data)
	supervise(t, data)
	w := startSure(t, data, "PKIDSTATION_PARTNER_CENTER_WAY=csv")
	s := w.usScanner(t)
	scanned := 0
	for _, layout := range []string{"us", "fr"} {
		w.layout(t, layout)
		for _, p := range w.foci(t) {
			p.lead()
			w.rest(t, p.name)
			pkid := pkidOf(scanned)
			scanned++
			s.reads(t, layout+", "+p.name, pkid, "accepted", pkid[9:])
		}
	}
	w.quit(t)
	entries := kept(t, data)
	for n := range scanned {
		if _, is := entries[pkidOf(n)]; !is {
			t.Errorf("%s is not kept", pkidOf(n))
		}
	}
}

// foci are one of each kind of thing that a person gives the focus to. They
// lead from one to the next and back to the dock.
func (w *window) foci(t *testing.T) []place {
	t.Helper()
	key := func(k string) { w.xdotool(t, "key", k) }
	return []place{
		{"a panel with a text field", func() { key("F2"); w.rest(t, "the dock"); key("F4") }},
		{"a button", func() { key("Escape"); w.rest(t, "no panel"); key("F9"); w.rest(t, "the queue"); w.click(t, 134, 102) }},
		{"a list", func() { w.click(t, 190, 192) }},
		{"a text field", func() { w.click(t, 1090, 104) }},
		{"a panel", func() { key("F1") }},
	}
}

// TestAnyKeysPressNothing has a scanner press keys at random, all there are,
// with Ctrl and Alt and Shift, wherever the focus is: nothing on screen but the
// verdict changes, no panel opens or closes and no entry is touched.
//
//nolint:paralleltest // one window at a time has the machine
func TestAnyKeysPressNothing(t *testing.T) {
	needs(t, "Xvfb", "xdotool", "setxkbmap", "xkbcomp")
	data := t.TempDir()
	prepare(t, data)
	supervise(t, data)
	before := kept(t, data)
	w := startSure(t, data, "PKIDSTATION_PARTNER_CENTER_WAY=csv")
	s := w.usScanner(t)
	random := rand.New(rand.NewPCG(55, 89))
	codes := 4
	if os.Getenv("PKIDSTATION_TORTURE") == "1" {
		codes = 200
	}
	panel, page := image.Rect(320, 280, 960, 520), image.Rect(0, 72, 1280, 800) // without what tells verdicts
	for _, p := range []struct {
		place
		same image.Rectangle
	}{
		{place{"a panel with a text field", func() { w.xdotool(t, "key", "F4") }}, panel},
		{place{"a panel", func() { w.xdotool(t, "key", "F1") }}, panel},
		{place{"the queue", func() { w.xdotool(t, "key", "F9") }}, page},
		{place{"a text field", func() { w.click(t, 1090, 104) }}, page},
	} {
		if p.name == "a panel" {
			w.changes(t, "the dock", func() { w.xdotool(t, "key", "Escape") })
		}
		w.changes(t, p.name, p.lead)
		before := part(w.picture(t, "before"), p.same)
		for range codes {
			s.delay = time.Duration(1+random.IntN(8)) * time.Millisecond
			s.anyKeys(t, random)
		}
		s.finish(t)
		w.rest(t, "after "+p.name)
		if changed := differ(before, part(w.picture(t, "after"), p.same)); changed > 0.005 {
			w.picture(t, "pressed")
			t.Errorf("%s: %.1f %% of the picture changed", p.name, 100*changed)
		}
		s = w.usScanner(t)
	}
	w.quit(t)
	after := kept(t, data)
	for pkid, e := range before {
		if diff := cmp.Diff(e, after[pkid]); diff != "" {
			t.Errorf("%s was touched (-before +after):\n%s", pkid, diff)
		}
	}
}

// anyKeys presses digits, some keys at random and Return. No other key ends the
// read: what follows would be too short for a scan.
func (s *usScanner) anyKeys(t *testing.T, random *rand.Rand) {
	t.Helper()
	s.press(t, " 10 12 14 15 16 19", false)
	for range 1 + random.IntN(8) {
		s.anyKey(t, random)
		s.press(t, " 11 17", false) // a read goes on by characters
	}
	s.press(t, fmt.Sprint(" ", returnKey), false)
	s.do(t, "sleep 0.4")
}

// anyKey presses one key at random, every other time one that commands.
func (s *usScanner) anyKey(t *testing.T, random *rand.Rand) {
	t.Helper()
	commands := strings.Fields("Escape F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 Insert Down Up ctrl+z ctrl+f ctrl+a ctrl+Return")
	if random.IntN(2) == 0 {
		s.press(t, " "+commands[random.IntN(len(commands))], false)
		return
	}
	const firstKey, keys, control, alt = 10, 110, 37, 64
	key, hold := firstKey+random.IntN(keys), []int{0, 0, 0, control, alt, shiftKey}[random.IntN(6)]
	ends, endsWithControl := []int{23, returnKey, 104}, []int{31, 44, 58} // Ctrl+I, J, M
	stays := []int{37, 50, 62, 64, capsKey, 77, 78, 92, 105, 108}
	if slices.Contains(ends, key) || slices.Contains(stays, key) || hold == control && slices.Contains(endsWithControl, key) {
		return
	}
	if hold != 0 {
		s.do(t, fmt.Sprint("keydown ", hold))
		defer s.do(t, fmt.Sprint("keyup ", hold))
	}
	s.press(t, fmt.Sprint(" ", key), false)
}
