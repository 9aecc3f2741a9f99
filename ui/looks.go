package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"pkidstation/ui/widget"
)

// A Look is whether the screens are light or dark.
type Look string

// The looks. LookSystem follows the system, as far as Fyne is told of it.
const (
	LookLight  Look = "light"
	LookDark   Look = "dark"
	LookSystem Look = "system"
)

// dark says whether a look is dark now. None at all is light: a dock is lit.
func (l Look) dark(app fyne.App) bool {
	return l == LookDark || l == LookSystem && app.Settings().ThemeVariant() == theme.VariantDark
}

// followSystem wears what the system wears, from now on, unless a person chose.
func (w *Window) followSystem() {
	w.app.Settings().AddListener(func(fyne.Settings) {
		if w.worn == LookSystem {
			w.way.later(func() { w.wear(LookSystem) })
		}
	})
}

// turnLook takes the other look; all else stays as it is.
func (w *Window) turnLook() {
	other := LookDark
	if widget.Dark() {
		other = LookLight
	}
	w.wear(other)
}

// wear takes a look. What is on screen is made anew in its colours.
func (w *Window) wear(l Look) {
	before := widget.Dark()
	w.worn = l
	widget.SetDark(l.dark(w.app))
	if before == widget.Dark() {
		return
	}
	w.app.Settings().SetTheme(newColours()) // has all drawn anew that Fyne draws: bars, cursors, the paper behind
	w.queue.drawerScroll = nil              // it is made anew, with what is behind it
	w.rebuild()
	w.queue.table.Refresh() // which else draws anew only what changed
	w.window.Content().Refresh()
}
