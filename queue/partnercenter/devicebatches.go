package partnercenter

import (
	"context"
	"time"

	"pkidstation/queue/autopilot"
)

// MaxDevices is the most devices one request may carry.
const MaxDevices = 1000

// A Batch is a named list of a customer's devices. Its ID is its name, which
// shows up in Intune as the group tag.
type Batch struct {
	ID string
	// Status is of the batch, never of its devices: finished says nothing
	// about any one of them.
	Status  string
	Devices int
	Created time.Time
}

// Accepted is Partner Center's 202: the devices were taken, and TrackingID is
// the job to ask about. It does not mean that any device is registered.
type Accepted struct {
	TrackingID               string
	RequestID, CorrelationID string
}

// Batches lists the customer's batches.
func (c *Client) Batches(ctx context.Context, customer autopilot.TenantID) ([]Batch, error) {
	return nil, NewError("list batches", Unreachable, nil)
}

// CreateBatch makes a batch and registers devices in it.
func (c *Client) CreateBatch(ctx context.Context, customer autopilot.TenantID, batchID string, devices []autopilot.Device, requestID string) (Accepted, error) {
	return Accepted{}, NewError("create batch", Unreachable, nil)
}

// AppendBatch registers devices in a batch that exists.
func (c *Client) AppendBatch(ctx context.Context, customer autopilot.TenantID, batchID string, devices []autopilot.Device, requestID string) (Accepted, error) {
	return Accepted{}, NewError("append to batch", Unreachable, nil)
}

// Body is the body of CreateBatch. The same devices in the same order give the
// same bytes.
func Body(batchID string, devices []autopilot.Device) []byte { return nil }

// AppendBody is the body of AppendBatch, with the same promise as Body.
func AppendBody(devices []autopilot.Device) []byte { return nil }
