package main

import "fyne.io/fyne/v2"

// herald is the ui's Herald: the desktop's own notifications.
type herald struct{ program fyne.App }

// Tell implements ui.Herald. It waits for nobody: a desktop that never answers would
// keep the window from ending, and with that from starting anew.
func (h herald) Tell(title, text string) {
	go h.program.SendNotification(fyne.NewNotification(title, text))
}
