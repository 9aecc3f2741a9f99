package upload

import (
	"context"
	"slices"
	"strings"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
)

// applyProfiles sends what is wanted, a request at a time. A device without an
// id of Microsoft's is looked up first; one that has the profile already, since
// an answer was lost, needs no request.
func (u *Uploader) applyProfiles(ctx context.Context, g *profileGroup) error {
	found, err := u.lookUpProfiles(ctx, g)
	if err != nil {
		return u.blocked(ctx, u.profileHold(g.customer).pause, err)
	}
	if err := u.profiled(ctx, g, found.have); err != nil {
		return err
	}
	for ids, entries := found.ids, found.entries; len(ids) > 0; {
		n := min(len(ids), u.profileHold(g.customer).limit)
		if err := u.applyPolicy(ctx, g, ids[:n], entries[:n]); err != nil {
			return err
		}
		ids, entries = ids[n:], entries[n:]
	}
	return nil
}

// profileDevices are what a request may name: Microsoft's ids, each once, and
// whose they are. have are those that need none.
type profileDevices struct {
	ids, entries []string
	have         []queue.ProfileOutcome
}

// lookUpProfiles finds the devices of a group. Those that are in no list yet are
// looked for together, as soon as it is the turn of one.
func (u *Uploader) lookUpProfiles(ctx context.Context, g *profileGroup) (found profileDevices, err error) {
	lists, before := batchLists{u: u, customer: g.customer}, u.contact.spent
	due := func(e queue.Entry) bool { return !time.Now().Before(u.profiles.next[e.ID]) }
	look := slices.ContainsFunc(g.entries, func(e queue.Entry) bool { return e.DeviceID == "" && due(e) })
	var left []queue.Entry
	named := map[string]bool{}
	for _, e := range g.entries {
		id := e.DeviceID
		if id == "" && !look || id != "" && !due(e) {
			continue
		}
		if id == "" {
			seen, err := lists.find(ctx, asListed(e))
			if err != nil {
				return profileDevices{}, err
			}
			if strings.EqualFold(seen.device.Policy, g.profile) && seen.listed {
				found.have = append(found.have, queue.ProfileOutcome{Entry: e.ID, State: queue.ProfileApplied})
				continue
			}
			id = seen.device.ID
		}
		if id == "" || named[id] {
			left = append(left, e)
			continue
		}
		named[id] = true
		found.ids, found.entries = append(found.ids, id), append(found.entries, e.ID)
	}
	u.lookLater(left, u.contact.spent-before)
	return found, nil
}

// lookLater has devices that are in no list yet looked for again, the later the
// longer that lasts. A look that took several requests pays for each, as in a
// lane.
func (u *Uploader) lookLater(left []queue.Entry, spent int) {
	for _, e := range left {
		pause := u.growing(time.Since(e.ChangedAt))
		u.profileLater(e.ID, in(max(pause, time.Duration(spent)*min(pause, u.opts.PollMax))))
	}
}

// asListed is what find needs to know of an entry.
func asListed(e queue.Entry) queue.Removal {
	return queue.Removal{Device: e.ToSend().Named(), DeviceID: e.DeviceID, Batch: e.Batch}
}

func (u *Uploader) applyPolicy(ctx context.Context, g *profileGroup, ids, entries []string) error {
	got, err := u.opts.Profiler.ApplyPolicy(ctx, g.customer, ids, g.profile, u.opts.NewID())
	kind := kindOf(u.heardChange(ctx, err))
	if err != nil && ctx.Err() != nil {
		u.lastWord(ctx, err)
		return context.Cause(ctx)
	}
	if err == nil || kind == partnercenter.Untracked {
		u.customer(g.customer).soon(u.opts.PollFirst)
		hold := u.profileHold(g.customer)
		hold.took(len(ids))
		hold.turn = time.Time{} // to be taken anew
		return u.profiled(ctx, g, allProfiles(entries, queue.ProfileOutcome{State: queue.ProfileSent, TrackingID: got.TrackingID}))
	}
	return u.profilesRefused(ctx, g, entries, err)
}

// profilesRefused decides what a request that was not taken means. A missing
// role holds back the profiles of the customer, never their uploads.
func (u *Uploader) profilesRefused(ctx context.Context, g *profileGroup, entries []string, err error) error {
	hold := u.profileHold(g.customer)
	switch kind := kindOf(err); {
	case noRelationship(err):
		u.hold(ctx, u.customer(g.customer).pause, err)
	case kind == partnercenter.Forbidden:
		hold.forPerson(queue.WrongRole, err)
		hold.until = in(rolePause)
		u.log.WarnContext(ctx, "uploading: profiles need an Admin agent", "customer", g.customer, "error", err)
	case isCommon(kind), saysNothing(err) && hold.wordless < maxWordless:
		u.hold(ctx, hold.pause, err)
	case kind == partnercenter.TooLarge && len(entries) > 1:
		hold.tooLarge(len(entries), u.opts.RetryMax)
	default:
		code, words := refusalOf(err)
		return u.profiled(ctx, g, allProfiles(entries, queue.ProfileOutcome{State: queue.ProfileFailed, Code: code, Answer: words}))
	}
	return errBlocked
}

func allProfiles(entries []string, same queue.ProfileOutcome) []queue.ProfileOutcome {
	outcomes := make([]queue.ProfileOutcome, 0, len(entries))
	for _, id := range entries {
		same.Entry = id
		outcomes = append(outcomes, same)
	}
	return outcomes
}
