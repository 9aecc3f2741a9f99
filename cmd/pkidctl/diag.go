package main

import (
	"context"
	"errors"
	"io/fs"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/diagnostics"
	"pkidstation/queue"
)

func diagCommand(p *program) *cobra.Command {
	out, show := "", false
	cmd := &cobra.Command{
		Use:   "diag [--out FILE.zip] [--show]",
		Short: "Make a bundle for whoever helps you: logs, settings, findings, with what is private masked",
		Long: `Makes one zip of texts for whoever helps you: which program this is, the settings and who
said each, what was found on this PC, how much is in the queue and whether it is sound,
and the end of the logs. Whole PKIDs, serial numbers, customers, people, tokens and
e-mail addresses are masked in all of them, whoever wrote them.

--show prints the very texts that would be saved, and saves nothing; with --out it does
both. Look before you send it. Without --out it is saved in the data folder.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.diag(cmd.Context(), out, show) },
	}
	cmd.Flags().StringVar(&out, "out", "", "file to write; it must not exist (default: diagnostics-STATION-DATE.zip in the data folder)")
	cmd.Flags().BoolVar(&show, "show", false, "print what would be saved, and save nothing unless --out is given")
	return cmd
}

func (p *program) diag(ctx context.Context, out string, show bool) error {
	bundle, err := p.diagnosed(ctx)
	if err != nil {
		return err
	}
	if show {
		if err := p.line(bundle.Text()); err != nil || out == "" {
			return err
		}
	}
	if out == "" {
		out = bundle.Path
	}
	if err := bundle.Save(out); err != nil {
		return err
	}
	w := p.words()
	if show {
		p.remark(w.Count("diag.saved", len(bundle.Files), "File", out))
		return nil
	}
	return p.line(w.Count("diag.saved", len(bundle.Files), "File", out) + " " + w.Say("diag.look"))
}

// diagnosed makes the bundle, whatever is broken: what cannot be opened is told in it.
func (p *program) diagnosed(ctx context.Context) (diagnostics.Bundle, error) {
	folder, err := p.where()
	if err != nil {
		return diagnostics.Bundle{}, err
	}
	cfg, _ := config.Load(folder, p.environ) // what is wrong in it is told in the bundle
	station := diagnostics.Station{Folder: folder, Environ: p.environ, Config: cfg, Program: "pkidctl", Say: p.words().Error}
	q, err := queue.Open(folder, queue.Options{Station: cfg.Station.Name, Program: "pkidctl", ReadOnly: true})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		station.Unopened = errors.New("there is none")
	case err != nil:
		station.Unopened = err
	default:
		station.Queue = q
		defer q.Close() //nolint:errcheck // it was only looked at
	}
	return diagnostics.Gather(ctx, station)
}
