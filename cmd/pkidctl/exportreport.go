package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/queue"
	"pkidstation/queue/export/report"
)

type reportFlags struct {
	listFlags

	out, language string
}

func exportReportCommand(p *program) *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use:   "report --out FILE.xlsx|FILE.csv|FILE.html",
		Short: "Write the list of devices for people: a workbook, CSV for a spreadsheet, or a page to print",
		Long: `Writes the list of devices for people; the ending of FILE says how. PKIDs and serial
numbers stay text, and nothing that a label says is obeyed. The CSV is for a
spreadsheet: UTF-8 with a byte order mark, with ";" in French and "," in English,
and an apostrophe before what the spreadsheet would change. Scripts use queue list
--json instead.`,
		Example: `  pkidctl export report --out devices.xlsx --order BL-4711
  pkidctl export report --out refused.html --state rejected --lang fr`,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.exportReport(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.out, "out", "", "file to write; it must not exist")
	cmd.Flags().StringSliceVar(&f.states, "state", nil, "only entries in this state (may be repeated)")
	cmd.Flags().StringVar(&f.customer, "customer", "", "only entries of this customer")
	cmd.Flags().StringVar(&f.order, "order", "", "only entries of this order")
	languageFlag(cmd, &f.language)
	return cmd
}

func languageFlag(cmd *cobra.Command, language *string) {
	cmd.Flags().StringVar(language, "lang", "", "language: "+strings.Join(languages(), " or ")+" (default: the station's)")
}

func (p *program) exportReport(ctx context.Context, f reportFlags) error {
	if f.out == "" {
		return usage("export report needs --out")
	}
	if f.language != "" && !slices.Contains(languages(), f.language) {
		return usage("--lang %q: it is %s", f.language, strings.Join(languages(), " or "))
	}
	format, err := report.FormatOf(f.out)
	if err != nil {
		return usage("--out %q: %w, by the ending of its name", f.out, err)
	}
	filter, err := filterOf(f.states, f.customer, f.order)
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
	n, err := report.WriteFile(f.out, q.List(ctx, filter), report.Options{
		Format: format, Words: p.words(), Station: cfg.Station.Name, Made: time.Now(),
		ConfirmedBy: func(e queue.Entry) (string, error) { return p.confirmedBy(ctx, q, e) },
	})
	if err != nil {
		return err
	}
	return p.line(p.words().Count("report.done", n, "File", f.out))
}

// confirmedBy is who said last that the web site took an entry.
func (p *program) confirmedBy(ctx context.Context, q *queue.Queue, e queue.Entry) (string, error) {
	lines, err := q.History(ctx, e.ID)
	by := ""
	for _, l := range lines {
		if l.Action == queue.ActionSettle && l.Reason == queue.ConfirmedByHand {
			by = p.words().Operator(l.By, l.Operator)
		}
	}
	return by, err
}
