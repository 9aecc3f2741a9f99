package ui_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"pkidstation/queue"
	"pkidstation/ui"
	"pkidstation/ui/uitest"
	"pkidstation/ui/widget"
)

const green = "May leave"

// An order that may leave is not said to for long while nobody has looked at it since
// a change: it may not any more.
func TestNoOldWordThatAnOrderMayLeave(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.openOrders()
	settle(b)
	if !b.hasCell(green) {
		t.Fatal("no order may leave")
	}
	looked := 0
	b.station.office.receiving.reconciling = func(order string) {
		if looked++; order != "BL-2026-0117" {
			return
		}
		if settle(b); !b.hasCell(green) {
			t.Error("the word goes for a blink of the eye at each change")
		}
		b.clock.pass(2 * time.Second)
		if settle(b); b.hasCell(green) {
			t.Error("an order is said to be fit to leave, and nobody knows")
		}
	}
	b.Load()
	b.station.office.receiving.reconciling = nil
	if settle(b); looked != 3 || !b.hasCell(green) {
		t.Errorf("after %d orders it does not say so", looked)
	}
}

// One order that cannot be looked at is not known, and keeps no other from it.
func TestAnOrderThatFailsKeepsNoOther(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.openOrders()
	b.station.office.receiving.broken = map[string]error{"BL-2026-0117": errors.New("damaged")}
	delete(b.station.office.receiving.orders, "BL-2026-0116")
	b.Load()
	settle(b)
	if b.hasCell(green) || b.hasCell("1 of 3") || !b.hasCell("1 of 5") || b.Notice() == "" {
		t.Errorf("shown %v, notice %q", fieldTexts(b.cells()), b.Notice())
	}
}

// However often something changes, each order has its turn.
func TestEachOrderHasItsTurn(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	var turns []string
	b.station.office.receiving.reconciling = func(order string) {
		if turns = append(turns, order); len(turns) < 12 {
			b.Load() // a change comes
		}
	}
	b.openOrders()
	for _, order := range []string{"BL-2026-0118", "BL-2026-0117", "BL-2026-0116"} {
		if at := slices.Index(turns, order); at < 0 || at > 2 {
			t.Errorf("%s has its turn at %d of %v", order, at, turns)
		}
	}
}

