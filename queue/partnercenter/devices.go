package partnercenter

import (
	"context"

	"pkidstation/queue/autopilot"
)

// A Device is a device as it is registered in a batch. ID is Microsoft's, an
// opaque text.
type Device struct {
	autopilot.Device

	ID string
}

// BatchDevices gives all devices of a batch, from all pages, or an error.
func (c *Client) BatchDevices(ctx context.Context, customer autopilot.TenantID, batchID string) ([]Device, error) {
	return nil, NewError("list devices", Unreachable, nil)
}
