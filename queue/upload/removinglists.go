package upload

import (
	"context"
	"errors"
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

	asked   bool
	names   []string
	devices map[string][]partnercenter.Device // by name in lower case
}

// A sighting is where a device is listed.
type sighting struct {
	listed bool
	batch  string
	device partnercenter.Device
}

// find looks for a removal's device: in its batch, and as long as nothing was
// asked for in all the others too.
func (l *batchLists) find(ctx context.Context, r queue.Removal) (sighting, error) {
	if r.Batch != "" {
		if seen, err := l.in(ctx, r.Batch, r); err != nil || seen.listed || r.Attempt > 0 {
			return seen, err
		}
	}
	names, err := l.batches(ctx)
	if err != nil {
		return sighting{}, err
	}
	for _, name := range names {
		if seen, err := l.in(ctx, name, r); err != nil || seen.listed {
			return seen, err
		}
	}
	return sighting{}, nil
}

func (l *batchLists) in(ctx context.Context, batch string, r queue.Removal) (sighting, error) {
	devices, err := l.list(ctx, batch)
	if err != nil {
		return sighting{}, err
	}
	seen := sighting{batch: batch}
	for _, d := range devices {
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

// list gives the devices of a batch. One that is not among the customer's has
// none.
func (l *batchLists) list(ctx context.Context, batch string) ([]partnercenter.Device, error) {
	key := strings.ToLower(batch)
	if devices, known := l.devices[key]; known {
		return devices, nil
	}
	devices, err := l.u.registrar.BatchDevices(ctx, l.customer, batch)
	switch {
	case isNoName(err): // such as that of a file for the web site
		devices, err = nil, nil
	case kindOf(l.u.heard(ctx, err)) == partnercenter.NotFound:
		devices, err = nil, l.isNoBatch(ctx, batch)
	}
	if err != nil {
		return nil, err
	}
	if l.devices == nil {
		l.devices = map[string][]partnercenter.Device{}
	}
	l.devices[key] = devices
	return devices, nil
}

// isNoBatch fails unless the customer has no such batch: that a list is not
// found alone does not say so.
func (l *batchLists) isNoBatch(ctx context.Context, batch string) error {
	names, err := l.batches(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		if strings.EqualFold(name, batch) {
			return partnercenter.NewError("list devices", partnercenter.NoAnswer, errListUnsure)
		}
	}
	return nil
}

// isNoName says whether a call was not even sent: no batch can have that name.
func isNoName(err error) bool {
	e, ok := errors.AsType[*partnercenter.Error](err)
	return ok && e.Kind() == partnercenter.Invalid && e.Status == 0
}
