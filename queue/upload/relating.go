package upload

import (
	"context"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// A Directory is what of the queue knows the customers.
type Directory interface {
	Customers(ctx context.Context) ([]queue.CustomerSetting, error)
	MergeCustomers(ctx context.Context, list []queue.CustomerSetting) (fresh int, err error)
}

// Relations is what checking a relationship needs of Partner Center.
type Relations interface {
	Customer(ctx context.Context, id autopilot.TenantID) (autopilot.Customer, error)
	Resellers(ctx context.Context, customer autopilot.TenantID) ([]partnercenter.Relation, error)
}

// checkRelationships asks again about customers whose relationship is missing.
func (u *Uploader) checkRelationships(context.Context) error { return nil }
