package upload

import (
	"context"
	"slices"
	"strings"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// listings are the lists of one customer that were asked for in one turn of
// questions, by the batch's name in lower case: one list answers for all plans
// of the batch, not one a device.
type listings map[string][]partnercenter.Device

// pageSize is how many devices a page of Partner Center's lists has.
const pageSize = 100

// lookUp finds the plan's devices in its batch, for when the job does not say.
func (u *Uploader) lookUp(ctx context.Context, p queue.Plan, lists listings) ([]queue.Outcome, error) {
	devices, known := lists[strings.ToLower(string(p.Batch))]
	if !known {
		name, exists, err := u.findBatch(ctx, p.Customer, p.Batch)
		if err != nil || !exists {
			return nil, err
		}
		if devices, err = u.list(ctx, p.Customer, name, lists); err != nil {
			return nil, err
		}
	}
	return foundIn(p, devices), nil
}

// list gives the devices of a batch, asked for once a turn.
func (u *Uploader) list(ctx context.Context, id autopilot.TenantID, name string, lists listings) ([]partnercenter.Device, error) {
	key := strings.ToLower(name)
	if devices, known := lists[key]; known {
		return devices, nil
	}
	devices, err := u.devices(ctx, id, name)
	if err == nil {
		lists[key] = devices
	}
	return devices, err
}

// devices are the devices of the batch. A batch that is not there has none.
func (u *Uploader) devices(ctx context.Context, id autopilot.TenantID, name string) ([]partnercenter.Device, error) {
	devices, err := u.registrar.BatchDevices(ctx, id, name)
	u.contact.spent += len(devices) / pageSize
	if kindOf(u.heard(ctx, err)) == partnercenter.NotFound {
		return nil, nil
	}
	return devices, err
}

// whose decides about the devices that Microsoft had for this customer before
// this plan. One that a batch of ours lists was registered by us, by another
// station or in an earlier life of this one: it is registered like any other.
// Whoever is in none was registered by somebody else, and is marked; but not
// before the lists have had time to show what another station just did.
func (u *Uploader) whose(ctx context.Context, p queue.Plan, said []queue.Outcome, lists listings) ([]queue.Outcome, error) {
	known := u.progress(p)
	known.doubtful = map[string]bool{}
	for _, o := range said {
		if o.Reason == queue.AlreadyThere && !known.known[o.Entry] {
			known.doubtful[o.Entry] = true
		}
	}
	if len(known.doubtful) == 0 {
		return said, nil
	}
	var ours map[string]queue.Outcome
	var err error
	if waits := u.lagging(p); !waits {
		ours, err = u.everywhere(ctx, p, known.doubtful, lists)
	}
	if ours == nil {
		return slices.DeleteFunc(said, func(o queue.Outcome) bool { return known.doubtful[o.Entry] }), err
	}
	for i, o := range said {
		if mine, ok := ours[o.Entry]; ok && known.doubtful[o.Entry] {
			said[i].Reason, said[i].DeviceID, said[i].Batch = "", mine.DeviceID, mine.Batch
		}
	}
	known.doubtful = nil
	return said, nil
}

// everywhere finds entries of the plan in the customer's batches, the plan's
// own first, until all are found. It is nil beside an error.
func (u *Uploader) everywhere(ctx context.Context, p queue.Plan, wanted map[string]bool, lists listings) (map[string]queue.Outcome, error) {
	batches, err := u.registrar.Batches(ctx, p.Customer)
	if u.heard(ctx, err) != nil {
		return nil, err
	}
	own := func(b partnercenter.Batch) bool { return strings.EqualFold(b.ID, string(p.Batch)) }
	slices.SortStableFunc(batches, func(a, b partnercenter.Batch) int {
		switch {
		case own(a) == own(b):
			return 0
		case own(a):
			return -1
		default:
			return 1
		}
	})
	found := map[string]queue.Outcome{}
	for _, b := range batches {
		devices, err := u.list(ctx, p.Customer, b.ID, lists)
		if err != nil {
			return nil, err
		}
		for _, o := range foundIn(p, devices) {
			if _, before := found[o.Entry]; wanted[o.Entry] && !before {
				o.Batch = b.ID
				found[o.Entry] = o
			}
		}
		if len(found) == len(wanted) {
			break
		}
	}
	return found, nil
}

// foundIn are the outcomes of the plan's devices that are listed. They have no
// mark: whether it was us who registered them, a list does not say.
func foundIn(p queue.Plan, listed []partnercenter.Device) []queue.Outcome {
	find := newFinder(p.Devices)
	found := map[int]queue.Outcome{}
	for _, d := range listed {
		if i, ok := find.device(d.Device); ok {
			found[i] = queue.Outcome{Entry: p.Entries[i], Registered: true, DeviceID: d.ID}
		}
	}
	return inOrder(p, found)
}
