package upload_test

import (
	"context"

	"pkidstation/queue"
)

// idle is what a ledger has that a test does not look at: nothing is taken back
// or profiled, and nobody is in the directory.
type idle struct{}

func (idle) OpenRemovals(context.Context) ([]queue.Removal, error) { return nil, nil }
func (idle) Removed(context.Context, string, string) (queue.Removal, error) {
	return queue.Removal{}, nil
}
func (idle) OpenProfiles(context.Context) ([]queue.Entry, error)        { return nil, nil }
func (idle) Customers(context.Context) ([]queue.CustomerSetting, error) { return nil, nil }

func (idle) AttemptRemoval(context.Context, string, queue.RemovalStep) (queue.Removal, error) {
	return queue.Removal{}, nil
}

func (idle) WaitRemoval(context.Context, string, queue.RemovalStep) (queue.Removal, error) {
	return queue.Removal{}, nil
}

func (idle) ProfilesAnswered(context.Context, string, []queue.ProfileOutcome) error { return nil }

func (idle) MergeCustomers(context.Context, []queue.CustomerSetting) (int, error) { return 0, nil }
