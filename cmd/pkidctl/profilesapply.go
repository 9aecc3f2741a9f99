package main

import (
	"context"

	"github.com/spf13/cobra"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

func applyProfileCommand(p *program) *cobra.Command {
	var f actFlags
	customer := ""
	cmd := &cobra.Command{
		Use:   "apply (ID... | --all --customer TENANT) --by NAME",
		Short: "Have registered devices get the profile that is chosen for their customer",
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			act, err := p.act(f)
			if err != nil {
				return err
			}
			if len(args) > 0 == f.all || f.all == (customer == "") {
				return usage("name entries, or use --all with --customer, not both")
			}
			id, err := tenant(customer)
			if err != nil {
				return err
			}
			return p.applyProfile(cmd.Context(), args, id, act)
		},
	}
	f.who(cmd, p)
	cmd.Flags().BoolVar(&f.all, "all", false, "every registered device of the customer that has not got it")
	cmd.Flags().StringVar(&customer, "customer", "", "the customer's Microsoft ID (tenant id)")
	return cmd
}

func (p *program) applyProfile(ctx context.Context, ids []string, customer autopilot.TenantID, act queue.Act) error {
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	if act, err = p.supervise(ctx, q, act); err != nil {
		return err
	}
	entries, err := named(ctx, q, ids, queue.Filter{States: []queue.State{queue.Registered}, Customer: customer})
	if err != nil {
		return err
	}
	settings := map[autopilot.TenantID]queue.CustomerSetting{}
	want := map[autopilot.TenantID][]string{}
	for _, e := range entries {
		if _, known := settings[e.Customer]; !known {
			if settings[e.Customer], err = p.withProfile(ctx, q, e.Customer); err != nil {
				return err
			}
		}
		if len(ids) == 0 && !lacks(e, settings[e.Customer].Profile) {
			continue
		}
		want[e.Customer] = append(want[e.Customer], e.ID)
	}
	count := 0
	for id, some := range want {
		if err := q.WantProfile(ctx, some, settings[id].Profile, settings[id].ProfileName, act); err != nil {
			return err
		}
		count += len(some)
	}
	return p.line(p.words().Count("cli.profiles.wanted", count))
}

// withProfile is a customer that a profile is chosen for.
func (p *program) withProfile(ctx context.Context, q *queue.Queue, id autopilot.TenantID) (queue.CustomerSetting, error) {
	c, err := customerOr(ctx, q, id)
	if err == nil && c.Profile == "" {
		p.remark(p.words().Say("cli.profiles.unchosen", "Customer", called(c)))
		err = &exitError{code: exitFailed}
	}
	return c, err
}

// lacks says whether a device of ours has not got the profile and is not about
// to.
func lacks(e queue.Entry, profile string) bool {
	has := e.Profile.ID == profile && e.Profile.State != queue.ProfileFailed && e.Profile.State != ""
	return e.Reason != queue.AlreadyThere && !has
}

// named are the entries with these IDs, or, without any, those of the filter.
func named(ctx context.Context, q *queue.Queue, ids []string, f queue.Filter) ([]queue.Entry, error) {
	var all []queue.Entry
	if len(ids) == 0 {
		err := eachEntry(ctx, q, f, func(e queue.Entry) error { all = append(all, e); return nil })
		return all, err
	}
	seen := map[string]bool{}
	for _, id := range ids {
		e, err := q.Entry(ctx, id)
		if err != nil {
			return nil, err
		}
		if !seen[id] {
			all = append(all, e)
		}
		seen[id] = true
	}
	return all, nil
}
