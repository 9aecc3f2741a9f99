package uitest_test

import (
	"fmt"
	"hash/fnv"
	"os"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/command"
	"pkidstation/ui"
	"pkidstation/ui/uitest"
	"pkidstation/ui/widget"
)

// each shows one state of so many, and all of them with PKIDSTATION_TORTURE=1. Which
// ones depends on the view: another one's are others.
func each(t *testing.T, view uitest.View, of int, look func(uitest.State, *uitest.Shot)) {
	t.Helper()
	t.Cleanup(func() { widget.SetDark(false) })
	sum := fnv.New32()
	_, _ = fmt.Fprintf(sum, "%s %v", t.Name(), view)
	for n, state := range uitest.States() {
		if os.Getenv("PKIDSTATION_TORTURE") != "1" && (n+int(sum.Sum32()%uint32(of)))%of != 0 {
			continue
		}
		shot, err := state.Show(view)
		if err != nil {
			t.Error(err)
			continue
		}
		look(state, shot)
		shot.Close()
	}
}

// hostile are codes that would press something if a scan could: keys of a person at
// their beginning, in their middle and at their end.
func hostile() []string {
	const code = "3305112234456"
	keys := string(uitest.FunctionKeys())
	return []string{
		code + "\r", "\r" + code + "\r", "SN 12 34 56 78\t", "\x1b\x1b" + code + "\t", code + "\x1a\x16\x0c\x0f\x02\x14\x15\x0e\x17\x0b\x0a" + code + "\r",
		keys + code + "\r", code + keys + code + "\r",
	}
}

// without are texts, but for what a PIN field says of a scan: that it took it out.
func without(shot *uitest.Shot) []string {
	about := shot.Say("guard.machine") + shot.Say("guard.type") + shot.Say("guard.enter")
	return slices.DeleteFunc(shot.Texts(), func(text string) bool { return strings.Contains(about, text) })
}

// TestPrinciple4NoScanPressesAnything: any scanned string in any state activates no
// control: the screen says the same before and after it.
func TestPrinciple4NoScanPressesAnything(t *testing.T) {
	each(t, low(), 24, func(state uitest.State, shot *uitest.Shot) {
		if state.Name == "wrong-pin" || state.Screen == "camera" && state.Name == "stopped" { // they count down meanwhile
			return
		}
		before := without(shot)
		for _, code := range hostile() {
			shot.Scan(code)
			if diff := cmp.Diff(before, without(shot)); diff != "" {
				t.Errorf("%s: %q changed the screen (-before +after):\n%s", state, code, diff)
				return
			}
		}
		if shot.Fault() != nil {
			t.Errorf("%s: %v", state, shot.Fault())
		}
	})
}

// buttons are what there is to press: it is other buttons in another place, or another
// language. A scan that is too short for the wedge stays in a field, as typed.
func buttons(shot *uitest.Shot) []string {
	var all []string
	for _, target := range shot.Targets() {
		if !target.Row {
			all = append(all, target.Label)
		}
	}
	return all
}

// FuzzPrinciple4 scans anything in any state.
func FuzzPrinciple4(f *testing.F) {
	for n, code := range hostile() {
		f.Add(uint8(n*17), code)
	}
	f.Fuzz(func(t *testing.T, n uint8, code string) {
		const longest = 60
		all := uitest.States()
		state := all[int(n)%len(all)]
		shot, err := state.Show(low())
		if err != nil {
			t.Fatal(err)
		}
		defer shot.Close()
		before := buttons(shot)
		shot.Scan("7" + code[:min(len(code), longest)] + "\r")
		if diff := cmp.Diff(before, buttons(shot)); diff != "" {
			t.Errorf("%s: %q (-before +after):\n%s", state, code, diff)
		}
	})
}

// atTheDock are the screens of people with gloves.
func atTheDock(state uitest.State) bool {
	return slices.Contains([]string{"dock", "typed", "teach", "reception"}, state.Screen)
}

// The measures of what is hit with gloves, on a screen that does not say how dense it
// is: 96 pixels an inch.
const (
	primary = 20 / 25.4 * 96
	other   = 44 // more than 10 mm
)

