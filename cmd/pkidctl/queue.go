package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/queue"
)

func queueCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{Use: "queue", Short: "Look at entries, hold, release, discard, retry, give up, assign, undo"}
	cmd.AddCommand(
		listCommand(p), showCommand(p), assignCommand(p), undoCommand(p),
		actCommand(p, "release", "Let held entries go out", (*queue.Queue).Release),
		actCommand(p, "hold", "Keep ready entries back", (*queue.Queue).Hold),
		actCommand(p, "discard", "Put entries away; their PKIDs may come anew", (*queue.Queue).Discard),
		retryCommand(p), giveUpCommand(p), hashCommand(p),
	)
	return cmd
}

type listFlags struct {
	states          []string
	customer, order string
	json            bool
}

func listCommand(p *program) *cobra.Command {
	var f listFlags
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List entries, oldest first",
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.list(cmd.Context(), f) },
	}
	cmd.Flags().StringSliceVar(&f.states, "state", nil, "only entries in this state (may be repeated)")
	cmd.Flags().StringVar(&f.customer, "customer", "", "only entries of this customer")
	cmd.Flags().StringVar(&f.order, "order", "", "only entries of this order")
	cmd.Flags().BoolVar(&f.json, "json", false, "one JSON object a line")
	return cmd
}

func (p *program) list(ctx context.Context, f listFlags) error {
	filter, err := filterOf(f.states, f.customer, f.order)
	if err != nil {
		return err
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	if f.json {
		return eachEntry(ctx, q, filter, func(e queue.Entry) error { return p.object(entryJSON(e)) })
	}
	return p.table(ctx, q, filter)
}

func filterOf(states []string, customer, order string) (queue.Filter, error) {
	id, err := tenant(customer)
	f := queue.Filter{Customer: id, Order: order}
	for _, word := range states {
		s := queue.State(word)
		if !s.Valid() {
			return f, usage("--state %q is none of %s", word, joined(queue.States()))
		}
		f.States = append(f.States, s)
	}
	return f, err
}

func joined(states []queue.State) string {
	all := make([]string, 0, len(states))
	for _, s := range states {
		all = append(all, string(s))
	}
	return strings.Join(all, ", ")
}

func eachEntry(ctx context.Context, q *queue.Queue, f queue.Filter, do func(queue.Entry) error) error {
	for e, err := range q.List(ctx, f) {
		if err != nil {
			return err
		}
		if err := do(e); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) table(ctx context.Context, q *queue.Queue, f queue.Filter) error {
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	t := p.words()
	fmt.Fprintln(w, t.Say("cli.list.head")) //nolint:errcheck // Flush tells
	err := eachEntry(ctx, q, f, func(e queue.Entry) error {
		why := ""
		if e.Reason != "" {
			why = t.Why(e)
		} else if e.Code != "" {
			why = t.Outcome(e, time.Now()).What
		}
		_, err := fmt.Fprintf(w, "%d\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", e.Seq, e.Number, e.PKID, e.Serial, e.Customer, e.Order,
			t.Standing(e), e.ID, why)
		return err
	})
	if err != nil {
		return err
	}
	return w.Flush()
}

func showCommand(p *program) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "Show one entry with its whole history",
		Args:  cobra.ExactArgs(1),
		RunE:  func(cmd *cobra.Command, args []string) error { return p.show(cmd.Context(), args[0], asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return cmd
}

func (p *program) show(ctx context.Context, id string, asJSON bool) error {
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	e, err := q.Entry(ctx, id)
	if err != nil {
		return err
	}
	lines, err := q.History(ctx, id)
	if err != nil {
		return err
	}
	open, err := removalsOf(ctx, q)
	if err != nil {
		return err
	}
	if asJSON {
		return p.object(jsonEntryWhole{
			jsonEntry: entryJSON(e), Other: e.Other, Answer: e.Answer, RetryAt: stamp(e.RetryAt), Tries: e.Tries, ByTuple: e.ByTuple,
			Profile: givenJSON(e.Profile), From: e.From, Removal: takenBackJSON(open[e.ID]), Reads: e.Reads, History: lines,
		})
	}
	return p.shown(e, open[e.ID], lines)
}

// shown prints an entry with what to do about it and its history.
func (p *program) shown(e queue.Entry, r queue.Removal, lines []queue.AuditLine) error {
	t := p.words()
	advice := t.Outcome(e, time.Now())
	if r.ID != "" {
		advice = t.Removal(r, time.Now())
	}
	said := []string{fmt.Sprintf("%s  %s  %s  %s", e.ID, e.PKID, e.Serial, t.Standing(e)), "  " + advice.String()}
	if advice.Copy != "" {
		said = append(said, "  "+t.Say("cli.show.copy", "Text", advice.Copy))
	}
	for _, l := range lines {
		text := fmt.Sprintf("  %s  %s  %s  %s", l.At.Local().Format(time.DateTime), t.Say("action."+string(l.Action)), t.Operator(l.By, l.Operator), l.Note)
		said = append(said, strings.TrimRight(text, " "))
	}
	for _, text := range said {
		if err := p.line(text); err != nil {
			return err
		}
	}
	return nil
}
