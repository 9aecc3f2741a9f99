package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pkidstation/queue"
)

func reviewPolicyCommand(p *program) *cobra.Command {
	by, asJSON := "", false
	cmd := &cobra.Command{
		Use:   "review-policy [exceptions|all|none]",
		Short: "Say which captures wait for a person: the exceptions, all, or none that can be sent",
		Long: `Says, or sets, which captures wait for a person:
  exceptions  what is in doubt, has no customer or collides with another (the default)
  all         each of them, until it is released
  none        only what cannot be sent as it is: without customer, without PKID, in
              conflict, or known for another customer
It counts for what is captured from then on; what is held stays held.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.reviewPolicy(cmd.Context(), strings.Join(args, ""), by, asJSON)
		},
	}
	cmd.Flags().StringVar(&by, "by", operator(), "who does it")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	p.pinFlag(cmd)
	return cmd
}

func (p *program) reviewPolicy(ctx context.Context, word, by string, asJSON bool) error {
	policy := queue.ReviewPolicy(word)
	if all := queue.ReviewPolicies(); word != "" && !slices.Contains(all, policy) {
		return usage("review-policy: it is one of exceptions, all, none")
	}
	if err := entered(by); err != nil {
		return err
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	if policy != "" {
		act, err := p.allow(ctx, q, queue.Act{By: by})
		if err != nil {
			return err
		}
		if err := q.SetReview(ctx, policy, act); err != nil {
			return err
		}
	}
	kept, err := q.Review(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		return p.object(struct {
			Policy queue.ReviewPolicy `json:"policy"`
		}{kept})
	}
	return p.line(p.words().Review(kept))
}
