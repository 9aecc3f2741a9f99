package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"image/png"
	"io"
	"os"
	"path"
	"path/filepath"

	"pkidstation/ui/uitest"
)

// A gallery is what is asked for.
type gallery struct {
	out       string
	sizes     sizes
	languages languages
	only      string
}

// run draws what the arguments ask for and gives the exit code.
func run(ctx context.Context, args []string, stderr io.Writer) int {
	g := gallery{}
	flags := flag.NewFlagSet("gallery", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&g.out, "out", "", "the `folder` to draw into")
	flags.Var(&g.sizes, "size", "`WIDTHxHEIGHT[@SCALE]` in pixels, again for each; else "+standardSizes)
	flags.Var(&g.languages, "lang", "a `language`, again for each; else all")
	flags.StringVar(&g.only, "only", "*", "draw states of this `pattern` only, such as 'queue-*'")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	}
	if err := g.complete(flags.NArg()); err != nil {
		fmt.Fprintln(stderr, "gallery:", err)
		return 2
	}
	drawn, err := g.draw(ctx)
	if err != nil {
		fmt.Fprintln(stderr, "gallery:", err)
		return 1
	}
	fmt.Fprintf(stderr, "gallery: %d pictures in %s\n", drawn, g.out)
	return 0
}

// complete takes what was not said, and refuses what makes no gallery.
func (g *gallery) complete(more int) error {
	if len(g.sizes) == 0 {
		if err := g.sizes.Set(standardSizes); err != nil {
			return err
		}
	}
	if len(g.languages) == 0 {
		g.languages = allLanguages()
	}
	_, err := path.Match(g.only, "")
	switch {
	case more > 0:
		return errors.New("it takes no arguments but flags")
	case g.out == "":
		return errors.New("--out is missing: the folder to draw into")
	case err != nil:
		return fmt.Errorf("--only %q: %w", g.only, err)
	default:
		return nil
	}
}

// states are those that are wanted.
func (g *gallery) states() []uitest.State {
	var wanted []uitest.State
	for _, state := range uitest.States() {
		if is, _ := path.Match(g.only, state.String()); is {
			wanted = append(wanted, state)
		}
	}
	return wanted
}

// draw draws all that is wanted, and says how many pictures there are.
func (g *gallery) draw(ctx context.Context) (drawn int, err error) {
	wanted := g.states()
	if len(wanted) == 0 {
		return 0, fmt.Errorf("no state is called %q", g.only)
	}
	for n, size := range g.sizes {
		folder := g.out
		if n > 0 {
			folder = filepath.Join(g.out, size.folder())
		}
		if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // pictures of nothing real
			return drawn, fmt.Errorf("making the folder: %w", err)
		}
		for _, language := range g.languages {
			for _, state := range wanted {
				if err := ctx.Err(); err != nil {
					return drawn, err
				}
				if err := drawOne(folder, state, size.view(language)); err != nil {
					return drawn, err
				}
				drawn++
			}
		}
	}
	return drawn, nil
}

func drawOne(folder string, state uitest.State, view uitest.View) error {
	shot, err := state.Show(view)
	if err != nil {
		return fmt.Errorf("in %s: %w", view.Language, err)
	}
	defer shot.Close()
	var picture bytes.Buffer
	if err := png.Encode(&picture, shot.Picture()); err != nil {
		return fmt.Errorf("encoding %s: %w", state, err)
	}
	file := filepath.Join(folder, state.String()+"-"+view.Language+".png")
	if err := os.WriteFile(file, picture.Bytes(), 0o644); err != nil { //nolint:gosec // pictures of nothing real
		return fmt.Errorf("writing %s: %w", state, err)
	}
	return nil
}
