// Package uitest shows the station's window in every state that people see it in,
// without a display, a device, a disk or a network.
//
// A [State] is a screen with what is on it. [State.Show] makes a window of made-up
// data, brings it there the way a person would, with keys, and stops:
//
//	for _, state := range uitest.States() {
//		shot, err := state.Show(uitest.View{Language: "fr", Width: 1280, Height: 720})
//		…
//		picture := shot.Picture()
//		shot.Close()
//	}
//
// The clock stands at one moment, all data are fixed, and the ports answer at once:
// the same state gives the same picture, byte for byte, wherever Fyne's own fonts
// have all its letters. What is shown is made by package ui alone; only the ports
// behind it are not real. They answer, and keep nothing: what the window asks of them
// is the business of ui's own tests.
//
// Fyne's test driver knows the newest window only: one Shot is open at a time, and
// all are of one goroutine.
package uitest
