package ui_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui"
	"pkidstation/ui/uitest"
	"pkidstation/ui/widget"
)

// cells are the cells in sight of the panel's table.
func (b *bench) cells() []widget.Field {
	var all []widget.Field
	uitest.Walk(b.Front()[2], func(o fyne.CanvasObject) {
		if c, ok := o.(*widget.Cell); ok && o.Visible() && c.Field().Text != "" {
			all = append(all, c.Field())
		}
	})
	return all
}

func fieldTexts(fields []widget.Field) (all []string) {
	for _, f := range fields {
		all = append(all, f.Text)
	}
	return all
}

func (b *bench) hasCell(text string) bool {
	return slices.ContainsFunc(b.cells(), func(f widget.Field) bool { return f.Text == text })
}

func TestTallyOfTheOpenOrder(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	if b.Tally() != "…" {
		t.Errorf("before it is known: %q", b.Tally())
	}
	for want, tally := range map[string]ui.Tally{
		"46 / 48": {Reception: "r1", Here: 46, Of: 48, Doubted: 2},
		"7":       {Reception: "r1", Here: 7},
		"…":       {Reception: "another", Here: 7},
	} {
		b.station.office.receiving.tally = tally
		b.Load()
		if b.Tally() != want || b.shows("2 in doubt") != (tally.Doubted == 2) {
			t.Errorf("%+v is shown as %q", tally, b.Tally())
		}
	}
	if b.shows("May leave") || b.shows("Do not ship") {
		t.Error("the dock says whether the order may leave")
	}
}

func TestOnlyWhatMayLeaveIsGreen(t *testing.T) {
	b := newBench(t, ui.Options{Language: "fr"})
	b.openOrders()
	settle(b)
	count := map[string]int{}
	for _, f := range b.cells() {
		count[f.Text]++
		if (f.Tone == widget.Accept) != (f.Text == "Bon à expédier") {
			t.Errorf("%+v", f)
		}
	}
	if count["Bon à expédier"] != 1 || count["Ne pas expédier"] != 2 || count["BL-2025-0001"] != 0 || count["BL-2026-0117"] != 1 {
		t.Errorf("shown: %v", count)
	}
	for _, want := range []string{"1 sur 5", "1 sur 3", "2 sur 2"} {
		if count[want] != 1 {
			t.Errorf("%q is shown %d times", want, count[want])
		}
	}
}

func TestBoxesOfAnOrderByPalletAndNumber(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.openOrder(0)
	settle(b)
	if !b.shows("Do not ship: 1 of 5 registered") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	var pkids []string
	for _, f := range b.cells() {
		if strings.HasPrefix(f.Text, "33051234") {
			pkids = append(pkids, f.Text)
		}
	}
	want := []string{"3305123400006", "3305123400004", "3305123400005", "3305123400003", "3305123400002"}
	if !slices.Equal(pkids, want) {
		t.Errorf("listed %v, want %v", pkids, want)
	}
	whys := strings.Join(fieldTexts(b.cells()), "\n")
	for _, want := range []string{"Held. No list has it for this order.", "Not scanned."} {
		if !strings.Contains(whys, want) {
			t.Errorf("%q is not said:\n%s", want, whys)
		}
	}
	b.command(fyne.KeyF5)
	settle(b)
	if !b.hasCell("3305123400009") {
		t.Error("all boxes are not shown")
	}
}

func TestUnscannedNeedsASupervisorAndAReason(t *testing.T) {
	b, g := newGuarded(t, "en", "Léa")
	b.station.office.receiving.unscanned = queue.Unscanned{Made: make([]queue.Entry, 2)}
	b.station.failure = nil
	b.openOrder(0)
	b.command(fyne.KeyF6)
	if !b.shows("2 devices of order BL-2026-0118 will be registered for Contoso Logistique without a scan.") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	if b.Confirmable() {
		t.Error("it can be done without a reason")
	}
	b.scan("3305123456781\r")
	b.clock.pass(time.Second)
	if b.Confirmable() {
		t.Error("a scan gives a reason")
	}
	b.tap(t, "Labels cannot be read")
	g.lock()
	b.station.calls = nil
	b.ctrl(fyne.KeyReturn)
	b.clock.pass(time.Second)
	if b.PanelTitle() != b.Say("guard.ask") {
		t.Fatalf("panel %q, notice %q", b.PanelTitle(), b.Notice())
	}
	b.station.calls = nil
	b.enter(rightPIN)
	b.called(t, `register `+string(contoso)+` "" of BL-2026-0118: Labels cannot be read`)
	if !strings.Contains(b.Notice(), "2 devices will be registered") || !strings.Contains(b.PanelTitle(), "BL-2026-0118") {
		t.Errorf("panel %q, notice %q", b.PanelTitle(), b.Notice())
	}
}

