package main

import (
	"context"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/care"
)

func doctorStationCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "station",
		Short: "Look after the PC: room on the disk, backups, other data folders with unsent boxes",
		Long: "Says what a person should know of the PC that the station is on: whether there is room on the disk, when the last backup " +
			"was made and whether it is off this PC too, and whether another data folder has boxes that were not sent. Nothing is " +
			"changed. It exits with 0 when all is well, and with 3 when something needs a person.",
		RunE: func(cmd *cobra.Command, _ []string) error { return p.doctorStation(cmd.Context()) },
	}
}

func (p *program) doctorStation(ctx context.Context) error {
	cfg, err := p.looked()
	if err != nil {
		return err
	}
	folder, err := p.where()
	if err != nil {
		return err
	}
	found := p.cares(ctx, folder, cfg)
	if len(found) == 0 {
		return p.line(p.words().Say("cli.care.well"))
	}
	needed := false
	for _, one := range found {
		needed = needed || !care.Calm(one)
		if err := p.line("- " + p.words().Error(one)); err != nil {
			return err
		}
	}
	if needed {
		return &exitError{code: exitPerson}
	}
	return nil
}
