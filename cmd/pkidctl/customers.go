package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"pkidstation/queue"
)

func customersCommand(p *program) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "customers",
		Short: "List the partner's customers at Partner Center",
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.customers(cmd.Context(), asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	cmd.AddCommand(setCustomerCommand(p))
	return cmd
}

func (p *program) customers(ctx context.Context, asJSON bool) error {
	_, cfg, err := p.configured()
	if err != nil {
		return err
	}
	client, err := p.client(cfg)
	if err != nil {
		return err
	}
	for c, err := range client.Customers(ctx) {
		if err != nil {
			return unreachable(err)
		}
		if asJSON {
			err = p.object(c)
		} else {
			err = p.line(fmt.Sprintf("%s  %s  %s  %s", c.ID, c.Name, c.Domain, c.Relationship))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func setCustomerCommand(p *program) *cobra.Command {
	name, tag := "", ""
	cmd := &cobra.Command{
		Use:   "set TENANT",
		Short: "Keep a customer's name and the group tag for entries without one",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := tenant(args[0])
			if err != nil {
				return err
			}
			t, err := groupTag(tag)
			if err != nil {
				return err
			}
			if err := entered(name); err != nil {
				return err
			}
			q, _, err := p.station(false)
			if err != nil {
				return err
			}
			return q.SetCustomer(cmd.Context(), queue.CustomerSetting{ID: id, Name: name, GroupTag: t})
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "the customer's name")
	cmd.Flags().StringVar(&tag, "group-tag", "", "group tag for entries that have none")
	return cmd
}
