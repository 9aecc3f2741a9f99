package ui_test

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/morning"
	"pkidstation/ui"
)

// A supervisor stands in for whoever looks at the station in the morning.
type supervisor struct {
	got    morning.Morning
	err    error
	looks  int
	during func(ctx context.Context)
	daily  ui.DailyReport
	writes int
}

func (s *supervisor) Look(ctx context.Context) (morning.Morning, error) {
	s.looks++
	if s.during != nil {
		s.during(ctx)
	}
	return s.got, s.err
}

func (s *supervisor) Daily() ui.DailyReport { return s.daily }

func (s *supervisor) WriteDaily(context.Context) (ui.DailyReport, error) {
	s.writes++
	return s.daily, s.daily.Err
}

func (s *supervisor) Watch() (<-chan struct{}, func()) { return make(chan struct{}), func() {} }

// busyMorning has one matter of each kind.
func busyMorning() morning.Morning {
	now := time.Date(2026, 11, 23, 15, 0, 0, 0, time.Local)
	return morning.Morning{
		Station: "Dock 3", At: now, Since: now.Add(-39 * time.Hour),
		Orders:     morning.Orders{Staying: []morning.Order{{Order: "BL-417", Customer: contoso, Registered: 1, Due: 6, Refused: 1, Held: 2, Way: 2}}, More: 2},
		Refused:    morning.Refused{Count: 1, Entries: []queue.Entry{{ID: "e6", Seq: 6, Number: 6, Pallet: "3", State: queue.Rejected, Code: autopilot.CodeOtherTenant}}},
		Unsent:     morning.Unsent{Count: 3, Oldest: now.Add(-50 * time.Hour), Ages: [6]int{2, 0, 0, 0, 1}},
		Link:       morning.Link{Contact: now.Add(-time.Minute), Needs: queue.SignIn},
		Held:       []morning.Blocked{{Reason: queue.NoPKID, Count: 2}},
		Strangers:  []morning.Stranger{{Customer: fabrikam, Count: 4}},
		Exported:   []morning.Exported{{Customer: contoso, Count: 1, Since: now.Add(-26 * time.Hour)}},
		Receptions: []queue.Reception{{ID: "r1", Work: queue.Work{Customer: contoso, Order: "BL-417"}, OpenedAt: now.Add(-30 * time.Hour), Boxes: 6}},
		Care:       morning.Care{Free: 12 << 30},
		Hours:      []morning.Hour{{From: now, Captured: 6, Registered: 1}},
		Failures:   []morning.Failure{{Code: autopilot.CodeOtherTenant, Count: 1}},
	}
}

func newMorningBench(t *testing.T, language string) (*bench, *supervisor) {
	t.Helper()
	s := &supervisor{got: busyMorning(), daily: ui.DailyReport{Folder: "/reports", At: "07:00"}}
	return newBench(t, ui.Options{Language: language, Morning: s, Trial: &trier{}, Returns: &looker{}, Settings: tellAll()}), s
}

// choose moves to the line that has a text.
func (b *bench) choose(t *testing.T, text string) {
	t.Helper()
	for range b.Matters() {
		b.command(fyne.KeyUp)
	}
	for range b.Matters() {
		if strings.Contains(b.Matter(), text) {
			return
		}
		b.command(fyne.KeyDown)
	}
	t.Fatalf("no line has %q:\n%s", text, strings.Join(texts(b), "\n"))
}

func TestMorningIsReachedFromEveryScreen(t *testing.T) {
	b, s := newMorningBench(t, "en")
	for name, from := range map[string]func(){
		"dock": b.VisitDock, "queue": b.VisitQueue, "trial": func() { b.VisitDock(); b.command(fyne.KeyF7) },
		"returns": func() { b.VisitDock(); b.command(fyne.KeyF8) }, "a panel": func() { b.VisitQueue(); b.command(fyne.KeyF3) },
	} {
		from()
		if b.OnMorning() {
			t.Errorf("%s: it is there already", name)
		}
		b.ctrlKey(fyne.KeyT)
		if !b.OnMorning() || b.PanelTitle() != "" || !b.shows("What must not leave") {
			t.Errorf("from %s: panel %q:\n%s", name, b.PanelTitle(), strings.Join(texts(b), "\n"))
		}
	}
	b.VisitQueue()
	b.tap(t, "Morning")
	if !b.OnMorning() || s.looks == 0 {
		t.Error("the button leads nowhere")
	}
	b.command(fyne.KeyEscape)
	if !b.OnQueue() {
		t.Error("Escape leaves it for something else")
	}
}

