package main

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/care"
	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/daily"
	"pkidstation/queue"
	"pkidstation/queue/export/report"
	"pkidstation/queue/morning"
)

type morningFlags struct {
	out, language string
	json          bool
}

func morningCommand(p *program) *cobra.Command {
	var f morningFlags
	cmd := &cobra.Command{
		Use:   "morning [--json] [--out FILE.html|FILE.xlsx]",
		Short: "Say how the station stands: what must not leave, what was refused, what waits and why",
		Long: `Says what a supervisor wants to know in the morning, in this order: the orders with
boxes here that may not leave, what was refused since yesterday, what was not sent and
since when, what is held up and why, files for the web site that nobody confirmed and
receptions that were left open, backups and disk. --out writes it as a page or a
workbook, by the ending of FILE, in the place of a file that is there.`,
		Example: `  pkidctl morning
  pkidctl morning --out /srv/reports/dock-2.html --lang fr`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.morning(cmd.Context(), f) },
	}
	cmd.Flags().BoolVar(&f.json, "json", false, "one JSON object")
	cmd.Flags().StringVar(&f.out, "out", "", "file to write, a page or a workbook")
	languageFlag(cmd, &f.language)
	return cmd
}

func (p *program) morning(ctx context.Context, f morningFlags) error {
	if f.out != "" {
		if format, err := report.FormatOf(f.out); err != nil || format == report.CSV {
			return usage("--out %q: it ends in .html or .xlsx", f.out)
		}
	}
	if f.language != "" && !slices.Contains(languages(), f.language) {
		return usage("--lang %q: it is %s", f.language, languages())
	}
	var err error
	if p.spoken, err = p.sheetWords(f.language); err != nil {
		return err
	}
	folder, cfg, err := p.configured()
	if err != nil {
		return err
	}
	q, err := p.open(folder, cfg, true)
	if err != nil {
		return err
	}
	if err := p.nameCustomers(ctx, q); err != nil {
		return err
	}
	m, err := lookAround(ctx, q, folder, cfg)
	if err != nil {
		return err
	}
	if f.out != "" {
		if err := daily.WriteFile(f.out, m, p.words()); err != nil {
			return err
		}
	}
	switch {
	case f.json:
		return p.object(morningJSON(m))
	case f.out != "":
		return p.line(p.words().Say("morning.written", "File", f.out))
	default:
		return p.sayMorning(m)
	}
}

// lookAround looks at a station that may be running: of the connection it says what the
// books do.
func lookAround(ctx context.Context, q *queue.Queue, folder string, cfg config.Config) (morning.Morning, error) {
	now, station := time.Now(), ""
	if me, err := q.Identify(ctx); err == nil {
		station = me.ID
	}
	wrong := care.Backups(folder, station, cfg.Backup.Second, now)
	if err := q.RoomLeft(); err != nil {
		wrong = append(wrong, err)
	}
	return morning.Gather(ctx, q, morning.About{
		Station: cfg.Station.Name, Now: now, Link: morning.Link{ByHand: cfg.PartnerCenter.Way == config.WayCSV},
		Care: care.Look(ctx, folder, station, cfg.Backup.Second, wrong),
	})
}

// sayMorning says it in words: what stands out has its word in front.
func (p *program) sayMorning(m morning.Morning) error {
	var all []string
	for n, part := range p.words().Morning(m) {
		if n > 0 {
			all = append(all, "")
		}
		all = append(all, part.Title)
		for _, one := range part.Matters {
			all = append(all, "  "+p.words().Say("morning.line", "Word", one.Word, "Text", one.Text))
			if one.Next != "" {
				all = append(all, "    "+one.Next)
			}
		}
	}
	return p.lines(all...)
}
