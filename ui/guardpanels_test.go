package ui_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui"
)

// typeIn types into the fields of the panel by hand.
func (b *bench) typeIn(texts ...string) {
	for n, text := range texts {
		b.FyneWindow().Canvas().Focus(b.Fields()[n])
		b.hand(text)
	}
}

// At the first start the first supervisor is asked for, once, behind the scans;
// without one anybody may decide, and the bar says so.
func TestFirstStartAsksForTheFirstSupervisorOnce(t *testing.T) {
	b, g := newGuarded(t, "en")
	if b.PanelTitle() != "Who decides at this station?" {
		t.Fatalf("panel %q", b.PanelTitle())
	}
	b.scan("3305123456781\r")
	b.clock.pass(1e9)
	same(t, "read behind it", []string{"3305123456781"}, b.scanned())
	for n, f := range b.Fields() {
		if got := ui.FieldText(f); got != "" {
			t.Errorf("the scan left %q in field %d", got, n)
		}
	}
	b.tap(t, "Later")
	b.Reguard()
	if b.PanelTitle() != "" || !strings.Contains(b.Online(), b.Say("guard.anybody")) {
		t.Errorf("panel %q, the bar says %q", b.PanelTitle(), b.Online())
	}
	b.VisitQueue()
	b.Tick(0)
	b.command(fyne.KeyF5)
	b.typeIn("compared")
	b.ctrl(fyne.KeyReturn)
	same(t, "station", []string{"release [e1] compared"}, b.station.calls)
	same(t, "guard", nil, g.calls)
}

func TestFirstSupervisorChoosesAPIN(t *testing.T) {
	b, g := newGuarded(t, "en")
	refused := func(id string) {
		t.Helper()
		b.ctrl(fyne.KeyReturn)
		if !b.shows(b.Say(id)) || b.Confirmable() {
			t.Errorf("%s is not said:\n%s", id, strings.Join(texts(b), "\n"))
		}
	}
	refused("guard.name.missing")
	b.typeIn("  Ana   Dupont ")
	refused("guard.pin.short")
	b.typeIn("", "729")
	refused("guard.pin.short")
	b.typeIn("", "4")
	refused("guard.pin.second")
	b.typeIn("", "", "7249")
	refused("guard.pin.differ")
	same(t, "guard", nil, g.calls)
	ui.SetFieldText(b.Fields()[2], "")
	b.typeIn("", "", rightPIN)
	b.ctrl(fyne.KeyReturn)
	same(t, "guard", []string{"first Ana Dupont"}, g.calls)
	if b.PanelTitle() != "" || b.Notice() != "Ana Dupont decides with the new PIN." || strings.Contains(b.Online(), b.Say("guard.anybody")) {
		t.Errorf("panel %q, notice %q, bar %q", b.PanelTitle(), b.Notice(), b.Online())
	}
}

// A PIN that the queue finds too easy is said to be, and both fields are empty.
func TestWeakPINIsRefused(t *testing.T) {
	b, _ := newGuarded(t, "en")
	b.typeIn("Ana", "1111", "1111")
	b.ctrl(fyne.KeyReturn)
	if b.PanelTitle() == "" || b.Confirmable() || ui.FieldText(b.Fields()[1])+ui.FieldText(b.Fields()[2]) != "" || b.shows("1111") || b.shows(b.Say("guard.pin.short")) {
		t.Errorf("panel %q shows:\n%s", b.PanelTitle(), strings.Join(texts(b), "\n"))
	}
	b.typeIn("", rightPIN, rightPIN)
	b.ctrl(fyne.KeyReturn)
	if b.PanelTitle() != "" {
		t.Errorf("panel %q", b.PanelTitle())
	}
}

// Everything about supervisors needs one, in one go with what was typed.
func TestSupervisorsPanel(t *testing.T) {
	b, g := newGuarded(t, "en", "Ana")
	b.VisitQueue()
	b.ctrl(fyne.KeyP)
	b.command(fyne.KeyF5)
	b.typeIn("ana")
	if b.Confirmable() || !b.shows("ana is a supervisor already.") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	ui.SetFieldText(b.Fields()[0], "")
	b.typeIn("Björn", rightPIN, rightPIN)
	b.ctrl(fyne.KeyReturn)
	b.enter(rightPIN)
	same(t, "guard", []string{"unlock Ana", "set Björn"}, g.calls)
	if b.PanelTitle() != "Supervisors" {
		t.Fatalf("panel %q, notice %q", b.PanelTitle(), b.Notice())
	}
	b.command(fyne.KeyDown)
	b.command(fyne.KeyDown)
	b.command(fyne.KeyF6)
	b.typeIn(rightPIN, rightPIN)
	b.ctrl(fyne.KeyReturn)
	g.lock()
	b.command(fyne.KeyF8)
	b.ctrl(fyne.KeyReturn)
	b.enter(rightPIN)
	b.command(fyne.KeyF7)
	b.ctrl(fyne.KeyReturn)
	same(t, "guard", []string{"unlock Ana", "set Björn", "set Björn", "unlock Ana", "review all", "remove Björn"}, g.calls)
	if b.PanelTitle() != "Supervisors" || b.Notice() != "Björn is no supervisor any more." {
		t.Errorf("panel %q, notice %q", b.PanelTitle(), b.Notice())
	}
}

