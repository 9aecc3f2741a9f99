package main

import (
	"context"
	"os"
	"time"

	"pkidstation/assets"
	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/diagnostics"
	"pkidstation/cmd/internal/vocabulary"
	"pkidstation/ui"
)

// diagnosing makes the bundle of the station at work.
type diagnosing struct {
	*desk

	folder string
	cfg    config.Config
}

// Gather looks at the very queue that the station works with: what changes meanwhile
// is in it or not, and nothing waits for it.
func (p diagnosing) Gather(ctx context.Context) (ui.Bundle, error) {
	say, err := vocabulary.New(p.cfg.Station.Language)
	if err != nil {
		return ui.Bundle{}, err
	}
	made, err := diagnostics.Gather(ctx, diagnostics.Station{
		Folder: p.folder, Environ: os.Environ(), Config: p.cfg, Program: "pkidstation", Queue: p.queue, Say: say.Error, Working: true,
	})
	b := ui.Bundle{Path: made.Path}
	for _, f := range made.Files {
		b.Files = append(b.Files, ui.BundleFile(f))
	}
	return b, err
}

func (p diagnosing) Save(_ context.Context, b ui.Bundle, path string) error {
	made := diagnostics.Bundle{Made: time.Now()}
	for _, f := range b.Files {
		made.Files = append(made.Files, diagnostics.File(f))
	}
	return made.Save(path)
}

// about is what the program says of itself.
func about() ui.About {
	built := diagnostics.Built()
	return ui.About{
		Version: built.Version, Revision: built.Revision, Go: built.Go, Fyne: built.Modules["fyne.io/fyne/v2"], Licences: assets.Licences(),
	}
}
