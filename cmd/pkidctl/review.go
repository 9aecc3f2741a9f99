package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

type actFlags struct {
	all        bool
	states     []string
	order      string
	by, reason string
}

func (f *actFlags) who(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.by, "by", "", "who does it")
	cmd.Flags().StringVar(&f.reason, "reason", "", "why")
}

// act is who does it. Before the station has supervisors, pkidctl acts as one
// and says so.
func (p *program) act(f actFlags) (queue.Act, error) {
	if strings.TrimSpace(f.by) == "" {
		return queue.Act{}, usage("--by is missing: say who does it")
	}
	if err := entered(f.by, f.reason); err != nil {
		return queue.Act{}, err
	}
	fmt.Fprintln(p.err, "pkidctl:", p.words().Say("cli.as-supervisor")) //nolint:errcheck // a notice
	return queue.Act{By: f.by, Reason: f.reason}, nil
}

// retryCommand is retry, with the way out for a PKID that Microsoft does not
// know.
func retryCommand(p *program) *cobra.Command {
	asTuple := false
	cmd := actCommand(p, "retry", "Send rejected entries again", func(q *queue.Queue, ctx context.Context, ids []string, act queue.Act) error {
		if asTuple {
			return q.RetryByTuple(ctx, ids, act)
		}
		return q.Retry(ctx, ids, act)
	})
	cmd.Flags().BoolVar(&asTuple, "as-tuple", false, "by serial number, manufacturer and model, where Microsoft does not know the PKID")
	return cmd
}

func actCommand(p *program, name, short string, do func(*queue.Queue, context.Context, []string, queue.Act) error) *cobra.Command {
	var f actFlags
	cmd := &cobra.Command{
		Use:   name + " (ID... | --all [--state STATE])",
		Short: short,
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			act, err := p.act(f)
			if err != nil {
				return err
			}
			return p.onEntries(cmd.Context(), f, args, name, func(q *queue.Queue, ids []string) error {
				return do(q, cmd.Context(), ids, act)
			})
		},
	}
	f.who(cmd)
	cmd.Flags().BoolVar(&f.all, "all", false, "every entry that can")
	cmd.Flags().StringSliceVar(&f.states, "state", nil, "with --all: only entries in this state")
	return cmd
}

