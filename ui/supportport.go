package ui

import (
	"context"

	"pkidstation/assets"
)

// Diagnostics makes the bundle that a person sends to whoever helps them. Its calls may
// take long: each is made on a goroutine of its own.
type Diagnostics interface {
	// Gather makes the bundle, with all that is private masked. A context that ends
	// ends it.
	Gather(ctx context.Context) (Bundle, error)
	// Save writes what was gathered, and nothing else, to a path where nothing is yet.
	Save(ctx context.Context, b Bundle, path string) error
}

// A Bundle is what would be saved: the very texts.
type Bundle struct {
	// Path is where it goes unless a person says otherwise.
	Path  string
	Files []BundleFile
}

// A BundleFile is one text of a bundle.
type BundleFile struct{ Name, Text string }

// About is what the program says of itself; what is empty nobody knows.
type About struct {
	Version, Revision, Go, Fyne string
	// Licences are the program's own, first, and those of all that is built into it.
	Licences []assets.Licence
}
