package uitest

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// The keys that Scan has for runes that no barcode has: F1 … F12.
const firstKey = 0xF701

// functionKeys are those that a scanner can be set to type.
func functionKeys() []fyne.KeyName {
	return []fyne.KeyName{
		fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6, fyne.KeyF7, fyne.KeyF8, fyne.KeyF9,
		fyne.KeyF10, fyne.KeyF11, fyne.KeyF12, fyne.KeyDown, fyne.KeyUp, fyne.KeyDelete, fyne.KeyInsert, fyne.KeyPageDown,
	}
}

// FunctionKeys are runes that Scan types as keys that command.
func FunctionKeys() []rune {
	var runes []rune
	for n := range functionKeys() {
		runes = append(runes, rune(firstKey+n))
	}
	return runes
}

// Scan types a code as a scanner does, a stroke every few milliseconds, and waits until
// whatever a key of it would do is done. Control characters come as the keys that
// scanners make of them.
func (s *Shot) Scan(code string) {
	for _, r := range code {
		s.clock.pass(3 * time.Millisecond)
		s.stroke(r)
	}
	s.clock.pass(300 * time.Millisecond)
}

func (s *Shot) stroke(r rune) {
	focused := s.Canvas().Focused()
	if focused == nil {
		s.fail("nothing has the focus for %q", r)
		return
	}
	keys := map[rune]fyne.KeyName{
		'\r': fyne.KeyReturn, '\n': fyne.KeyEnter, '\t': fyne.KeyTab, 0x1b: fyne.KeyEscape, 0x08: fyne.KeyBackspace, ' ': fyne.KeySpace,
	}
	if n := int(r - firstKey); n >= 0 && n < len(functionKeys()) {
		keys[r] = functionKeys()[n]
	}
	key, is := keys[r]
	switch {
	case is:
		focused.TypedKey(&fyne.KeyEvent{Name: key})
		if r == ' ' {
			focused.TypedRune(r)
		}
	case r < ' ':
		if shortcut, ok := focused.(fyne.Shortcutable); ok {
			shortcut.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyName(r | 0x40), Modifier: fyne.KeyModifierControl})
		}
	default:
		focused.TypedRune(r)
	}
}

// Press presses a key, with Ctrl or alone, as a person does.
func (s *Shot) Press(key fyne.KeyName, ctrl bool) {
	if ctrl {
		s.ctrl(key)
	} else {
		s.press(key)
	}
	s.settle()
}

// Texts are all that stands on the screen, in order.
func (s *Shot) Texts() []string {
	var all []string
	Walk(s.Canvas().Content(), func(o fyne.CanvasObject) {
		if text, is := o.(*canvas.Text); is && text.Text != "" {
			all = append(all, text.Text)
		}
	})
	return all
}

// Fault is what went wrong on the way, nil for nothing.
func (s *Shot) Fault() error { return s.fault }

// Say is a text in the language of the screen.
func (s *Shot) Say(id string) string { return s.words.Say(id) }
