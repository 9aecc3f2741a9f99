package widget

import "image/color"

// The colours of the screens: light and calm, one accent. Text, Muted and
// Alarm are 7:1 or better on Paper and Surface, OnAccent on Accent.

// Paper is behind everything.
func Paper() color.Color { return color.NRGBA{0xF3, 0xF5, 0xF6, 0xFF} }

// Surface is what cards, fields and tables are made of.
func Surface() color.Color { return color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF} }

// Line parts what stands side by side.
func Line() color.Color { return color.NRGBA{0xCF, 0xD6, 0xDB, 0xFF} }

// Edge is around what can be pressed.
func Edge() color.Color { return color.NRGBA{0x6B, 0x7A, 0x86, 0xFF} }

// Text is what is read first.
func Text() color.Color { return color.NRGBA{0x16, 0x20, 0x2A, 0xFF} }

// Muted is what is read second.
func Muted() color.Color { return color.NRGBA{0x45, 0x50, 0x5A, 0xFF} }

// AccentFill is the one accent, behind OnAccent.
func AccentFill() color.Color { return color.NRGBA{0x0B, 0x4F, 0x5C, 0xFF} }

// OnAccent is text on AccentFill.
func OnAccent() color.Color { return color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF} }

// AccentTint marks what is chosen, behind Text.
func AccentTint() color.Color { return color.NRGBA{0xD9, 0xEB, 0xEE, 0xFF} }

// Hover is behind what the pointer is on.
func Hover() color.Color { return color.NRGBA{0xE9, 0xEE, 0xF1, 0xFF} }

// Veil lies over a screen behind a panel.
func Veil() color.Color { return color.NRGBA{0x16, 0x20, 0x2A, 0x66} }
