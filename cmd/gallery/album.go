package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"

	"pkidstation/ui"
	"pkidstation/ui/uitest"
)

// An album draws a gallery, and tells on the way what a person who leafs through it
// would have to find: what is cut, and states that look alike.
type album struct {
	gallery

	stderr        io.Writer
	drawn, faults int
}

// draw draws all that is wanted.
func (a *album) draw(ctx context.Context) error {
	wanted := a.states() //nolint:contextcheck // a still window's calls end at once
	if len(wanted) == 0 {
		return fmt.Errorf("no state is called %s", &a.only)
	}
	for n, size := range a.sizes {
		folder := a.out
		if n > 0 {
			folder = filepath.Join(a.out, size.folder())
		}
		if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // pictures of nothing real
			return fmt.Errorf("making the folder: %w", err)
		}
		for _, language := range a.languages {
			if err := a.page(ctx, folder, wanted, a.view(size, language)); err != nil {
				return err
			}
		}
	}
	return nil
}

// page draws states as they are looked at in one way.
func (a *album) page(ctx context.Context, folder string, wanted []uitest.State, view uitest.View) error {
	drawn := map[[sha256.Size]byte]string{}
	for _, state := range wanted {
		if err := ctx.Err(); err != nil {
			return err
		}
		name := state.String() + "-" + view.Language
		picture, cut, err := look(state, view) //nolint:contextcheck // as above
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		file := filepath.Join(folder, name+".png")
		if err := os.WriteFile(file, picture, 0o644); err != nil { //nolint:gosec // pictures of nothing real
			return fmt.Errorf("writing a picture: %w", err)
		}
		a.drawn++
		for _, text := range cut {
			a.fault("%s: %s", file, text)
		}
		sum := sha256.Sum256(picture)
		if twin := drawn[sum]; twin != "" {
			a.fault("%s looks like %s", file, twin)
		}
		drawn[sum] = name
	}
	return nil
}

// view is how states are looked at.
func (a *album) view(s size, language string) uitest.View {
	view := s.view(language)
	view.Look = ui.Look(a.look)
	return view
}

func (a *album) fault(format string, values ...any) {
	a.faults++
	_, _ = fmt.Fprintf(a.stderr, "gallery: "+format+"\n", values...)
}

// look gives the picture of a state, and what is cut on it.
func look(state uitest.State, view uitest.View) (picture []byte, cut []string, err error) {
	shot, err := state.Show(view)
	if err != nil {
		return nil, nil, err
	}
	defer shot.Close()
	var encoded bytes.Buffer
	if err := png.Encode(&encoded, shot.Picture()); err != nil {
		return nil, nil, err
	}
	return encoded.Bytes(), shot.Cut(), nil
}
