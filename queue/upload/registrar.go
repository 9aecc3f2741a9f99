package upload

import (
	"context"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// A Registrar is what the uploader needs of Partner Center. Its errors are
// *partnercenter.Error, whose Kind decides what follows; see that package.
type Registrar interface {
	Batches(ctx context.Context, customer autopilot.TenantID) ([]partnercenter.Batch, error)
	BatchDevices(ctx context.Context, customer autopilot.TenantID, batch string) ([]partnercenter.Device, error)
	CreateBatch(ctx context.Context, customer autopilot.TenantID, batch string, devices []autopilot.Device, requestID string) (partnercenter.Accepted, error)
	AppendBatch(ctx context.Context, customer autopilot.TenantID, batch string, devices []autopilot.Device, requestID string) (partnercenter.Accepted, error)
	JobStatus(ctx context.Context, customer autopilot.TenantID, trackingID string) (partnercenter.Job, error)
}
