package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"pkidstation/scanner/wedge"
)

// A field is a line of text that a person types. Scans go through it: it shows
// them for the blink of an eye and is then as it was before.
type field struct {
	widget.Entry

	capture *capture
	// next is where Tab goes, nil for nowhere.
	next *field
	// byHand refuses the clipboard: the text must be typed.
	byHand bool
	// onEnter is called for a person's Enter; it must not do anything that
	// cannot be taken back.
	onEnter func()

	parser *wedge.Parser
	before snapshot
	typing bool // a burst is under way, before is from its begin
	stop   func()
}

// A snapshot is what a field had in it.
type snapshot struct {
	text   string
	column int
}

func newField(c *capture, onChanged func(string)) *field {
	f := &field{capture: c, parser: wedge.NewParser(c.options)}
	f.OnChanged = onChanged
	f.ExtendBaseWidget(f)
	return f
}

// TypedRune shows the character, and hands it on.
func (f *field) TypedRune(r rune) {
	stroke := wedge.Stroke{Rune: r, At: f.capture.clock.Now()}
	f.feed(stroke)
	f.capture.text(stroke)
	f.Entry.TypedRune(r)
}

// TypedKey edits, or is handed on.
func (f *field) TypedKey(event *fyne.KeyEvent) {
	switch stroke, ok := f.capture.stroke(event); {
	case ok && (event.Name == fyne.KeyReturn || event.Name == fyne.KeyEnter || event.Name == fyne.KeyTab):
		f.ended(event.Name, stroke)
	case ok:
		f.feed(stroke)
		f.capture.text(stroke)
	case edits(event.Name):
		f.Entry.TypedKey(event)
	default:
		f.capture.typedKey(event)
	}
}

// ended takes a key that ends a read. It acts only if a person pressed it.
func (f *field) ended(key fyne.KeyName, stroke wedge.Stroke) {
	person := !f.capture.within(pace)
	if f.feed(stroke) {
		person = false
	}
	f.capture.text(stroke)
	switch {
	case !person:
	case key == fyne.KeyTab && f.next != nil:
		f.capture.canvas.Focus(f.next)
	case key != fyne.KeyTab && f.onEnter != nil:
		f.onEnter()
	}
}

// feed judges what is typed by the wedge's rule and takes out what a machine
// typed; it says whether it did.
func (f *field) feed(stroke wedge.Stroke) (machine bool) {
	if f.stop != nil {
		f.stop()
	}
	machine = f.clean(f.parser.Feed(stroke))
	if idle := f.parser.Idle(); !idle.IsZero() {
		if !f.typing {
			f.typing, f.before = true, snapshot{f.Text, f.CursorColumn}
		}
		f.stop = f.capture.clock.After(idle.Sub(f.capture.clock.Now())+time.Millisecond, func() {
			f.clean(f.parser.Flush(f.capture.clock.Now()))
		})
	}
	return machine
}

func (f *field) clean(bursts []wedge.Burst) (machine bool) {
	for _, burst := range bursts {
		f.typing = false
		if !burst.Machine {
			continue
		}
		machine = true
		f.SetText(f.before.text)
		f.CursorColumn = f.before.column
		f.Refresh()
	}
	return machine
}

// TypedShortcut copies and pastes; everything else is handed on.
func (f *field) TypedShortcut(shortcut fyne.Shortcut) {
	switch shortcut.(type) {
	case *fyne.ShortcutPaste, *fyne.ShortcutCopy, *fyne.ShortcutCut:
		if !f.byHand {
			f.Entry.TypedShortcut(shortcut)
		}
	case *fyne.ShortcutSelectAll, *fyne.ShortcutUndo, *fyne.ShortcutRedo:
		f.Entry.TypedShortcut(shortcut)
	default:
		f.capture.typedShortcut(shortcut)
	}
}

// AcceptsTab keeps a scanner's Tab from moving the focus.
func (f *field) AcceptsTab() bool { return true }

// TappedSecondary opens no menu: as an overlay it would swallow scans.
func (f *field) TappedSecondary(*fyne.PointEvent) {}

// FocusLost sees to it that something that hands strokes on has the focus.
func (f *field) FocusLost() {
	f.Entry.FocusLost()
	f.capture.clock.After(0, func() {
		if f.capture.canvas.Focused() == nil {
			f.capture.rest()
		}
	})
}

// edits says that a key is a text field's own.
func edits(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd:
		return true
	default:
		return false
	}
}
