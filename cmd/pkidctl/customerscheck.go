package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/directory"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

func checkCustomerCommand(p *program) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "check TENANT",
		Short: "Ask Partner Center for the relationship with a customer now; exit 3 where there is none",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := someTenant("TENANT", args[0])
			if err != nil {
				return err
			}
			return p.checkCustomer(cmd.Context(), id, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return cmd
}

func (p *program) checkCustomer(ctx context.Context, id autopilot.TenantID, asJSON bool) error {
	q, cfg, err := p.station(false)
	if err != nil {
		return err
	}
	client, err := p.client(cfg)
	if err != nil {
		return asked(err)
	}
	c, err := directory.Check(ctx, q, client, cfg.PartnerCenter.Account == config.AccountIndirectProvider, id, time.Now())
	if err != nil {
		return asked(err)
	}
	err = p.checked(c, asJSON)
	if c.Relationship != autopilot.RelationshipReseller {
		err = errors.Join(err, &exitError{code: exitPerson})
	}
	return err
}

func (p *program) checked(c queue.CustomerSetting, asJSON bool) error {
	if asJSON {
		return p.object(customerJSON(c))
	}
	if c.Relationship == autopilot.RelationshipReseller {
		return p.line(p.words().Say("cli.customers.well", "Customer", called(c)))
	}
	return p.line(p.words().Say("cli.customers.missing", "Customer", called(c), "Word", p.words().Relationship(c), "ID", string(c.ID)))
}
