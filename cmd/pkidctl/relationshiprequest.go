package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/words"
)

type requestFlags struct {
	customer, partner, link string
	languages               []string
	json                    bool
}

func relationshipRequestCommand(p *program) *cobra.Command {
	f := requestFlags{}
	cmd := &cobra.Command{
		Use:   "relationship-request",
		Short: "Print the link and the whole e-mail that ask a customer for the reseller relationship",
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.relationshipRequest(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.customer, "customer", "", "the customer that the e-mail is for (Microsoft ID)")
	cmd.Flags().StringVar(&f.partner, "partner", "", "what we are called in the e-mail")
	cmd.Flags().StringVar(&f.link, "link", "", "the invitation's link, where a person has it from the web site")
	cmd.Flags().StringSliceVar(&f.languages, "lang", []string{"fr", "en"}, "the e-mail's language, fr or en; both where it is not given")
	cmd.Flags().BoolVar(&f.json, "json", false, "one JSON object a language")
	return cmd
}

func (p *program) relationshipRequest(ctx context.Context, f requestFlags) error {
	for _, language := range f.languages {
		if language != "fr" && language != "en" {
			return usage("--lang %q is neither fr nor en", language)
		}
	}
	id, err := tenant(f.customer)
	if err := errors.Join(err, entered(f.partner)); err != nil {
		return err
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	c, err := customerOr(ctx, q, id)
	if err != nil {
		return err
	}
	if f.link, err = p.invitation(ctx, f.link); err != nil {
		return asked(err)
	}
	if c.Relationship == autopilot.RelationshipReseller {
		p.remark(p.words().Say("cli.relationship.there"))
	}
	for _, language := range f.languages {
		if err := p.invite(f, c, language); err != nil {
			return err
		}
	}
	return nil
}

// customerOr is what the directory has of a customer, or their ID alone.
func customerOr(ctx context.Context, q *queue.Queue, id autopilot.TenantID) (queue.CustomerSetting, error) {
	c, err := q.Customer(ctx, id)
	if errors.Is(err, queue.ErrUnknownCustomer) {
		return queue.CustomerSetting{ID: id}, nil
	}
	return c, err
}

// invitation is the link: a person's, or else Partner Center's. It is never made
// here.
func (p *program) invitation(ctx context.Context, given string) (string, error) {
	if given != "" {
		return given, nil
	}
	_, cfg, err := p.configured()
	if err != nil {
		return "", err
	}
	client, err := p.client(cfg)
	if err != nil {
		return "", err
	}
	return client.RelationshipRequest(ctx)
}

// invite prints the e-mail in one language.
func (p *program) invite(f requestFlags, c queue.CustomerSetting, language string) error {
	spoken := p.words().In(language)
	mail, err := spoken.RelationshipMail(f.link, c.Name, f.partner)
	if err != nil {
		return err
	}
	if f.json {
		return p.object(jsonInvitation{Link: f.link, Lang: language, Customer: string(c.ID), Subject: mail.Subject, Body: mail.Body})
	}
	return p.mail(spoken, mail)
}

// jsonInvitation is the e-mail as scripts get it.
type jsonInvitation struct {
	Link     string `json:"link"`
	Lang     string `json:"lang"`
	Customer string `json:"customer"`
	Subject  string `json:"subject"`
	Body     string `json:"body"`
}

// mail prints an e-mail, to be copied.
func (p *program) mail(spoken *words.Words, m words.Mail) error {
	return p.line(spoken.Say("cli.subject", "Subject", m.Subject) + "\n\n" + m.Body + "\n")
}