func TestNoOldWordOnAnOrder(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.openOrder(1)
	if !b.shows(green) {
		t.Fatalf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	b.station.office.receiving.reconciling = func(string) {
		if b.clock.pass(2 * time.Second); b.shows(green) {
			t.Error("it is said to be fit to leave, and nobody knows")
		}
	}
	b.Load()
	b.station.office.receiving.reconciling = nil
	if !b.shows(green) {
		t.Error("then it does not say so")
	}
	b.station.office.receiving.broken = map[string]error{"BL-2026-0117": errors.New("damaged")}
	b.Load()
	if b.clock.pass(2 * time.Second); b.shows(green) || b.Notice() == "" {
		t.Errorf("it could not be looked at; notice %q", b.Notice())
	}
}

// The panels over an order say what is true of it now.
func TestPanelsOverAnOrderFollowIt(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.openOrder(1)
	b.command(fyne.KeyF8)
	if !b.shows(green) {
		t.Fatalf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	b.station.office.receiving.orders["BL-2026-0117"] = uitest.Reconciled(device(1, queue.Arrived, queue.Registered), device(2, queue.Missing, ""))
	b.Load()
	if b.shows(green) || !b.shows("Do not ship") {
		t.Errorf("the paper's panel shows:\n%s", strings.Join(texts(b), "\n"))
	}
	b.command(fyne.KeyEscape)
	b.command(fyne.KeyF6)
	if !b.shows("1 device of order BL-2026-0117 will be registered") {
		t.Fatalf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	b.station.office.receiving.orders["BL-2026-0117"] = uitest.Reconciled(device(1, queue.Arrived, queue.Registered), device(2, queue.Arrived, queue.Ready))
	b.Load()
	b.tap(t, "Labels cannot be read")
	if b.Confirmable() || !b.shows("Nothing is left that can be registered from the list.") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
}

// Between the question and the PIN the list may have grown: nobody saw those devices.
func TestOnlyWhatWasShownIsRegistered(t *testing.T) {
	b, g := newGuarded(t, "en", "Léa")
	b.station.failure = nil
	b.openOrder(0)
	b.command(fyne.KeyF6)
	b.tap(t, "Labels cannot be read")
	g.lock()
	b.ctrl(fyne.KeyReturn)
	b.clock.pass(time.Second)
	if !b.shows("Register what was not scanned · BL-2026-0118 · Contoso Logistique") {
		t.Errorf("the PIN is asked for:\n%s", strings.Join(texts(b), "\n"))
	}
	r := b.station.office.receiving.orders["BL-2026-0118"]
	r.Devices = append(slices.Clone(r.Devices), device(7, queue.Missing, ""))
	b.station.office.receiving.orders["BL-2026-0118"] = r
	b.station.calls = nil
	b.enter(rightPIN)
	b.called(t)
	if b.Notice() != b.Say("guard.changed") || !b.shows("3 devices of order BL-2026-0118 will be registered") {
		t.Errorf("notice %q, shown:\n%s", b.Notice(), strings.Join(texts(b), "\n"))
	}
	b.ctrl(fyne.KeyReturn)
	b.called(t, `register `+string(contoso)+` "" of BL-2026-0118: Labels cannot be read`)
}

// A finger that taps twice has it done once.
func TestNothingIsDoneTwice(t *testing.T) {
	for name, open := range map[string]func(*bench){
		"register": func(b *bench) { b.openOrder(0); b.command(fyne.KeyF6); b.tap(t, "Labels cannot be read") },
		"expect": func(b *bench) {
			b.openOrder(2)
			b.command(fyne.KeyF7)
			ui.SetFieldText(b.Fields()[0], "7")
		},
		"paper": func(b *bench) { b.openOrder(0); b.command(fyne.KeyF8) },
		"drop":  func(b *bench) { b.openLists(); b.command(fyne.KeyF8); b.tap(t, "Wrong list") },
		"give": func(b *bench) {
			b.openHash()
			ui.SetFieldText(b.Fields()[0], "/a.csv")
			b.ConfirmPanel()
			b.station.calls = nil
			b.tap(t, "No PKID on the box")
		},
	} {
		b := newBench(t, ui.Options{Language: "en"})
		open(b)
		title := b.PanelTitle()
		b.station.during = func() {
			if b.PanelTitle() == title {
				b.ConfirmPanel()
			}
		}
		b.ConfirmPanel()
		if len(b.station.calls) != 1 || !strings.HasPrefix(b.station.calls[0], name) {
			t.Errorf("%s: calls %v", name, b.station.calls)
		}
	}
}

// Names from lists are no wider than the smallest screen, whatever is in them.
func TestHostileNamesFitTheScreen(t *testing.T) {
	hostile := strings.Repeat("W", 5000) + "\n\u202eexe.fdp"
	for name, show := range orderStates() {
		b := newBench(t, ui.Options{Language: "fr"})
		b.FyneWindow().Resize(fyne.NewSize(1024, 768))
		b.station.customers = []queue.CustomerSetting{{ID: contoso, Name: hostile, GroupTag: "LYON-3"}, {ID: fabrikam, Name: hostile}}
		b.Load()
		b.station.office.receiving.hostile = hostile
		show(b)
		settle(b)
		if width := b.FyneWindow().Content().MinSize().Width; width > 1024 {
			t.Errorf("%s: the window must be %.0f wide", name, width)
		}
		for _, text := range texts(b) {
			if strings.ContainsAny(text, "\u202e\n") || len(text) > 2000 {
				t.Errorf("%s: shown as it came: %.60q", name, text)
			}
		}
		uitest.Walk(b.Front()[2], func(o fyne.CanvasObject) {
			if f, ok := o.(*widget.Fit); ok && f.Text() != "" && f.Size().Width > 1024 {
				t.Errorf("%s: %.40q is %.0f wide", name, f.Text(), f.Size().Width)
			}
		})
	}
}

// Help is asked for where a person does not know how to go on: what they had begun is
// there after it.
func TestHelpLosesNothing(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.preview(someList())
	ui.SetFieldText(b.Fields()[0], "BL-9")
	title := b.PanelTitle()
	b.command(fyne.KeyF1)
	b.command(fyne.KeyF1)
	if b.PanelTitle() != b.Say("ui.help") {
		t.Fatalf("panel %q", b.PanelTitle())
	}
	b.command(fyne.KeyEscape)
	if b.PanelTitle() != title || ui.FieldText(b.Fields()[0]) != "BL-9" {
		t.Errorf("then the panel is %q", b.PanelTitle())
	}
}

// Escape leaves the panel, so nothing else beside it says that it does.
func TestOneEscapeIsSaid(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	escapes := func() (n int) {
		uitest.Walk(b.FyneWindow().Content(), func(o fyne.CanvasObject) {
			if text, ok := o.(*canvas.Text); ok && text.Text == b.Say("ui.key.escape") {
				n++
			}
		})
		return n
	}
	b.openImport()
	b.station.office.receiving.looked = errors.New("no such file")
	ui.SetFieldText(b.Fields()[0], "/nowhere.csv")
	b.ConfirmPanel()
	if b.Notice() == "" || escapes() != 1 {
		t.Errorf("notice %q, Escape is said %d times", b.Notice(), escapes())
	}
	b.command(fyne.KeyEscape)
	b.command(fyne.KeyEscape)
	if b.PanelTitle() != "" || escapes() != 1 {
		t.Errorf("without the panel Escape is said %d times", escapes())
	}
}

// What lies below a panel's edge is reached without a mouse.
func TestAPanelScrollsByKeys(t *testing.T) {
	b := newBench(t, ui.Options{Language: "fr"})
	b.OpenHelp()
	b.FyneWindow().Resize(fyne.NewSize(1024, 600))
	b.Switch("fr")
	settle(b)
	if b.PanelAt() != 0 {
		t.Fatalf("it begins at %v", b.PanelAt())
	}
	b.command(fyne.KeyPageDown)
	low := b.PanelAt()
	b.command(fyne.KeyPageDown)
	b.command(fyne.KeyPageDown)
	if last := b.PanelAt(); low <= 0 || last < low {
		t.Errorf("at %v, then at %v", low, last)
	}
	for range 4 {
		b.command(fyne.KeyPageUp)
	}
	if b.PanelAt() != 0 {
		t.Errorf("then at %v", b.PanelAt())
	}
}
