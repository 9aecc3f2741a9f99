package ui

import (
	"strings"

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
	// hand judges whether what is typed is typed by one; nil but in a PIN field.
	hand *hand
	// onEnter is called for a person's Enter; it must not do anything that
	// cannot be taken back.
	onEnter func()
}

func newField(c *capture, onChanged func(string)) *field {
	f := &field{capture: c}
	f.OnChanged = onChanged
	f.ExtendBaseWidget(f)
	return f
}

// TypedRune hands the character on, and shows it.
func (f *field) TypedRune(r rune) {
	f.capture.typedRune(r)
	if r < ' ' {
		f.settleHand()
		return
	}
	f.capture.burst.shows(f)
	if f.hand != nil {
		f.struck(f.capture.clock.Now())
	}
	f.Entry.TypedRune(r)
}

// TypedKey edits, or is handed on.
func (f *field) TypedKey(event *fyne.KeyEvent) {
	stroke, ok := f.capture.stroke(event)
	r := control(event.Name)
	switch {
	case ok && stroke.Ends():
		f.ended(event.Name, stroke)
	case ok:
		f.capture.text(stroke)
	case edits(event.Name) && r != 0:
		f.capture.typedRune(r)
		f.capture.burst.shows(f)
		f.Entry.TypedKey(event)
	case edits(event.Name):
		f.capture.struck = f.capture.clock.Now()
		f.Entry.TypedKey(event)
	default:
		f.capture.typedKey(event)
	}
}

// fill puts a text into the field, to be typed on at its end.
func (f *field) fill(text string) {
	f.SetText(text)
	f.CursorColumn = len([]rune(text))
}

// path is the file that was typed or pasted: Windows copies paths in quotation marks.
func (f *field) path() string { return strings.Trim(strings.TrimSpace(f.Text), `"`) }

// ended takes a key that ends a read. It acts only if a person pressed it: a
// scanner may begin with one, too.
func (f *field) ended(key fyne.KeyName, stroke wedge.Stroke) {
	person := !f.capture.within(pace, f.capture.struck) && f.confirms()
	f.settleHand()
	if machine := f.capture.text(stroke); machine || !person {
		return
	}
	switch {
	case key == fyne.KeyTab && f.next != nil:
		f.capture.wait(waiting{combination{key: key}, func() { f.capture.canvas.Focus(f.next) }})
	case key != fyne.KeyTab && f.onEnter != nil:
		f.capture.wait(waiting{combination{key: key}, f.onEnter})
	}
}

// TypedShortcut copies, pastes and undoes if it stands alone, as what commands:
// a scanner may mean a control character by it. Everything else is handed on.
func (f *field) TypedShortcut(shortcut fyne.Shortcut) {
	own := func() { f.Entry.TypedShortcut(shortcut) }
	if f.hand != nil { // an undo would bring a PIN back
		own = func() {}
	}
	switch shortcut.(type) {
	case *fyne.ShortcutPaste, *fyne.ShortcutCopy, *fyne.ShortcutCut:
		if f.byHand {
			own = func() {}
		}
	case *fyne.ShortcutSelectAll, *fyne.ShortcutUndo, *fyne.ShortcutRedo:
	default:
		f.capture.typedShortcut(shortcut)
		return
	}
	f.capture.shortcut(combinationOf(shortcut), own)
}

// AcceptsTab keeps a scanner's Tab from moving the focus.
func (f *field) AcceptsTab() bool { return true }

// TappedSecondary opens no menu: as an overlay it would swallow scans.
func (f *field) TappedSecondary(*fyne.PointEvent) {}

// FocusGained puts the cursor behind what stands there: who goes on typing goes on
// from its end.
func (f *field) FocusGained() {
	f.Entry.FocusGained()
	if f.CursorColumn == 0 && f.Text != "" {
		f.CursorColumn = len([]rune(f.Text))
		f.Refresh()
	}
}

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
