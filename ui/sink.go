package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"pkidstation/scanner/wedge"
)

// A sink lies under the whole window and has the focus whenever no text field
// has it. Being under the pointer wherever that is, it keeps the focus when
// something is tapped that cannot have it.
type sink struct {
	widget.BaseWidget

	capture *capture
}

func newSink(c *capture) *sink {
	s := &sink{capture: c}
	s.ExtendBaseWidget(s)
	return s
}

// Tapped takes the focus back from a text field.
func (s *sink) Tapped(*fyne.PointEvent) { s.capture.rest() }

// FocusGained takes it that a Tab brought the focus, unless it was we: Fyne
// swallows a Tab that is typed while nothing has the focus.
func (s *sink) FocusGained() {
	if !s.capture.resting {
		s.capture.text(wedge.Stroke{Key: string(fyne.KeyTab), At: s.capture.clock.Now()})
	}
}

func (s *sink) FocusLost() {}

func (s *sink) TypedRune(r rune) { s.capture.typedRune(r) }

func (s *sink) TypedKey(event *fyne.KeyEvent) { s.capture.typedKey(event) }

func (s *sink) TypedShortcut(shortcut fyne.Shortcut) { s.capture.typedShortcut(shortcut) }

// AcceptsTab keeps a scanner's Tab from moving the focus.
func (s *sink) AcceptsTab() bool { return true }

func (s *sink) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
