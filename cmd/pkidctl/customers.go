package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/directory"
	"pkidstation/cmd/internal/uplink"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/ui/words"
)

type customersFlags struct {
	json, offline bool
	filter        string
}

func customersCommand(p *program) *cobra.Command {
	var f customersFlags
	cmd := &cobra.Command{
		Use:   "customers",
		Short: "List the customer directory, after asking Partner Center for what is new",
		Long: "List the customer directory, after asking Partner Center for what is new. What cannot be asked is said, and what the " +
			"station keeps is listed all the same: exit 4 where Partner Center could not be reached, 3 where a person must sign in.",
		RunE: func(cmd *cobra.Command, _ []string) error { return p.customers(cmd.Context(), f) },
	}
	cmd.Flags().BoolVar(&f.json, "json", false, "one JSON object a line")
	cmd.Flags().BoolVar(&f.offline, "offline", false, "ask nobody: list what the station keeps")
	cmd.Flags().StringVar(&f.filter, "filter", "", "only customers with this in their name, domain or Microsoft ID")
	cmd.AddCommand(setCustomerCommand(p), forgetCustomerCommand(p), checkCustomerCommand(p), importCustomersCommand(p))
	return cmd
}

func (p *program) customers(ctx context.Context, f customersFlags) error {
	q, cfg, err := p.station(false)
	if err != nil {
		return err
	}
	var asked error
	if f.offline || cfg.PartnerCenter.Way == config.WayCSV {
		p.remark(p.words().Say("cli.customers.kept"))
	} else {
		asked = p.refresh(ctx, q, cfg, f.filter)
	}
	if _, ours := errors.AsType[*exitError](asked); asked != nil && !ours {
		return asked
	}
	return errors.Join(p.listCustomers(ctx, q, f), asked)
}

// refresh brings the directory up to date. Why it could not is for the person,
// after whom the list follows; any other error ends the command.
func (p *program) refresh(ctx context.Context, q *queue.Queue, cfg config.Config, filter string) error {
	client, err := p.client(cfg)
	if err != nil {
		return asked(err)
	}
	list := client.Customers(ctx)
	if filter != "" {
		list = client.CustomersMatching(ctx, partnercenter.CustomerFilter{Field: partnercenter.CompanyName, Value: filter})
	}
	fresh, err := directory.Refresh(ctx, q, list, time.Now())
	if fresh > 0 {
		p.remark(p.words().Count("cli.customers.fresh", fresh))
	}
	return asked(err)
}

// asked gives an error of Partner Center its exit code: 4 where it could not be
// reached, 3 where a person must do something first.
func asked(err error) error {
	if err == nil {
		return nil
	}
	if _, already := errors.AsType[*exitError](err); already {
		return err
	}
	if errors.Is(err, uplink.ErrNoToken) || errors.Is(err, uplink.ErrCSVOnly) {
		return &exitError{code: exitPerson, err: &questionError{err}}
	}
	e, ok := errors.AsType[*partnercenter.Error](err)
	if !ok {
		return err
	}
	code := exitFailed
	switch e.Kind() {
	case partnercenter.SignIn, partnercenter.Forbidden:
		code = exitPerson
	case partnercenter.Unreachable, partnercenter.NoAnswer:
		code = exitUnreachable
	case partnercenter.Throttled, partnercenter.NotFound, partnercenter.Conflict, partnercenter.TooLarge, partnercenter.Invalid, partnercenter.Untracked:
	}
	return &exitError{code: code, err: &questionError{err}}
}

// A questionError is of something that was only asked: nothing was to be sent.
type questionError struct{ err error }

func (e *questionError) Error() string { return e.err.Error() }

func (e *questionError) Unwrap() error { return e.err }

// remark writes what a person should know beside the result.
func (p *program) remark(text string) {
	fmt.Fprintln(p.err, "pkidctl:", text) //nolint:errcheck // the result follows
}

func (p *program) listCustomers(ctx context.Context, q *queue.Queue, f customersFlags) error {
	all, err := q.Customers(ctx)
	if err != nil {
		return err
	}
	if all, err = withWaiting(ctx, q, all); err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(c queue.CustomerSetting) bool { return !meant(c, f.filter) })
	if f.json {
		for _, c := range all {
			if err := p.object(customerJSON(c)); err != nil {
				return err
			}
		}
		return nil
	}
	if len(all) == 0 {
		return p.line(p.words().Say("cli.customers.none"))
	}
	return p.customersTable(all)
}

// withWaiting adds the customers for whom boxes wait because they have no
// relationship with this partner: Partner Center lists no such customer.
func withWaiting(ctx context.Context, q *queue.Queue, all []queue.CustomerSetting) ([]queue.CustomerSetting, error) {
	pauses, err := q.Pauses(ctx)
	for _, pause := range pauses {
		known := slices.ContainsFunc(all, func(c queue.CustomerSetting) bool { return c.ID == pause.Customer })
		if pause.Customer != "" && pause.Reason == queue.NoRelationship && !known {
			all = append(all, queue.CustomerSetting{ID: pause.Customer, Relationship: autopilot.RelationshipNone})
		}
	}
	return all, err
}

// meant says whether a customer is one of those that were asked for.
func meant(c queue.CustomerSetting, filter string) bool {
	return slices.ContainsFunc([]string{c.Name, c.Domain, string(c.ID)}, func(s string) bool {
		return strings.Contains(strings.ToLower(s), strings.ToLower(filter))
	})
}

func (p *program) customersTable(all []queue.CustomerSetting) error {
	w, t := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0), p.words()
	fmt.Fprintln(w, t.Say("cli.customers.head")) //nolint:errcheck // Flush tells
	for _, c := range all {
		var tags []string
		for _, tag := range c.Choices() {
			tags = append(tags, string(tag))
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", c.ID, words.Shown(c.Name), words.Shown(c.Domain), t.Relationship(c), //nolint:errcheck // Flush tells
			t.Moment(c.CheckedAt, time.Now()), strings.Join(tags, " "), words.Shown(profileName(c)))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("writing to standard output: %w", err)
	}
	return nil
}

func profileName(c queue.CustomerSetting) string {
	if c.ProfileName != "" {
		return c.ProfileName
	}
	return c.Profile
}

// called is what a customer is called on the screen.
func called(c queue.CustomerSetting) string {
	if c.Name != "" {
		return words.Shown(c.Name)
	}
	return string(c.ID)
}

// jsonCustomer is a customer as scripts get it: every key is always there.
type jsonCustomer struct {
	ID           autopilot.TenantID     `json:"id"`
	Name         string                 `json:"name"`
	Domain       string                 `json:"domain"`
	GroupTag     autopilot.GroupTag     `json:"group_tag"`
	Tags         []autopilot.GroupTag   `json:"tags"`
	Reseller     autopilot.TenantID     `json:"reseller"`
	Relationship autopilot.Relationship `json:"relationship"`
	CheckedAt    string                 `json:"checked_at"`
	Profile      string                 `json:"profile"`
	ProfileName  string                 `json:"profile_name"`
	Source       queue.CustomerSource   `json:"source"`
}

func customerJSON(c queue.CustomerSetting) jsonCustomer {
	return jsonCustomer{
		ID: c.ID, Name: c.Name, Domain: c.Domain, GroupTag: c.GroupTag, Tags: append([]autopilot.GroupTag{}, c.Tags...),
		Reseller: c.Reseller, Relationship: c.Relationship, CheckedAt: stamp(c.CheckedAt),
		Profile: c.Profile, ProfileName: c.ProfileName, Source: c.Source,
	}
}

// stamp is a time in UTC, "" for the zero time.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
