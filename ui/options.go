package ui

import (
	"log/slog"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/scanner/wedge"
	"pkidstation/ui/words"
)

// Options are what a window is made of.
type Options struct {
	Intake    Intake
	Reception Reception
	Entries   Entries
	Review    Review
	Uploads   Uploads
	// Scanners answers offers; nil where none are made.
	Scanners Scanners
	// Sources may be nil: then nobody sees here what the station reads from.
	Sources Sources
	// Cameras may be nil: then nobody sees here how the camera is. CameraSetting is
	// nil where another one is set in station.toml alone.
	Cameras       Cameras
	CameraSetting CameraSetting
	// Trial may be nil: then no scanner can be tried.
	Trial Trial
	// Asked is nil where nobody at the dock is asked anything.
	Asked Asked
	// Returns may be nil: then no box that comes back can be looked up.
	Returns Returns
	// Sound is nil where nothing is heard.
	Sound Sound
	// Guard is nil where anybody may decide, and nobody is asked.
	Guard Guard
	// Teach is nil where no code can be taught.
	Teach Teach
	// The ports of setupport.go; each may be nil.
	Setup    Setup
	Settings Settings

	// Herald is nil where the desktop tells nothing.
	Herald Herald

	// The ports of partnerports.go; each may be nil.
	Directory Directory
	Relations Relations
	SignIn    SignIn
	Removals  Removals
	Profiles  Profiles
	Tuples    Tuples
	Hashes    Hashes
	Marks     Marks
	Files     Files
	// The ports of orderports.go; each may be nil.
	Orders        Orders
	Unscanned     Unscanned
	Leaving       Leaving
	Suppliers     Suppliers
	Announcements Announcements
	// Morning may be nil: then there is no morning page.
	Morning Morning
	// Diagnostics and About are what helps who helps; each may be nil.
	Diagnostics Diagnostics
	About       func() About
	// Partner is what we are called in a letter to a customer, or empty.
	Partner string

	// Language is the language to begin with, as words.New takes it.
	Language string
	// OnLanguage is told, by Fyne's goroutine, that a person chose a language.
	OnLanguage func(language string)
	// Words gives the words of a language; nil is words.New.
	Words func(language string) (*words.Words, error)

	// Look is light, dark, or the system's; none is light.
	Look Look
	// Demo says on every screen that nothing is real.
	Demo bool
	// Station is the station's name.
	Station string
	// Window is one of Open; nil makes one.
	Window fyne.Window
	// Icon is the window's, or nil.
	Icon fyne.Resource
	// FullScreen shows the window without the desktop around it.
	FullScreen bool
	// Kiosk is FullScreen that only a supervisor leaves, where there is one.
	Kiosk bool
	// Density is asked, by Fyne's goroutine once the app runs, how many pixels an inch
	// of the screen has; 0 or nil is what usual ones have.
	Density func() float32
	// Wedge must be what the wedge behind Intake.Keys was made with.
	Wedge wedge.Options
	// Took is told, on Fyne's goroutine, how long each call there held it; nil where
	// nobody measures.
	Took func(time.Duration)
	// Log takes what went wrong; nil is slog.Default.
	Log *slog.Logger
}

func (o Options) complete() Options {
	if o.Words == nil {
		o.Words = words.New
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return o
}
