package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/lists"
	"pkidstation/queue"
	"pkidstation/ui/words"
)

func listsCommand(p *program) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "lists",
		Short: "Look at the lists that were imported; drop one, register what they announce, keep suppliers' profiles",
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.lists(cmd.Context(), asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	cmd.AddCommand(dropListCommand(p), releaseListedCommand(p), listProfilesCommand(p), saveProfileCommand(p), forgetProfileCommand(p))
	return cmd
}

// jsonAnnouncement is one list.
type jsonAnnouncement struct {
	Number   uint64 `json:"number"`
	File     string `json:"file"`
	SHA256   string `json:"sha256"`
	Supplier string `json:"supplier"`
	Customer string `json:"customer"`
	Taken    int    `json:"taken"`
	Known    int    `json:"known"`
	Refused  int    `json:"refused"`
	By       string `json:"by"`
	At       string `json:"at"`
	Dropped  string `json:"dropped_at"`
}

func (p *program) lists(ctx context.Context, asJSON bool) error {
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	all, err := q.Announcements(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		for _, a := range all {
			if err := p.object(jsonAnnouncement{
				a.Number, a.File, a.SHA256, a.Supplier, string(a.Customer), a.Taken, a.Known, a.Refused, a.By, stamp(a.At), stamp(a.DroppedAt),
			}); err != nil {
				return err
			}
		}
		return nil
	}
	p.callByName(ctx)
	w, t := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0), p.words()
	fmt.Fprintln(w, t.Say("cli.lists.head")) //nolint:errcheck // Flush tells
	for _, a := range all {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%d\t%d\t%s\t%s\n", a.Number, t.Moment(a.At, time.Now()), words.Shown(a.File), t.CustomerName(a.Customer), //nolint:errcheck // as above
			a.Taken, a.Refused, t.Operator(a.By, a.ByNumber), t.Dropped(a, time.Now()))
	}
	return w.Flush()
}

func dropListCommand(p *program) *cobra.Command {
	var f actFlags
	cmd := &cobra.Command{
		Use:   "drop NUMBER",
		Short: "Drop what a list announces, as if it had never come",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			number, err := strconv.ParseUint(args[0], 10, 64)
			if err != nil {
				return usage("%q is no number of a list", args[0])
			}
			return p.onLists(cmd.Context(), f, func(q *queue.Queue, act queue.Act) error {
				_, err := q.DropAnnouncement(cmd.Context(), number, act)
				return err
			})
		},
	}
	f.who(cmd, p)
	return cmd
}

// onLists has a supervisor do something with lists.
func (p *program) onLists(ctx context.Context, f actFlags, do func(*queue.Queue, queue.Act) error) error {
	act, err := p.act(f)
	if err != nil {
		return err
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	if act, err = p.supervise(ctx, q, act); err != nil {
		return err
	}
	return do(q, act)
}

func releaseListedCommand(p *program) *cobra.Command {
	var f actFlags
	customer, tag := "", ""
	cmd := &cobra.Command{
		Use:   "release --order REF --customer TENANT",
		Short: "Register what is announced for an order, without a scan",
		Long: `Makes entries of the devices that are announced for a customer's order and were not
scanned, so that they go out with the next upload. They are marked as taken from the
list, in the audit too; a box that is scanned later is the same entry. A supervisor
decides it, and says why.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			id, err := tenant(customer)
			if err != nil {
				return err
			}
			usual, err := groupTag(tag)
			if err != nil {
				return err
			}
			if strings.TrimSpace(f.reason) == "" {
				return usage("--reason is missing: say why")
			}
			return p.onLists(cmd.Context(), f, func(q *queue.Queue, act queue.Act) error {
				got, err := q.RegisterAnnounced(cmd.Context(), queue.Work{Customer: id, GroupTag: usual, Order: f.order}, act)
				if err != nil {
					return err
				}
				return p.released(got, f.json)
			})
		},
	}
	f.who(cmd, p)
	cmd.Flags().StringVar(&f.order, "order", "", "the order")
	cmd.Flags().StringVar(&customer, "customer", "", "the customer (tenant id)")
	cmd.Flags().StringVar(&tag, "group-tag", "", "the group tag where the list has none (default: the one the order was scanned with)")
	cmd.Flags().BoolVar(&f.json, "json", false, "the entries that were made, one JSON object a line")
	_, _ = cmd.MarkFlagRequired("order"), cmd.MarkFlagRequired("customer")
	return cmd
}

func (p *program) released(got queue.Unscanned, asJSON bool) error {
	var err error
	if asJSON {
		for _, e := range got.Made {
			err = errors.Join(err, p.object(entryJSON(e)))
		}
	} else {
		err = p.line(p.words().Count("cli.lists.released", len(got.Made)))
	}
	if got.Without > 0 {
		p.remark(p.words().Count("cli.lists.without", got.Without))
	}
	if got.Held > 0 {
		p.remark(p.words().Count("cli.lists.held", got.Held))
	}
	if got.Without+got.Held > 0 {
		err = errors.Join(err, &exitError{code: exitPerson})
	}
	return err
}

func listProfilesCommand(p *program) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "profiles",
		Short: "List what the columns of suppliers' lists are",
		RunE: func(cmd *cobra.Command, _ []string) error {
			q, _, err := p.station(false)
			if err != nil {
				return err
			}
			all, err := lists.Profiles(cmd.Context(), q)
			for _, profile := range all {
				if asJSON {
					err = errors.Join(err, p.object(profile))
					continue
				}
				var columns []string
				for _, c := range profile.Columns {
					columns = append(columns, c.Column+" = "+p.words().ListField(c.Field))
				}
				err = errors.Join(err, p.line(profile.Name+": "+strings.Join(columns, ", ")))
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line, as --map takes it")
	return cmd
}

func saveProfileCommand(p *program) *cobra.Command {
	var f actFlags
	cmd := &cobra.Command{
		Use:   "save-profile FILE.json",
		Short: "Keep a supplier's profile, in the place of the one that is kept",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			profile, err := readProfile(args[0])
			if err != nil {
				return err
			}
			return p.onLists(cmd.Context(), f, func(q *queue.Queue, act queue.Act) error { return lists.Save(cmd.Context(), q, profile, act) })
		},
	}
	f.who(cmd, p)
	return cmd
}

func forgetProfileCommand(p *program) *cobra.Command {
	var f actFlags
	cmd := &cobra.Command{
		Use:   "forget-profile NAME",
		Short: "Drop a supplier's profile",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.onLists(cmd.Context(), f, func(q *queue.Queue, act queue.Act) error { return lists.Forget(cmd.Context(), q, args[0], act) })
		},
	}
	f.who(cmd, p)
	return cmd
}
