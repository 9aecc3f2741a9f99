package upload

import (
	"context"

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

// giveProfiles goes on with the devices that are to get a profile.
func (u *Uploader) giveProfiles(context.Context) error { return nil }

// surveyProfiles adds what they wait for.
func (u *Uploader) surveyProfiles(context.Context, *survey) error { return nil }
