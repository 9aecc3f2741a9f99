package ui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/scanner/wedge"
	"pkidstation/ui"
)

// An asker stands in for what the station asks.
type asker struct {
	station  *station
	customer bool
	comes    string
	calls    []string
}

func (a *asker) Asked() (customer bool, comes string) { return a.customer, a.comes }

func (a *asker) Confirm(context.Context) error {
	a.calls, a.customer, a.comes = append(a.calls, "confirm"), false, ""
	return nil
}

func (a *asker) EndLayer(context.Context) error {
	a.calls = append(a.calls, "layer")
	return nil
}

func (a *asker) Expect(_ context.Context, boxes int) (queue.Reception, error) {
	a.calls = append(a.calls, fmt.Sprintf("expect %d", boxes))
	a.station.reception.Expected = boxes
	return a.station.reception, nil
}

func newAskedBench(t *testing.T, language string) (*bench, *asker) {
	t.Helper()
	a := &asker{}
	b := newBench(t, ui.Options{Language: language, Asked: a})
	a.station = b.station
	return b, a
}

// askedStates are what can be asked, and what is told of the answers.
func askedStates() map[string]func(b *bench, a *asker) {
	at := time.Date(2026, 11, 23, 15, 0, 0, 0, time.Local)
	work := queue.Work{Customer: contoso, GroupTag: "LYON-3", Order: "BL-417"}
	open := queue.Unfinished{Boxes: 1, Held: 3, Unsent: 12, Oldest: at.Add(-51 * time.Hour)}
	for n := range 5 {
		r := queue.OpenWork{Here: 37}
		r.Work, r.Expected = work, 200*(n%2)
		open.Receptions = append(open.Receptions, r)
	}
	command := func(v queue.Verdict) queue.Verdict {
		v.Word, v.Kind, v.At, v.Work = queue.Ignored, "command", at, work
		return v
	}
	tell := func(v queue.Verdict) func(*bench, *asker) {
		return func(b *bench, _ *asker) { b.Tell(ui.Event{Verdict: v}) }
	}
	waits := command(queue.Verdict{Reason: queue.ShiftWaits, Name: "Marie-Antoinette", Unfinished: open})
	held := queue.Verdict{Word: queue.OnHold, Kind: "pkid", Text: "3305123456781", Reason: queue.Unconfirmed, Entry: entry()}
	held.Entry.Customer, held.Entry.GroupTag, held.Entry.Order, held.Entry.Unconfirmed = contoso, "LYON-3", "BL-417", true
	serial := held
	serial.Word, serial.Reason, serial.Kind, serial.Text = queue.Attached, "", "serial", "5CG1234567"
	layered := queue.Verdict{Word: queue.Accepted, Entry: entry(), Kind: "pkid", Text: "3305123456781", Layer: queue.Layer{Number: 3, Boxes: 12}}
	return map[string]func(b *bench, a *asker){
		"unconfirmed": func(b *bench, a *asker) { a.customer = true; b.Load(); b.Tell(ui.Event{Verdict: held}) },
		"a serial":    func(b *bench, a *asker) { a.customer = true; b.Load(); b.Tell(ui.Event{Verdict: serial}) },
		"asked early": func(b *bench, a *asker) { a.customer = true; b.Load() },
		"shift": func(b *bench, a *asker) {
			a.customer, a.comes = true, "Marie-Antoinette"
			b.Tell(ui.Event{Verdict: waits})
		},
		"shift alone":        func(b *bench, a *asker) { a.comes = "Marie"; b.Tell(ui.Event{Verdict: waits}) },
		"taken":              tell(command(queue.Verdict{Reason: queue.ShiftTaken, Name: "Marie"})),
		"confirmed":          tell(command(queue.Verdict{Reason: queue.CustomerConfirmed, Count: 2, Of: 3})),
		"changed":            tell(command(queue.Verdict{Reason: queue.Changed, Count: 2})),
		"changed, of nobody": tell(command(queue.Verdict{Reason: queue.Changed, Held: 2})),
		"read back":          tell(command(queue.Verdict{Reason: queue.ReceptionEnded, Count: 187, Of: 1200})),
		"read back, others":  tell(command(queue.Verdict{Reason: queue.ReceptionEnded, Count: 1201, Of: 1200, Beside: 14, Held: 17})),
		"layer":              tell(command(queue.Verdict{Reason: queue.LayerEnded, Count: 187, Layer: queue.Layer{Number: 13, Boxes: 12}})),
		"of a layer":         tell(layered),
		"expected":           func(b *bench, _ *asker) { b.station.open = false; b.Load(); b.OpenReception() },
		"closing":            func(b *bench, _ *asker) { b.station.reception.Expected = 1200; b.Load(); b.OpenReception() },
	}
}

