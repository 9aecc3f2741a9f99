package ui_test

import (
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/upload"
	"pkidstation/scanner/wedge"
	"pkidstation/ui"
	"pkidstation/ui/words"
)

// A bench is a window under test with what is around it.
type bench struct {
	*ui.Window
	station *station
	clock   *clock
}

// oneApp is the app of all windows of the tests: an app of its own for each would
// read the fonts anew, and measure each text.
var oneApp = sync.OnceValue(test.NewApp)

func newBench(t *testing.T, options ui.Options) *bench {
	t.Helper()
	s := &station{online: upload.OnlineYes}
	s.reception = queue.Reception{ID: "r1", Work: queue.Work{Customer: contoso, GroupTag: "LYON-3", Order: "BL-417"}}
	s.open = true
	for n, state := range []queue.State{queue.Held, queue.Held, queue.Ready, queue.Submitted, queue.Registered, queue.Rejected} {
		s.entries = append(s.entries, queue.Entry{
			ID: fmt.Sprintf("e%d", n+1), Seq: uint64(n + 1), Number: n + 1, State: state, Customer: contoso,
			Device:     autopilot.Device{PKID: autopilot.PKID(fmt.Sprintf("33051234567%02d", n)), Serial: fmt.Sprintf("5CG%07d", n)},
			CapturedAt: time.Date(2026, 11, 23, 14, n, 0, 0, time.Local),
		})
	}
	c := &clock{now: time.Date(2026, 11, 23, 15, 0, 0, 0, time.Local)}
	options.Log = slog.New(slog.DiscardHandler)
	options.Intake, options.Reception, options.Entries, options.Review, options.Uploads = s, s, s, review{s}, s
	options.Scanners = s
	s.equip(&options)
	fyne.SetCurrentApp(oneApp())
	w, err := ui.NewStill(oneApp(), options, c)
	if err != nil {
		t.Fatal(err)
	}
	closed := false // by the window itself, which starts anew
	w.FyneWindow().SetOnClosed(func() { closed = true })
	t.Cleanup(func() {
		if !closed {
			w.FyneWindow().Close()
		}
	})
	w.FyneWindow().Resize(fyne.NewSize(1280, 800))
	w.Load()
	c.pass(time.Second)
	b := &bench{Window: w, station: s, clock: c}
	settle(b)
	return b
}

// press sends a key the way the desktop driver does: to what has the focus,
// else to the canvas; Tab moves the focus unless what has it takes Tab.
func (b *bench) press(key fyne.KeyName) {
	canvas := b.FyneWindow().Canvas()
	focused := canvas.Focused()
	if key == fyne.KeyTab {
		if tabbable, ok := focused.(fyne.Tabbable); !ok || !tabbable.AcceptsTab() {
			canvas.FocusNext()
			return
		}
	}
	event := &fyne.KeyEvent{Name: key}
	if focused != nil {
		focused.TypedKey(event)
	} else if on := canvas.OnTypedKey(); on != nil {
		on(event)
	}
}

func (b *bench) shortcut(s fyne.Shortcut) {
	if focused, ok := b.FyneWindow().Canvas().Focused().(fyne.Shortcutable); ok {
		focused.TypedShortcut(s)
	}
}

func (b *bench) char(r rune) {
	canvas := b.FyneWindow().Canvas()
	if focused := canvas.Focused(); focused != nil {
		focused.TypedRune(r)
	} else if on := canvas.OnTypedRune(); on != nil {
		on(r)
	}
}

// scan types a code as a scanner does, each byte as what a keyboard makes of it.
func (b *bench) scan(code string) {
	for _, r := range code {
		b.clock.pass(3 * time.Millisecond)
		switch r {
		case '\r':
			b.press(fyne.KeyReturn)
		case '\n':
			b.press(fyne.KeyEnter)
		case '\t':
			b.press(fyne.KeyTab)
		case 0x1b:
			b.press(fyne.KeyEscape)
		case 0x08:
			b.press(fyne.KeyBackspace)
		case 0x1a:
			b.shortcut(&fyne.ShortcutUndo{})
		case 0x1c:
			b.press(fyne.KeyF3)
		case 0x1d:
			b.press(fyne.KeyF9)
		case 0x1e:
			b.press(fyne.KeyDown)
		case ' ':
			b.press(fyne.KeySpace)
			b.char(' ')
		default:
			b.char(r)
		}
	}
}

// hand types as a person does.
func (b *bench) hand(text string) {
	for _, r := range text {
		b.clock.pass(150 * time.Millisecond)
		b.char(r)
	}
	b.clock.pass(time.Second)
}

// command presses a key and waits until it is clear that a person did.
func (b *bench) command(key fyne.KeyName) {
	b.clock.pass(time.Second)
	b.press(key)
	b.clock.pass(time.Second)
}

// scanned are the scans that the wedge makes of the strokes so far.
func (b *bench) scanned() []string {
	parser := wedge.NewParser(wedge.Options{})
	var found []string
	keep := func(bursts []wedge.Burst) {
		for _, burst := range bursts {
			if burst.Machine {
				found = append(found, burst.Text)
			}
		}
	}
	for _, stroke := range b.station.strokes {
		keep(parser.Feed(stroke))
	}
	keep(parser.Flush(b.clock.now.Add(time.Hour)))
	return found
}

// languages are those that the screens speak.
// wordiest is the language with the longest texts, French; the long form of a test has
// all. English is drawn longer still than French in the pseudo-locale (ui/uitest).
func wordiest() []string {
	if torture() {
		return languages()
	}
	return []string{"fr"}
}

func languages() []string {
	var tags []string
	for _, l := range words.Languages() {
		tags = append(tags, l.Tag)
	}
	return tags
}