// A setting whose PIN is not given stays as it was, and can be asked for again.
func TestGivenUpSettingStands(t *testing.T) {
	b, g := newGuarded(t, "en", "Ana")
	b.VisitQueue()
	b.ctrl(fyne.KeyP)
	b.command(fyne.KeyF8)
	b.ctrl(fyne.KeyReturn)
	b.command(fyne.KeyEscape)
	if b.PanelTitle() != "Supervisors" || g.policy != queue.ReviewExceptions || b.Notice() != b.Say("guard.given-up") || !b.Confirmable() {
		t.Errorf("panel %q, policy %s, notice %q", b.PanelTitle(), g.policy, b.Notice())
	}
}

// What needs a supervisor in a panel that stays comes back to that panel.
func TestPINOverAPanelReturnsToIt(t *testing.T) {
	b, _ := newGuarded(t, "en", "Ana")
	b.chooseContoso()
	b.command(fyne.KeyF5)
	b.ctrl(fyne.KeyReturn)
	if b.PanelTitle() != b.Say("guard.ask") || !b.shows("“Edit” needs") && !b.shows("“Change” needs") {
		t.Errorf("panel %q:\n%s", b.PanelTitle(), strings.Join(texts(b), "\n"))
	}
	calls := len(b.station.calls)
	b.command(fyne.KeyEscape)
	if b.PanelTitle() != b.Say("screens.customers.edit") || len(b.station.calls) > calls {
		t.Errorf("then panel %q, calls %v", b.PanelTitle(), b.station.calls)
	}
	b.ctrl(fyne.KeyReturn)
	calls = len(b.station.calls)
	b.enter(rightPIN)
	if b.PanelTitle() != b.Say("screens.customers") || len(b.station.calls) != calls+1 {
		t.Errorf("in the end panel %q, calls %v", b.PanelTitle(), b.station.calls)
	}
}

func TestLockKey(t *testing.T) {
	b, g := newGuarded(t, "en", "Ana")
	b.ctrl(fyne.KeyL)
	b.enter(rightPIN)
	if !b.AlertShown() || b.PanelTitle() != "" {
		t.Errorf("not unlocked: panel %q", b.PanelTitle())
	}
	b.OpenHelp()
	b.ctrl(fyne.KeyL) // whatever is open
	if b.AlertShown() || b.PanelTitle() == "" {
		t.Error("not locked")
	}
	b.ctrl(fyne.KeyL) // takes no panel away
	same(t, "guard", []string{"unlock Ana", "lock"}, g.calls)
	if b.PanelTitle() != b.Say("ui.help") {
		t.Errorf("panel %q", b.PanelTitle())
	}
}

// Without a guard nothing is asked and nothing is offered.
func TestNoGuardNoQuestion(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.Reguard()
	b.VisitQueue()
	for _, key := range []fyne.KeyName{fyne.KeyL, fyne.KeyP} {
		b.ctrl(key)
	}
	if b.PanelTitle() != "" || b.AlertShown() || b.shows("Supervisors") {
		t.Errorf("panel %q", b.PanelTitle())
	}
	b.station.failure = errors.Join(queue.ErrNeedsSupervisor)
	b.Tick(0)
	b.command(fyne.KeyF5)
	b.typeIn("compared")
	b.ctrl(fyne.KeyReturn)
	if b.PanelTitle() != "" || b.Notice() == "" {
		t.Errorf("panel %q, notice %q", b.PanelTitle(), b.Notice())
	}
}

// An idle guard locks by itself, and tells its watcher.
type idle struct {
	*guard

	state   chan ui.GuardState // the one of now
	changed chan struct{}
}

func (i idle) State() ui.GuardState {
	s := <-i.state
	i.state <- s
	return s
}

func (i idle) Watch() (<-chan struct{}, func()) { return i.changed, func() {} }

// A station that locks by itself says so without being asked.
func TestLockAfterIdlenessIsShown(t *testing.T) {
	app := newLoop(t)
	s := &station{open: true}
	g := idle{&guard{}, make(chan ui.GuardState, 1), make(chan struct{}, 1)}
	g.state <- ui.GuardState{Supervisors: []string{"Ana"}, Unlocked: "Ana"}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var window *ui.Window
	var seen []bool
	var look func()
	look = func() {
		shown := window.AlertShown()
		if n := len(seen); shown && n == 0 || !shown && n == 1 {
			seen = append(seen, shown)
			if n == 1 {
				stop()
				return
			}
			<-g.state
			g.state <- ui.GuardState{Supervisors: []string{"Ana"}}
			g.changed <- struct{}{}
		}
		go fyne.Do(look)
	}
	options := ui.Options{
		Intake: flood{s, nil, func() { fyne.Do(func() { look() }) }}, Reception: s, Entries: s, Review: review{s}, Uploads: s,
		Guard: g, Language: "en", Log: slog.New(slog.DiscardHandler),
	}
	var err error
	if window, err = ui.New(app, options); err != nil {
		t.Fatal(err)
	}
	window.Run(ctx)
	if !slices.Equal(seen, []bool{true, false}) {
		t.Errorf("shown: %v", seen)
	}
}
