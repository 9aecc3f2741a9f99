package upload_test

import (
	"context"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// idle is what a ledger has that a test does not look at: nothing is paused,
// tried again, taken back or profiled, and nobody is in the directory.
type idle struct{}

func (idle) Pauses(context.Context) ([]queue.Pause, error)        { return nil, nil }
func (idle) SetPause(context.Context, queue.Pause) error          { return nil }
func (idle) ClearPause(context.Context, autopilot.TenantID) error { return nil }
func (idle) RetryDue(context.Context, time.Time) (int, error)     { return 0, nil }
func (idle) NextRetry(context.Context) (time.Time, error)         { return time.Time{}, nil }

func (idle) Entry(context.Context, string) (queue.Entry, error) {
	return queue.Entry{}, queue.ErrNoEntry
}
func (idle) OpenRemovals(context.Context) ([]queue.Removal, error) { return nil, nil }
func (idle) Removed(context.Context, string, string) (queue.Removal, error) {
	return queue.Removal{}, nil
}
func (idle) OpenProfiles(context.Context) ([]queue.Entry, error)        { return nil, nil }
func (idle) Customers(context.Context) ([]queue.CustomerSetting, error) { return nil, nil }

func (idle) LastRemoval(context.Context, autopilot.PKID) (time.Time, error) {
	return time.Time{}, nil
}

func (idle) AttemptRemoval(context.Context, string, queue.RemovalStep) (queue.Removal, error) {
	return queue.Removal{}, nil
}

func (idle) WaitRemoval(context.Context, string, queue.RemovalStep) (queue.Removal, error) {
	return queue.Removal{}, nil
}

func (idle) ProfilesAnswered(context.Context, string, []queue.ProfileOutcome) error { return nil }

func (idle) MergeCustomers(context.Context, []queue.CustomerSetting) (int, error) { return 0, nil }
