package partnercenter

import (
	"context"
	"net/http"

	"pkidstation/queue/autopilot"
)

// A Device is a device as it is registered in a batch. ID is Microsoft's, an
// opaque text.
type Device struct {
	autopilot.Device

	ID string
}

// deviceWire is a device as it comes, in a batch and in a job alike.
type deviceWire struct {
	ID           text `json:"id"`
	DeviceID     text `json:"deviceId"`
	ProductKey   text `json:"productKey"`
	SerialNumber text `json:"serialNumber"`
	Manufacturer text `json:"oemManufacturerName"`
	Model        text `json:"modelName"`

	Status           text `json:"status"`
	ErrorCode        text `json:"errorCode"`
	ErrorDescription text `json:"errorDescription"`
}

// identity is what the row names the device by. A key that is no PKID stays as
// it is: it matches nothing that was sent.
func (w deviceWire) identity() autopilot.Device {
	return autopilot.Device{
		PKID:         autopilot.PKID(w.ProductKey.trimmed()),
		Serial:       w.SerialNumber.trimmed(),
		Manufacturer: w.Manufacturer.trimmed(),
		Model:        w.Model.trimmed(),
	}
}

// BatchDevices gives all devices of a batch, from all pages, or an error. An
// empty batch is no error; one that does not exist is NotFound.
// https://learn.microsoft.com/en-us/partner-center/developer/get-a-list-of-devices-for-the-specified-batch-and-customer
func (c *Client) BatchDevices(ctx context.Context, customer autopilot.TenantID, batchID string) ([]Device, error) {
	what := call{op: "list devices", method: http.MethodGet, path: devicesPath(customer, batchID)}
	if customer == "" {
		return nil, NewError(what.op, Invalid, errNoCustomer)
	}
	if !isBatchName(batchID) {
		return nil, NewError(what.op, Invalid, errBatchName)
	}
	return collect(rows[deviceWire](ctx, c, what, nil), deviceWire.device)
}

func (w deviceWire) device() Device { return Device{Device: w.identity(), ID: w.ID.trimmed()} }
