package wedge_test

import (
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"pkidstation/scanner"
	"pkidstation/scanner/command"
	"pkidstation/scanner/wedge"
)

// FuzzRepair types a text on a keyboard of each layout and has it repaired: by
// a station that knows the layout, by one that knows another and by one that
// knows none. What is certain must be right, unless the same strokes could
// have been a likelier text.
func FuzzRepair(f *testing.F) {
	for n, code := range codes() {
		f.Add(uint8(n), uint8(n/3), code)
	}
	keyboards := both()
	f.Fuzz(func(t *testing.T, which, other uint8, code string) {
		keyboard, layouts := keyboards[int(which)%len(keyboards)], wedge.Layouts()
		code = printable(code)
		if len(code) < 6 || len(code) > scanner.MaxText/2 || strings.Trim(code, code[:1]) == "" || strings.Contains(code, "CALIBRATE") {
			return
		}
		typed := keyboard.Type(code)
		layout := keyboard.Name
		if keyboard.Host {
			layout = "us"
		}
		for _, known := range []string{layout, "", layouts[int(other)%len(layouts)]} {
			got := understood(t, known, typed)
			if !utf8.ValidString(got.Text) || got.Text == "" {
				t.Errorf("%q: text %q", typed, got.Text)
			}
			if known == layout && !got.Unsure && !strings.EqualFold(got.Text, code) && wedge.Unlikely(got.Text) > wedge.Unlikely(code) {
				t.Errorf("%s, known as %q: %q came as %q and is understood as %q", name(keyboard), known, code, typed, got.Text)
			}
		}
	})
}

// printable is what is left of a text that an American scanner has keys for.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r
		}
		return -1
	}, text)
}

// understood is the burst that a text makes on a station; it must not need more
// than 1 MiB.
func understood(t *testing.T, layout, typed string) wedge.Burst {
	t.Helper()
	const most = 1 << 20
	parser := wedge.NewParser(wedge.Options{Layout: layout})
	strokes := typing().runes(typed, 1).strokes
	for _, stroke := range strokes {
		parser.Feed(stroke)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	bursts := parser.Feed(wedge.Stroke{Key: "Return", At: strokes[len(strokes)-1].At})
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > most {
		t.Errorf("a read of %d bytes needed %d bytes", len(typed), took)
	}
	if len(bursts) != 1 || !bursts[0].Machine {
		t.Fatalf("%q gave %+v", typed, bursts)
	}
	return bursts[0]
}

// TestRoundTrip: what a calibrated station makes of a scan is what was scanned,
// for every character that a scanner has a key for.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	const code = "Z5CG%sQAMWY7"
	for _, keyboard := range wedge.Keyboards() {
		for r := '!'; r < 0x7f; r++ {
			want := strings.Replace(code, "%s", string(r)+string(r), 1)
			got := read(t, wedge.NewParser(wedge.Options{Layout: keyboard.Name}), keyboard.Type(want))
			least := wedge.Unlikely(want)
			if keyboard.Name == "ch" { // which has two sets of accents
				least++
			}
			if !strings.EqualFold(got.Text, want) && wedge.Unlikely(got.Text) >= least {
				t.Errorf("%s: %q came as %q and is understood as %q", name(keyboard), want, keyboard.Type(want), got.Text)
			}
		}
	}
}

// TestLongest: the longest read is repaired within 1 MiB, and not cut wrongly.
//
//nolint:paralleltest // it measures what is allocated
func TestLongest(t *testing.T) {
	for _, keyboard := range both() {
		code := strings.Repeat(command.Calibration+"\x1d5CG", scanner.MaxText)[:scanner.MaxText]
		typed := keyboard.Type(code)
		for len(typed) > scanner.MaxText {
			_, size := utf8.DecodeLastRuneInString(typed)
			typed = typed[:len(typed)-size]
		}
		if got := understood(t, "", typed); len(got.Text) > scanner.MaxText || !utf8.ValidString(got.Text) {
			t.Errorf("%s: %d bytes", name(keyboard), len(got.Text))
		}
	}
}
