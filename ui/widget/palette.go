package widget

import (
	"image/color"
	"sync/atomic"
)

// The colours of the screens: calm, one accent, in a light and a dark look. Text and
// Muted are 7:1 or better on Paper and Surface, OnAccent on AccentFill, in both. The
// colours of the verdicts are the same in both: people know them by heart.

// dark says which look is worn.
var dark atomic.Bool //nolint:gochecknoglobals // Fyne knows one theme at a time, too

// SetDark has all that is drawn from now on drawn in the dark look, or the light one.
func SetDark(on bool) { dark.Store(on) }

// Dark says whether the dark look is worn.
func Dark() bool { return dark.Load() }

// of is the light look's colour, or the dark one's.
func of(light, night color.NRGBA) color.Color {
	if Dark() {
		return night
	}
	return light
}

// Paper is behind everything.
func Paper() color.Color {
	return of(color.NRGBA{0xF3, 0xF5, 0xF6, 0xFF}, color.NRGBA{0x0F, 0x15, 0x1A, 0xFF})
}

// Surface is what cards, fields and tables are made of.
func Surface() color.Color {
	return of(color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}, color.NRGBA{0x1B, 0x24, 0x2C, 0xFF})
}

// Line parts what stands side by side.
func Line() color.Color {
	return of(color.NRGBA{0xCF, 0xD6, 0xDB, 0xFF}, color.NRGBA{0x37, 0x45, 0x50, 0xFF})
}

// Edge is around what can be pressed.
func Edge() color.Color {
	return of(color.NRGBA{0x6B, 0x7A, 0x86, 0xFF}, color.NRGBA{0x86, 0x99, 0xA8, 0xFF})
}

// Text is what is read first.
func Text() color.Color {
	return of(color.NRGBA{0x16, 0x20, 0x2A, 0xFF}, color.NRGBA{0xF0, 0xF4, 0xF7, 0xFF})
}

// Muted is what is read second.
func Muted() color.Color {
	return of(color.NRGBA{0x45, 0x50, 0x5A, 0xFF}, color.NRGBA{0xBA, 0xC6, 0xCF, 0xFF})
}

// AccentFill is the one accent, behind OnAccent.
func AccentFill() color.Color {
	return of(color.NRGBA{0x0B, 0x4F, 0x5C, 0xFF}, color.NRGBA{0x86, 0xD9, 0xE5, 0xFF})
}

// OnAccent is text on AccentFill.
func OnAccent() color.Color {
	return of(color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}, color.NRGBA{0x03, 0x21, 0x28, 0xFF})
}

// AccentTint marks what is chosen, behind Text.
func AccentTint() color.Color {
	return of(color.NRGBA{0xD9, 0xEB, 0xEE, 0xFF}, color.NRGBA{0x12, 0x40, 0x4B, 0xFF})
}

// Hover is behind what the pointer is on.
func Hover() color.Color {
	return of(color.NRGBA{0xE9, 0xEE, 0xF1, 0xFF}, color.NRGBA{0x27, 0x33, 0x3D, 0xFF})
}

// Veil lies over a screen behind a panel.
func Veil() color.Color {
	return of(color.NRGBA{0x16, 0x20, 0x2A, 0x66}, color.NRGBA{0x00, 0x00, 0x00, 0x99})
}
