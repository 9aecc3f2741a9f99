package ui

import (
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"pkidstation/ui/widget"
)

// size is that of a window that is not full-screen.
func size() fyne.Size { return fyne.NewSize(1280, 800) }

// A Face is a window before there is anything to show in it.
type Face struct {
	Title string
	Icon  fyne.Resource
	Look  Look
	// FullScreen shows it without the desktop around it.
	FullScreen bool
}

// Open shows an empty window and reads the fonts: the display and its drawing
// library take half of a start, and need nothing of what goes into the window, so
// that the queue may be opened beside. It is for Options.Window, and for Fyne's
// goroutine.
func Open(app fyne.App, face Face) fyne.Window {
	dress(app)
	widget.SetDark(face.Look.dark(app))
	w := app.NewWindow(face.Title)
	w.SetPadded(false)
	if face.Icon != nil {
		w.SetIcon(face.Icon)
	}
	w.SetContent(canvas.NewRectangle(widget.Paper()))
	w.Resize(size())
	w.SetFullScreen(face.FullScreen)
	var fonts sync.WaitGroup
	fonts.Go(readFonts)
	w.Show()
	fonts.Wait()
	return w
}

// readFonts measures something in each, and touches nothing else of Fyne's.
func readFonts() {
	for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
		fyne.MeasureText("0", theme.TextSize(), style)
	}
}
