package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/queue"
	"pkidstation/ui/words"
)

func operatorsCommand(p *program) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "operators",
		Short: "List who did something at this station, or erase a name",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.operators(cmd.Context(), asJSON) },
	}
	list := &cobra.Command{
		Use:   "list",
		Short: "List who did something at this station",
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.operators(cmd.Context(), asJSON) },
	}
	for _, c := range []*cobra.Command{cmd, list} {
		c.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	}
	cmd.AddCommand(list, eraseCommand(p))
	return cmd
}

func eraseCommand(p *program) *cobra.Command {
	var f actFlags
	cmd := &cobra.Command{
		Use:   "erase (NAME | NUMBER)",
		Short: "Erase an operator's name; what they did stays, under their number",
		Long: `Erases an operator's name, for good. Entries, receptions and the audit keep the
number, and show "operator 12" from then on. The reason must not name the person.

It does not reach what was written before: audit lines of versions before this one,
which cannot be changed (how many is said), the journal until it is begun anew,
exports, backups, logs, and what somebody typed as a reason.`,
		Example: `  pkidctl operators erase "Ana Silva" --by Léa --reason "request of 28 November"
  pkidctl operators erase 12 --by Léa --reason "left the company"`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return p.erase(cmd.Context(), args[0], f) },
	}
	f.who(cmd, p)
	cmd.Flags().BoolVar(&f.json, "json", false, "one JSON object")
	return cmd
}

// jsonOperator is an operator as scripts get it: every key is always there.
type jsonOperator struct {
	Number   uint64 `json:"number"`
	Name     string `json:"name"`
	ErasedAt string `json:"erased_at"`
}

func operatorJSON(o queue.Operator) jsonOperator {
	return jsonOperator{Number: o.Number, Name: o.Name, ErasedAt: stamp(o.ErasedAt)}
}

type jsonErasure struct {
	jsonOperator

	Lines int `json:"lines"`
}

func (p *program) operators(ctx context.Context, asJSON bool) error {
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	all, err := q.Operators(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		for _, o := range all {
			if err := p.object(operatorJSON(o)); err != nil {
				return err
			}
		}
		return nil
	}
	if len(all) == 0 {
		p.remark(p.words().Say("cli.operators.none"))
	}
	t := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, o := range all {
		called := words.Shown(o.Name)
		if o.Erased() {
			called = p.words().Say("cli.operators.erased", "When", p.words().Moment(o.ErasedAt, time.Now()))
		}
		fmt.Fprintf(t, "%d\t  %s\n", o.Number, called) //nolint:errcheck // Flush tells
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("writing to standard output: %w", err)
	}
	return nil
}

func (p *program) erase(ctx context.Context, who string, f actFlags) error {
	act, err := p.act(f)
	if err != nil {
		return err
	}
	if strings.TrimSpace(act.Reason) == "" {
		return usage("--reason is missing: say why")
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	o, err := operatorCalled(ctx, q, who)
	if err != nil {
		return err
	}
	if act, err = p.supervise(ctx, q, act); err != nil {
		return err
	}
	done, err := q.EraseOperator(ctx, o.Number, act)
	switch {
	case err != nil:
		return err
	case f.json:
		return p.object(jsonErasure{operatorJSON(done.Operator), done.Lines})
	}
	t := p.words()
	said := []string{t.Say("cli.operators.done", "Number", o.Number)}
	if done.Lines > 0 {
		said = append(said, t.Count("cli.operators.lines", done.Lines))
	}
	return p.line(strings.Join(append(said, t.Say("cli.operators.not-covered")), "\n"))
}

// operatorCalled is the operator of a name, or else of a number: somebody may be
// called 12.
func operatorCalled(ctx context.Context, q *queue.Queue, who string) (queue.Operator, error) {
	o, err := q.OperatorNamed(ctx, who)
	if errors.Is(err, queue.ErrNoOperator) {
		if n, bad := strconv.ParseUint(who, 10, 64); bad == nil {
			return q.Operator(ctx, n)
		}
	}
	return o, err
}
