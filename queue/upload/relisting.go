package upload

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// A Lister is what of Partner Center gives a customer's lists.
type Lister interface {
	Batches(ctx context.Context, customer autopilot.TenantID) ([]partnercenter.Batch, error)
	BatchDevices(ctx context.Context, customer autopilot.TenantID, batch string) ([]partnercenter.Device, error)
}

// Relisting is what of the queue takes a wrong mark off.
type Relisting interface {
	Pauses(ctx context.Context) ([]queue.Pause, error)
	// ListedAfterAll takes queue.AlreadyThere from registered entries, and gives
	// them the DeviceID and Batch of their outcome. All or none.
	ListedAfterAll(ctx context.Context, outcomes []queue.Outcome) error
}

// errAskedToWait is that Partner Center asked this station to wait, and that the
// wait is not over.
var errAskedToWait = errors.New("asked to wait")

// Relist holds entries that are marked queue.AlreadyThere against the lists of
// their customers, which may have lagged when they were marked. What a batch
// lists was registered by this partner: its mark goes. It gives the IDs of
// those. What is in no list stays as it is; so does everything beside an error.
//
// It is for a person who waits for it, and may be called while an Uploader
// works. Like everybody it waits as Partner Center asked; it fails then.
func Relist(ctx context.Context, lists Lister, ledger Relisting, entries []queue.Entry) (found []string, err error) {
	wanted := map[autopilot.TenantID][]queue.Entry{}
	var customers []autopilot.TenantID
	for _, e := range entries {
		if e.State != queue.Registered || e.Reason != queue.AlreadyThere {
			continue
		}
		if wanted[e.Customer] == nil {
			customers = append(customers, e.Customer)
		}
		wanted[e.Customer] = append(wanted[e.Customer], e)
	}
	if len(customers) == 0 {
		return nil, nil
	}
	if err := MayAsk(ctx, ledger); err != nil {
		return nil, err
	}
	var listed []queue.Outcome
	for _, customer := range customers {
		theirs, err := relist(ctx, lists, customer, wanted[customer])
		if err != nil {
			return nil, err
		}
		listed = append(listed, theirs...)
	}
	if err := ledger.ListedAfterAll(ctx, listed); err != nil {
		return nil, fmt.Errorf("writing down what is listed after all: %w", err)
	}
	for _, o := range listed {
		found = append(found, o.Entry)
	}
	return found, nil
}

// MayAsk fails while Partner Center asked this station to wait, whoever waits for
// an answer.
func MayAsk(ctx context.Context, ledger Relisting) error {
	pauses, err := ledger.Pauses(ctx)
	if err != nil {
		return fmt.Errorf("reading what is paused: %w", err)
	}
	for _, p := range pauses {
		left := time.Until(p.Until)
		if p.Customer == "" && p.Asked && left > 0 && left <= longestAsked { // longer is a clock that was set back
			e := partnercenter.NewError("list batches", partnercenter.Throttled, errAskedToWait)
			e.RetryAfter = left
			return e
		}
	}
	return nil
}

// relist finds entries of a customer in their batches, until all are found.
func relist(ctx context.Context, lists Lister, customer autopilot.TenantID, wanted []queue.Entry) ([]queue.Outcome, error) {
	batches, err := lists.Batches(ctx, customer)
	if err != nil {
		return nil, err
	}
	left := byName(wanted)
	var found []queue.Outcome
	for _, b := range batches {
		if len(found) == len(wanted) {
			break
		}
		devices, err := lists.BatchDevices(ctx, customer, b.ID)
		if kindOf(err) == partnercenter.NotFound {
			continue // nothing may be concluded of what is in it
		}
		if err != nil {
			return nil, err
		}
		for _, d := range devices {
			if e, ok := left.take(d); ok {
				found = append(found, queue.Outcome{Entry: e.ID, Registered: true, DeviceID: d.ID, Batch: b.ID})
			}
		}
	}
	return found, nil
}

// named are entries by their PKID or, without one, their serial number.
type named map[string][]queue.Entry

func byName(entries []queue.Entry) named {
	all := named{}
	for _, e := range entries {
		d := e.ToSend().Named()
		name := cmp.Or(string(d.PKID), d.Serial)
		all[name] = append(all[name], e)
	}
	return all
}

// take gives the entry whose device is listed, once.
func (n named) take(d partnercenter.Device) (queue.Entry, bool) {
	if d.ID == "" {
		return queue.Entry{}, false
	}
	for _, name := range []string{string(d.PKID), d.Serial} {
		for i, e := range n[name] {
			if isDevice(queue.Removal{Device: e.ToSend().Named()}, d) {
				n[name] = append(n[name][:i:i], n[name][i+1:]...)
				return e, true
			}
		}
	}
	return queue.Entry{}, false
}
