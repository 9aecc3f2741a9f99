package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"pkidstation/queue"
)

func undoCommand(p *program) *cobra.Command {
	var f actFlags
	cmd := &cobra.Command{
		Use:   "undo --by NAME",
		Short: "Discard the last capture while it is held or ready",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if strings.TrimSpace(f.by) == "" {
				return usage("--by is missing: say who does it")
			}
			if err := entered(f.by, f.reason); err != nil {
				return err
			}
			q, _, err := p.station(false)
			if err != nil {
				return err
			}
			act := queue.Act{By: f.by, Reason: f.reason}
			if p.pinGiven || p.pinSet != "" { // without, it is for one's own capture
				as, err := p.allow(cmd.Context(), q, act)
				switch {
				case err == nil:
					act = as
				case p.pinGiven || !errors.Is(err, queue.ErrNoSupervisor): // a PIN that is only in the environment is not this person's
					return err
				}
			}
			e, err := q.Undo(cmd.Context(), "", act)
			if err != nil {
				return err
			}
			return p.line(p.words().Say("cli.undone", "PKID", string(e.PKID), "Serial", e.Serial, "Box", e.Number))
		},
	}
	f.who(cmd, p)
	return cmd
}
