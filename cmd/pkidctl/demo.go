package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"pkidstation/assets"
	"pkidstation/cmd/internal/demo"
	"pkidstation/queue"
	"pkidstation/ui/words"
)

func demoCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Show the main job on built-in samples against a simulated Partner Center",
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.demo(cmd.Context()) },
	}
}

// demo looks at no configuration at all, so that nothing real can be in it.
func (p *program) demo(ctx context.Context) error {
	d, err := demo.Open(ctx)
	if err != nil {
		return err
	}
	t := &demoTeller{p: p, words: p.words().Naming(demo.Name)}
	t.say(t.words.Say("cli.demo.intro"))
	err = d.Play(ctx, t)
	return errors.Join(err, d.Close(), t.err)
}

// demoTeller writes the demo down as it goes.
type demoTeller struct {
	p     *program
	words *words.Words
	err   error
}

func (t *demoTeller) say(text string) { t.err = errors.Join(t.err, t.p.line(text)) }

func (t *demoTeller) Picture(s assets.Sample) {
	t.say("")
	t.say(t.words.Say("cli.demo.picture", "File", s.File))
}

func (t *demoTeller) Verdict(v queue.Verdict) { t.say("  " + t.words.Verdict(v).String()) }

func (t *demoTeller) Line(up bool) {
	t.say("")
	if up {
		t.say(t.words.Say("cli.demo.healed"))
	} else {
		t.say(t.words.Say("cli.demo.outage"))
	}
}

func (t *demoTeller) Settled(entries []queue.Entry) {
	t.say("")
	w := tabwriter.NewWriter(t.p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, t.words.Say("cli.demo.head")) //nolint:errcheck // Flush tells
	for _, e := range entries {
		advice := ""
		if e.Code != "" {
			advice = t.words.Code(e.Code, e.Answer).String()
		}
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\n", e.Number, e.PKID, e.Serial, t.words.State(e.State), advice) //nolint:errcheck // Flush tells
	}
	t.err = errors.Join(t.err, w.Flush())
	t.say("")
	t.say(t.words.Say("cli.demo.end"))
}
