package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
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
	json       bool
}

func (f *actFlags) who(cmd *cobra.Command, p *program) {
	p.pinFlag(cmd)
	cmd.Flags().StringVar(&f.by, "by", "", "who does it")
	cmd.Flags().StringVar(&f.reason, "reason", "", "why")
}

// act is who does it, before they are allowed to.
func (p *program) act(f actFlags) (queue.Act, error) {
	if strings.TrimSpace(f.by) == "" {
		return queue.Act{}, usage("--by is missing: say who does it")
	}
	if err := entered(f.by, f.reason); err != nil {
		return queue.Act{}, err
	}
	return queue.Act{By: f.by, Reason: f.reason}, nil
}

// giveUpCommand ends the wait for what nobody will ever hear of.
func giveUpCommand(p *program) *cobra.Command {
	said := false
	cmd := actCommand(p, "give-up", "End the wait for entries that Microsoft never said anything about",
		func(q *queue.Queue, ctx context.Context, ids []string, act queue.Act) error {
			err := q.GiveUp(ctx, ids, act)
			if err == nil && !said {
				said = true
				p.remark(p.words().Say("cli.give-up.means"))
			}
			return err
		})
	do := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if why, _ := cmd.Flags().GetString("reason"); strings.TrimSpace(why) == "" {
			return usage("--reason is missing: say why")
		}
		return do(cmd, args)
	}
	cmd.Long = `Ends the wait for entries that were submitted and have no outcome after a day, or
whose batch may have been taken and has been refused, or got no answer while others
did, for a day: they become rejected, with the reason no-outcome. Microsoft never said what became of them, and
the devices may be registered all the same: look them up on the Partner Center site
first. Then retry them (what is there already counts as registered) or discard them.

What the station may still find out by itself is not given up.`
	return cmd
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
			return p.onEntries(cmd.Context(), f, args, name, act, func(q *queue.Queue, ids []string, act queue.Act) error {
				return do(q, cmd.Context(), ids, act)
			})
		},
	}
	f.who(cmd, p)
	cmd.Flags().BoolVar(&f.all, "all", false, "every entry that can")
	cmd.Flags().StringSliceVar(&f.states, "state", nil, "with --all: only entries in this state")
	cmd.Flags().BoolVar(&f.json, "json", false, "the entries as they are now, one JSON object a line")
	return cmd
}

// onEntries does something to the entries that were named, or, with --all, to
// every entry that it can be done to, one by one.
func (p *program) onEntries(ctx context.Context, f actFlags, ids []string, name string, act queue.Act, change func(*queue.Queue, []string, queue.Act) error) error {
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
	if name == "hold" { // anybody may
		err = p.sayUnsupervised(ctx, q)
	} else {
		act, err = p.supervise(ctx, q, act)
	}
	if err != nil {
		return err
	}
	do := func(q *queue.Queue, ids []string) error { return change(q, ids, act) }
	if len(ids) > 0 {
		if err := do(q, ids); err != nil {
			return err
		}
		return p.done(ctx, q, f, slices.Compact(slices.Sorted(slices.Values(ids))))
	}
	if len(filter.States) == 0 {
		filter.States = from(name)
	}
	return p.onAll(ctx, q, filter, f, name, do)
}

// done tells of the entries that something was done to.
func (p *program) done(ctx context.Context, q *queue.Queue, f actFlags, ids []string) error {
	if !f.json {
		return p.line(p.words().Count("cli.done", len(ids)))
	}
	for _, id := range ids {
		e, err := q.Entry(ctx, id)
		if err != nil {
			return err
		}
		if err := p.object(entryJSON(e)); err != nil {
			return err
		}
	}
	return nil
}

// onAll goes through the entries one by one, so that one that cannot does not
// stop the others; what could not is said and needs a person. Anything but a
// refusal ends it at once. To give up is done for a whole plan where it can be.
func (p *program) onAll(ctx context.Context, q *queue.Queue, filter queue.Filter, f actFlags, name string, do func(*queue.Queue, []string) error) error {
	var entries []queue.Entry
	if err := eachEntry(ctx, q, filter, func(e queue.Entry) error { entries = append(entries, e); return nil }); err != nil {
		return err
	}
	given, err := readmitted(ctx, q, name)
	if err != nil {
		return err
	}
	var done []string
	if name == "give-up" {
		if done, entries, err = wholePlans(q, entries, do); err != nil {
			return err
		}
	}
	left := 0
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
			done = append(done, e.ID)
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
	if err := p.done(ctx, q, f, done); err != nil || left == 0 {
		return err
	}
	return &exitError{code: exitPerson}
}

// wholePlans does it to all entries of a plan at once: each one alone that is
// given up puts what is left of its plan into a new one. It gives those that it
// was done to and those that are left.
func wholePlans(q *queue.Queue, entries []queue.Entry, do func(*queue.Queue, []string) error) (done []string, left []queue.Entry, err error) {
	plans := map[string][]string{}
	for _, e := range entries {
		plans[e.Plan] = append(plans[e.Plan], e.ID)
	}
	refused := map[string]bool{}
	for _, plan := range slices.Sorted(maps.Keys(plans)) {
		err := do(q, plans[plan])
		if refused[plan] = refusal(err); err != nil && !refused[plan] {
			return done, nil, err
		}
	}
	for _, e := range entries {
		if refused[e.Plan] {
			left = append(left, e)
		} else {
			done = append(done, e.ID)
		}
	}
	return done, left, nil
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
	_, early := errors.AsType[*queue.TooSoonError](err)
	return way || claimed || early || errors.Is(err, queue.ErrNoCustomer) || errors.Is(err, queue.ErrNoIdentity) ||
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
	case "give-up":
		return []queue.State{queue.Planned, queue.Submitted}
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
			return p.onEntries(cmd.Context(), f, args, "assign", act, func(q *queue.Queue, ids []string, act queue.Act) error {
				return p.assign(cmd.Context(), q, ids, id, t, act)
			})
		},
	}
	f.who(cmd, p)
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
