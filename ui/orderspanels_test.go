package ui_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/queue/manifest"
	"pkidstation/ui"
	"pkidstation/ui/widget"
)

// cells are the cells in sight of the panel's table.
func (b *bench) cells() []widget.Field {
	var all []widget.Field
	walk(b.Front()[2], func(o fyne.CanvasObject) {
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

func TestImportShowsBeforeItTakes(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.preview(someList())
	settle(b)
	b.called(t)
	for _, want := range []string{"Windows Product ID", "serial number", "not used", "5CG4071QZ9"} {
		if !b.hasCell(want) {
			t.Errorf("%q is not shown: %v", want, b.cells())
		}
	}
	if b.Confirmable() || !b.shows("Choose the customer (F8).") {
		t.Error("a list for nobody can be taken")
	}
	b.forContoso()
	if !b.Confirmable() || !b.shows("For Contoso Logistique. Order: BL-2026-0118, as the list says.") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	b.station.office.receiving.taken = ui.TakenList{Announcing: queue.Announcing{Announcement: queue.Announcement{Taken: 48}}}
	b.ConfirmPanel()
	b.called(t, "take /home/ana/liste.csv for "+string(contoso)+`, order ""`)
	if b.PanelTitle() != "List imported" || !b.shows("48 devices are announced.") {
		t.Errorf("panel %q", b.PanelTitle())
	}
	b.command(fyne.KeyEscape)
	if b.PanelTitle() != "Orders" {
		t.Errorf("then the panel is %q", b.PanelTitle())
	}
}

func TestRefusedRowsHavePlaceAndReason(t *testing.T) {
	for language, want := range map[string][]string{
		"en": {"46", "Row 17", "Row 23", "list 1, row 7"},
		"fr": {"48 appareils sont annoncés", "Ligne 17, colonne A", "Ligne 23, colonne A", "liste 1, ligne 7"},
	} {
		b := newBench(t, ui.Options{Language: language})
		b.takeList()
		settle(b)
		shown := strings.Join(texts(b), "\n")
		b.command(fyne.KeyDown)
		shown += strings.Join(texts(b), "\n")
		for _, w := range want[1:] {
			if !strings.Contains(shown, w) {
				t.Errorf("%s: %q is not in:\n%s", language, w, shown)
			}
		}
	}
}

func TestImportedBeforeSaysSo(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.preview(someList())
	b.forContoso()
	b.station.office.receiving.taken = ui.TakenList{Announcing: queue.Announcing{Again: true, Announcement: queue.Announcement{Number: 2, Taken: 48, By: "Ana", At: b.clock.now}}}
	b.ConfirmPanel()
	if !b.shows("This very file was imported before") || b.shows("48 devices are announced") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
}

// What a column is can be said by a person: the list is read again by that, and a
// supplier's name keeps it.
func TestColumnsAreChangedAndKept(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.preview(someList())
	b.forContoso()
	b.command(fyne.KeyDown)
	b.command(fyne.KeyDown)
	b.command(fyne.KeyF5) // PKID, serial number and order are other columns'
	if !b.shows("You changed the columns.") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	b.ConfirmPanel()
	want := []manifest.Mapping{{Column: "Windows Product ID", Field: manifest.PKID}, {Column: "Numéro de série", Field: manifest.Serial}, {Column: "Désignation commerciale de l'article", Field: manifest.Manufacturer}, {Column: "BL", Field: manifest.Order}}
	if asked := b.station.office.receiving.asked; asked.Profile == nil || !slices.Equal(asked.Profile.Columns, want) {
		t.Fatalf("asked for %+v", asked)
	}
	if b.Confirmable() || !b.shows("Name the supplier") {
		t.Error("columns of nobody can be taken")
	}
	ui.SetFieldText(b.Fields()[1], "Grossiste Lyon")
	if !b.Confirmable() {
		t.Error("it cannot be taken")
	}
	b.command(fyne.KeyF10)
	if len(b.station.calls) != 1 || !strings.HasPrefix(b.station.calls[0], "keep Grossiste Lyon [{Windows Product ID pkid}") {
		t.Errorf("calls %v", b.station.calls)
	}
}

// A column that has no header of its own goes by its letter, and so do all.
func TestColumnsWithoutHeadersGoByTheirLetters(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	found := someList()
	found.Unclear, found.HeaderRow, found.Taken = manifest.ErrNoHeader, 3, 0
	for n := range found.Columns {
		found.Columns[n].Field, found.Columns[n].Header = "", "Code"
	}
	b.preview(found)
	if b.Confirmable() {
		t.Error("a list without a device can be read")
	}
	b.command(fyne.KeyF5)
	b.ConfirmPanel()
	profile := b.station.office.receiving.asked.Profile
	if profile == nil || !profile.NoHeader || profile.HeaderRow != 3 || len(profile.Columns) != 1 || profile.Columns[0] != (manifest.Mapping{Column: "A", Field: manifest.PKID}) {
		t.Errorf("asked for %+v", profile)
	}
}

func TestSuppliersColumnsAreChosen(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.station.office.receiving.profiles = []manifest.Profile{{Name: "Grossiste Lyon", Columns: []manifest.Mapping{{Column: "Clé", Field: manifest.PKID}}}}
	b.preview(someList())
	b.forContoso()
	b.command(fyne.KeyF7)
	b.command(fyne.KeyDown)
	b.ConfirmPanel()
	if asked := b.station.office.receiving.asked; asked.Profile == nil || asked.Profile.Name != "Grossiste Lyon" || ui.FieldText(b.Fields()[1]) != "Grossiste Lyon" {
		t.Errorf("asked for %+v", b.station.office.receiving.asked)
	}
}

func TestASheetIsChosen(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.station.office.receiving.looked = &manifest.SheetsError{Sheets: []string{"Pallet 1", "Pallet 2"}}
	b.preview(someList())
	b.command(fyne.KeyDown)
	b.station.office.receiving.looked = nil
	b.ConfirmPanel()
	if asked := b.station.office.receiving.asked; asked.Sheet != "Pallet 2" || !strings.Contains(b.PanelTitle(), "liste.csv") {
		t.Errorf("asked for %+v, panel %q", asked, b.PanelTitle())
	}
	b.forContoso()
	b.ConfirmPanel()
	if asked := b.station.office.receiving.asked; asked.Sheet != "Pallet 2" || asked.Customer != contoso {
		t.Errorf("took %+v", asked)
	}
}

// Whoever leaves while a list is read has none of it.
func TestLeavingEndsTheReading(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.preview(someList())
	b.forContoso()
	b.station.office.receiving.reading = func(ctx context.Context) {
		if !b.shows("5,000 rows read, 40 %") {
			t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
		}
		b.command(fyne.KeyEscape)
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Second):
			t.Error("the reading goes on")
		}
	}
	b.ConfirmPanel()
	b.called(t)
	if b.Notice() != "" {
		t.Errorf("notice %q", b.Notice())
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
		for n, language := range append(languages(), languages()...) {
			b := newBench(t, ui.Options{Language: language})
			if n >= len(languages()) {
				b.FyneWindow().Resize(fyne.NewSize(1024, 768))
			}
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
	for n := range 100_000 {
		devices = append(devices, device(n%99_999+1, queue.Missing, ""))
	}
	b.someOrders()
	b.station.office.receiving.orders["BL-2026-0118"] = reconciled(devices...)
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
	if !b.shows("The 100,000 boxes that keep the order") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
}
