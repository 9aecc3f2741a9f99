package main

import (
	"log/slog"

	"github.com/go-gl/glfw/v3.4/glfw"
)

// density gives how many pixels an inch of the first screen has, as it reports itself,
// or 0: Fyne tells how large a unit is, not how large a millimetre. It is called once
// Fyne's loop runs, which is where the library may be asked.
func density(log *slog.Logger) func() float32 {
	return func() (perInch float32) {
		defer func() {
			if why := recover(); why != nil { // it panics where there is no screen to ask
				log.Warn("the screen does not say how large it is", "error", why)
			}
		}()
		screen := glfw.GetPrimaryMonitor()
		if screen == nil {
			return 0
		}
		wide, _ := screen.GetPhysicalSize() // in millimetres
		mode := screen.GetVideoMode()
		if wide <= 0 || mode == nil {
			return 0
		}
		const inch = 25.4
		return float32(mode.Width) / float32(wide) * inch
	}
}
