package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/config"
	"pkidstation/queue"
	"pkidstation/queue/upload"
)

type removeFlags struct {
	actFlags

	yes, onSite, done, json bool
}

func removeCommand(p *program) *cobra.Command {
	var f removeFlags
	cmd := &cobra.Command{
		Use:   "remove (ID... | --order REF) --by NAME --reason TEXT",
		Short: "Take registrations back, such as those for a wrong customer",
		Long: "Take registrations back: only those that this partner made. The customer's name is asked for on standard input. Every " +
			"removal is on disk before anything is asked for; what does not end here goes on with the next upload. It clears Windows " +
			"Autopilot only: the text for the customer's IT is printed at the end.",
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			act, err := p.act(f.actFlags)
			if err != nil {
				return err
			}
			if strings.TrimSpace(f.reason) == "" {
				return usage("--reason is missing: say why")
			}
			if len(args) > 0 == (f.order != "") {
				return usage("name entries, or an --order, not both")
			}
			return p.remove(cmd.Context(), args, f, act)
		},
	}
	f.who(cmd, p)
	cmd.Flags().StringVar(&f.order, "order", "", "every registered entry of this order")
	cmd.Flags().BoolVar(&f.yes, "yes", false, "do not ask for the customer's name")
	cmd.Flags().BoolVar(&f.onSite, "on-site", false, "a person does it on the web site: print the steps")
	cmd.Flags().BoolVar(&f.done, "done", false, "a person has done it on the web site")
	cmd.Flags().BoolVar(&f.json, "json", false, "one JSON object a device")
	return cmd
}

func (p *program) remove(ctx context.Context, ids []string, f removeFlags, act queue.Act) error {
	q, cfg, err := p.station(false)
	if err != nil {
		return err
	}
	if act, err = p.supervise(ctx, q, act); err != nil {
		return err
	}
	entries, err := p.toRemove(ctx, q, cfg, ids, f)
	switch {
	case err != nil:
		return err
	case len(entries) == 0:
		return p.nothingToRemove(f.json)
	case f.done:
		return p.removedOnSite(ctx, q, cfg, entries, f, act)
	}
	left, err := p.meant(ctx, q, standing(entries), f)
	if err != nil {
		return err
	}
	if err := p.confirm(ctx, q, left, f.yes); err != nil {
		return err
	}
	f.onSite = f.onSite || cfg.PartnerCenter.Way == config.WayCSV
	if f.order != "" {
		if err := p.holdRest(ctx, q, f.order, entries, act); err != nil {
			return err
		}
	}
	if err := begin(ctx, q, left, f.onSite, act); err != nil {
		return err
	}
	var failed error
	if !f.onSite && len(left) > 0 {
		failed = p.takeBack(ctx, cfg)
	}
	// A signal ends the waiting, not the telling.
	if err := p.removalsSaid(context.WithoutCancel(ctx), q, entries, f.json); failed == nil {
		return err
	}
	return failed
}

// toRemove are the entries that are meant: those with an ID, or what the order has.
func (p *program) toRemove(ctx context.Context, q *queue.Queue, cfg config.Config, ids []string, f removeFlags) ([]queue.Entry, error) {
	filter := queue.Filter{States: []queue.State{queue.Registered, queue.Removing, queue.Removed}, Order: f.order}
	entries, err := named(ctx, q, ids, filter)
	if err == nil && !f.done {
		entries, err = p.relisted(ctx, q, cfg, entries)
	}
	if f.order != "" {
		entries = p.ours(entries)
	}
	return entries, err
}

func (p *program) nothingToRemove(asJSON bool) error {
	text := p.words().Say("cli.remove.nothing")
	if asJSON {
		p.remark(text)
		return nil
	}
	return p.line(text)
}

// standing are those that are not removed. What is removed is told again, for
// the same command to tell the same, and nothing is asked about it.
func standing(entries []queue.Entry) []queue.Entry {
	return slices.DeleteFunc(slices.Clone(entries), func(e queue.Entry) bool { return e.State == queue.Removed })
}

// ours leaves out what somebody else registered, and says so.
func (p *program) ours(entries []queue.Entry) []queue.Entry {
	var all []queue.Entry
	others := 0
	for _, e := range entries {
		if e.Reason == queue.AlreadyThere {
			others++
			continue
		}
		all = append(all, e)
	}
	if others > 0 {
		p.remark(p.words().Count("cli.remove.not-ours", others))
	}
	return all
}

// begin puts the removals on disk; those that are under way already are looked
// after again: the same command again, after it was killed, goes on. Of these
// what was registered anew is taken back too: its box was named, see meant.
func begin(ctx context.Context, q *queue.Queue, entries []queue.Entry, onSite bool, act queue.Act) error {
	var fresh, open []string
	for _, e := range entries {
		if e.State == queue.Removing {
			open = append(open, e.ID)
		} else {
			fresh = append(fresh, e.ID)
		}
	}
	if len(fresh) > 0 {
		if _, err := q.Remove(ctx, fresh, onSite, act); err != nil {
			return err
		}
	}
	if onSite {
		return q.TakeOnSite(ctx, open, act)
	}
	if err := q.TakeBackAnew(ctx, open, act); err != nil {
		return err
	}
	return q.RetryRemoval(ctx, open, act)
}

// tries is how often Partner Center is called before it is unreachable.
const tries = 3

// takeBack asks Partner Center. Whatever stops it, the removals are on disk.
func (p *program) takeBack(ctx context.Context, cfg config.Config) error {
	p.callByName(ctx)
	u, err := p.uploader(cfg)
	if err != nil {
		return asked(err)
	}
	defer p.progress(u)()
	if err = p.reached(ctx, u, cfg.Upload.RetryFirst); err == nil {
		_, err = u.UntilRemoved(ctx)
	}
	switch {
	case err == nil:
		return nil
	case stopped(ctx, err):
		p.remark(p.words().Say("cli.remove.kept"))
		return nil
	case errors.Is(err, upload.ErrNoContact):
		p.remark(p.words().Say("cli.remove.kept"))
		return &exitError{code: exitUnreachable, err: err}
	default:
		return err
	}
}

// reached makes passes until a call gets through.
func (p *program) reached(ctx context.Context, u *upload.Uploader, pause time.Duration) error {
	for try := 1; ; try++ {
		_, err := u.PassRemovals(ctx)
		if try == tries || !errors.Is(err, upload.ErrNoContact) {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(pause):
		}
	}
}

// removedOnSite keeps a person's word that the web site took registrations back.
func (p *program) removedOnSite(ctx context.Context, q *queue.Queue, cfg config.Config, entries []queue.Entry, f removeFlags, act queue.Act) error {
	meant, err := p.meant(ctx, q, entries, f)
	if err != nil {
		return err
	}
	listed, err := p.stillListed(ctx, q, cfg, meant)
	if err != nil {
		return err
	}
	ids := make([]string, 0, len(meant))
	for _, e := range meant {
		if listed[e.ID] {
			p.notice(p.words().Say("cli.remove.still-listed", "Number", e.Number, "Device", device(e)))
		} else if e.State != queue.Removed && (f.order == "" || e.State == queue.Removing) {
			ids = append(ids, e.ID)
		}
	}
	if err := q.RemovedOnSite(ctx, ids, act); err != nil {
		return err
	}
	return p.removalsSaid(ctx, q, entries, f.json)
}
