package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"
)

func checkCommand(p *program) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Verify the queue: structure, indexes, audit chain, journal",
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.check(cmd.Context(), asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return cmd
}

type jsonCheck struct {
	Sound bool     `json:"sound"`
	Wrong []string `json:"wrong"`
}

func (p *program) check(ctx context.Context, asJSON bool) error {
	q, _, err := p.station(true)
	if errors.Is(err, fs.ErrNotExist) {
		folder, e := p.folder()
		fmt.Fprintln(p.err, "pkidctl:", p.words().Say("cli.no-queue", "Folder", folder)) //nolint:errcheck // the exit code says it too
		return errors.Join(e, &exitError{code: exitFailed})
	}
	if err != nil {
		return err
	}
	wrong, err := q.Check(ctx)
	if err != nil {
		return err
	}
	journal, behind, err := q.CheckJournal(ctx)
	if err != nil {
		return err
	}
	wrong = append(wrong, journal...)
	if behind > 0 {
		p.remark(p.words().Count("cli.check.behind", behind))
	}
	if asJSON {
		err = p.object(jsonCheck{Sound: len(wrong) == 0, Wrong: append([]string{}, wrong...)})
	} else {
		err = p.saySound(wrong)
	}
	if err == nil && len(wrong) > 0 {
		err = &exitError{code: exitFailed}
	}
	return err
}

func (p *program) saySound(wrong []string) error {
	if len(wrong) == 0 {
		return p.line(p.words().Say("cli.sound"))
	}
	for _, w := range wrong {
		if err := p.line(w); err != nil {
			return err
		}
	}
	return nil
}
