package uitest

import (
	"errors"
	"fmt"
	"image"
	"log/slog"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"pkidstation/ui"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A View is how a window is looked at.
type View struct {
	Language string
	// Look is light where it is none.
	Look ui.Look
	// Width and Height are pixels; Scale is how many of them a unit of Fyne's has, 0
	// for one.
	Width, Height int
	Scale         float32
}

// A Shot is a window in one of its states.
type Shot struct {
	window  *ui.Window
	station *station
	clock   *clock
	words   *words.Words
	fault   error
}

// oneApp is the app of all shots: an app of its own for each would read the fonts
// anew, and measure each text.
var oneApp = sync.OnceValue(test.NewApp) //nolint:gochecknoglobals // Fyne knows one app at a time anyway

func newShot(view View, change func(*ui.Options, *station)) (*Shot, error) {
	spoken, err := speak(view.Language)
	if err != nil {
		return nil, fmt.Errorf("finding words: %w", err)
	}
	if view.Scale == 0 {
		view.Scale = 1
	}
	s := &Shot{clock: newClock(), words: spoken}
	s.station = newStation(s.clock)
	options := s.station.options()
	options.Language, options.Words, options.Log = view.Language, speak, slog.New(slog.DiscardHandler)
	options.Look = view.Look
	if change != nil {
		change(&options, s.station)
	}
	fyne.SetCurrentApp(oneApp())
	if s.window, err = ui.NewStill(oneApp(), options, s.clock); err != nil {
		return nil, fmt.Errorf("making the window: %w", err)
	}
	canvas, _ := s.window.FyneWindow().Canvas().(software.WindowlessCanvas)
	if canvas == nil {
		s.Close()
		return nil, errors.New("the test driver has no canvas of its own")
	}
	canvas.SetScale(view.Scale)
	s.window.FyneWindow().Resize(fyne.NewSize(float32(view.Width)/view.Scale, float32(view.Height)/view.Scale))
	s.window.Load()
	s.window.Reguard()
	s.clock.pass(time.Second)
	return s, nil
}

// Close closes the window.
func (s *Shot) Close() { s.window.FyneWindow().Close() }

// Canvas is what the window is drawn on.
func (s *Shot) Canvas() fyne.Canvas { return s.window.FyneWindow().Canvas() }

// Picture is the window as people see it.
func (s *Shot) Picture() image.Image { return s.Canvas().Capture() }

// settle lays everything out until nothing asks for another size, as a driver does
// frame by frame.
func (s *Shot) settle() {
	for range 3 {
		Walk(s.Canvas().Content(), func(o fyne.CanvasObject) {
			if c, ok := o.(*fyne.Container); ok {
				c.Refresh()
			}
		})
	}
}

// Walk visits an object and all in it that is not hidden.
func Walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			Walk(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			Walk(child, visit)
		}
	}
}

// press presses a key and waits until it is clear that a person did.
func (s *Shot) press(keys ...fyne.KeyName) {
	for _, key := range keys {
		s.clock.pass(time.Second)
		if focused := s.Canvas().Focused(); focused != nil {
			focused.TypedKey(&fyne.KeyEvent{Name: key})
		} else {
			s.fail("nothing has the focus for %s", key)
		}
		s.clock.pass(time.Second)
	}
}

// shift presses keys with Shift.
func (s *Shot) shift(keys ...fyne.KeyName) {
	s.window.Hold(fyne.KeyModifierShift)
	s.press(keys...)
	s.window.Hold(0)
}

// ctrl presses a key with Ctrl.
func (s *Shot) ctrl(key fyne.KeyName) {
	s.clock.pass(time.Second)
	if focused, ok := s.Canvas().Focused().(fyne.Shortcutable); ok {
		focused.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl})
	} else {
		s.fail("nothing has the focus for Ctrl+%s", key)
	}
	s.clock.pass(time.Second)
}

// types types as a person does.
func (s *Shot) types(text string) {
	for _, r := range text {
		s.clock.pass(150 * time.Millisecond)
		if focused := s.Canvas().Focused(); focused != nil {
			focused.TypedRune(r)
		}
	}
	s.clock.pass(time.Second)
}

// tap presses the button that says a text.
func (s *Shot) tap(id string) { s.tapLabel(s.words.Say(id)) }

// tapLabel presses the button whose label begins with a text.
func (s *Shot) tapLabel(label string) {
	var found *widget.Tap
	Walk(s.Canvas().Content(), func(o fyne.CanvasObject) {
		if tap, ok := o.(*widget.Tap); ok && strings.HasPrefix(tap.Label(), label) {
			found = tap
		}
	})
	if found == nil {
		s.fail("there is no button %q", label)
		return
	}
	test.Tap(found)
	s.clock.pass(time.Second)
}

// fail keeps the first thing that went wrong on the way to a state.
func (s *Shot) fail(format string, values ...any) {
	if s.fault == nil {
		s.fault = fmt.Errorf(format, values...)
	}
}
