package ui_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui"
)

// A rack is the port that says what is read from.
type rack struct {
	all     []ui.Source
	failure error
	calls   []string
}

func (r *rack) Sources(context.Context) ([]ui.Source, error) { return r.all, r.failure }

func (r *rack) Stop(_ context.Context, name string) error {
	r.calls = append(r.calls, "stop "+name)
	return r.failure
}

func (r *rack) Watch() (<-chan struct{}, func()) { return nil, func() {} }

func newRack() *rack {
	read := ui.LastRead{At: time.Date(2026, 11, 23, 14, 59, 0, 0, time.Local), Kind: "pkid", Keys: 16, Took: 180 * time.Millisecond}
	return &rack{all: []ui.Source{
		{State: ui.SourceReading, Last: read},
		{Name: "/dev/a", Product: "Voyager (ttyACM0)", State: ui.SourceReading},
		{Name: "/dev/b", State: ui.SourceLost, Fixed: true},
		{Name: "/dev/c", State: ui.SourceRefused, Err: errors.New("no room here")},
		{Name: "/dev/d", State: ui.SourceOffered},
	}}
}

func openRack(t *testing.T, r *rack, options ui.Options) *bench {
	t.Helper()
	options.Language, options.Sources = "en", r
	b := newBench(t, options)
	b.OpenHelp()
	b.ctrlKey(fyne.KeyB)
	if b.PanelTitle() != "Scanners" {
		t.Fatalf("panel %q", b.PanelTitle())
	}
	return b
}

// Each source says how it is, and offers what can be done with it and nothing else.
func TestScannersSayHowTheyAre(t *testing.T) {
	r := newRack()
	b := openRack(t, r, ui.Options{})
	for n, want := range []struct {
		says     []string
		use, end bool
	}{
		{[]string{"Not calibrated: read the calibration barcode", "Last read: 14:59 · PKID · 16 characters in 180 ms"}, false, false},
		{[]string{"Voyager (ttyACM0) · Read from", "Port: a", "Nothing read since the start."}, false, true},
		{[]string{"b · Not connected", "station.toml names it"}, false, false},
		{[]string{"c · Cannot be opened", "no room here"}, false, true},
		{[]string{"d · Plugged in, not used"}, true, false},
	} {
		if n > 0 {
			b.command(fyne.KeyDown)
		}
		for _, text := range want.says {
			if !b.shows(text) {
				t.Errorf("source %d: %q is not in\n%s", n, text, strings.Join(texts(b), "\n"))
			}
		}
		r.calls, b.station.calls = nil, nil
		b.command(fyne.KeyF5)
		b.command(fyne.KeyF6)
		if used := strings.Contains(strings.Join(b.station.calls, " "), "use "+r.all[n].Name); used != want.use {
			t.Errorf("source %d: used %t (%q)", n, used, b.station.calls)
		}
		if ended := len(r.calls) == 1; ended != want.end {
			t.Errorf("source %d: called %q", n, r.calls)
		}
	}
}

// To read from a scanner no more needs a supervisor; to use one does not.
func TestAScannerIsStoppedBySupervisors(t *testing.T) {
	r := newRack()
	b, g := newGuarded(t, "en", "Léa")
	b.Options().Sources = r
	b.OpenHelp()
	b.ctrlKey(fyne.KeyB)
	b.command(fyne.KeyDown)
	g.lock()
	r.failure = queue.ErrNeedsSupervisor
	b.command(fyne.KeyF6)
	if !b.shows("Use no more · Voyager (ttyACM0)") {
		t.Fatalf("no PIN is asked for:\n%s", strings.Join(texts(b), "\n"))
	}
	r.failure = nil
	b.enter(rightPIN)
	if len(r.calls) != 2 || b.Notice() != "Voyager (ttyACM0) is not read from any more." {
		t.Errorf("called %q, notice %q", r.calls, b.Notice())
	}
}

// What changes is shown as it changes; one that is gone is chosen no more, and a scan
// presses nothing.
func TestScannersChangeWhileTheyAreLookedAt(t *testing.T) {
	r := newRack()
	b := openRack(t, r, ui.Options{})
	for range 4 {
		b.command(fyne.KeyDown)
	}
	r.all = r.all[:2]
	r.all[1].State = ui.SourceLost
	b.Resource()
	if !b.shows("Voyager (ttyACM0)") || !b.shows("Not connected") || b.shows("d · Plugged in") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	b.scan("3305123456781\r")
	if b.PanelTitle() != "Scanners" || len(r.calls) > 0 {
		t.Errorf("a scan did something: panel %q, calls %q", b.PanelTitle(), r.calls)
	}
	r.failure = errors.New("the disk is gone")
	b.Resource()
	if !strings.Contains(b.Notice(), "the disk is gone") {
		t.Errorf("notice %q", b.Notice())
	}
}

// The live test is the trial itself: what is read goes there.
func TestScannersLeadToTheTrial(t *testing.T) {
	b := openRack(t, newRack(), ui.Options{Trial: &trier{}})
	b.command(fyne.KeyF7)
	if b.PanelTitle() != "" || !b.shows("Trial: nothing is kept") {
		t.Errorf("panel %q, shown:\n%s", b.PanelTitle(), strings.Join(texts(b), "\n"))
	}
}
