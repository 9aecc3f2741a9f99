package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/ui/words"
)

func profilesCommand(p *program) *cobra.Command {
	customer, asJSON := "", false
	cmd := &cobra.Command{
		Use:   "profiles",
		Short: "List the profiles made in Partner Center, choose one for a customer, apply it",
		Long: "List the profiles made in Partner Center for a customer, or for every customer of the directory. Profiles made in Intune " +
			"cannot be seen from here.",
		RunE: func(cmd *cobra.Command, _ []string) error { return p.profiles(cmd.Context(), customer, asJSON) },
	}
	cmd.Flags().StringVar(&customer, "customer", "", "only this customer's (Microsoft ID)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	cmd.AddCommand(chooseProfileCommand(p), applyProfileCommand(p))
	return cmd
}

func (p *program) profiles(ctx context.Context, customer string, asJSON bool) error {
	id, err := tenant(customer)
	if err != nil {
		return err
	}
	q, cfg, err := p.station(false)
	if err != nil {
		return err
	}
	client, err := p.client(cfg)
	if err != nil {
		return asked(err)
	}
	whose, err := customersOr(ctx, q, id)
	if err != nil {
		return err
	}
	if len(whose) == 0 {
		p.remark(p.words().Say("cli.customers.none"))
		return nil
	}
	found, err := p.policies(ctx, client, whose)
	if err != nil && len(found) == 0 {
		return err // nobody could be asked: there is nothing true to say
	}
	if err := errors.Join(p.listProfiles(found, asJSON), err); err != nil {
		return err
	}
	p.remark(p.words().Say("cli.profiles.scope"))
	return nil
}

// customersOr is one customer, or, without an ID, all of the directory.
func customersOr(ctx context.Context, q *queue.Queue, id autopilot.TenantID) ([]queue.CustomerSetting, error) {
	if id == "" {
		return q.Customers(ctx)
	}
	c, err := customerOr(ctx, q, id)
	return []queue.CustomerSetting{c}, err
}

// A customerPolicy is a profile of one customer's.
type customerPolicy struct {
	customer queue.CustomerSetting
	partnercenter.Policy
}

// policies asks for the profiles of customers. One customer who is refused does
// not hide the others, and needs a person; anything else ends it.
func (p *program) policies(ctx context.Context, client *partnercenter.Client, whose []queue.CustomerSetting) ([]customerPolicy, error) {
	var all []customerPolicy
	var refused error
	for _, c := range whose {
		some, err := client.Policies(ctx, c.ID)
		if e, ok := errors.AsType[*partnercenter.Error](err); ok && len(whose) > 1 &&
			(e.Kind() == partnercenter.Forbidden || e.Kind() == partnercenter.NotFound) {
			p.remark(called(c) + ": " + p.words().Asked(err))
			refused = &exitError{code: exitPerson}
			continue
		}
		if err != nil {
			return all, asked(err)
		}
		for _, policy := range some {
			all = append(all, customerPolicy{c, policy})
		}
	}
	return all, refused
}

func (p *program) listProfiles(all []customerPolicy, asJSON bool) error {
	if asJSON {
		for _, one := range all {
			if err := p.object(profileJSON(one)); err != nil {
				return err
			}
		}
		return nil
	}
	if len(all) == 0 {
		return p.line(p.words().Say("cli.profiles.none"))
	}
	w, t := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0), p.words()
	fmt.Fprintln(w, t.Say("cli.profiles.head")) //nolint:errcheck // Flush tells
	for _, one := range all {
		chosen := ""
		if one.customer.Profile == one.ID {
			chosen = t.Say("cli.profiles.chosen")
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\t%s\n", called(one.customer), words.Shown(one.ID), words.Shown(one.Name), one.Devices, //nolint:errcheck // Flush tells
			chosen, words.Shown(one.Description))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("writing to standard output: %w", err)
	}
	return nil
}

// jsonProfile is a profile as scripts get it: every key is always there.
type jsonProfile struct {
	Customer    string   `json:"customer"`
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Settings    []string `json:"settings"`
	Devices     int      `json:"devices"`
	Created     string   `json:"created"`
	Modified    string   `json:"modified"`
	Chosen      bool     `json:"chosen"`
}

func profileJSON(one customerPolicy) jsonProfile {
	return jsonProfile{
		Customer: string(one.customer.ID), ID: one.ID, Name: one.Name, Description: one.Description,
		Settings: append([]string{}, one.Settings...), Devices: one.Devices,
		Created: stamp(one.Created), Modified: stamp(one.Modified), Chosen: one.customer.Profile == one.ID,
	}
}

type chooseFlags struct {
	customer, profile, by string
	none                  bool
}

func chooseProfileCommand(p *program) *cobra.Command {
	var f chooseFlags
	cmd := &cobra.Command{
		Use:   "choose --customer TENANT (--profile ID | --none)",
		Short: "Choose the profile that a customer's new devices get after they are registered",
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.chooseProfile(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.customer, "customer", "", "the customer's Microsoft ID (tenant id)")
	cmd.Flags().StringVar(&f.profile, "profile", "", "the profile's ID, as profiles lists it")
	cmd.Flags().BoolVar(&f.none, "none", false, "no profile")
	cmd.Flags().StringVar(&f.by, "by", operator(), "who does it")
	p.pinFlag(cmd)
	return cmd
}

func (p *program) chooseProfile(ctx context.Context, f chooseFlags) error {
	id, err := someTenant("--customer", f.customer)
	if err != nil {
		return err
	}
	if (f.profile == "") != f.none {
		return usage("profiles choose needs either --profile or --none")
	}
	if err := entered(f.by, f.profile); err != nil {
		return err
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	act, err := p.allow(ctx, q, queue.Act{By: f.by, Reason: strings.TrimSpace("profile " + f.profile)})
	if err != nil {
		return err
	}
	chosen, err := p.chosen(ctx, id, f.profile)
	if err != nil {
		return asked(err)
	}
	c, err := q.ChangeCustomer(ctx, id, act, func(c *queue.CustomerSetting) {
		c.Profile, c.ProfileName = chosen.ID, chosen.Name
	})
	if err != nil {
		return err
	}
	if f.none {
		return p.line(p.words().Say("cli.profiles.unset", "Customer", called(c)))
	}
	return p.line(p.words().Say("cli.profiles.set", "Customer", called(c), "Profile", words.Shown(profileName(c))))
}

// chosen is the profile, of which Partner Center must know: with a wrong one
// each device would be refused.
func (p *program) chosen(ctx context.Context, id autopilot.TenantID, profile string) (partnercenter.Policy, error) {
	if profile == "" {
		return partnercenter.Policy{}, nil
	}
	_, cfg, err := p.configured()
	if err != nil {
		return partnercenter.Policy{}, err
	}
	client, err := p.client(cfg)
	if err != nil {
		return partnercenter.Policy{}, err
	}
	return client.Policy(ctx, id, profile)
}
