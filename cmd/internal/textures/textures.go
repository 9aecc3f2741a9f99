// Package textures makes Fyne forget sooner what it drew. Whoever imports it has that
// from the start on; it has nothing to call.
//
// Fyne keeps each text that it ever drew as a picture for a minute after it was last
// seen (FYNE_CACHE), and goes through all of them for every frame. A dock at ten scans
// a second shows some ten new large texts with each: hundreds of MiB, and frames that
// come too late. What is forgotten too soon is drawn once more. With ten seconds or
// less Fyne would go through all that is shown sixty times a second, to say that it is
// still wanted: a window where nothing happens would take half as much again.
//
// Fyne reads the variable while its own package is initialised, so it must be set
// before. Packages are initialised in the order of their import paths as soon as what
// they import is: this one imports next to nothing, Fyne's imports package strings,
// which comes after it. A test holds that order.
package textures

import "os"

const (
	variable = "FYNE_CACHE"
	kept     = "11s"
)

func init() { //nolint:gochecknoinits // it must be before Fyne's own
	if _, said := os.LookupEnv(variable); !said {
		_ = os.Setenv(variable, kept) // where that fails all is as Fyne has it
	}
}
