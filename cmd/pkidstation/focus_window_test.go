package main_test

import (
	"fmt"
	"image"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestScansReachTheStationFromAnyFocus scans as TestLayouts does with the focus
// on a button, a text field, an open panel and a list.
func TestScansReachTheStationFromAnyFocus(t *testing.T) {
	needs(t, "Xvfb", "xdotool", "scrot", "setxkbmap", "xkbcomp")
	data := t.TempDir()
	prepare(t, data)
	w := start(t, data, "PKIDSTATION_PARTNER_CENTER_WAY=csv")
	s := w.usScanner(t)
	scanned := 0
	for _, layout := range []string{"us", "fr"} {
		w.layout(t, layout)
		for _, p := range w.foci(t) {
			p.lead()
			w.rest(t, p.name)
			pkid := pkidOf(scanned)
			scanned++
			s.scan(t, pkid)
			s.takes(t, layout+", "+p.name, "accepted", pkid[9:])
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
		{"the dock", func() { key("F2") }},
		{"a panel with a text field", func() { key("F4") }},
		{"a button", func() { key("Escape"); w.rest(t, "without panel"); key("F9"); w.rest(t, "the queue"); w.click(t, 134, 102) }},
		{"a list", func() { w.click(t, 190, 192) }},
		{"a text field", func() { w.click(t, 1090, 104) }},
		{"a panel", func() { w.rest(t, "the search"); key("F1") }},
		{"the queue again", func() { key("Escape") }},
	}
}

// TestAnyKeysPressNothing has a scanner press keys at random, all there are,
// with Ctrl and Alt and Shift, wherever the focus is: nothing on screen but the
// verdict changes, no panel opens or closes and no entry is touched.
func TestAnyKeysPressNothing(t *testing.T) {
	needs(t, "Xvfb", "xdotool", "scrot", "setxkbmap", "xkbcomp")
	data := t.TempDir()
	prepare(t, data)
	before := kept(t, data)
	w := start(t, data, "PKIDSTATION_PARTNER_CENTER_WAY=csv")
	s := w.usScanner(t)
	random := rand.New(rand.NewPCG(55, 89))
	codes := 6
	if os.Getenv("PKIDSTATION_TORTURE") == "1" {
		codes = 200
	}
	for _, p := range []place{
		{"a panel with a text field", func() { w.xdotool(t, "key", "F4") }},
		{"a panel", func() { w.xdotool(t, "key", "Escape"); w.rest(t, "the dock"); w.xdotool(t, "key", "F1") }},
		{"the queue", func() { w.xdotool(t, "key", "F9") }},
		{"a text field", func() { w.click(t, 1090, 104) }},
	} {
		p.lead()
		w.rest(t, p.name)
		looked := w.picture(t, "before")
		for range codes {
			s.delay = time.Duration(1+random.IntN(20)) * time.Millisecond
			s.anyKeys(t, random)
		}
		s.finish(t)
		w.rest(t, "after "+p.name)
		if changed := differ(page(looked), page(w.picture(t, "after"))); changed > 0.01 {
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

// page is a picture without the bar on top, which tells verdicts.
func page(m image.Image) image.Image {
	const bar = 72
	return m.(interface {
		SubImage(image.Rectangle) image.Image
	}).SubImage(image.Rect(m.Bounds().Min.X, bar, m.Bounds().Max.X, m.Bounds().Max.Y))
}

// anyKeys presses digits, some keys at random and Return. No other key ends the
// read: what follows would be too short for a scan.
func (s *usScanner) anyKeys(t *testing.T, random *rand.Rand) {
	t.Helper()
	s.press(t, " 10 12 14 15 16 19", false)
	for range 3 + random.IntN(25) {
		s.anyKey(t, random)
	}
	s.press(t, fmt.Sprint(" ", returnKey), false)
	s.do(t, "sleep 0.4")
}

// anyKey presses one key at random, alone or while another is held down.
func (s *usScanner) anyKey(t *testing.T, random *rand.Rand) {
	t.Helper()
	const firstKey, keys, control, alt = 9, 111, 37, 64
	key, hold := firstKey+random.IntN(keys), []int{0, 0, 0, control, alt, shiftKey}[random.IntN(6)]
	if strings.Contains(" 23 36 37 50 62 64 66 77 78 92 104 105 108 ", fmt.Sprintf(" %d ", key)) ||
		hold == control && strings.Contains(" 31 44 58 ", fmt.Sprintf(" %d ", key)) {
		return // ends the read, or stays down
	}
	name := fmt.Sprint(key)
	if key == firstKey {
		name = "Escape" // a single figure is a character for xdotool
	}
	if hold != 0 {
		s.do(t, fmt.Sprint("keydown ", hold))
		defer s.do(t, fmt.Sprint("keyup ", hold))
	}
	s.press(t, " "+name, false)
}
