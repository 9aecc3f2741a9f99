package ui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
)

// A pinEntry is a field for a PIN with digits to press beside it: with a glove,
// or where a keyboard has its digits under Shift.
type pinEntry struct {
	window *Window
	field  *field
	big    *container.ThemeOverride
}

func newPINEntry(w *Window, onChanged func(string)) *pinEntry {
	e := &pinEntry{window: w}
	e.field = newPINField(w.capture, func(text string) {
		if onChanged != nil {
			onChanged(text)
		}
		w.reconsider()
	})
	e.big = container.NewThemeOverride(e.field, bigLook{newColours()})
	return e
}

func (e *pinEntry) build() fyne.CanvasObject {
	const high, digit = 60, 26
	pad := container.NewGridWithColumns(5)
	for n := range 10 {
		text := strconv.Itoa((n + 1) % 10)
		pad.Add(widget.NewTap(text, "", widget.Plain, func() { e.press(e.field.Text + text) }).Tall(high).Sized(digit).By(text))
	}
	wipe := widget.NewTap(e.window.words.Say("guard.clear"), "", widget.Plain, func() { e.press("") }).Tall(high).By(e.window.words.Say("window.key.backspace"))
	return container.NewVBox(e.big, container.NewBorder(nil, nil, nil, wipe, pad))
}

// press puts what was pressed into the field, and the focus back.
func (e *pinEntry) press(text string) {
	e.field.settleHand()
	e.field.empty()
	e.field.SetText(text)
	e.field.CursorColumn = len([]rune(text))
	e.field.Refresh()
	e.window.window.Canvas().Focus(e.field)
}
