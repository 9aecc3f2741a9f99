package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/queue"
	"pkidstation/ui/words"
)

func handoverCommand(p *program) *cobra.Command {
	parent := &cobra.Command{
		Use:   "handover",
		Short: "Move unsent entries to another station, by a file",
		Long: `Moves entries that were not sent to another station, by a file: from a dock that is
never online, or to a new PC. On the PC that they go to, handover id prints its
code. handover out moves them here and writes a file that only that station takes
in; handover in takes it in there, once, however often it is read. A file that is
lost is written again with --again. Nothing comes back by itself: a lost file may
be found. Where the other station is gone for good, read the boxes again here.`,
	}
	parent.AddCommand(handoverOutCommand(p), handoverInCommand(p), handoverListCommand(p), handoverIDCommand(p))
	return parent
}

// jsonHandover is a handover as scripts get it: every key is always there.
type jsonHandover struct {
	ID      string            `json:"id"`
	Way     queue.HandoverWay `json:"way"`
	Station string            `json:"station"`
	From    string            `json:"from"`
	To      string            `json:"to"`
	By      string            `json:"by"`
	At      time.Time         `json:"at"`
	Reason  string            `json:"reason"`
	Entries int               `json:"entries"`
	Taken   int               `json:"taken"`
	Held    int               `json:"held"`
	Seen    int               `json:"seen"`
	Already int               `json:"already"`
	Again   bool              `json:"again"`
	File    string            `json:"file"`
}

func handoverJSON(h queue.Handover) jsonHandover {
	return jsonHandover{
		ID: h.ID, Way: h.Way, Station: h.Station, From: h.From, To: h.To, By: h.By, At: h.At.UTC(), Reason: h.Reason,
		Entries: h.Entries, Taken: h.Taken, Held: h.Held, Seen: h.Seen, Already: h.Already,
	}
}

func handoverInCommand(p *program) *cobra.Command {
	var f actFlags
	cmd := &cobra.Command{
		Use:   "in FILE --by NAME",
		Short: "Take in what another station handed over to this one",
		Long: `Takes in a file of handover out that is for this station: what was ready goes out
from here, what was held is held. What stands here already is not taken twice. Read
again it changes nothing. Exit 3 where any of it is held.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return p.handoverIn(cmd.Context(), args[0], f) },
	}
	f.who(cmd, p)
	cmd.Flags().BoolVar(&f.json, "json", false, "one JSON object")
	return cmd
}

func (p *program) handoverIn(ctx context.Context, file string, f actFlags) error {
	act, err := p.act(f)
	if err != nil {
		return err
	}
	from, err := os.Open(file) //nolint:gosec // the person names it
	if err != nil {
		return fmt.Errorf("opening the handover: %w", err)
	}
	defer from.Close() //nolint:errcheck // nothing was written
	data, err := queue.ReadHandover(from)
	if err != nil {
		return err
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	if act, err = p.supervise(ctx, q, act); err != nil {
		return err
	}
	h, again, err := q.TakeIn(ctx, data, act)
	if err != nil {
		return err
	}
	if f.json {
		o := handoverJSON(h)
		o.Again, o.File = again, file
		err = p.object(o)
	} else {
		err = p.sayTaken(h, again)
	}
	if err != nil {
		return err
	}
	return stillHeld(ctx, q, h)
}

// stillHeld says whether anything that a handover brought waits for a person, then
// or when it is read again.
func stillHeld(ctx context.Context, q *queue.Queue, h queue.Handover) error {
	for e, err := range q.List(ctx, queue.Filter{States: []queue.State{queue.Held}}) {
		if err != nil {
			return err
		}
		if len(e.Way) > 0 && e.Way[len(e.Way)-1] == h.ID {
			return &exitError{code: exitPerson}
		}
	}
	return nil
}

func (p *program) sayTaken(h queue.Handover, again bool) error {
	t := p.words()
	said := []string{t.Count("cli.handover.in", h.Taken, "From", h.From, "Station", words.Shown(h.Station))}
	if again {
		said = append([]string{t.Say("cli.handover.again")}, said...)
	}
	for _, more := range []struct {
		id string
		n  int
	}{{"cli.handover.seen", h.Seen}, {"cli.handover.already", h.Already}, {"cli.handover.held", h.Held}} {
		if more.n > 0 {
			said = append(said, t.Count(more.id, more.n))
		}
	}
	return p.line(strings.Join(said, "\n"))
}

func handoverListCommand(p *program) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List what was handed over and taken in here, oldest first",
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.handovers(cmd.Context(), asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

func (p *program) handovers(ctx context.Context, asJSON bool) error {
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	all, err := q.Handovers(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		for _, h := range all {
			if err := p.object(handoverJSON(h)); err != nil {
				return err
			}
		}
		return nil
	}
	t := p.words()
	if len(all) == 0 {
		return p.line(t.Say("cli.handover.none"))
	}
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, t.Say("cli.handover.head")) //nolint:errcheck // Flush tells
	for _, h := range all {
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\t%s\t%s\t%s\n", h.ID, t.Say("cli.handover.way."+string(h.Way)), h.Entries, //nolint:errcheck // as above
			h.From, h.To, words.Shown(h.By), h.At.Local().Format(time.DateTime), words.Shown(h.Reason))
	}
	return w.Flush()
}

func handoverIDCommand(p *program) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "id",
		Short: "Print this station's code, for handover out --to on another one",
		RunE: func(cmd *cobra.Command, _ []string) error {
			q, _, err := p.station(false)
			if err != nil {
				return err
			}
			code, err := q.StationCode(cmd.Context())
			if err != nil {
				return err
			}
			if asJSON {
				return p.object(struct {
					Code string `json:"code"`
				}{code})
			}
			return p.line(p.words().Say("cli.handover.id", "Code", code))
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return cmd
}
