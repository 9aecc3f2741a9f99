package main

import (
	"context"
	"errors"
	"strconv"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/words"
)

// jsonRemoval is what became of one device, as scripts get it: every key is
// always there.
type jsonRemoval struct {
	ID       string       `json:"id"`
	PKID     string       `json:"pkid"`
	Serial   string       `json:"serial"`
	Customer string       `json:"customer"`
	State    queue.State  `json:"state"`
	Reason   queue.Reason `json:"reason"`
	Code     string       `json:"code"`
}

// removalsSaid prints, device by device, how the removals of entries stand, and
// then what is left to do: the web site's steps, or the text for the customer's
// IT. It is exit 3 while one of them is not removed.
func (p *program) removalsSaid(ctx context.Context, q *queue.Queue, entries []queue.Entry, asJSON bool) error {
	open, err := removalsOf(ctx, q)
	if err != nil {
		return err
	}
	var removed, onSite []queue.Entry
	left := 0
	for _, before := range entries {
		e, err := q.Entry(ctx, before.ID)
		if err != nil {
			return err
		}
		r := open[e.ID]
		if err := p.removalSaid(e, r, asJSON); err != nil {
			return err
		}
		switch {
		case e.State == queue.Removed:
			removed = append(removed, e)
		case r.OnSite:
			onSite = append(onSite, e)
		}
		if e.State != queue.Removed {
			left++
		}
	}
	if !asJSON {
		err = errors.Join(p.siteSteps(ctx, q, onSite), p.removalMails(ctx, q, removed))
	}
	if left > 0 {
		err = errors.Join(err, &exitError{code: exitPerson})
	}
	return err
}

// removalsOf are the open removals by entry.
func removalsOf(ctx context.Context, q *queue.Queue) (map[string]queue.Removal, error) {
	all, err := q.OpenRemovals(ctx)
	byEntry := make(map[string]queue.Removal, len(all))
	for _, r := range all {
		byEntry[r.Entry] = r
	}
	return byEntry, err
}

func (p *program) removalSaid(e queue.Entry, r queue.Removal, asJSON bool) error {
	if asJSON {
		return p.object(jsonRemoval{
			ID: e.ID, PKID: string(e.PKID), Serial: e.Serial, Customer: string(e.Customer), State: e.State, Reason: r.Note, Code: string(r.Code),
		})
	}
	text := p.words().State(e.State) + "."
	if e.State == queue.Removing {
		advice := p.words().Removal(r, time.Now())
		text = advice.String()
		if advice.Copy != "" {
			text += " " + p.words().Say("cli.show.copy", "Text", advice.Copy)
		}
	}
	return p.line(p.words().Say("cli.remove.line", "Number", e.Number, "Device", device(e), "Text", text))
}

// device is how a device is named on the screen.
func device(e queue.Entry) string {
	text := string(e.PKID)
	if text != "" && e.Serial != "" {
		text += " "
	}
	return words.Shown(text + e.Serial)
}

// maskedDevice is how a device is called where a log may take it up.
func maskedDevice(d autopilot.Device) string {
	if d = d.Named(); d.PKID != "" {
		return d.PKID.Masked()
	}
	return words.Shown(d.Serial)
}

// siteSteps prints what a person does on the web site, customer by customer and
// batch by batch.
func (p *program) siteSteps(ctx context.Context, q *queue.Queue, entries []queue.Entry) error {
	type where struct {
		customer autopilot.TenantID
		batch    string
	}
	seen := map[where]bool{}
	for _, e := range entries {
		at := where{e.Customer, e.Batch}
		if seen[at] {
			continue
		}
		seen[at] = true
		c, err := customerOr(ctx, q, e.Customer)
		if err != nil {
			return err
		}
		t := p.words().Naming(func(autopilot.TenantID) string { return c.Name })
		err = p.line("\n" + t.Say("cli.remove.site", "Customer", called(c)))
		for i, step := range append(t.RemovalSteps(e), t.Say("site.remove.confirm")) {
			err = errors.Join(err, p.line("  "+strconv.Itoa(i+1)+". "+step))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// removalMails prints the text for the IT of each customer.
func (p *program) removalMails(ctx context.Context, q *queue.Queue, removed []queue.Entry) error {
	whose, _, err := customersOf(ctx, q, removed)
	if err != nil {
		return err
	}
	for _, c := range whose {
		var theirs []queue.Entry
		for _, e := range removed {
			if e.Customer == c.ID {
				theirs = append(theirs, e)
			}
		}
		if err := p.line("\n" + p.words().Say("cli.remove.mail", "Customer", called(c)) + "\n"); err != nil {
			return err
		}
		if err := p.mail(p.words(), p.words().RemovalMail(theirs, c.Name, "")); err != nil {
			return err
		}
	}
	return nil
}
