package upload

import (
	"context"
	"strings"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
)

// applyProfiles sends what is wanted, a request at a time. A device without an
// id of Microsoft's is looked up first; one that has the profile already, since
// an answer was lost, needs no request.
func (u *Uploader) applyProfiles(ctx context.Context, g *profileGroup) error {
	lists := batchLists{u: u, customer: g.customer}
	var ready []queue.ProfileOutcome
	var ids, entries []string
	had := map[string]bool{}
	for _, e := range g.entries {
		if time.Now().Before(u.profiles.next[e.ID]) {
			continue
		}
		id := e.DeviceID
		if id == "" {
			seen, err := lists.find(ctx, asListed(e))
			if err != nil {
				return u.blocked(ctx, u.profileHold(g.customer).pause, err)
			}
			if strings.EqualFold(seen.device.Policy, g.profile) && seen.listed {
				ready = append(ready, queue.ProfileOutcome{Entry: e.ID, State: queue.ProfileApplied})
				continue
			}
			id = seen.device.ID
		}
		if id == "" || had[id] {
			u.profilesLater(e.ID, in(u.growing(time.Since(e.ChangedAt)))) // in no list yet
			continue
		}
		had[id] = true
		ids, entries = append(ids, id), append(entries, e.ID)
	}
	if err := u.profiled(ctx, g, ready); err != nil {
		return err
	}
	for len(ids) > 0 {
		n := min(len(ids), u.profileHold(g.customer).limit)
		if err := u.applyPolicy(ctx, g, ids[:n], entries[:n]); err != nil {
			return err
		}
		ids, entries = ids[n:], entries[n:]
	}
	return nil
}

// asListed is what find needs to know of an entry.
func asListed(e queue.Entry) queue.Removal {
	return queue.Removal{Device: e.ToSend(), DeviceID: e.DeviceID, Batch: e.Batch}
}

func (u *Uploader) applyPolicy(ctx context.Context, g *profileGroup, ids, entries []string) error {
	got, err := u.opts.Profiler.ApplyPolicy(ctx, g.customer, ids, g.profile, u.opts.NewID())
	kind := kindOf(u.heard(ctx, err))
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err == nil || kind == partnercenter.Untracked {
		sent := *g
		sent.state, sent.tracking = queue.ProfileSent, got.TrackingID
		u.profilesLater(sent.key(), in(u.opts.PollFirst))
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
		hold.limit = len(entries) / 2
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
