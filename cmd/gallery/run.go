package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"pkidstation/ui/uitest"
)

// A gallery is what is asked for.
type gallery struct {
	out       string
	sizes     sizes
	languages languages
	only      patterns
	look      worn
}

// run draws what the arguments ask for and gives the exit code.
func run(ctx context.Context, args []string, stderr io.Writer) int {
	g := gallery{}
	flags := flag.NewFlagSet("gallery", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&g.out, "out", "", "the `folder` to draw into")
	flags.Var(&g.sizes, "size", "`WIDTHxHEIGHT[@SCALE]` in pixels, again for each; else "+standardSizes)
	flags.Var(&g.languages, "lang", "a `language`, again for each; qps is one that nobody speaks, 40 % longer; else all that people do")
	flags.Var(&g.look, "theme", "light or dark; else light")
	flags.Var(&g.only, "only", "draw states of this `pattern` only, such as 'queue-*', again for each")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	}
	if err := g.complete(flags.NArg()); err != nil {
		_, _ = fmt.Fprintln(stderr, "gallery:", err)
		return 2
	}
	a := &album{gallery: g, stderr: stderr}
	if err := a.draw(ctx); err != nil {
		_, _ = fmt.Fprintln(stderr, "gallery:", err)
		return 1
	}
	_, _ = fmt.Fprintf(stderr, "gallery: %d pictures in %s\n", a.drawn, g.out)
	if a.faults > 0 {
		_, _ = fmt.Fprintf(stderr, "gallery: %d faults in them\n", a.faults)
		return 1
	}
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
	switch {
	case more > 0:
		return errors.New("it takes no arguments but flags")
	case g.out == "":
		return errors.New("--out is missing: the folder to draw into")
	default:
		return nil
	}
}

// states are those that are wanted.
func (g *gallery) states() []uitest.State {
	var wanted []uitest.State
	for _, state := range uitest.States() {
		if g.only.match(state.String()) {
			wanted = append(wanted, state)
		}
	}
	return wanted
}
