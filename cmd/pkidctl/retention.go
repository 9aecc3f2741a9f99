package main

import (
	"context"

	"github.com/spf13/cobra"

	"pkidstation/queue"
)

// retentionFlags are the command's flags.
type retentionFlags struct {
	identity, rest int
	by             string
	json           bool
}

func retentionCommand(p *program) *cobra.Command {
	f := retentionFlags{}
	cmd := &cobra.Command{
		Use:   "retention [--identity DAYS] [--rest DAYS]",
		Short: "Say how long what is settled is kept, or set it",
		Long: `Says, or sets, for how many days the station keeps what it knows of boxes that are
registered, refused for good, removed, moved or discarded. The identity is PKID,
serial number, customer, batch and device ID, 1825 days if nobody says otherwise,
for returns need them; the rest is what was read, by whom, and the answers, 90 days.
The audit stays whole: it holds numbers, and a name goes with "operators erase".`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.retention(cmd.Context(), f, cmd.Flags().Changed)
		},
	}
	cmd.Flags().IntVar(&f.identity, "identity", 0, "days that the identity stays")
	cmd.Flags().IntVar(&f.rest, "rest", 0, "days that the rest stays")
	cmd.Flags().StringVar(&f.by, "by", operator(), "who does it")
	cmd.Flags().BoolVar(&f.json, "json", false, "one JSON object")
	p.pinFlag(cmd)
	return cmd
}

func (p *program) retention(ctx context.Context, f retentionFlags, said func(flag string) bool) error {
	if err := entered(f.by); err != nil {
		return err
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	kept, err := q.Retention(ctx)
	if err != nil {
		return err
	}
	identity, rest := said("identity"), said("rest")
	if identity {
		kept.Identity = f.identity
	}
	if rest {
		kept.Rest = f.rest
	}
	if identity || rest {
		act, err := p.allow(ctx, q, queue.Act{By: f.by})
		if err != nil {
			return err
		}
		if err := q.SetRetention(ctx, kept, act); err != nil {
			return err
		}
	}
	if f.json {
		return p.object(kept)
	}
	return p.line(p.words().Say("cli.retention", "Identity", p.words().Number(kept.Identity), "Rest", p.words().Number(kept.Rest)))
}