// TestNothingOfWhatIsAskedIsCut, in both languages, longer, in a small window.
func TestNothingOfWhatIsAskedIsCut(t *testing.T) {
	for name, show := range askedStates() {
		for _, language := range wordiest() {
			b, a := newAskedBench(t, language)
			show(b, a)
			settle(b)
			checkWhole(t, b, name+" "+language, 11)
			if alerted := a.customer || a.comes != ""; !alerted && b.PanelTitle() == "" {
				checkTile(t, b, name+" "+language)
			}
			lengthen(b)
			settle(b)
			checkWhole(t, b, name+" "+language+" longer", 9)
		}
	}
}

// TestTheCustomerIsAskedForByName, large, and answered by a press.
func TestTheCustomerIsAskedForByName(t *testing.T) {
	for _, language := range languages() {
		b, a := newAskedBench(t, language)
		askedStates()["unconfirmed"](b, a)
		news := b.Tile().News()
		if !strings.HasPrefix(news.Word, "Contoso Logistique") || !strings.Contains(news.Next, b.Say("sheet.confirm.name")) ||
			!strings.Contains(news.Next, b.Say("sheet.customer.name")) {
			t.Errorf("%s: the tile is %+v", language, news)
		}
		b.tap(t, b.Say("asked.customer.yes"))
		if diff := cmp.Diff([]string{"confirm"}, a.calls); diff != "" {
			t.Errorf("%s (-want +got):\n%s", language, diff)
		}
		if b.says(b.Say("asked.customer.yes")) {
			t.Errorf("%s: it is asked still", language)
		}
	}
}

