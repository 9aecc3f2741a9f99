package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
)

type exportFlags struct {
	customer, tag, out, by string
}

func exportCommand(p *program) *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:   "partner-center --customer TENANT --out FILE",
		Short: "Write what is ready for a customer as the Partner Center web site's CSV",
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.export(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.customer, "customer", "", "the customer's Microsoft ID (tenant id)")
	cmd.Flags().StringVar(&f.tag, "group-tag", "", "only this group tag")
	cmd.Flags().StringVar(&f.out, "out", "", "file to write; it must not exist")
	cmd.Flags().StringVar(&f.by, "by", operator(), "who does it")
	parent := &cobra.Command{Use: "export", Short: "Write files for the Partner Center web site"}
	parent.AddCommand(cmd)
	return parent
}

func (p *program) export(ctx context.Context, f exportFlags) error {
	if f.customer == "" || f.out == "" {
		return usage("export partner-center needs --customer and --out")
	}
	customer, err := tenant(f.customer)
	if err != nil {
		return err
	}
	tag, err := groupTag(f.tag)
	if err := errors.Join(err, entered(f.by)); err != nil {
		return err
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	group, err := p.exportable(ctx, q, customer, tag)
	if err != nil {
		return err
	}
	return p.exportFile(ctx, q, f, group)
}

// exportable is what is ready for the customer, of one group tag.
func (p *program) exportable(ctx context.Context, q *queue.Queue, customer autopilot.TenantID, tag autopilot.GroupTag) (queue.Group, error) {
	groups, err := q.Ready(ctx)
	if err != nil {
		return queue.Group{}, err
	}
	var found []queue.Group
	var tags []string
	for _, g := range groups {
		if g.Customer == customer && (tag == "" || g.Tag == tag) {
			found = append(found, g)
			tags = append(tags, string(g.Tag))
		}
	}
	switch len(found) {
	case 0:
		return queue.Group{Customer: customer, Tag: tag}, nil
	case 1:
		return found[0], nil
	default:
		return queue.Group{}, usage("%s", p.words().Say("cli.export.tags", "Tags", strings.Join(tags, ", ")))
	}
}

// exportFile writes the file and then moves the entries. A crash in between
// leaves the file and ready entries: exported again, the site answers 806.
func (p *program) exportFile(ctx context.Context, q *queue.Queue, f exportFlags, g queue.Group) error {
	t := p.words()
	if len(g.Entries) == 0 {
		return p.line(t.Say("cli.export.nothing"))
	}
	entries := slices.Clone(g.Entries)
	for i := range entries {
		entries[i].GroupTag = g.Tag
	}
	taken, refused, rest, err := export.WriteFile(f.out, entries, export.Options{})
	if err != nil {
		return err
	}
	ids := make([]string, 0, len(taken))
	for _, e := range taken {
		ids = append(ids, e.ID)
	}
	if err := q.Exported(ctx, ids, string(g.Tag), queue.Act{By: f.by, Reason: f.out}); err != nil {
		if _, unknown := errors.AsType[*queue.CommitError](err); unknown {
			return err // the entries may be exported: the file must stay
		}
		return errors.Join(err, os.Remove(f.out))
	}
	return p.exportSaid(f.out, len(taken), refused, len(rest))
}

func (p *program) exportSaid(file string, taken int, refused []export.Refusal, rest int) error {
	t := p.words()
	for _, r := range refused {
		why := t.Say("cli.export.why." + string(r.Reason))
		fmt.Fprintln(p.err, "pkidctl:", t.Say("cli.export.refused", "Number", r.Entry.Number, "Column", r.Column, "Why", why)) //nolint:errcheck // the exit code says it too
	}
	var err error
	if taken > 0 {
		err = p.line(t.Count("cli.exported", taken, "File", file))
	}
	if rest > 0 {
		err = errors.Join(err, p.line(t.Count("cli.export.rest", rest)))
	}
	if err == nil && len(refused)+rest > 0 {
		err = &exitError{code: exitPerson}
	}
	return err
}