func TestNoMorningWithoutAPort(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.VisitQueue()
	b.ctrlKey(fyne.KeyT)
	if b.OnMorning() || b.shows("Morning") {
		t.Error("it is offered")
	}
}

// Each line leads to where it is seen to, by the keyboard alone.
func TestMorningLeadsToTheWork(t *testing.T) {
	b, _ := newMorningBench(t, "en")
	b.station.entries = append(b.station.entries, queue.Entry{ID: "x1", State: queue.Exported, Customer: contoso, Number: 9})
	for _, tt := range []struct {
		line string
		is   func() bool
	}{
		{"BL-417 · Contoso Logistique: 1 of 6 registered.", func() bool { return b.PanelTitle() == "BL-417 · Contoso Logistique" }},
		{"2 more orders may not leave", func() bool { return b.PanelTitle() == "Orders" }},
		{"Pallet 3, box 6", func() bool {
			state, entry := b.QueueFilter()
			return b.OnQueue() && state == queue.Rejected && entry == 6
		}},
		{"3 devices are not sent", func() bool { state, _ := b.QueueFilter(); return b.OnQueue() && state == queue.Held }},
		{"Somebody has to sign in", func() bool { return strings.Contains(b.PanelTitle(), "Sign") }},
		{"2 boxes are held", func() bool { state, _ := b.QueueFilter(); return b.OnQueue() && state == queue.Held }},
		{"Fabrikam has not accepted", func() bool { return strings.Contains(b.PanelTitle(), "Fabrikam") }},
		{"in a file for the web site", func() bool { return strings.Contains(b.PanelTitle(), "1 box") }},
		{"Reception open since", b.OnDock},
		{"12 GB are free", func() bool { return b.PanelTitle() == "Settings · Files and backups" }},
	} {
		b.ctrlKey(fyne.KeyT)
		b.choose(t, tt.line)
		b.ctrlKey(fyne.KeyReturn)
		if !tt.is() {
			t.Errorf("%q leads to the panel %q, queue %v", tt.line, b.PanelTitle(), b.OnQueue())
		}
	}
}

// Scans go on, are said on the strip, and press nothing.
func TestScansGoOnInTheMorning(t *testing.T) {
	b, _ := newMorningBench(t, "en")
	b.ctrlKey(fyne.KeyT)
	b.choose(t, "Pallet 3, box 6")
	b.scan("3305123456781\r3305123456798\n\x1e\x1d")
	b.clock.pass(time.Second)
	if !b.OnMorning() || b.PanelTitle() != "" || len(b.scanned()) < 2 {
		t.Errorf("on the morning: %v, panel %q, read %q", b.OnMorning(), b.PanelTitle(), b.scanned())
	}
	b.Tell(ui.Event{Verdict: queue.Verdict{Word: queue.OnHold, Reason: queue.CouldBeGTIN, Entry: entry()}})
	if !b.Strip().Visible() || !b.shows("Held") {
		t.Error("the verdict is not shown")
	}
}

// A flood of changes is one look in ten seconds; none is forgotten.
func TestMorningIsNotLookedAtForEachScan(t *testing.T) {
	b, s := newMorningBench(t, "en")
	b.ctrlKey(fyne.KeyT)
	before := s.looks
	s.got.Refused = morning.Refused{}
	for range 100 {
		b.Changed()
		b.clock.pass(50 * time.Millisecond)
	}
	if s.looks != before {
		t.Errorf("looked at %d times in five seconds", s.looks-before)
	}
	b.clock.pass(10 * time.Second)
	if s.looks != before+1 || !b.shows("Nothing that was refused since yesterday still is.") {
		t.Errorf("looked at %d times, shown:\n%s", s.looks-before, strings.Join(texts(b), "\n"))
	}
	b.clock.pass(time.Hour)
	if s.looks != before+1 {
		t.Error("it is looked at without a change")
	}
	b.Changed()
	b.VisitDock()
	b.Changed()
	b.clock.pass(time.Hour)
	if s.looks != before+2 { // the hour was over
		t.Errorf("looked at %d times with nobody there", s.looks-before)
	}
}

