package main

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/config"
	"pkidstation/queue"
	"pkidstation/ui/words"
)

func supervisorsCommand(p *program) *cobra.Command {
	asJSON := false
	list := func(cmd *cobra.Command, _ []string) error { return p.supervisors(cmd.Context(), asJSON) }
	cmd := &cobra.Command{
		Use:   "supervisors",
		Short: "List who may release, assign, discard, remove, export and set up; set and take away their PINs",
		Long: `Once the station has a supervisor, what needs one also needs their PIN: name them
with --by, and give the PIN on standard input (--pin-stdin) or in PKIDSTATION_PIN.
Scanning, uploading and holding never need one. The PIN guards against slips and
colleagues, not against whoever owns the files.`,
		RunE: list,
	}
	one := &cobra.Command{Use: "list", Short: "List the supervisors", RunE: list}
	for _, c := range []*cobra.Command{cmd, one} {
		c.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	}
	cmd.AddCommand(one, setSupervisorCommand(p), removeSupervisorCommand(p), resetSupervisorsCommand(p))
	return cmd
}

// jsonSupervisor is a supervisor as scripts get it.
type jsonSupervisor struct {
	Name  string `json:"name"`
	Since string `json:"since"`
}

func (p *program) supervisors(ctx context.Context, asJSON bool) error {
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	all, err := q.Supervisors(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		for _, s := range all {
			if err := p.object(jsonSupervisor{Name: s.Name, Since: stamp(s.Since)}); err != nil {
				return err
			}
		}
		return nil
	}
	if len(all) == 0 {
		return p.line(p.words().Say("cli.supervisors.none"))
	}
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, p.words().Say("cli.supervisors.head")) //nolint:errcheck // Flush tells
	for _, s := range all {
		fmt.Fprintf(w, "%s\t%s\n", words.Shown(s.Name), p.words().Moment(s.Since, time.Now())) //nolint:errcheck // Flush tells
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("writing to standard output: %w", err)
	}
	return nil
}

func setSupervisorCommand(p *program) *cobra.Command {
	by, fromStdin := "", false
	cmd := &cobra.Command{
		Use:   "set NAME",
		Short: "Set a supervisor's PIN, of a new one too; the first one needs nobody else's",
		Long: `Sets a supervisor's PIN. It is asked for twice at the terminal, or read from
standard input with --new-pin-stdin; with --pin-stdin, after the line with the PIN
of whoever does it. That is NAME themself where --by names nobody. A PIN has 4 to 64
characters, and is neither one again and again nor digits in a row.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if by == "" {
				by = args[0]
			}
			return p.setSupervisor(cmd.Context(), args[0], by, fromStdin)
		},
	}
	cmd.Flags().StringVar(&by, "by", "", "who does it (default: NAME)")
	cmd.Flags().BoolVar(&fromStdin, "new-pin-stdin", false, "read the new PIN from a line of standard input")
	p.pinFlag(cmd)
	return cmd
}

func (p *program) setSupervisor(ctx context.Context, name, by string, fromStdin bool) error {
	if err := entered(name, by); err != nil {
		return err
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	act, err := p.allow(ctx, q, queue.Act{By: by})
	if err != nil {
		return err
	}
	pin, err := p.newPIN(fromStdin)
	if err != nil {
		return err
	}
	if err := q.SetPIN(ctx, name, pin, act); err != nil {
		return err
	}
	return p.line(p.words().Say("cli.supervisors.set", "Name", words.Shown(name)))
}

// newPIN is a PIN to be set, typed twice where a person types it.
func (p *program) newPIN(fromStdin bool) (string, error) {
	if fromStdin {
		return p.secretLine()
	}
	if _, is := p.terminal(); !is {
		return "", usage("supervisors set needs --new-pin-stdin")
	}
	p.remark(p.words().Say("cli.supervisors.type"))
	pin, err := p.secretLine()
	if err != nil {
		return "", err
	}
	p.remark(p.words().Say("cli.supervisors.again"))
	again, err := p.secretLine()
	if err != nil {
		return "", err
	}
	if pin != again {
		p.remark(p.words().Say("cli.supervisors.differ"))
		return "", &exitError{code: exitFailed}
	}
	return pin, nil
}

func removeSupervisorCommand(p *program) *cobra.Command {
	by := ""
	cmd := &cobra.Command{
		Use:   "remove NAME --by NAME",
		Short: "Take a supervisor's PIN away; not the last one's",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			act, err := p.act(actFlags{by: by})
			if err != nil {
				return err
			}
			q, _, err := p.station(false)
			if err != nil {
				return err
			}
			if act, err = p.allow(cmd.Context(), q, act); err != nil {
				return err
			}
			if err := q.RemoveSupervisor(cmd.Context(), args[0], act); err != nil {
				return err
			}
			return p.line(p.words().Say("cli.supervisors.removed", "Name", words.Shown(args[0])))
		},
	}
	cmd.Flags().StringVar(&by, "by", "", "who does it")
	p.pinFlag(cmd)
	return cmd
}

func resetSupervisorsCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "reset",
		Short: "Take all PINs away, as administrator of the PC, when one is lost",
		Long: `Takes all supervisors' PINs away, for when one is lost. It is for the administrator
of the PC: root or the owner of the data folder; on Windows, whoever runs it as
administrator. It stands in the audit under their name.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			folder, err := config.Where(p.data, p.environ)
			if err != nil {
				return fmt.Errorf("finding the data folder: %w", err)
			}
			if !administers(folder) {
				p.remark(p.words().Say("cli.supervisors.administrator"))
				return &exitError{code: exitFailed}
			}
			q, _, err := p.station(false)
			if err != nil {
				return err
			}
			if err := q.ResetSupervisors(cmd.Context(), operator()); err != nil {
				return err
			}
			return p.line(p.words().Say("cli.supervisors.reset"))
		},
	}
}
