package main

import (
	"context"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/scanner"
	"pkidstation/ui/words"
)

func lookupCommand(p *program) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "lookup CODE...",
		Short: "Say of boxes that come back whether they were registered here, for whom and when",
		Long: `Looks PKIDs and serial numbers up, as they are read from labels, and keeps nothing.
Entries that are gone (removed, handed over, discarded) are told too. With --json each
entry is one object as queue list gives it, the newest first; of a code that nothing
here has there is none, and standard error says so.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return p.lookUp(cmd.Context(), args, asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object an entry")
	return cmd
}

func (p *program) lookUp(ctx context.Context, codes []string, asJSON bool) error {
	q, cfg, err := p.station(false)
	if err != nil {
		return err
	}
	p.callByName(ctx)
	s := station.New(station.Options{Queue: q})
	if err := s.KnowLabels(ctx, cfg.Label.Rules); err != nil {
		return err
	}
	for _, code := range codes {
		l, err := s.LookUp(ctx, scanner.Scan{Text: code})
		if err != nil {
			return err
		}
		if err := p.tellLooked(l, asJSON); err != nil {
			return err
		}
	}
	return nil
}

// tellLooked tells what one code gave.
func (p *program) tellLooked(l station.Looked, asJSON bool) error {
	switch {
	case !l.Known:
		return p.notFound(p.words().NotLookedUp(string(l.Kind)).String(), l.Text, asJSON)
	case len(l.Found) == 0:
		return p.notFound(p.words().NotReturned().String(), l.Text, asJSON)
	case asJSON:
		for _, e := range l.Found {
			if err := p.object(entryJSON(e)); err != nil {
				return err
			}
		}
		return nil
	case queue.Several(l.Found):
		return p.line(words.Shown(l.Text) + "  " + p.words().ReturnedSeveral().String())
	}
	e, _ := queue.StandsFor(l.Found)
	return p.line(words.Shown(l.Text) + "  " + p.words().Returned(e, l.RegisteredAt).String())
}

// notFound says that a code gave nothing: where scripts read, to people beside them.
func (p *program) notFound(sentence, code string, asJSON bool) error {
	if code != "" {
		sentence = words.Shown(code) + "  " + sentence
	}
	if asJSON {
		p.remark(sentence)
		return nil
	}
	return p.line(sentence)
}