// Whoever leaves the page ends the looking, and comes to a fresh one.
func TestLeavingEndsTheLook(t *testing.T) {
	b, s := newMorningBench(t, "en")
	var ended error
	s.during = func(ctx context.Context) {
		s.during = nil
		b.VisitDock() //nolint:contextcheck // it is another call's
		<-ctx.Done()  // it is told by another goroutine
		ended = ctx.Err()
		s.err = ended
	}
	b.ctrlKey(fyne.KeyT)
	if !errors.Is(ended, context.Canceled) || !b.OnDock() || b.Notice() != "" {
		t.Errorf("it ends with %v, notice %q", ended, b.Notice())
	}
	s.err = nil
	b.ctrlKey(fyne.KeyT)
	if !b.shows("What must not leave") {
		t.Errorf("coming again shows:\n%s", strings.Join(texts(b), "\n"))
	}
}

// A first look that fails says so, and does not look as if it went on.
func TestMorningThatCannotBeLookedAt(t *testing.T) {
	b, s := newMorningBench(t, "en")
	s.err = queue.ErrClosed
	b.ctrlKey(fyne.KeyT)
	if b.shows(b.Say("morning.looking")) || !b.shows(b.Say("error.closed")) {
		t.Errorf("shows:\n%s", strings.Join(texts(b), "\n"))
	}
}

// What is chosen stays chosen when lines come before it; what was seen stays where a
// look fails.
func TestMorningKeepsItsPlace(t *testing.T) {
	b, s := newMorningBench(t, "en")
	b.ctrlKey(fyne.KeyT)
	b.choose(t, "Reception open since")
	offset := b.MorningOffset()
	s.got.Held = append(s.got.Held, morning.Blocked{Reason: queue.Conflict, Count: 1})
	b.clock.pass(time.Minute)
	b.Changed()
	if !strings.Contains(b.Matter(), "Reception open since") || b.MorningOffset() != offset || offset == 0 {
		t.Errorf("chosen is %q, at %v, was at %v", b.Matter(), b.MorningOffset(), offset)
	}
	s.err = errors.New("no disk")
	b.clock.pass(time.Minute)
	b.Changed()
	if b.Notice() == "" || !b.shows("Fabrikam has not accepted") {
		t.Errorf("notice %q", b.Notice())
	}
	b.command(fyne.KeyPageUp)
	if b.MorningOffset() >= offset {
		t.Error("the page does not turn")
	}
}

// The report is written by a key, and what became of it is said.
func TestMorningWritesTheReport(t *testing.T) {
	b, s := newMorningBench(t, "fr")
	b.ctrlKey(fyne.KeyT)
	if !b.shows("Le rapport du jour est écrit à 07:00 dans /reports.") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	s.daily.Name, s.daily.WrittenAt = "pkidstation-quai-2", b.clock.now
	b.command(fyne.KeyF5)
	if s.writes != 1 || !b.shows("pkidstation-quai-2") {
		t.Errorf("%d writes, shown:\n%s", s.writes, strings.Join(texts(b), "\n"))
	}
	s.daily.Err = &fs.PathError{Op: "open", Path: "/reports", Err: fs.ErrPermission}
	b.Rereport()
	if !b.shows("Le rapport du jour n'a pas pu être écrit") || !b.shows("ce compte n'a pas accès") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	s.daily = ui.DailyReport{}
	b.Rereport()
	b.command(fyne.KeyF5)
	if s.writes != 1 || !b.shows("Aucun rapport du jour") {
		t.Errorf("%d writes without a folder", s.writes)
	}
}

// The charts say what they show, also where that is nothing.
func TestMorningCharts(t *testing.T) {
	b, s := newMorningBench(t, "en")
	b.ctrlKey(fyne.KeyT)
	for _, want := range []string{"6 captured, 1 registered.", "808 · ", "1 (100%)", "2–7\u00a0d"} {
		if !b.shows(want) {
			t.Errorf("%q is missing:\n%s", want, strings.Join(texts(b), "\n"))
		}
	}
	s.got = morning.Morning{}
	b.clock.pass(time.Minute)
	b.Changed()
	for _, want := range []string{"Nothing was captured or registered", "No device is refused.", "Nothing waits to be sent.", "Nothing is blocked."} {
		if !b.shows(want) {
			t.Errorf("%q is missing:\n%s", want, strings.Join(texts(b), "\n"))
		}
	}
}
