package ui_test

import (
	"context"
	"errors"
	"slices"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/upload"
	"pkidstation/ui"
)

// An office is what the ports of a supervisor's work answer.
type office struct {
	pauses   []queue.Pause
	removals []queue.Removal
	sign     ui.SignInState
	progress []upload.Progress
	marks    queue.Marks
	profiles []ui.Profile
	relation autopilot.Relationship
	link     string
	written  ui.Written
	outcomes []queue.Outcome
	kept     []queue.CustomerSetting

	receiving receiving
	hash      ui.FoundHash
	hashErr   error
	// relist is what Partner Center's lists show of marked boxes, nil for nothing.
	relist func(ids []string) error
}

// equip gives a window the ports, but for those that are not wanted.
func (s *station) equip(options *ui.Options) {
	s.office.link = "https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship"
	s.office.profiles = []ui.Profile{{ID: "p1", Name: "Kiosk", Description: "Self-deploying"}, {ID: "p2", Name: "Office"}}
	options.Directory, options.Relations, options.Removals = directory{s}, relations{s}, removals{s}
	options.SignIn, options.Profiles, options.Tuples, options.Marks = signIn{s}, profiles{s}, s, s
	options.Files, options.Hashes = files{s}, hashPort{s}
	s.receive(options)
}

type (
	directory struct{ *station }
	relations struct{ *station }
	removals  struct{ *station }
	signIn    struct{ *station }
	profiles  struct{ *station }
	files     struct{ *station }
)

func (p directory) Keep(_ context.Context, c queue.CustomerSetting) error {
	p.office.kept = append(p.office.kept, c)
	return p.call("keep %s %q %v", c.ID, c.Name, c.Choices())
}

func (p directory) Refresh(context.Context) (int, error) { return 2, p.call("refresh") }

func (p directory) Import(_ context.Context, path string) (ui.Imported, error) {
	return ui.Imported{Taken: 3, Fresh: 1, Refused: []ui.RefusedRow{{Row: 4, Column: "tenant-id", Value: "…1234", Why: "tenant-id"}}}, p.call("import %s", path)
}

func (p relations) Pauses(context.Context) ([]queue.Pause, error) { return p.office.pauses, nil }

func (p relations) Link(context.Context) (string, error) { return p.office.link, p.failure }

func (p relations) Check(_ context.Context, id autopilot.TenantID) (autopilot.Relationship, error) {
	return p.office.relation, p.call("check %s", id)
}

func (p removals) Remove(_ context.Context, ids []string, onSite bool, reason string) error {
	return p.call("remove %v %v %s", ids, onSite, reason)
}

// Relist takes the mark off what office.relist gives no error for.
func (p removals) Relist(_ context.Context, ids []string) (now []queue.Entry, err error) {
	if p.office.relist != nil {
		err = p.office.relist(ids)
	}
	for _, e := range p.entries {
		if slices.Contains(ids, e.ID) {
			if p.office.relist != nil {
				e.Reason = ""
			}
			now = append(now, e)
		}
	}
	return now, err
}

func (p removals) Open(context.Context) ([]queue.Removal, error) { return p.office.removals, nil }

func (p removals) Again(_ context.Context, ids []string) error { return p.call("again %v", ids) }

func (p removals) Anew(_ context.Context, ids []string) error { return p.call("anew %v", ids) }

func (p removals) OnSite(_ context.Context, ids []string) error { return p.call("on site %v", ids) }

func (p signIn) State() ui.SignInState { return p.office.sign }

func (p signIn) Begin(_ context.Context, way ui.SignInWay) error { return p.call("sign in by %s", way) }

func (p signIn) SignOut(context.Context) error { return p.call("sign out") }

func (p profiles) Profiles(context.Context, autopilot.TenantID) ([]ui.Profile, error) {
	return p.office.profiles, p.failure
}

func (s *station) ByTuple(_ context.Context, ids []string, why string) error {
	return s.call("tuple %v %s", ids, why)
}

func (s *station) Marks(context.Context) (queue.Marks, error) { return s.office.marks, nil }

// hashPort finds office.hash in every file.
type hashPort struct{ *station }

func (p hashPort) Look(_ context.Context, id, path string) (ui.FoundHash, error) {
	return p.office.hash, errors.Join(p.office.hashErr, p.call("look for the hash of %s in %s", id, path))
}

func (p hashPort) Give(_ context.Context, id string, hash autopilot.HardwareHash, reason string) error {
	return p.call("give %s to %s: %s", hash, id, reason)
}

func (p files) Path(customer autopilot.TenantID, tag autopilot.GroupTag) string {
	return "/home/ana/" + string(customer)[:4] + "-" + string(tag) + ".csv"
}

func (p files) Write(_ context.Context, c autopilot.TenantID, tag autopilot.GroupTag, path string) (ui.Written, error) {
	w := p.office.written
	w.Path, w.Customer, w.Tag = path, c, tag
	return w, p.call("write %s %s %s", c, tag, path)
}

func (p files) Confirm(_ context.Context, outcomes []queue.Outcome, by string) error {
	p.office.outcomes = outcomes
	return p.call("confirm %d by %s", len(outcomes), by)
}

// unrelated is a pause of a customer that nobody accepted yet.
func unrelated(id autopilot.TenantID) queue.Pause {
	since := time.Date(2026, 11, 23, 8, 0, 0, 0, time.Local)
	return queue.Pause{Customer: id, Reason: queue.NoRelationship, Since: since, Until: since.Add(8 * time.Hour)}
}
