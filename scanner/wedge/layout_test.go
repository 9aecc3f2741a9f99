package wedge_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner"
	"pkidstation/scanner/command"
	"pkidstation/scanner/wedge"
)

// read is the one burst of a machine that strikes make on a parser.
func read(t *testing.T, parser *wedge.Parser, typed string) wedge.Burst {
	t.Helper()
	var found []wedge.Burst
	for _, stroke := range typing().runes(typed+"\r", time.Millisecond).strokes {
		found = append(found, parser.Feed(stroke)...)
	}
	if len(found) != 1 || !found[0].Machine {
		t.Fatalf("%q gave %+v", typed, found)
	}
	return found[0]
}

func allDigits(text string) bool {
	_, text, _ = scanner.SplitAIM(text)
	return strings.Trim(text, "0123456789") == ""
}

func name(k wedge.Keyboard) string {
	return fmt.Sprintf("%s, Caps Lock %s, own %v", k.Name, k.Caps, k.Host)
}

// codes are what is read on a dock.
func codes() []string {
	all := []string{
		pkid, "1234567890123", "0987654321098", "]C0" + pkid, "]d1" + pkid, "]A0" + pkid, "]E0" + pkid,
		"5CG4071XKP", "5CGAQZWYM7", "PF3XK92A", "7QWYZM3", "4Z5A6EA#ABF", "20XY-0012.FR", "S5CG4071XKP", "00350123456789012345",
		"[)>\x1e06\x1dS5CG4071AQZ\x1d1P4Z5A6EA\x1e\x04", "PKID:" + pkid, "(21)5CG4071XKP", "01234567890128215CG407",
		command.Calibration, "%PKID%BADGE%Marie",
	}
	for _, word := range command.Words() {
		if word == command.Badge {
			continue
		}
		all = append(all, command.Command{Word: word}.Text())
	}
	return all
}

// TestUncalibrated: whatever the host and Caps Lock, digits come right, command
// barcodes too, and what cannot be known is said to be unsure.
func TestUncalibrated(t *testing.T) {
	t.Parallel()
	for _, keyboard := range both() {
		for _, code := range codes() {
			got := read(t, wedge.NewParser(wedge.Options{}), keyboard.Type(code))
			_, text, _ := scanner.SplitAIM(got.Text)
			_, want, _ := scanner.SplitAIM(code)
			_, isCommand := command.Parse(text)
			switch {
			case allDigits(want) && (text != want || got.Unsure):
				t.Errorf("%s: digits %q came as %q and are understood as %q, unsure %v", name(keyboard), code, got.Trace.Raw, got.Text, got.Unsure)
			case command.Is(want) != isCommand:
				t.Errorf("%s: command %q came as %q and is understood as %q", name(keyboard), code, got.Trace.Raw, got.Text)
			case !got.Unsure && !strings.EqualFold(got.Text, code):
				t.Errorf("%s: %q came as %q and is understood as %q for sure", name(keyboard), code, got.Trace.Raw, got.Text)
			}
		}
	}
}

// both are all keyboards, with an American scanner and with the host's own.
func both() []wedge.Keyboard {
	all := wedge.Keyboards()
	for _, k := range wedge.Keyboards() {
		all = append(all, k.OfHost())
	}
	return all
}

// TestCalibrated: after the calibration barcode everything comes right.
func TestCalibrated(t *testing.T) {
	t.Parallel()
	for _, at := range both() {
		layout := at.Name
		if at.Host {
			layout = "us"
		}
		for _, now := range both() {
			if now.Name != at.Name || now.Host != at.Host { // Caps Lock may change, nothing else
				continue
			}
			parser := wedge.NewParser(wedge.Options{})
			got := read(t, parser, at.Type(command.Calibration))
			if !at.Host && undecided(at, got) {
				continue
			}
			if got.Text != command.Calibration || got.Layout != layout || got.Unsure {
				t.Fatalf("%s: calibration gave %+v", name(at), got)
			}
			set := wedge.NewParser(wedge.Options{Layout: layout})
			for _, code := range codes() {
				got := read(t, parser, now.Type(code))
				if now.Host && now.Caps == "all" && got.Unsure && !allDigits(code) {
					continue // "us" does not tell which host's Caps Lock it is
				}
				if !strings.EqualFold(got.Text, code) || got.Unsure {
					t.Errorf("%s, then %s: %q came as %q and is understood as %q, unsure %v", name(at), name(now), code, got.Trace.Raw, got.Text, got.Unsure)
				}
				if diff := cmp.Diff(got, read(t, set, now.Type(code))); diff != "" {
					t.Errorf("%s: set to %s is not as calibrated (-calibrated +set):\n%s", name(now), layout, diff)
				}
			}
		}
	}
}

// TestKeypad: digits that come from the key pad say nothing of the layout, so
// letters that it swaps are unsure until it is told.
func TestKeypad(t *testing.T) {
	t.Parallel()
	for _, keyboard := range wedge.Keyboards() {
		if keyboard.Name != "fr" && keyboard.Name != "be" || keyboard.Caps == "all" {
			continue
		}
		keyboard = keyboard.WithKeypad()
		parser := wedge.NewParser(wedge.Options{})
		for _, code := range []string{pkid, "]C0" + pkid, "5CG4071XKP", "5CGAQZWYM7", "PF3XK92A", "%PKID%UNDO", "%PKID%CUSTOMER"} {
			if got := read(t, parser, keyboard.Type(code)); !strings.EqualFold(got.Text, code) && (!got.Unsure || allDigits(code)) {
				t.Errorf("%s: %q came as %q and is understood as %q", name(keyboard), code, got.Trace.Raw, got.Text)
			}
		}
		if got := read(t, parser, keyboard.Type(command.Calibration)); got.Text != command.Calibration || got.Layout != "fr-keypad" {
			t.Errorf("%s: calibration gave %+v", name(keyboard), got)
		}
		for _, code := range []string{pkid, "]C0" + pkid, "5CG4071XKP", "5CGAQZWYM7", "PF3XK92A", "%PKID%UNDO", "%PKID%CUSTOMER"} {
			if got := read(t, parser, keyboard.Type(code)); !strings.EqualFold(got.Text, code) || got.Unsure {
				t.Errorf("%s, calibrated: %q came as %q and is understood as %q", name(keyboard), code, got.Trace.Raw, got.Text)
			}
		}
	}
}

func TestPrinciple5Layouts(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]string{"us", "uk", "de", "ch", "fr", "be", "fr-bepo", "fr-keypad"}, wedge.Layouts()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for layout, rows := range wedge.Rows() {
		for _, row := range rows {
			if n := utf8.RuneCountInString(row); n != 47 {
				t.Errorf("%s: %d keys, want 47", layout, n)
			}
		}
	}
}
