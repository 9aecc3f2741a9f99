package main

import (
	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/config"
)

func configCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "config",
		Short: "Print a station.toml with every setting explained",
		RunE:  func(*cobra.Command, []string) error { return p.line(config.Example()) },
	}
}
