package main

import (
	"context"

	"github.com/spf13/cobra"
)

func repairCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "repair",
		Short: "Read everything, and make the queue's index anew from the journal where something is wrong",
		Long: "Read everything that the queue has. Where something is wrong with its index, queue.db, that file is kept under another name " +
			"and made anew from the journal, which has every change. What was put right is said on standard error.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.repair(cmd.Context()) },
	}
}

func (p *program) repair(ctx context.Context) error {
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	before := q.Recovery()
	if err := q.Scrub(ctx); err != nil {
		return err
	}
	if after := q.Recovery(); !after.Nothing() && after != before {
		p.remark(p.words().Recovery(after))
	}
	return p.line(p.words().Say("cli.repaired"))
}
