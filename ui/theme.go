package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"pkidstation/ui/widget"
)

// colours are the station's theme: those of package widget in the look of now, and
// large.
type colours struct{ fyne.Theme }

func newColours() fyne.Theme { return colours{theme.DefaultTheme()} }

// dress gives an app the station's theme.
func dress(app fyne.App) {
	if _, has := app.Settings().Theme().(colours); !has { // setting it reads all fonts anew
		app.Settings().SetTheme(newColours())
	}
}

func (l colours) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	switch name {
	case theme.ColorNameBackground:
		return widget.Paper()
	case theme.ColorNameForeground:
		return widget.Text()
	case theme.ColorNamePrimary, theme.ColorNameHyperlink:
		return widget.AccentFill()
	case theme.ColorNameForegroundOnPrimary:
		return widget.OnAccent()
	case theme.ColorNameInputBackground, theme.ColorNameButton, theme.ColorNameMenuBackground, theme.ColorNameOverlayBackground:
		return widget.Surface()
	case theme.ColorNameHeaderBackground, theme.ColorNameHover:
		return widget.Hover()
	case theme.ColorNameInputBorder:
		return widget.Edge()
	case theme.ColorNameSeparator:
		return widget.Line()
	case theme.ColorNamePlaceHolder, theme.ColorNameDisabled:
		return widget.Muted()
	case theme.ColorNameSelection, theme.ColorNameFocus, theme.ColorNamePressed:
		return widget.AccentTint()
	default:
		return l.Theme.Color(name, variant())
	}
}

func (l colours) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return 16
	case theme.SizeNameInnerPadding:
		return 10
	case theme.SizeNameScrollBar:
		return 14
	case theme.SizeNameScrollBarSmall:
		return 8
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius:
		return 8
	default:
		return l.Theme.Size(name)
	}
}

// variant is what Fyne calls the look of now.
func variant() fyne.ThemeVariant {
	if widget.Dark() {
		return theme.VariantDark
	}
	return theme.VariantLight
}