func TestTheQuestionIsAnsweredByAKey(t *testing.T) {
	b, a := newAskedBench(t, "en")
	answer := func() {
		b.clock.pass(time.Second)
		b.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
		b.clock.pass(time.Second)
	}
	answer()
	if len(a.calls) != 0 {
		t.Errorf("nothing was asked: %v", a.calls)
	}
	a.comes = "Marie"
	b.Load()
	answer()
	b.command(fyne.KeyF5)
	b.station.open = false
	b.Load()
	b.command(fyne.KeyF5)
	if diff := cmp.Diff([]string{"confirm", "layer"}, a.calls); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A scan answers nothing.
func TestNoScanAnswers(t *testing.T) {
	b, a := newAskedBench(t, "en")
	a.customer = true
	b.Load()
	for _, end := range []string{"\r", "\n", "\t", "\x1b", ""} {
		b.scan("3305123456781" + end)
		b.clock.pass(time.Second)
	}
	if len(a.calls) != 0 {
		t.Errorf("answered %v", a.calls)
	}
}

// A locked station takes no answer, and a newcomer's badge unlocks it.
func TestALockedStationTakesNoAnswer(t *testing.T) {
	b, a := newAskedBench(t, "en")
	a.customer = true
	b.Tell(ui.Event{Verdict: queue.Verdict{Word: queue.Ignored, Kind: "command", Reason: queue.NowLocked}})
	b.Load()
	if b.says(b.Say("asked.customer.yes")) || !b.says(b.Say("ui.alert.locked")) {
		t.Error("a locked station takes answers")
	}
	a.comes = "Marie"
	b.Tell(ui.Event{Verdict: queue.Verdict{Word: queue.Ignored, Kind: "command", Reason: queue.ShiftWaits, Name: "Marie"}})
	if b.says(b.Say("ui.alert.locked")) {
		t.Error("it is locked still")
	}
	if !b.says(strings.NewReplacer("{{.Name}}", "Marie", "{{.Customer}}", "Contoso Logistique").Replace(translations(t, "reception", "en")["asked.shift.customer"].(string))) {
		t.Errorf("it does not ask: %q", texts(b))
	}
}

// TestTheExpectedCountIsAsked where a reception is opened, and must be a count.
func TestTheExpectedCountIsAsked(t *testing.T) {
	b, a := newAskedBench(t, "en")
	b.station.open = false
	b.Load()
	b.OpenReception()
	b.FyneWindow().Canvas().Focus(b.Fields()[0])
	b.hand("contoso")
	b.command(fyne.KeyDown)
	b.tap(t, "LYON-3")
	fields := b.Fields()
	for text, fine := range map[string]bool{"": true, "12": true, "0": false, "-3": false, "12x": false, "3305123456781": false} {
		ui.SetFieldText(fields[2], text)
		if b.Confirmable() != fine {
			t.Errorf("%q: confirmable %v", text, !fine)
		}
	}
	ui.SetFieldText(fields[2], "200")
	b.ConfirmPanel()
	if diff := cmp.Diff([]string{"expect 200"}, a.calls); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	b.OpenReception()
	if !b.says("0 boxes read. Expected: 200.") && !strings.Contains(strings.Join(texts(b), "\n"), "Expected: 200.") {
		t.Errorf("the panel says %q", texts(b))
	}
}

// Closing at the window keeps what reads it back on the tile.
func TestClosingReadsBack(t *testing.T) {
	b, a := newAskedBench(t, "en")
	askedStates()["read back"](b, a)
	b.OpenReception()
	b.ConfirmPanel()
	if news := b.Tile().News(); news.Read != "Contoso Logistique" || news.Number != "187/1,200" {
		t.Errorf("the tile is %+v", news)
	}
}

// TestWhatIsBesideTheListIsNotCounted: as many boxes as are announced are not the
// ones that are announced.
func TestWhatIsBesideTheListIsNotCounted(t *testing.T) {
	for _, language := range languages() {
		b, a := newAskedBench(t, language)
		askedStates()["read back, others"](b, a)
		if news := b.Tile().News(); news.Number != "1,187/1,200" && language == "en" || !strings.Contains(news.What, "14") {
			t.Errorf("%s: the tile is %+v", language, news)
		}
	}
}

// TestTheQuestionGoesWithTheScan: an order's code is no command, and asks another
// question.
func TestTheQuestionGoesWithTheScan(t *testing.T) {
	b, a := newAskedBench(t, "en")
	a.customer = true
	b.Load()
	for reason, asked := range map[queue.Reason]bool{queue.ScanConfirm: false, queue.NotChanged: true} {
		a.customer = asked
		b.Tell(ui.Event{Verdict: queue.Verdict{Word: queue.Ignored, Kind: "other", Text: "BL-9", Reason: reason}})
		if b.says(b.Say("asked.customer.yes")) != asked {
			t.Errorf("after %s: asked %v", reason, !asked)
		}
	}
}

// TestClosingCountsWhatStands: a running number is no count.
func TestClosingCountsWhatStands(t *testing.T) {
	b, _ := newAskedBench(t, "en")
	b.station.entries = []queue.Entry{entry(), entry()}
	b.station.entries[0].State = queue.Held
	gone := entry()
	gone.State = queue.Discarded
	b.station.entries = append(b.station.entries, gone)
	b.Load()
	b.OpenReception()
	if !b.says("2 boxes captured in it.") {
		t.Errorf("the panel says %q", texts(b))
	}
}

// TestWhatAHandTypesAtTheDock is told where it belongs; in a field nothing is told.
func TestWhatAHandTypesAtTheDock(t *testing.T) {
	for _, language := range languages() {
		b, _ := newAskedBench(t, language)
		b.hand("BL-7")
		b.press(fyne.KeyReturn)
		if !b.says(b.Say("ui.by-hand")) {
			t.Errorf("%s: nothing is told: %q", language, texts(b))
		}
	}
	b, _ := newAskedBench(t, "en")
	b.hand("a")
	b.scan("BL-7\r")
	b.scan("3305123456781\r")
	b.station.open = false
	b.Load()
	b.OpenReception()
	b.FyneWindow().Canvas().Focus(b.Fields()[0])
	b.hand("contoso")
	if b.says(b.Say("ui.by-hand")) {
		t.Errorf("it is told: %q", texts(b))
	}
}

// TestAShortPINIsNoScan, however fast it is typed.
func TestAShortPINIsNoScan(t *testing.T) {
	b, _ := newAskedBench(t, "en")
	b.station.open = false
	b.Load()
	b.OpenReception()
	b.FyneWindow().Canvas().Focus(b.Fields()[0])
	b.scan("1234\r")
	b.clock.pass(time.Second)
	if got := b.given(); len(got) != 0 {
		t.Errorf("scanned %q", got)
	}
	b.FyneWindow().Canvas().Unfocus()
	b.scan("BL-7\r")
	b.clock.pass(time.Second)
	if got := b.given(); len(got) != 1 || got[0] != "BL-7" {
		t.Errorf("scanned %q", got)
	}
}

// given are the scans that the station gets of the strokes so far.
func (b *bench) given() (found []string) {
	parser := wedge.NewParser(wedge.Options{})
	for _, stroke := range b.station.strokes {
		for _, burst := range parser.Feed(stroke) {
			if burst.Machine || burst.Few {
				found = append(found, burst.Text)
			}
		}
	}
	return found
}