// onEntries does something to the entries that were named, or, with --all, to
// every entry that it can be done to, one by one.
func (p *program) onEntries(ctx context.Context, f actFlags, ids []string, name string, do func(*queue.Queue, []string) error) error {
	if len(ids) > 0 == (f.all || f.order != "") {
		return usage("name entries, or use --all, not both")
	}
	filter, err := filterOf(f.states, "", f.order)
	if err != nil {
		return err
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	p.callByName(ctx)
	if len(ids) > 0 {
		if err := do(q, ids); err != nil {
			return err
		}
		return p.line(p.words().Count("cli.done", len(slices.Compact(slices.Sorted(slices.Values(ids))))))
	}
	if len(filter.States) == 0 {
		filter.States = from(name)
	}
	return p.onAll(ctx, q, filter, name, do)
}

// onAll goes through the entries one by one, so that one that cannot does not
// stop the others; what could not is said and needs a person. Anything but a
// refusal ends it at once.
func (p *program) onAll(ctx context.Context, q *queue.Queue, filter queue.Filter, name string, do func(*queue.Queue, []string) error) error {
	var entries []queue.Entry
	if err := eachEntry(ctx, q, filter, func(e queue.Entry) error { entries = append(entries, e); return nil }); err != nil {
		return err
	}
	given, err := readmitted(ctx, q, name)
	if err != nil {
		return err
	}
	done, left := 0, 0
	for _, e := range entries {
		if given[e.ID] {
			continue // taken back, and given to somebody already
		}
		if name == "release" && e.Other != "" {
			left++
			fmt.Fprintln(p.err, "pkidctl:", p.words().Say("cli.held-for-decision", "Number", e.Number, "ID", e.ID)) //nolint:errcheck // counted below
			continue
		}
		switch err := do(q, []string{e.ID}); {
		case err == nil:
			done++
		case refusal(err):
			left++
			fmt.Fprintln(p.err, "pkidctl:", e.ID+":", p.words().Error(err)) //nolint:errcheck // counted below
		default:
			return err
		}
	}
	if name == "assign" && !slices.Contains(filter.States, queue.Removed) {
		back, err := takenBack(ctx, q, filter, given)
		if err != nil {
			return err
		}
		if back > 0 {
			left++
			p.remark(p.words().Count("cli.assign.removed", back))
		}
	}
	if err := p.line(p.words().Count("cli.done", done)); err != nil || left == 0 {
		return err
	}
	return &exitError{code: exitPerson}
}

// takenBack counts what of an order was taken back and given to nobody yet.
// Assigning an order leaves it alone: it may have been taken back for good.
func takenBack(ctx context.Context, q *queue.Queue, filter queue.Filter, given map[string]bool) (back int, err error) {
	if filter.Order == "" {
		return 0, nil
	}
	filter.States = []queue.State{queue.Removed}
	err = eachEntry(ctx, q, filter, func(e queue.Entry) error {
		if !given[e.ID] {
			back++
		}
		return nil
	})
	return back, err
}

// readmitted are the IDs of removed entries whose box has a new entry, where
// that counts.
func readmitted(ctx context.Context, q *queue.Queue, name string) (map[string]bool, error) {
	given := map[string]bool{}
	if name != "assign" {
		return given, nil
	}
	err := eachEntry(ctx, q, queue.Filter{}, func(e queue.Entry) error {
		if e.From != "" && !e.State.Gone() {
			given[e.From] = true
		}
		return nil
	})
	return given, err
}

// refusal says whether the queue refused one entry, and not failed.
func refusal(err error) bool {
	_, way := errors.AsType[*queue.WayError](err)
	_, claimed := errors.AsType[*queue.ClaimedError](err)
	return way || claimed || errors.Is(err, queue.ErrNoCustomer) || errors.Is(err, queue.ErrNoIdentity) ||
		errors.Is(err, queue.ErrSent) || errors.Is(err, queue.ErrNoTuple)
}

// from are the states that an action begins at.
func from(action string) []queue.State {
	switch action {
	case "release":
		return []queue.State{queue.Held}
	case "hold":
		return []queue.State{queue.Ready}
	case "retry":
		return []queue.State{queue.Rejected}
	case "assign":
		return []queue.State{queue.Held, queue.Ready}
	default:
		return []queue.State{queue.Held, queue.Ready, queue.Rejected}
	}
}

func assignCommand(p *program) *cobra.Command {
	var f actFlags
	customer, tag := "", ""
	cmd := &cobra.Command{
		Use:   "assign (ID... | --order REF | --all --state held|removed) --customer TENANT --by NAME --reason TEXT",
		Short: "Give entries that were never sent, or are removed, to the right customer",
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			act, err := p.act(f)
			if err != nil {
				return err
			}
			if customer == "" || f.reason == "" {
				return usage("assign needs --customer and --reason")
			}
			id, err := tenant(customer)
			if err != nil {
				return err
			}
			t, err := groupTag(tag)
			if err != nil {
				return err
			}
			return p.onEntries(cmd.Context(), f, args, "assign", func(q *queue.Queue, ids []string) error {
				return p.assign(cmd.Context(), q, ids, id, t, act)
			})
		},
	}
	f.who(cmd)
	cmd.Flags().StringVar(&customer, "customer", "", "the customer's Microsoft ID (tenant id)")
	cmd.Flags().StringVar(&tag, "group-tag", "", "group tag")
	cmd.Flags().BoolVar(&f.all, "all", false, "every entry that can")
	cmd.Flags().StringVar(&f.order, "order", "", "every entry of this order that can")
	cmd.Flags().StringSliceVar(&f.states, "state", nil, "only entries in this state")
	return cmd
}

// assign gives entries to a customer. Of one that was removed a new one is made,
// whose ID is said.
func (p *program) assign(ctx context.Context, q *queue.Queue, ids []string, customer autopilot.TenantID, tag autopilot.GroupTag, act queue.Act) error {
	if err := q.Assign(ctx, ids, customer, tag, act); err != nil {
		return err
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		e, err := q.Entry(ctx, id)
		if err != nil {
			return err
		}
		if e.State != queue.Removed {
			continue
		}
		anew, err := madeOf(ctx, q, e)
		if err != nil {
			return err
		}
		if err := p.line(p.words().Say("cli.assigned.anew", "Number", anew.Number, "ID", anew.ID)); err != nil {
			return err
		}
	}
	return nil
}

// madeOf is the newest entry that was made of a removed one.
func madeOf(ctx context.Context, q *queue.Queue, gone queue.Entry) (queue.Entry, error) {
	for e, err := range q.List(ctx, queue.Filter{Reception: gone.Reception, Newest: true}) {
		if err != nil || e.From == gone.ID {
			return e, err
		}
	}
	return queue.Entry{}, queue.ErrNoEntry
}

func undoCommand(p *program) *cobra.Command {
	var f actFlags
	cmd := &cobra.Command{
		Use:   "undo --by NAME",
		Short: "Discard the last capture while it is held or ready",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if strings.TrimSpace(f.by) == "" {
				return usage("--by is missing: say who does it")
			}
			if err := entered(f.by); err != nil {
				return err
			}
			q, _, err := p.station(false)
			if err != nil {
				return err
			}
			e, err := q.Undo(cmd.Context(), "", f.by)
			if err != nil {
				return err
			}
			return p.line(p.words().Say("cli.undone", "PKID", string(e.PKID), "Serial", e.Serial, "Box", e.Number))
		},
	}
	f.who(cmd)
	return cmd
}
