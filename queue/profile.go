package queue

import (
	"context"
	"slices"
	"time"

	"pkidstation/queue/autopilot"
)

// A Profile is the deployment profile of a registered device. Giving it is a
// step of its own, after the registration, and needs an Admin agent; giving it
// twice does no harm, so nothing of it is planned on disk.
//
//	wanted ──► sent ──► applied
//	   ▲        └─────► failed ──► wanted (by a person)
//	   └─(no outcome)─┘
type Profile struct {
	ID    string       `json:"id,omitempty"`
	Name  string       `json:"name,omitempty"`
	State ProfileState `json:"state,omitempty"`
	// TrackingID is the job's, empty where Partner Center named none; Tries is
	// how often it was sent, Code and Answer are what came of it.
	TrackingID string         `json:"tracking_id,omitempty"`
	Tries      int            `json:"tries,omitempty"`
	Code       autopilot.Code `json:"code,omitempty"`
	Answer     string         `json:"answer,omitempty"`
	At         time.Time      `json:"at,omitzero"`
}

// A ProfileState says how far a device is from its profile.
type ProfileState string

// The states of a profile.
const (
	ProfileWanted  ProfileState = "wanted"
	ProfileSent    ProfileState = "sent"
	ProfileApplied ProfileState = "applied"
	ProfileFailed  ProfileState = "failed"
)

func (s ProfileState) open() bool { return s == ProfileWanted || s == ProfileSent }

// A ProfileOutcome is what became of giving an entry its profile.
type ProfileOutcome struct {
	Entry      string // ID
	State      ProfileState
	TrackingID string
	Code       autopilot.Code
	Answer     string
}

// wantProfile has a device that was just registered by us get its customer's
// profile.
func wantProfile(tx *transaction, e *Entry) error {
	if e.State != Registered || e.Reason != "" {
		return nil
	}
	c, err := customerOr(tx, e.Customer)
	if err != nil || c.Profile == "" {
		return err
	}
	e.Profile = Profile{ID: c.Profile, Name: c.ProfileName, State: ProfileWanted}
	return nil
}

// WantProfile has registered entries get a profile, by a person's word, which
// they may have had or been refused before. All or none.
func (q *Queue) WantProfile(ctx context.Context, ids []string, id, name string, act Act) error {
	return q.each(ctx, ids, act, func(_ *transaction, act Act, e Entry) (Entry, AuditLine, error) {
		if e.State != Registered {
			return e, AuditLine{}, &WayError{Entry: e.ID, Number: e.Number, From: e.State, To: Registered}
		}
		if e.Reason == AlreadyThere {
			return e, AuditLine{}, ErrNotOurs
		}
		e.Profile = Profile{ID: id, Name: valid(name), State: ProfileWanted, At: q.now()}
		return e, AuditLine{By: act.By, Action: ActionProfile, Note: joinWords(string(ProfileWanted), act.Reason)}, nil
	})
}

// OpenProfiles gives the registered entries whose profile is wanted or sent,
// oldest first.
func (q *Queue) OpenProfiles(ctx context.Context) ([]Entry, error) {
	var open []Entry
	err := q.read(ctx, func(tx *transaction) error {
		return in(tx, bucketProfile).ForEach(func(k, _ []byte) error {
			e, err := entryBySeq(tx, keySeq(k))
			open = append(open, e)
			return err
		})
	})
	slices.SortFunc(open, func(a, b Entry) int { return int(a.Seq) - int(b.Seq) }) //nolint:gosec // entries are few enough
	return open, err
}

// ProfilesAnswered writes what became known of profiles. Entries that moved on,
// or want another profile by now, are left alone.
func (q *Queue) ProfilesAnswered(ctx context.Context, profile string, outcomes []ProfileOutcome) error {
	return q.write(ctx, func(tx *transaction) error {
		for _, o := range outcomes {
			e, err := entryByID(tx, o.Entry)
			if err != nil {
				return err
			}
			if e.State != Registered || e.Profile.ID != profile || !e.Profile.State.open() {
				continue
			}
			after := e
			after.Profile.State, after.Profile.At = o.State, q.now()
			if o.State == ProfileSent {
				after.Profile.TrackingID = o.TrackingID // never that of an earlier job
				after.Profile.Tries++
			}
			after.Profile.Code, after.Profile.Answer = o.Code, valid(o.Answer)
			line := AuditLine{By: planActor, Action: ActionProfile, Note: joinWords(string(o.State), joinWords(string(o.Code), o.Answer))}
			if err := q.change(tx, e, after, line); err != nil {
				return err
			}
		}
		return nil
	})
}
