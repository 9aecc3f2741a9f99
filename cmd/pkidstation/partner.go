package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"time"

	"pkidstation/cmd/internal/directory"
	"pkidstation/cmd/internal/typed"
	"pkidstation/cmd/internal/uplink"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
	"pkidstation/ui"
)

// partnerCenter is what the window asks of Partner Center itself;
// *partnercenter.Client is one.
type partnerCenter interface {
	directory.Asker
	upload.Lister

	Customers(ctx context.Context) iter.Seq2[autopilot.Customer, error]
	RelationshipRequest(ctx context.Context) (string, error)
	Policies(ctx context.Context, customer autopilot.TenantID) ([]partnercenter.Policy, error)
}

// Views of the desk for a supervisor's work with Partner Center.
type (
	customers struct{ *desk }
	relations struct{ *desk }
	removals  struct{ *desk }
	profiles  struct{ *desk }
	tuples    struct{ *desk }
	marks     struct{ *desk }
)

// ask is Partner Center, or why it cannot be asked.
func (k *desk) ask() (partnerCenter, error) {
	switch {
	case k.partner != nil:
		return k.partner, nil
	case k.apart != nil:
		return nil, k.apart
	default:
		return nil, uplink.ErrNoToken // the demo
	}
}

// Keep writes what a person said of a customer, and nothing else.
func (p customers) Keep(ctx context.Context, c queue.CustomerSetting) error {
	if err := typed.Check(c.Name, c.ProfileName); err != nil {
		return err
	}
	_, err := p.queue.ChangeCustomer(ctx, c.ID, p.act(""), func(kept *queue.CustomerSetting) {
		if kept.Name != c.Name {
			kept.Name, kept.Source = c.Name, queue.FromPerson
		}
		kept.GroupTag, kept.Tags, kept.Reseller = c.GroupTag, c.Tags, c.Reseller
		kept.Profile, kept.ProfileName = c.Profile, c.ProfileName
	})
	return err
}

func (p customers) Refresh(ctx context.Context) (int, error) {
	partner, err := p.ask()
	if err != nil {
		return 0, err
	}
	return directory.Refresh(ctx, p.queue, partner.Customers(ctx), time.Now())
}

func (p customers) Import(ctx context.Context, path string) (ui.Imported, error) {
	from, err := os.Open(path) //nolint:gosec // the person names the file
	if err != nil {
		return ui.Imported{}, fmt.Errorf("opening the customers: %w", err)
	}
	defer from.Close() //nolint:errcheck // it was only read
	if info, err := from.Stat(); err != nil || !info.Mode().IsRegular() {
		return ui.Imported{}, errors.Join(directory.ErrEmpty, err)
	}
	sheet, err := directory.ReadCSV(ctx, from)
	if err != nil {
		return ui.Imported{}, err
	}
	fresh, err := p.queue.ImportCustomers(ctx, sheet.Customers, p.act(""))
	done := ui.Imported{Taken: len(sheet.Customers), Fresh: fresh}
	for _, r := range sheet.Refused {
		done.Refused = append(done.Refused, ui.RefusedRow{Row: r.Row, Column: string(r.Column), Value: r.Value, Why: string(r.Why)})
	}
	return done, err
}

func (p relations) Pauses(ctx context.Context) ([]queue.Pause, error) { return p.queue.Pauses(ctx) }

func (p relations) Link(ctx context.Context) (string, error) {
	partner, err := p.ask()
	if err != nil {
		return "", err
	}
	return partner.RelationshipRequest(ctx)
}

// Check ends the customer's pause where there is a relationship now.
func (p relations) Check(ctx context.Context, id autopilot.TenantID) (autopilot.Relationship, error) {
	partner, err := p.ask()
	if err != nil {
		return "", err
	}
	c, err := directory.Check(ctx, p.queue, partner, p.provider, id, time.Now())
	if err != nil || c.Relationship != autopilot.RelationshipReseller {
		return c.Relationship, err
	}
	return c.Relationship, p.resume(ctx, id)
}

// resume has the customer tried again at once.
func (p relations) resume(ctx context.Context, id autopilot.TenantID) error {
	pauses, err := p.queue.Pauses(ctx)
	for _, pause := range pauses {
		if err == nil && pause.Customer == id && pause.Reason == queue.NoRelationship {
			err = p.queue.ClearPause(ctx, id)
		}
	}
	if err == nil {
		p.tryNow()
	}
	return err
}

// tryNow has what waits tried at once.
func (k *desk) tryNow() {
	if k.hurry != nil {
		k.hurry()
	}
}

func (p removals) Remove(ctx context.Context, ids []string, onSite bool, reason string) error {
	return review(p).by(reason, func(a queue.Act) error {
		_, err := p.queue.Remove(ctx, ids, onSite, a)
		return err
	})
}

// Relist holds boxes that are marked as somebody else's against the lists.
func (p removals) Relist(ctx context.Context, ids []string) ([]queue.Entry, error) {
	entries, err := p.entries(ctx, ids)
	if err != nil || p.partner == nil {
		return entries, err
	}
	if _, err := upload.Relist(ctx, p.partner, p.queue, entries); err != nil {
		return nil, err
	}
	return p.entries(ctx, ids)
}

func (p removals) entries(ctx context.Context, ids []string) ([]queue.Entry, error) {
	all := make([]queue.Entry, 0, len(ids))
	for _, id := range ids {
		e, err := p.queue.Entry(ctx, id)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

func (p removals) Open(ctx context.Context) ([]queue.Removal, error) {
	return p.queue.OpenRemovals(ctx)
}

func (p removals) Again(ctx context.Context, ids []string) error {
	err := p.queue.RetryRemoval(ctx, ids, p.act(""))
	p.tryNow()
	return err
}

func (p removals) Anew(ctx context.Context, ids []string) error {
	return p.queue.TakeBackAnew(ctx, ids, p.act(""))
}

func (p removals) OnSite(ctx context.Context, ids []string) error {
	return p.queue.RemovedOnSite(ctx, ids, p.act(""))
}

func (p profiles) Profiles(ctx context.Context, customer autopilot.TenantID) ([]ui.Profile, error) {
	partner, err := p.ask()
	if err != nil {
		return nil, err
	}
	policies, err := partner.Policies(ctx, customer)
	all := make([]ui.Profile, 0, len(policies))
	for _, policy := range policies {
		all = append(all, ui.Profile{ID: policy.ID, Name: policy.Name, Description: policy.Description})
	}
	return all, err
}

func (p tuples) ByTuple(ctx context.Context, ids []string, reason string) error {
	return review(p).by(reason, func(a queue.Act) error { return p.queue.RetryByTuple(ctx, ids, a) })
}

func (p marks) Marks(ctx context.Context) (queue.Marks, error) { return p.queue.Marks(ctx) }

// equip gives the window the ports of a supervisor's work.
func (k *desk) equip(options *ui.Options) {
	options.Directory, options.Relations, options.Removals = customers{k}, relations{k}, removals{k}
	options.Profiles, options.Tuples, options.Marks, options.Files = profiles{k}, tuples{k}, marks{k}, files{k}
	options.Hashes = hashes{k}
	if k.signing != nil {
		options.SignIn = k.signing
	}
	k.receive(options)
}
