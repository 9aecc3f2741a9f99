package upload

import (
	"context"
	"errors"
	"slices"
	"strings"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// errListUnsure is that a batch is among the customer's and cannot be listed:
// nothing may be concluded of what is in it.
var errListUnsure = errors.New("the batch is there and is not listed")

// batchLists are the devices of one customer's batches, each list asked for
// once: one answers for all removals of a turn. An error of theirs is a call's.
type batchLists struct {
	u        *Uploader
	customer autopilot.TenantID

	asked bool
	names []string
	lists map[string]batchList // by name in lower case
}

// A batchList is what is in a batch, and the batch's name as Partner Center
// writes it: in another case it may not know it. Unsure is errListUnsure.
type batchList struct {
	name    string
	devices []partnercenter.Device
	unsure  bool
}

// A sighting is where a device is listed; where it is not, batch is its own, and
// unsure says that it may be listed where nobody could look.
type sighting struct {
	listed bool
	unsure bool
	batch  string
	device partnercenter.Device
}

// find looks for a removal's device: in its batch, and then in all the others,
// for somebody may have registered it anew in one of them.
func (l *batchLists) find(ctx context.Context, r queue.Removal) (sighting, error) {
	var own sighting
	if r.Batch != "" {
		seen, err := l.in(ctx, r.Batch, r)
		if err != nil || seen.listed {
			return seen, err
		}
		own = seen
	}
	names, err := l.batches(ctx)
	if err != nil {
		return sighting{}, err
	}
	for _, name := range names {
		seen, err := l.in(ctx, name, r)
		if err != nil || seen.listed {
			return seen, err
		}
		own.unsure = own.unsure || seen.unsure
	}
	return own, nil
}

func (l *batchLists) in(ctx context.Context, batch string, r queue.Removal) (sighting, error) {
	list, err := l.list(ctx, batch)
	if err != nil {
		return sighting{}, err
	}
	seen := sighting{batch: list.name, unsure: list.unsure}
	for _, d := range list.devices {
		if d.ID == "" || !isDevice(r, d) {
			continue
		}
		if !seen.listed || d.ID == r.DeviceID {
			seen.device, seen.listed = d, true
		}
	}
	return seen, nil
}

// isDevice says whether a listed device is the removal's: by PKID where both
// have one, by Microsoft's id, or by serial number, maker and model, all three.
func isDevice(r queue.Removal, d partnercenter.Device) bool {
	if r.Device.PKID != "" && d.PKID != "" {
		return r.Device.PKID == d.PKID
	}
	if r.DeviceID != "" && r.DeviceID == d.ID {
		return true
	}
	same := d.Serial == r.Device.Serial && d.Manufacturer == r.Device.Manufacturer && d.Model == r.Device.Model
	return r.Device.PKID == "" && r.Device.Serial != "" && same
}

func (l *batchLists) batches(ctx context.Context) ([]string, error) {
	if l.asked {
		return l.names, nil
	}
	batches, err := l.u.registrar.Batches(ctx, l.customer)
	if l.u.heard(ctx, err) != nil {
		return nil, err
	}
	l.asked = true
	for _, b := range batches {
		l.names = append(l.names, b.ID)
	}
	return l.names, nil
}

// list gives what is in a batch. One that is not among the customer's has
// nothing in it.
func (l *batchLists) list(ctx context.Context, batch string) (batchList, error) {
	key := strings.ToLower(batch)
	if list, known := l.lists[key]; known {
		return list, nil
	}
	list, err := l.read(ctx, batch)
	switch {
	case isNoName(err): // such as that of a file for the web site
		list, err = batchList{name: batch}, nil
	case kindOf(err) == partnercenter.NotFound:
		list, err = l.asWritten(ctx, batch)
	}
	if errors.Is(err, errListUnsure) {
		list, err = batchList{name: batch, unsure: true}, nil
	}
	if err != nil {
		return batchList{}, err
	}
	if l.lists == nil {
		l.lists = map[string]batchList{}
	}
	l.lists[key] = list
	return list, nil
}

func (l *batchLists) read(ctx context.Context, batch string) (batchList, error) {
	devices, err := l.u.registrar.BatchDevices(ctx, l.customer, batch)
	if isNoName(err) {
		return batchList{}, err // nobody was called
	}
	l.u.contact.spent += len(devices) / pageSize
	return batchList{name: batch, devices: devices}, l.u.heard(ctx, err)
}

// asWritten gives what is in a batch that is not found by this name: it may be
// written otherwise. That a list is not found alone does not say that there is
// none: it fails unless the customer has no such batch.
func (l *batchLists) asWritten(ctx context.Context, batch string) (batchList, error) {
	names, err := l.batches(ctx)
	if err != nil {
		return batchList{}, err
	}
	if slices.Contains(names, batch) {
		return batchList{}, errListUnsure
	}
	i := slices.IndexFunc(names, func(name string) bool { return strings.EqualFold(name, batch) })
	if i < 0 {
		return batchList{name: batch}, nil
	}
	list, err := l.read(ctx, names[i])
	if kindOf(err) == partnercenter.NotFound {
		err = errListUnsure
	}
	return list, err
}

// isNoName says whether a call was not even sent: no batch can have that name.
func isNoName(err error) bool {
	e, ok := errors.AsType[*partnercenter.Error](err)
	return ok && e.Kind() == partnercenter.Invalid && e.Status == 0
}
