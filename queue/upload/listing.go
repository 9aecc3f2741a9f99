package upload

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

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
		if devices, err = u.list(ctx, p.Customer, name, lists); err != nil && !notThere(err) {
			return nil, err
		}
	}
	back, err := u.takenBackOf(ctx, p)
	return foundIn(p, devices, back), err
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

// devices are the devices of the batch.
func (u *Uploader) devices(ctx context.Context, id autopilot.TenantID, name string) ([]partnercenter.Device, error) {
	devices, err := u.registrar.BatchDevices(ctx, id, name)
	if isNoName(err) {
		return nil, err // nobody was called
	}
	u.contact.spent += len(devices) / pageSize
	return devices, u.heard(ctx, err)
}

// notThere says whether a list failed because there is no such batch: none of the
// plan is in it. Where the batch is among the customer's it says nothing.
func notThere(err error) bool { return kindOf(err) == partnercenter.NotFound }

// whose decides about the devices that Microsoft had for this customer before
// this plan. One that a batch of ours lists was registered by us, by an earlier
// request, by another station or in an earlier life of this one: it is
// registered like any other. What is in none was registered by somebody else,
// and is marked; but not before the lists have had time to show what we did or
// another station just did. Until then they are looked at ever more rarely. A
// batch that cannot be listed may have them; but not for longer than a job has
// time for its outcome. What was taken back lately is neither: it is sent again
// until Microsoft has forgotten it.
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
	open := func(o queue.Outcome) bool { return known.doubtful[o.Entry] }
	age := u.planAge(p)
	if age < known.look {
		return slices.DeleteFunc(said, open), nil
	}
	back, err := u.takenBackOf(ctx, p)
	if err != nil {
		return nil, err
	}
	ours, sure, err := u.everywhere(ctx, p, known.doubtful, back, lists)
	if err != nil {
		return slices.DeleteFunc(said, open), err
	}
	last := u.listsLag(p)
	if !sure {
		last = max(last, u.opts.JobDeadline, age+known.unlistedFor(u.opts.JobDeadline))
	}
	known.look = min(max(2*age, u.opts.PollMax), max(last, age))
	if known.unlistedFor(u.opts.JobDeadline) > 0 { // that may be over any moment
		known.look = min(known.look, age+time.Hour)
	}
	for i, o := range said {
		if mine, ok := ours[o.Entry]; ok && open(o) {
			said[i].Reason, said[i].DeviceID, said[i].Batch = "", mine.DeviceID, mine.Batch
			delete(known.doubtful, o.Entry)
		}
	}
	if age >= last {
		back.refuse(said, known.doubtful)
		known.doubtful = nil
	}
	return slices.DeleteFunc(said, open), nil
}

// doubtLag is how many times longer lists are waited for where an earlier request
// of ours may have registered the device: it may have been carried out late.
const doubtLag = 4

// listsLag is how long a device of the plan may be in no list yet.
func (u *Uploader) listsLag(p queue.Plan) time.Duration {
	if p.Again {
		return doubtLag * u.opts.ListLag
	}
	return u.opts.ListLag
}

// everywhere finds entries of the plan in the customer's batches, the plan's
// own first, until all are found. It is not sure where a batch is there and could
// not be listed. It is nil beside an error.
func (u *Uploader) everywhere(ctx context.Context, p queue.Plan, wanted map[string]bool, back takenBack, lists listings) (found map[string]queue.Outcome, sure bool, err error) {
	batches, err := u.registrar.Batches(ctx, p.Customer)
	if u.heard(ctx, err) != nil {
		return nil, false, err
	}
	slices.SortStableFunc(batches, ownFirst(p))
	found, sure = map[string]queue.Outcome{}, true
	for _, b := range batches {
		devices, err := u.list(ctx, p.Customer, b.ID, lists)
		switch {
		case isNoName(err): // such as that of a file for the web site: nothing was sent there
		case notThere(err), kindOf(err) == partnercenter.Invalid, u.neverListed(p, b.ID, err):
			sure = false
			u.log.WarnContext(ctx, "uploading: a batch cannot be listed", "plan", p.ID, "error", err)
		case err != nil:
			return nil, false, err
		}
		for _, o := range foundIn(p, devices, back) {
			if _, before := found[o.Entry]; wanted[o.Entry] && !before {
				o.Batch = b.ID
				found[o.Entry] = o
			}
		}
		if len(found) == len(wanted) {
			break
		}
	}
	return found, sure, nil
}

// An unlisted batch is one that was refused to be listed, since when and how often in
// a row.
type unlisted struct {
	since time.Time
	times int
}

// neverListed says whether a batch was refused to be listed so often in a row that it
// is no outage; that it cannot be, a day of that says: see unlistedFor.
func (u *Uploader) neverListed(p queue.Plan, batch string, err error) bool {
	known := u.progress(p)
	if !mayBeOwn(err) {
		delete(known.unlisted, batch)
		return false
	}
	if known.unlisted == nil {
		known.unlisted = map[string]unlisted{}
	}
	one := known.unlisted[batch]
	if one.times++; one.since.IsZero() {
		one.since = time.Now()
	}
	known.unlisted[batch] = one
	return one.times >= believedAfter
}

// unlistedFor is for how much longer batches that were refused may yet be listed.
func (known *progress) unlistedFor(most time.Duration) (left time.Duration) {
	for _, one := range known.unlisted {
		left = max(left, most-time.Since(one.since))
	}
	return left
}

// ownFirst orders batches: the plan's, and then the others as they are.
func ownFirst(p queue.Plan) func(a, b partnercenter.Batch) int {
	own := func(b partnercenter.Batch) int {
		if strings.EqualFold(b.ID, string(p.Batch)) {
			return 0
		}
		return 1
	}
	return func(a, b partnercenter.Batch) int { return cmp.Compare(own(a), own(b)) }
}

// foundIn are the outcomes of the plan's devices that are listed, and not merely
// listed still since they were taken back. They have no mark: whether it was us
// who registered them, a list does not say.
func foundIn(p queue.Plan, listed []partnercenter.Device, back takenBack) []queue.Outcome {
	find := newFinder(p.Devices)
	found := map[int]queue.Outcome{}
	for _, d := range listed {
		i, ok := find.device(d.Device)
		if !ok {
			continue
		}
		if o := (queue.Outcome{Entry: p.Entries[i], Registered: true, DeviceID: d.ID}); !back.shows(o) {
			found[i] = o
		}
	}
	return inOrder(p, found)
}
