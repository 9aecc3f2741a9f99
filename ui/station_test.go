package ui_test

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"strings"
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

// A clock that stands still until it is moved.
type clock struct {
	now   time.Time
	later []alarm
}

type alarm struct {
	at   time.Time
	ring func()
	off  *bool
}

func (c *clock) Now() time.Time { return c.now }

func (c *clock) After(wait time.Duration, ring func()) func() {
	off := false
	c.later = append(c.later, alarm{c.now.Add(wait), ring, &off})
	return func() { off = true }
}

// pass lets time pass, ringing what is due in order.
func (c *clock) pass(d time.Duration) {
	until := c.now.Add(d)
	for {
		next := -1
		for n, a := range c.later {
			if !a.at.After(until) && (next < 0 || a.at.Before(c.later[next].at)) {
				next = n
			}
		}
		if next < 0 {
			break
		}
		a := c.later[next]
		c.later = append(c.later[:next], c.later[next+1:]...)
		if a.at.After(c.now) {
			c.now = a.at
		}
		if !*a.off {
			a.ring()
		}
	}
	c.now = until
}

// A station stands in for all ports and writes down what it was asked to do.
type station struct {
	strokes   []wedge.Stroke
	calls     []string
	during    func() // called while the next call is made
	entries   []queue.Entry
	filters   []queue.Filter
	reception queue.Reception
	open      bool
	failure   error
	online    upload.Online

	customers []queue.CustomerSetting
	office    office
}

func (s *station) Key(stroke wedge.Stroke) { s.strokes = append(s.strokes, stroke) }

func (s *station) Keys() ui.KeySink { return s }

func (s *station) call(format string, values ...any) error {
	s.calls = append(s.calls, fmt.Sprintf(format, values...))
	if during := s.during; during != nil {
		s.during = nil
		during()
	}
	return s.failure
}

func (s *station) Typed(_ context.Context, text string) (queue.Verdict, error) {
	return queue.Verdict{}, s.call("typed %s", text)
}

func (s *station) Use(_ context.Context, name string) error { return s.call("use %s", name) }

func (s *station) Undo(context.Context) (queue.Entry, error) {
	return queue.Entry{Number: 7, Device: autopilot.Device{PKID: "3305123456781"}}, s.call("undo")
}

func (s *station) Verdicts(ctx context.Context) iter.Seq[ui.Event] {
	return func(func(ui.Event) bool) { <-ctx.Done() }
}

func (s *station) Current() (queue.Reception, bool) { return s.reception, s.open }

func (s *station) Open(_ context.Context, work queue.Work) (queue.Reception, error) {
	if err := s.call("open %s %s %s", work.Customer, work.GroupTag, work.Order); err != nil {
		return queue.Reception{}, err
	}
	s.reception, s.open = queue.Reception{ID: "r1", Work: work}, true
	return s.reception, nil
}

func (s *station) Close(context.Context) error {
	s.open = false
	return s.call("close")
}

const (
	contoso  autopilot.TenantID = "11111111-1111-4111-8111-111111111111"
	fabrikam autopilot.TenantID = "22222222-2222-4222-8222-222222222222"
	// northwind has no group tag, and nobody asked for the relationship.
	northwind autopilot.TenantID = "44444444-4444-4444-8444-444444444444"
)

func (s *station) Customers(context.Context) ([]queue.CustomerSetting, error) {
	if s.customers != nil {
		return s.customers, nil
	}
	checked := time.Date(2026, 11, 23, 9, 5, 0, 0, time.Local)
	return []queue.CustomerSetting{
		{
			ID: contoso, Name: "Contoso Logistique", Domain: "contoso.example", Relationship: autopilot.RelationshipReseller, CheckedAt: checked,
			GroupTag: "LYON-3", Tags: []autopilot.GroupTag{"LYON-4"},
		},
		{
			ID: fabrikam, Name: "Fabrikam", Domain: "fabrikam.example", Relationship: autopilot.RelationshipNone, CheckedAt: checked,
			GroupTag: "FAB-1",
		},
		{ID: northwind, Name: "Northwind"},
	}, nil
}

func (s *station) List(_ context.Context, f ui.Wanted) ([]queue.Entry, error) {
	s.filters = append(s.filters, f.Filter)
	var found []queue.Entry
	for _, e := range s.entries {
		if (f.Mark == "" || e.Reason == f.Mark) && (len(f.States) == 0 || strings.Contains(fmt.Sprint(f.States), string(e.State))) &&
			strings.Contains(string(e.PKID)+e.Serial, f.Text) && (f.Limit == 0 || len(found) < f.Limit) {
			found = append(found, e)
		}
	}
	return found, nil
}

func (s *station) History(context.Context, string) ([]queue.AuditLine, error) {
	return []queue.AuditLine{{Number: 1, By: "Ana", Action: queue.ActionCapture, To: queue.Ready}}, nil
}

func (s *station) Counts(context.Context) (queue.Counts, error) {
	var n queue.Counts
	for _, e := range s.entries {
		switch e.State {
		case queue.Held:
			n.Held++
		case queue.Ready:
			n.Ready++
		case queue.Submitted:
			n.Submitted++
		case queue.Registered:
			n.Registered++
		case queue.Rejected:
			n.Rejected++
		case queue.Exported:
			n.Exported++
		case queue.Removing:
			n.Removing++
		case queue.Removed:
			n.Removed++
		case queue.Planned, queue.Moved, queue.Discarded:
		}
	}
	return n, nil
}

func (s *station) Watch() (<-chan struct{}, func()) { return make(chan struct{}), func() {} }

func (s *station) Status() upload.Status {
	return upload.Status{Online: s.online, Progress: s.office.progress}
}

// review writes down decisions.
type review struct{ *station }

func (r review) Release(_ context.Context, ids []string, why string) error {
	return r.call("release %v %s", ids, why)
}

func (r review) Hold(_ context.Context, ids []string, why string) error {
	return r.call("hold %v %s", ids, why)
}

func (r review) Discard(_ context.Context, ids []string, why string) error {
	return r.call("discard %v %s", ids, why)
}

func (r review) Retry(_ context.Context, ids []string, why string) error {
	return r.call("retry %v %s", ids, why)
}

func (r review) GiveUp(_ context.Context, ids []string, why string) error {
	return r.call("give-up %v %s", ids, why)
}

func (r review) Assign(_ context.Context, ids []string, c autopilot.TenantID, tag autopilot.GroupTag, why string) error {
	return r.call("assign %v %s %s %s", ids, c, tag, why)
}

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
	t.Cleanup(w.FyneWindow().Close)
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
func languages() []string {
	var tags []string
	for _, l := range words.Languages() {
		tags = append(tags, l.Tag)
	}
	return tags
}
