package main

import (
	"context"
	"slices"

	"pkidstation/cmd/internal/config"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
)

// stillListed tells which of the entries being removed Partner Center lists
// still, by ID. A station that cannot ask knows of none: a person's word counts.
// Like all questions it waits as Partner Center asked.
func (p *program) stillListed(ctx context.Context, q *queue.Queue, cfg config.Config, entries []queue.Entry) (map[string]bool, error) {
	listed := map[string]bool{}
	if cfg.PartnerCenter.Way == config.WayCSV {
		return listed, nil
	}
	client, err := p.client(cfg)
	if err != nil {
		return listed, nil //nolint:nilerr // nobody signed in: there is nobody to ask
	}
	open, err := removalsOf(ctx, q)
	if err != nil {
		return nil, err
	}
	entries = slices.DeleteFunc(slices.Clone(entries), func(e queue.Entry) bool { return e.State != queue.Removing })
	if len(entries) == 0 {
		return listed, nil
	}
	if err := upload.MayAsk(ctx, q); err != nil {
		return nil, asked(err)
	}
	devices := map[autopilot.TenantID][]partnercenter.Device{}
	for _, e := range entries {
		if _, known := devices[e.Customer]; !known {
			if devices[e.Customer], err = devicesOf(ctx, client, e.Customer); err != nil {
				return nil, asked(err)
			}
		}
		for _, d := range devices[e.Customer] {
			listed[e.ID] = listed[e.ID] || isOf(d, e, open[e.ID])
		}
	}
	return listed, nil
}

// devicesOf are all devices in a customer's batches.
func devicesOf(ctx context.Context, client *partnercenter.Client, customer autopilot.TenantID) ([]partnercenter.Device, error) {
	batches, err := client.Batches(ctx, customer)
	if err != nil {
		return nil, err
	}
	all := []partnercenter.Device{}
	for _, b := range batches {
		devices, err := client.BatchDevices(ctx, customer, b.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, devices...)
	}
	return all, nil
}

// isOf says whether a listed device is the registration that a removal of the
// entry takes back. One that was made anew since is not.
func isOf(d partnercenter.Device, e queue.Entry, r queue.Removal) bool {
	switch {
	case r.Note == queue.RegisteredAnew:
		return d.ID == r.DeviceID
	case d.ID != "" && d.ID == e.DeviceID:
		return true
	case e.PKID != "" && d.PKID != "":
		return d.PKID == e.PKID
	default:
		return e.Serial != "" && d.Serial == e.Serial
	}
}
