package main

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/lists"
	"pkidstation/queue/export/leave"
	"pkidstation/queue/export/report"
)

type orderFlags struct {
	order, customer, out, paper, language string
}

// exportOrderCommands are an order's papers and lists.
func exportOrderCommands(p *program) []*cobra.Command {
	return []*cobra.Command{
		exportOrderCommand(p, lists.Leaving, []report.Format{leave.PDF}, "Write the paper that says whether an order may leave, and what keeps it",
			`Writes the one word on an order, May leave or Do not ship, with the boxes that keep it
by pallet and running number, as a PDF for A4 or for a label of 4 x 6 inches. May
leave is written only where every device that is due is registered.`),
		exportOrderCommand(p, lists.Registered, []report.Format{leave.PDF, report.XLSX, report.CSV}, "Write what is registered of an order, serial numbers first, for the customer",
			`Writes the registered devices of an order for the customer, serial numbers first; the
ending of FILE says how.`),
		exportOrderCommand(p, lists.Contents, []report.Format{report.XLSX, report.CSV}, "Write PKID and serial number of an order's boxes, for a downstream reseller",
			`Writes PKID and serial number of the boxes of an order that were scanned, registered or
not, for a reseller who registers them. No customer is needed. PKIDs stay text.`),
	}
}

func exportOrderCommand(p *program, kind lists.Kind, formats []report.Format, short, long string) *cobra.Command {
	var f orderFlags
	cmd := &cobra.Command{
		Use:   string(kind) + " --order REF --out FILE",
		Short: short,
		Long:  long,
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.exportOrder(cmd.Context(), kind, formats, f) },
	}
	cmd.Flags().StringVar(&f.order, "order", "", "the order")
	cmd.Flags().StringVar(&f.customer, "customer", "", "only of this customer (tenant id), where several have an order of that name")
	cmd.Flags().StringVar(&f.out, "out", "", "file to write; it must not exist")
	if slices.Contains(formats, leave.PDF) {
		cmd.Flags().StringVar(&f.paper, "paper", string(leave.A4), "paper: a4 or 4x6")
	}
	languageFlag(cmd, &f.language)
	_, _ = cmd.MarkFlagRequired("order"), cmd.MarkFlagRequired("out")
	return cmd
}

func (p *program) exportOrder(ctx context.Context, kind lists.Kind, formats []report.Format, f orderFlags) error {
	if f.language != "" && !slices.Contains(languages(), f.language) {
		return usage("--lang %q: it is %s", f.language, strings.Join(languages(), " or "))
	}
	format := report.Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(f.out)), "."))
	if !slices.Contains(formats, format) {
		return usage("--out %q: it ends in %s", f.out, endings(formats))
	}
	size := leave.A4
	if f.paper != "" {
		var err error
		if size, err = leave.ParsePaper(f.paper); err != nil {
			return usage("--paper %q: it is a4 or 4x6", f.paper)
		}
	}
	id, err := tenant(f.customer)
	if err != nil {
		return err
	}
	if p.spoken, err = p.sheetWords(f.language); err != nil {
		return err
	}
	q, cfg, err := p.station(false)
	if err != nil {
		return err
	}
	if err := p.nameCustomers(ctx, q); err != nil {
		return err
	}
	n, err := lists.Write(ctx, q, f.out, lists.Paper{
		Kind: kind, Order: f.order, Customer: id, Format: format, Size: size, Words: p.words(), Station: cfg.Station.Name, Made: time.Now(),
	})
	if err != nil {
		return err
	}
	return p.line(p.words().Count("report.done", n, "File", f.out))
}

func endings(formats []report.Format) string {
	all := make([]string, 0, len(formats))
	for _, f := range formats {
		all = append(all, "."+string(f))
	}
	return strings.Join(all, " or ")
}
