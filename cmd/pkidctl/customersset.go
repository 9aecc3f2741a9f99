package main

import (
	"slices"

	"github.com/spf13/cobra"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

type setFlags struct {
	name, tag, reseller, profile, by string
	tags                             []string
}

func setCustomerCommand(p *program) *cobra.Command {
	var f setFlags
	cmd := &cobra.Command{
		Use:   "set TENANT",
		Short: "Keep a customer's name, group tags, reseller and profile; what is not given stays",
		Args:  cobra.ExactArgs(1),
		RunE:  func(cmd *cobra.Command, args []string) error { return p.setCustomer(cmd, args[0], f) },
	}
	cmd.Flags().StringVar(&f.name, "name", "", "the customer's name; no list changes it then")
	cmd.Flags().StringVar(&f.tag, "group-tag", "", "group tag for entries that have none")
	cmd.Flags().StringSliceVar(&f.tags, "tag", nil, "a further group tag that may be picked (may be repeated; they replace the ones before)")
	cmd.Flags().StringVar(&f.reseller, "reseller", "", "Microsoft ID of the indirect reseller whose relationship counts")
	cmd.Flags().StringVar(&f.profile, "profile", "", "ID of the profile that new devices get; see profiles choose")
	cmd.Flags().StringVar(&f.by, "by", operator(), "who does it")
	p.pinFlag(cmd)
	return cmd
}

func (p *program) setCustomer(cmd *cobra.Command, text string, f setFlags) error {
	id, err := tenant(text)
	if err != nil {
		return err
	}
	if err := entered(f.name, f.profile, f.by); err != nil {
		return err
	}
	change, err := f.change(cmd.Flags().Changed)
	if err != nil {
		return err
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	act, err := p.allow(cmd.Context(), q, queue.Act{By: f.by})
	if err != nil {
		return err
	}
	_, err = q.ChangeCustomer(cmd.Context(), id, act, change)
	return err
}

// change is what the flags that were given make of a customer.
func (f setFlags) change(given func(flag string) bool) (func(*queue.CustomerSetting), error) {
	tag, err := groupTag(f.tag)
	if err != nil {
		return nil, err
	}
	var tags []autopilot.GroupTag
	for _, text := range f.tags {
		one, err := autopilot.ParseGroupTag(text)
		if err != nil {
			return nil, usage("--tag %q: %w", text, err)
		}
		if !slices.Contains(tags, one) {
			tags = append(tags, one)
		}
	}
	reseller, err := tenantOf("--reseller", f.reseller)
	if err != nil {
		return nil, err
	}
	return func(c *queue.CustomerSetting) {
		if given("name") {
			c.Name, c.Source = f.name, queue.FromPerson
		}
		if given("group-tag") {
			c.GroupTag = tag
		}
		if given("tag") {
			c.Tags = tags
		}
		if given("reseller") {
			c.Reseller = reseller
		}
		if given("profile") && f.profile != c.Profile {
			c.Profile, c.ProfileName = f.profile, ""
		}
	}, nil
}

// tenantOf is a Microsoft ID that a flag has, which may be empty.
func tenantOf(flag, text string) (autopilot.TenantID, error) {
	if text == "" {
		return "", nil
	}
	id, err := autopilot.ParseTenantID(text)
	if err != nil {
		return "", usage("%s %q: %w", flag, text, err)
	}
	return id, nil
}

// someTenant is tenantOf for what must be there.
func someTenant(flag, text string) (autopilot.TenantID, error) {
	if text == "" {
		return "", usage("%s is missing", flag)
	}
	return tenantOf(flag, text)
}

func forgetCustomerCommand(p *program) *cobra.Command {
	var f actFlags
	cmd := &cobra.Command{
		Use:   "forget TENANT --by NAME",
		Short: "Take a customer out of the directory; their entries stay as they are",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			act, err := p.act(f)
			if err != nil {
				return err
			}
			id, err := someTenant("TENANT", args[0])
			if err != nil {
				return err
			}
			q, _, err := p.station(false)
			if err != nil {
				return err
			}
			if act, err = p.supervise(cmd.Context(), q, act); err != nil {
				return err
			}
			if err := q.ForgetCustomer(cmd.Context(), id, act); err != nil {
				return err
			}
			return p.line(p.words().Say("cli.customers.forgotten", "Customer", string(id)))
		},
	}
	f.who(cmd, p)
	return cmd
}
