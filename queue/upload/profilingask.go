package upload

import (
	"context"
	"strings"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// askProfiles asks what became of a request, and says whether that is all there
// is to know. What its job does not say is looked up in the lists; what nobody
// says in Options.JobDeadline is sent once more, and then needs a person.
func (u *Uploader) askProfiles(ctx context.Context, g *profileGroup, lists *batchLists) (over bool, err error) {
	asked := u.profiles.asked[g.key()]
	asked.at = time.Now()
	since := time.Since(g.entries[0].Profile.At)
	outcomes, silent, failed := u.profileJob(ctx, g, since)
	if asked.refused++; failed == nil || !mayBeOwn(failed) {
		asked.refused = 0
	}
	if u.profiles.asked[g.key()] = asked; asked.refused >= believedAfter { // it is no outage: the lists tell
		u.log.WarnContext(ctx, "uploading: a job cannot be asked about", "customer", g.customer, "error", failed)
		silent, failed = true, nil
	}
	if failed == nil && silent {
		var listed []queue.ProfileOutcome
		listed, failed = u.profilesListed(ctx, g, outcomes, lists)
		outcomes = append(outcomes, listed...)
	}
	if failed == nil && since >= u.opts.JobDeadline {
		outcomes = append(outcomes, unheard(g, outcomes)...)
	}
	if err := u.profiled(ctx, g, outcomes); err != nil {
		return false, err
	}
	if failed != nil {
		return false, u.blocked(ctx, u.profileHold(g.customer).pause, failed)
	}
	return len(outcomes) == len(g.entries), nil
}

// profileJob gives what the job says, and whether it is silent about the rest.
func (u *Uploader) profileJob(ctx context.Context, g *profileGroup, since time.Duration) (outcomes []queue.ProfileOutcome, silent bool, err error) {
	if g.tracking == "" {
		return nil, true, nil
	}
	job, err := u.registrar.JobStatus(ctx, g.customer, g.tracking)
	if kindOf(u.heard(ctx, err)) == partnercenter.NotFound {
		return nil, since >= u.opts.PollMax, nil
	}
	if err != nil {
		return nil, false, err
	}
	entries := entriesOf(g)
	for _, row := range job.Devices {
		e, ok := entries.find(row)
		if !ok || !row.Status.Terminal() {
			continue
		}
		delete(entries.left, e.ID)
		outcomes = append(outcomes, profileOutcome(e, row))
	}
	return outcomes, job.Status.Terminal() && len(entries.left) > 0, nil
}

func profileOutcome(e queue.Entry, row partnercenter.DeviceStatus) queue.ProfileOutcome {
	o := queue.ProfileOutcome{Entry: e.ID, State: queue.ProfileFailed, Code: row.Code, Answer: row.Description}
	switch {
	case row.Code == "" && row.Status == partnercenter.StatusFinished:
		o.State = queue.ProfileApplied
	case row.Code == autopilot.CodeStorage && e.Profile.Tries < profileTries:
		o.State = queue.ProfileWanted
	}
	return o
}

// unheard are the outcomes of those that nobody said anything about.
func unheard(g *profileGroup, said []queue.ProfileOutcome) []queue.ProfileOutcome {
	left := entriesOf(g).left
	for _, o := range said {
		delete(left, o.Entry)
	}
	var outcomes []queue.ProfileOutcome
	for _, e := range g.entries {
		if !left[e.ID] {
			continue
		}
		o := queue.ProfileOutcome{Entry: e.ID, State: queue.ProfileFailed}
		if e.Profile.Tries < profileTries {
			o.State = queue.ProfileWanted
		}
		outcomes = append(outcomes, o)
	}
	return outcomes
}

// profilesListed finds those that have the profile by the lists.
func (u *Uploader) profilesListed(ctx context.Context, g *profileGroup, said []queue.ProfileOutcome, lists *batchLists) ([]queue.ProfileOutcome, error) {
	left := entriesOf(g).left
	for _, o := range said {
		delete(left, o.Entry)
	}
	var outcomes []queue.ProfileOutcome
	for _, e := range g.entries {
		if !left[e.ID] {
			continue
		}
		seen, err := lists.find(ctx, asListed(e))
		if err != nil {
			return outcomes, err
		}
		own := e.DeviceID == "" || strings.EqualFold(seen.device.ID, e.DeviceID) // not one that was taken back before
		if seen.listed && own && strings.EqualFold(seen.device.Policy, g.profile) {
			outcomes = append(outcomes, queue.ProfileOutcome{Entry: e.ID, State: queue.ProfileApplied})
		}
	}
	return outcomes, nil
}

// profileEntries find an entry by what a job calls its device; left are those
// that were not found yet.
type profileEntries struct {
	byID    map[string]queue.Entry
	devices finder
	listed  []queue.Entry
	left    map[string]bool
}

func entriesOf(g *profileGroup) profileEntries {
	found := profileEntries{byID: map[string]queue.Entry{}, listed: g.entries, left: map[string]bool{}}
	devices := make([]autopilot.Device, 0, len(g.entries))
	for _, e := range g.entries {
		devices = append(devices, e.ToSend())
		found.left[e.ID] = true
		if e.DeviceID != "" {
			found.byID[e.DeviceID] = e
		}
	}
	found.devices = newFinder(devices)
	return found
}

func (p profileEntries) find(row partnercenter.DeviceStatus) (queue.Entry, bool) {
	if e, ok := p.byID[row.DeviceID]; ok && row.DeviceID != "" {
		return e, p.left[e.ID]
	}
	i, ok := p.devices.device(row.Device)
	if !ok {
		return queue.Entry{}, false
	}
	return p.listed[i], p.left[p.listed[i].ID]
}
