package main

import (
	"context"

	"pkidstation/cmd/internal/config"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// stillListed tells which of the entries being removed Partner Center lists
// still, by ID. A station that cannot ask knows of none: a person's word counts.
func (p *program) stillListed(ctx context.Context, cfg config.Config, entries []queue.Entry) (map[string]bool, error) {
	listed := map[string]bool{}
	if cfg.PartnerCenter.Way == config.WayCSV {
		return listed, nil
	}
	client, err := p.client(cfg)
	if err != nil {
		return listed, nil //nolint:nilerr // nobody signed in: there is nobody to ask
	}
	devices := map[autopilot.TenantID][]partnercenter.Device{}
	for _, e := range entries {
		if e.State != queue.Removing {
			continue
		}
		if _, known := devices[e.Customer]; !known {
			if devices[e.Customer], err = devicesOf(ctx, client, e.Customer); err != nil {
				return nil, asked(err)
			}
		}
		for _, d := range devices[e.Customer] {
			listed[e.ID] = listed[e.ID] || isOf(d, e)
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

// isOf says whether a listed device is the entry's.
func isOf(d partnercenter.Device, e queue.Entry) bool {
	switch {
	case d.ID != "" && d.ID == e.DeviceID:
		return true
	case e.PKID != "" && d.PKID != "":
		return d.PKID == e.PKID
	default:
		return e.Serial != "" && d.Serial == e.Serial
	}
}