func TestExpectedBoxes(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.openOrder(2)
	b.command(fyne.KeyF7)
	for text, want := range map[string]bool{"": false, "ten": false, "-1": false, "1000001": false, "48": true} {
		ui.SetFieldText(b.Fields()[0], text)
		if b.Confirmable() != want {
			t.Errorf("%q can be kept: %v", text, !want)
		}
	}
	ui.SetFieldText(b.Fields()[0], " 48 ")
	b.ConfirmPanel()
	b.called(t, "expect 48 of BL-2026-0116")
	b.command(fyne.KeyF7)
	b.station.failure = &ui.TooFewError{Others: 12}
	ui.SetFieldText(b.Fields()[0], "5")
	b.ConfirmPanel()
	if !strings.Contains(b.Notice(), "its other receptions expect 12 boxes already") || b.PanelTitle() != "Expected boxes" {
		t.Errorf("panel %q, notice %q", b.PanelTitle(), b.Notice())
	}
}

// Rows that were refused keep an order until somebody counts its boxes, or the list
// comes whole: they can be counted here.
func TestRefusedRowsCanBeCountedAway(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.openOrder(1)
	if b.shows("Expected boxes") {
		t.Error("a list says how many there are")
	}
	r := b.station.office.receiving.orders["BL-2026-0117"]
	r.Refused, r.Open = 2, 1
	b.station.office.receiving.orders["BL-2026-0117"] = r
	b.Load()
	b.command(fyne.KeyF7)
	if b.PanelTitle() != "Expected boxes" {
		t.Fatalf("panel %q", b.PanelTitle())
	}
	ui.SetFieldText(b.Fields()[0], "2")
	b.ConfirmPanel()
	b.called(t, "expect 2 of BL-2026-0117")
}

func TestPaperOfAnOrder(t *testing.T) {
	b := newBench(t, ui.Options{Language: "fr"})
	b.openOrder(0)
	b.command(fyne.KeyF8)
	b.command(fyne.KeyF6)
	b.ConfirmPanel()
	b.called(t, "paper BL-2026-0118 /home/ana/BL-2026-0118-4x6.pdf 4x6 fr")
	b = newBench(t, ui.Options{Language: "fr"})
	b.WithoutPaper()
	b.openOrder(0)
	b.command(fyne.KeyF8)
	if b.shows("Papier pour la palette") {
		t.Error("a paper is offered that nobody makes")
	}
}

func TestDroppingAListNeedsASupervisor(t *testing.T) {
	b, g := newGuarded(t, "en", "Léa")
	b.station.failure = nil
	b.openLists()
	b.command(fyne.KeyF8)
	if b.Confirmable() {
		t.Error("it can be dropped without a reason")
	}
	b.tap(t, "Wrong list")
	g.lock()
	b.station.calls = nil
	b.ctrl(fyne.KeyReturn)
	b.clock.pass(time.Second)
	b.station.calls = nil
	b.enter(rightPIN)
	b.called(t, "drop 2: Wrong list")
	b.command(fyne.KeyEscape)
	b.openLists()
	b.command(fyne.KeyDown)
	b.command(fyne.KeyF8)
	if b.PanelTitle() != "Imported lists" {
		t.Errorf("a dropped list can be dropped: %q", b.PanelTitle())
	}
}

// No key that a scanner may type does anything in these panels.
func TestScansDoNothingInOrders(t *testing.T) {
	for name, show := range orderStates() {
		b := newBench(t, ui.Options{Language: "fr"})
		show(b)
		b.station.calls = nil
		before := b.PanelTitle()
		for _, code := range []string{"3305123456781\r", "\x1b]C0 3305123456781\t", "48\r", "\x1c\x1d3305123456798\r"} {
			b.scan(code)
			b.clock.pass(time.Second)
		}
		if len(b.station.calls) > 0 || b.PanelTitle() != before {
			t.Errorf("%s: calls %v, panel %q was %q", name, b.station.calls, b.PanelTitle(), before)
		}
	}
}

// A title that does not fit its column cannot be read anywhere else.
func TestTitlesOfColumnsAreWhole(t *testing.T) {
	for name, show := range orderStates() {
		for _, language := range wordiest() {
			b := newBench(t, ui.Options{Language: language})
			b.FyneWindow().Resize(fyne.NewSize(1024, 768)) // the narrowest
			show(b)
			settle(b)
			for _, title := range b.CutTitles() {
				t.Errorf("%s %s: the title %q is cut", name, language, title)
			}
		}
	}
}

// A large order is looked through once, however many keys are pressed.
func TestALargeOrderDoesNotHoldUpTheWindow(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	var devices []queue.ReconciledDevice
	for n := range 20_000 {
		devices = append(devices, device(n%99_999+1, queue.Missing, ""))
	}
	b.someOrders()
	b.station.office.receiving.orders["BL-2026-0118"] = uitest.Reconciled(devices...)
	b.VisitQueue()
	b.ctrlKey(fyne.KeyO)
	b.command(fyne.KeyDown)
	b.ctrl(fyne.KeyReturn)
	b.clock.pass(time.Second)
	begun := time.Now()
	const keys = 50
	for range keys {
		b.command(fyne.KeyDown)
	}
	if took := time.Since(begun); took > keys*100*time.Millisecond {
		t.Errorf("%d keys took %v", keys, took)
	}
	if !b.shows("The 20,000 boxes that keep the order") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
}
