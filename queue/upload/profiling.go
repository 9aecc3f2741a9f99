package upload

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// Profiling is what of the queue gives registered devices their profile.
type Profiling interface {
	OpenProfiles(ctx context.Context) ([]queue.Entry, error)
	ProfilesAnswered(ctx context.Context, profile string, outcomes []queue.ProfileOutcome) error
}

// A Profiler is what giving profiles needs of Partner Center, beside the jobs.
type Profiler interface {
	ApplyPolicy(ctx context.Context, customer autopilot.TenantID, deviceIDs []string, policyID, requestID string) (partnercenter.Accepted, error)
}

const (
	// profilesAtOnce is how many devices one request gives a profile.
	profilesAtOnce = 500
	// profileTries is how often a device is sent that got no outcome.
	profileTries = 2
	// rolePause is how rarely it is tried whether the role suffices by now.
	rolePause = 30 * time.Minute
)

// profiles are what is known beyond the ledger. A lost one costs a request.
type profiles struct {
	// holds hold back the profiles of a customer, and nothing else of theirs.
	holds map[autopilot.TenantID]*profileHold
	// next is when a device that is in no list yet is looked for again, by the
	// entry's ID.
	next map[string]time.Time
	// asked is what is known of a job, by profileGroup.key.
	asked map[string]askedJob
	// open are the entries as they were read in this step, as long as it holds.
	open []queue.Entry
	read bool
	// going is how many go on by themselves.
	going int
}

// An askedJob is when a job was last asked about, and how often in a row that was
// refused.
type askedJob struct {
	at      time.Time
	refused int
}

type profileHold struct {
	*pause

	size
	// turn is the lane's turn that was taken for the profiles, zero for none.
	turn time.Time
}

// fresh has all that waits tried once more, and so a job of each customer's
// profiles asked about, whatever the uploads have to ask.
func (p *profiles) fresh() {
	for _, h := range p.holds {
		h.clear()
		h.turn = time.Now()
	}
	p.next = nil
}

func (u *Uploader) profileHold(id autopilot.TenantID) *profileHold {
	h, ok := u.profiles.holds[id]
	if !ok {
		if u.profiles.holds == nil {
			u.profiles.holds = map[autopilot.TenantID]*profileHold{}
		}
		h = &profileHold{pause: u.newPause(), size: newSize(min(profilesAtOnce, u.opts.BatchSize)), turn: time.Now()}
		u.profiles.holds[id] = h
	}
	return h
}

// A profileGroup is what can be asked together.
type profileGroup struct {
	customer autopilot.TenantID
	profile  string
	state    queue.ProfileState
	tracking string
	entries  []queue.Entry
}

func (g *profileGroup) sent() bool { return g.state != queue.ProfileWanted }

func (g *profileGroup) key() string {
	return string(g.customer) + "\x00" + g.profile + "\x00" + string(g.state) + "\x00" + g.tracking
}

// UntilProfiled works until no profile that is wanted can go on by itself.
func (u *Uploader) UntilProfiled(ctx context.Context) (Status, error) {
	err := u.loop(ctx, everything, func(failed error) (bool, error) { return u.active+u.profiles.going == 0, failed })
	return u.Status(), err
}

// giveProfiles goes on with the devices that are to get a profile. As the last
// thing of a step it also notes whose relationship turned out to be missing.
func (u *Uploader) giveProfiles(ctx context.Context) error {
	return errors.Join(u.profileTurn(ctx), u.noteMissing(ctx))
}

// profileTurn asks what is due about profiles. Whatever comes of it, the devices
// stay registered.
func (u *Uploader) profileTurn(ctx context.Context) error {
	u.profiles.read = false
	if u.opts.Profiler == nil {
		return nil
	}
	groups, err := u.profileGroups(ctx)
	if err != nil {
		return err
	}
	slices.SortStableFunc(groups, func(a, b *profileGroup) int { return u.byTrouble(a.customer, b.customer) })
	for _, g := range groups {
		now := time.Now()
		if u.station.blocks(now) {
			return nil
		}
		if g.sent() || u.customer(g.customer).blocks(now) || u.profileHold(g.customer).blocks(now) {
			continue
		}
		err := u.applyProfiles(ctx, g)
		if errors.Is(err, errBlocked) {
			u.yield(g.customer)
		}
		if ignoring(err) != nil {
			return err
		}
	}
	return u.askProfileJobs(ctx)
}

func (u *Uploader) profileGroups(ctx context.Context) ([]*profileGroup, error) {
	if !u.profiles.read {
		open, err := u.ledger.OpenProfiles(ctx)
		if err != nil {
			return nil, fmt.Errorf("reading the profiles that are wanted: %w", err)
		}
		u.profiles.open, u.profiles.read = open, true
	}
	var groups []*profileGroup
	byKey := map[string]*profileGroup{}
	for _, e := range u.profiles.open {
		g := &profileGroup{customer: e.Customer, profile: e.Profile.ID, state: e.Profile.State}
		if g.state == queue.ProfileSent {
			g.tracking = e.Profile.TrackingID
		}
		if known, ok := byKey[g.key()]; ok {
			g = known
		} else {
			byKey[g.key()] = g
			groups = append(groups, g)
		}
		g.entries = append(g.entries, e)
	}
	return groups, nil
}

// surveyProfiles adds what profiles wait for. UntilSettled does not wait for
// them.
func (u *Uploader) surveyProfiles(ctx context.Context, s *survey) error {
	u.profiles.going = 0
	groups, err := u.profileGroups(ctx)
	if err != nil || u.opts.Profiler == nil {
		return err
	}
	for _, g := range groups {
		hold, n := u.profileHold(g.customer).pause, len(g.entries)
		if c := u.customer(g.customer); c.blocks(s.now) {
			hold = c.pause
		}
		if !hold.blocks(s.now) {
			u.profiles.going += n
			s.turn(u.profilesNext(g))
			continue
		}
		w := Wait{Reason: hold.reason, Err: hold.err}
		if !hold.person {
			w.Until = hold.until
			u.profiles.going += n
		}
		s.wait(g.customer, n, w)
		s.turn(hold.until)
	}
	if u.station.blocks(s.now) && u.station.person {
		u.profiles.going = 0
	}
	return nil
}

// profilesNext is when something can be done for the group.
func (u *Uploader) profilesNext(g *profileGroup) time.Time {
	if g.sent() {
		return u.profilesTurn(g.customer)
	}
	first := u.profiles.next[g.entries[0].ID]
	for _, e := range g.entries {
		if at := u.profiles.next[e.ID]; at.Before(first) {
			first = at
		}
	}
	return first
}

// profileLater has an entry's device looked for again at that time.
func (u *Uploader) profileLater(entry string, at time.Time) {
	if u.profiles.next == nil {
		u.profiles.next = map[string]time.Time{}
	}
	u.profiles.next[entry] = at
}

// profiled writes what became known.
func (u *Uploader) profiled(ctx context.Context, g *profileGroup, outcomes []queue.ProfileOutcome) error {
	if len(outcomes) == 0 {
		return nil
	}
	u.profiles.read = false
	if err := u.ledger.ProfilesAnswered(context.WithoutCancel(ctx), g.profile, outcomes); err != nil {
		return fmt.Errorf("writing down what became of profiles: %w", err)
	}
	u.log.InfoContext(ctx, "uploading: profiles", "customer", g.customer, "devices", len(outcomes), "first", outcomes[0].State)
	return nil
}
