package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/lists"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
)

// hashCommand is the way that Microsoft advises against.
func hashCommand(p *program) *cobra.Command {
	var f actFlags
	file := ""
	cmd := &cobra.Command{
		Use:   "hash ID --file FILE.csv --by NAME",
		Short: "Give a box the hardware hash of its device, which Microsoft advises against",
		Long: `Gives a box that was never sent the hardware hash that Get-WindowsAutopilotInfo took
of its device, from that script's CSV or any list with a column of hashes. Microsoft
advises against booting a device for its hash; the PKID on the box is enough.

Of several rows it is the one with the PKID or serial number of the box. The hash must
be that of the PKID and serial number that the box has. A held box stays held: release
it, and it is registered by its hash.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			act, err := p.act(f)
			if err != nil {
				return err
			}
			if file == "" {
				return usage("--file is missing: the CSV that Get-WindowsAutopilotInfo wrote")
			}
			return p.giveHash(cmd.Context(), args[0], file, f, act)
		},
	}
	f.who(cmd, p)
	cmd.Flags().StringVar(&file, "file", "", "the CSV with the hash")
	cmd.Flags().BoolVar(&f.json, "json", false, "the entry as it is now, as a JSON object")
	return cmd
}

func (p *program) giveHash(ctx context.Context, id, file string, f actFlags, act queue.Act) error {
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	e, err := q.Entry(ctx, id)
	if err != nil {
		return err
	}
	hash, err := p.hashFor(ctx, e, file)
	if err != nil {
		return err
	}
	if act, err = p.supervise(ctx, q, act); err != nil {
		return err
	}
	p.remark(p.words().HashAdvice())
	if _, err := q.GiveHash(ctx, id, hash, act); err != nil {
		return err
	}
	return p.done(ctx, q, f, []string{id})
}

// hashFor is the hash of the box in a list.
func (p *program) hashFor(ctx context.Context, e queue.Entry, file string) (autopilot.HardwareHash, error) {
	m, err := lists.Read(ctx, p.queue, file, lists.Options{})
	if err != nil {
		return "", err
	}
	for _, r := range m.Refused {
		p.remark(p.words().ListRefusal(r))
	}
	row, err := m.HashOf(e.Device)
	if several, ok := errors.AsType[*manifest.HashesError](err); ok {
		return "", usage("%s has %d hardware hashes, of which %d are this box's; nothing was changed", file, several.Hashes, several.Fitting)
	}
	if err != nil {
		return "", err
	}
	return row.Hash, nil
}
