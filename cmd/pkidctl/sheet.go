package main

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/sheet"
	"pkidstation/scanner/command"
	"pkidstation/ui/words"
)

type sheetFlags struct {
	out, language, paper string
	badges               []string
	force                bool
}

func sheetCommand(p *program) *cobra.Command {
	var f sheetFlags
	cmd := &cobra.Command{
		Use:   "sheet --out FILE",
		Short: "Draw the sheet of command barcodes for the dock, as a PDF to print",
		Long: `Draws every command that can be scanned (next box, undo, hold, …) on one page, to
cut, laminate and hang beside the dock. Each --badge adds a card to cut out, on
pages after it. FILE - is standard output.`,
		Example: `  pkidctl sheet --lang fr --out sheet.pdf
  pkidctl sheet --out sheet.pdf --badge Marie --badge "J. Dupont"`,
		RunE: func(*cobra.Command, []string) error { return p.sheet(f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "", "file to write, - for standard output; it must not exist")
	flags.BoolVar(&f.force, "force", false, "write over the file")
	flags.StringVar(&f.language, "lang", "", "language: "+strings.Join(languages(), " or ")+" (default: the station's)")
	flags.StringVar(&f.paper, "paper", string(sheet.A4), "paper: a4 or letter")
	flags.StringArrayVar(&f.badges, "badge", nil, "print a badge for `NAME`; may be given again")
	return cmd
}

// languages are what --lang takes.
func languages() []string {
	var tags []string
	for _, l := range words.Languages() {
		tags = append(tags, l.Tag)
	}
	return tags
}

func (p *program) sheet(f sheetFlags) error {
	paper, err := p.sheetUsage(f)
	if err != nil {
		return err
	}
	spoken, err := p.sheetWords(f.language)
	if err != nil {
		return err
	}
	pdf, err := sheet.PDF(sheet.Options{Words: spoken, Paper: paper, Badges: f.badges, Version: builtAs().Version, Made: time.Now()})
	if err != nil {
		return err
	}
	if f.out != "-" {
		return p.sheetFile(f, pdf)
	}
	if _, err := p.out.Write(pdf); err != nil {
		return fmt.Errorf("writing to standard output: %w", err)
	}
	return nil
}

// sheetUsage finds what is wrong with the flags.
func (p *program) sheetUsage(f sheetFlags) (sheet.Paper, error) {
	if f.out == "" {
		return "", usage("sheet needs --out")
	}
	if f.language != "" && !slices.Contains(languages(), f.language) {
		return "", usage("--lang %q: it is %s", f.language, strings.Join(languages(), " or "))
	}
	for _, name := range f.badges {
		if sheet.CheckBadge(name) != nil {
			return "", usage("%s", p.words().Say("cli.sheet.badge", "Name", words.Shown(name), "Most", command.MaxName))
		}
	}
	paper, err := sheet.ParsePaper(f.paper)
	if err != nil {
		return "", usage("--paper: %w", err)
	}
	return paper, nil
}

// sheetWords speak the language asked for, else the station's: only then is its
// folder looked at.
func (p *program) sheetWords(language string) (*words.Words, error) {
	if language != "" {
		return speak(language, p.environ)
	}
	_, _, err := p.configured()
	return p.spoken, err
}

func (p *program) sheetFile(f sheetFlags, pdf []byte) error {
	err := sheet.WriteFile(f.out, pdf, f.force)
	switch {
	case err == nil:
		return p.line(p.words().Say("cli.sheet.done", "File", f.out))
	case errors.Is(err, sheet.ErrNotFile):
		return p.notWritten("cli.sheet.not-file", f.out)
	case errors.Is(err, fs.ErrExist):
		return p.notWritten("cli.sheet.exists", f.out)
	default:
		return err
	}
}

func (p *program) notWritten(id, file string) error {
	fmt.Fprintln(p.err, "pkidctl:", p.words().Say(id, "File", file)) //nolint:errcheck // the exit code says it too
	return &exitError{code: exitFailed}
}
