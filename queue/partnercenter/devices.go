package partnercenter

import (
	"context"
	"encoding/json"
	"time"

	"pkidstation/queue/autopilot"
)

// A Device is a device as it is registered in a batch. ID is Microsoft's, an
// opaque text.
type Device struct {
	autopilot.Device

	ID string
	// Policy is the id of the policy it has, empty if none.
	Policy string
	// Uploaded is when it came into the batch, zero if Partner Center does not
	// say.
	Uploaded time.Time
}

// deviceWire is a device as it comes, in a batch and in a job alike.
type deviceWire struct {
	ID           text          `json:"id"`
	DeviceID     text          `json:"deviceId"`
	ProductKey   text          `json:"productKey"`
	SerialNumber text          `json:"serialNumber"`
	Manufacturer text          `json:"oemManufacturerName"`
	Model        text          `json:"modelName"`
	Policies     keyedPolicies `json:"policies"`
	UploadedDate text          `json:"uploadedDate"`

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
	what := call{op: "list devices", customer: customer, path: devicesPath(batchID)}
	if err := addressable(customer); err != nil {
		return nil, NewError(what.op, Invalid, err)
	}
	if !isSegment(batchID) {
		return nil, NewError(what.op, Invalid, errBatchName)
	}
	return listing[deviceWire, Device]{call: what, thing: deviceWire.device}.all(ctx, c)
}

// device is false where the row says nothing of any device.
func (w deviceWire) device() (Device, bool) {
	device := Device{Device: w.identity(), ID: w.ID.trimmed(), Policy: w.Policies.oobe(), Uploaded: w.UploadedDate.time()}
	return device, device.ID != "" || device.Device != autopilot.Device{}
}

// keyedPolicies are the policies of a device, by category. Any other JSON is
// none, so that one odd field does not cost the list.
type keyedPolicies []keyedPolicy

type keyedPolicy struct {
	Key   text `json:"key"`
	Value text `json:"value"`
}

// UnmarshalJSON never fails.
func (p *keyedPolicies) UnmarshalJSON(raw []byte) error {
	var plain []keyedPolicy
	if json.Unmarshal(raw, &plain) != nil {
		plain = nil
	}
	*p = plain
	return nil
}

// oobe is the id of the policy for the out of box experience, or empty.
func (p keyedPolicies) oobe() string {
	for _, each := range p {
		if each.Key.word(categoryOOBE) != "" {
			return each.Value.trimmed()
		}
	}
	return ""
}
