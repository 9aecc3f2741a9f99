package upload

import (
	"context"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// A Ledger is what the uploader needs of the queue. Every call that writes
// returns only after the commit, and is refused when the entries have moved
// on meanwhile.
type Ledger interface {
	Pausing
	Retrying
	Removing
	Profiling
	Directory

	// ReadyWork gives everything that is ready, by customer and group tag: Due
	// is what may go out now, entries whose reception is closed or that were
	// captured longer than after ago; Later is how many may not yet.
	ReadyWork(ctx context.Context, now time.Time, after time.Duration) ([]queue.ReadyWork, error)
	// EntriesAt gives entries by their sequence.
	EntriesAt(ctx context.Context, seqs []uint64) ([]queue.Entry, error)
	// Plan puts entries into a plan: ready → planned. Entries that are no
	// longer ready, or go out under another tag, are left out; a plan of none is
	// an error. It is marked Again if any of them was in an attempt before.
	Plan(ctx context.Context, customer autopilot.TenantID, batch autopilot.GroupTag, ids []string) (queue.Plan, error)
	// OpenPlanHeads gives the plans that are planned or submitted, oldest first,
	// without their devices; PlanByID gives one of them whole.
	OpenPlanHeads(ctx context.Context) ([]queue.PlanHead, error)
	PlanByID(ctx context.Context, id string) (queue.Plan, error)
	// Attempt writes what a planned plan is about to be sent with, and that its
	// entries were in an attempt. Again stays once it was written. It is refused
	// with queue.ErrPlanMoved where an entry is no longer planned in it.
	Attempt(ctx context.Context, plan string, attempt queue.Attempt) (queue.Plan, error)
	// Submitted writes that Partner Center took the plan: its entries go
	// planned → submitted. trackingID is empty where Partner Center named none.
	Submitted(ctx context.Context, plan, trackingID string) (queue.Plan, error)
	// Settle writes what became known of entries of the plan: planned or
	// submitted → registered or rejected. Entries that are settled already
	// are left alone. The last one settles the plan.
	Settle(ctx context.Context, plan string, outcomes []queue.Outcome) (queue.Plan, error)
	// Withdraw ends a plan of which it is known that it was not taken: its
	// planned entries are ready again, settled ones stay.
	Withdraw(ctx context.Context, plan string, why queue.Reason) error
	// Replan ends a planned plan of which a part is settled and puts the rest
	// into a new plan that is marked Again and Rest, in one step.
	Replan(ctx context.Context, plan string) (queue.Plan, error)
	// Note writes on the plan why its last step went wrong, since when that is
	// why, and when it was written last; "" clears all three.
	Note(ctx context.Context, plan string, why queue.Reason) error
	// Counts says how many entries stand in each state.
	Counts(ctx context.Context) (queue.Counts, error)
	// Marks counts what Counts does not tell apart.
	Marks(ctx context.Context) (queue.Marks, error)
	// Watch gives a channel that receives (coalesced) after changes; stop
	// ends it.
	Watch() (changed <-chan struct{}, stop func())
}