// byScanner says what a scanner does in the place of each button of the dock.
func byScanner() map[string]string {
	return map[string]string{
		"ui.undo": string(command.Undo), "ui.reception.close": string(command.Close),
		"ui.reception.open": "the order's own code", "ui.typed": "the code itself, or " + string(command.Unreadable),
		"label.teach": string(command.Hold), "asked.customer.yes": string(command.Confirm), "asked.shift.yes": string(command.Confirm),
	}
}

// TestPrinciple7KeysAndTargets: what can be pressed has a key, and at the dock a way by
// scanner; it is large enough for gloves, and what the dock's people press is 20 mm.
func TestPrinciple7KeysAndTargets(t *testing.T) {
	look := func(state uitest.State, shot *uitest.Shot) {
		for _, target := range shot.Targets() {
			name := fmt.Sprintf("%s: %q %v", state, target.Label, target.Size)
			if target.Key == "" && !target.Row {
				t.Errorf("%s has no key", name)
			}
			if min(target.Size.Width, target.Size.Height) < other-0.5 {
				t.Errorf("%s is too small for gloves", name)
			}
			if large := atTheDock(state) && shot.OfTheDock(target); large && target.Size.Height < primary-0.5 {
				t.Errorf("%s is less than 20 mm high", name)
			}
		}
	}
	view := low()
	view.Language = "en"
	each(t, view, 12, look)
	for _, name := range []string{"dock-ready", "dock-closed", "dock-refused", "dock-confirm-customer", "reception-open", "typed-empty"} {
		state, shot := mustFind(t, name), show(t, name, view)
		look(state, shot)
		large := 0
		for _, target := range shot.Targets() {
			if shot.OfTheDock(target) {
				large++
			}
		}
		if large < 2 && state.Screen == "dock" {
			t.Errorf("%s: %d targets of the dock", name, large)
		}
	}
	var ways []string
	for id := range byScanner() {
		ways = append(ways, id)
	}
	slices.Sort(ways)
	if diff := cmp.Diff(slices.Sorted(slices.Values(uitest.DockTargets())), ways); diff != "" {
		t.Errorf("buttons of the dock (-) and their ways by scanner (+):\n%s", diff)
	}
}

func mustFind(t *testing.T, name string) uitest.State {
	t.Helper()
	state, is := uitest.Find(name)
	if !is {
		t.Fatalf("there is no state %s", name)
	}
	return state
}

// TestPrinciple7KeysDoWhatButtonsDo on the dock, and on others with PKIDSTATION_TORTURE=1: the key that is said on a button
// leads where pressing it leads.
func TestPrinciple7KeysDoWhatButtonsDo(t *testing.T) {
	view := low()
	view.Language = "en"
	names := []string{"dock-ready"}
	if os.Getenv("PKIDSTATION_TORTURE") == "1" {
		names = append(names, "queue-rejected", "orders-stays", "customers-all")
	}
	for _, name := range names {
		for _, target := range show(t, name, view).Targets() {
			key, ctrl := strings.CutPrefix(target.Key, "Ctrl+")
			if !target.Enabled || target.Row || len(key) > 3 || key == "C" || target.Key == "Esc" && name != "dock-ready" {
				continue
			}
			byKey := show(t, name, view)
			byKey.Press(fyne.KeyName(key), ctrl)
			byTap := show(t, name, view)
			byTap.Tap(target.Label)
			if diff := cmp.Diff(byTap.Texts(), byKey.Texts()); diff != "" && target.Key != "Ctrl+J" {
				t.Errorf("%s: %q by %s (-tapped +key):\n%s", name, target.Label, target.Key, diff)
			}
		}
	}
}

// TestEverythingCanBeRead: every text has 7:1 on what is behind it, in both looks.
func TestEverythingCanBeRead(t *testing.T) {
	for _, look := range []ui.Look{ui.LookLight, ui.LookDark} {
		view := low()
		view.Look = look
		each(t, view, 16, func(state uitest.State, shot *uitest.Shot) {
			for _, text := range shot.Faint() {
				t.Errorf("%s, %s: %s", state, look, text)
			}
		})
	}
}
