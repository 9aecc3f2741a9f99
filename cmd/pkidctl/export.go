package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/config"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
)

type exportFlags struct {
	customer, tag, out, by, header string
}

func exportCommand(p *program) *cobra.Command {
	parent := &cobra.Command{Use: "export", Short: "Write files for the Partner Center web site, for Microsoft Support and for people"}
	parent.AddCommand(exportSiteCommand(p), exportConfirmCommand(p), exportSurfaceCommand(p), exportReportCommand(p))
	parent.AddCommand(exportOrderCommands(p)...)
	return parent
}

func exportSiteCommand(p *program) *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:   "partner-center --customer TENANT --out FILE",
		Short: "Write what is ready for a customer as the Partner Center web site's CSV",
		Long: `Writes what is ready for a customer, at most 1000 devices of one group tag, as the
file that the Partner Center web site takes, and says what to do with it there.
The devices are then exported, until export confirm says what the site took. A
device that the file cannot hold as it is stays ready, with its reason (exit 3).`,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.export(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.customer, "customer", "", "the customer's Microsoft ID (tenant id)")
	cmd.Flags().StringVar(&f.tag, "group-tag", "", "only this group tag")
	cmd.Flags().StringVar(&f.out, "out", "", "file to write; it must not exist")
	cmd.Flags().StringVar(&f.by, "by", operator(), "who does it")
	p.pinFlag(cmd)
	headerFlag(cmd, &f.header)
	return cmd
}

func headerFlag(cmd *cobra.Command, header *string) {
	cmd.Flags().StringVar(header, "header", "", "the file's first line, where the web site's sample has another (default: [export] header)")
}

// exportOptions are those of the flag, else of the settings.
func exportOptions(header string, cfg config.Config) (export.Options, error) {
	if header == "" {
		return export.Options{Header: cfg.Export.Header}, nil
	}
	if err := export.CheckHeader(header); err != nil {
		return export.Options{}, usage("--header: %w", err)
	}
	return export.Options{Header: header}, nil
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
	q, cfg, err := p.station(false)
	if err != nil {
		return err
	}
	opts, err := exportOptions(f.header, cfg)
	if err != nil {
		return err
	}
	if err := p.nameCustomers(ctx, q); err != nil {
		return err
	}
	group, err := p.exportable(ctx, q, customer, tag)
	if err != nil {
		return err
	}
	act, err := p.allow(ctx, q, queue.Act{By: f.by})
	if err != nil {
		return err
	}
	return p.exportFile(ctx, q, f, group, opts, act)
}

// nameCustomers makes the words call customers by the names kept here.
func (p *program) nameCustomers(ctx context.Context, q *queue.Queue) error {
	customers, err := q.Customers(ctx)
	if err != nil {
		return err
	}
	names := make(map[autopilot.TenantID]string, len(customers))
	for _, c := range customers {
		names[c.ID] = c.Name
	}
	p.spoken = p.words().Naming(func(id autopilot.TenantID) string { return names[id] })
	return nil
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
			tags = append(tags, cmp.Or(string(g.Tag), "—"))
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
func (p *program) exportFile(ctx context.Context, q *queue.Queue, f exportFlags, g queue.Group, opts export.Options, act queue.Act) error {
	t := p.words()
	if len(g.Entries) == 0 {
		return p.line(t.Say("cli.export.nothing"))
	}
	entries := slices.Clone(g.Entries)
	for i := range entries {
		entries[i].GroupTag = g.Tag
	}
	taken, refused, rest, err := export.WriteFile(f.out, entries, opts)
	if err != nil {
		return err
	}
	if len(taken) > 0 {
		if err := p.moveExported(ctx, q, f, g.Tag, taken, act); err != nil {
			return err
		}
		if err := p.exportSteps(f.out, g, len(taken)); err != nil {
			return err
		}
	}
	return p.exportSaid(refused, len(rest))
}

// moveExported marks the entries of the file exported; if it cannot, there is no
// file.
func (p *program) moveExported(ctx context.Context, q *queue.Queue, f exportFlags, tag autopilot.GroupTag, taken []queue.Entry, act queue.Act) error {
	act.Reason = export.Note(f.out, taken)
	ids := make([]string, 0, len(taken))
	for _, e := range taken {
		ids = append(ids, e.ID)
	}
	err := q.Exported(ctx, ids, string(tag), act)
	if _, unknown := errors.AsType[*queue.CommitError](err); err == nil || unknown {
		return err // unknown: the entries may be exported, the file must stay
	}
	return errors.Join(err, os.Remove(f.out))
}

// exportSteps says what to do with the file.
func (p *program) exportSteps(file string, g queue.Group, taken int) error {
	t := p.words()
	lines := []string{t.Count("cli.exported", taken, "File", file), t.Say("site.head")}
	for i, step := range append(t.SiteSteps(g.Customer, g.Tag, file), t.Say("site.confirm", "File", file)) {
		lines = append(lines, fmt.Sprintf("  %d. %s", i+1, step))
	}
	return p.line(strings.Join(lines, "\n"))
}

// exportSaid says what is not in the file.
func (p *program) exportSaid(refused []export.Refusal, rest int) error {
	t := p.words()
	for _, r := range refused {
		why := t.Say("cli.export.why." + string(r.Reason))
		text := t.Say("cli.export.refused", "Number", r.Entry.Number, "Column", r.Column, "Why", why)
		if r.Column == "" {
			text = t.Say("cli.export.refused.row", "Number", r.Entry.Number, "Why", why)
		}
		p.notice(text)
	}
	if rest > 0 {
		if err := p.line(t.Count("cli.export.rest", rest)); err != nil {
			return err
		}
	}
	if len(refused)+rest > 0 {
		return &exitError{code: exitPerson}
	}
	return nil
}

// notice says on standard error what the exit code says too.
func (p *program) notice(text string) {
	fmt.Fprintln(p.err, "pkidctl:", text) //nolint:errcheck // the exit code says it too
}
