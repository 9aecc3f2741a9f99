package partnercenter

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"pkidstation/queue/autopilot"
)

// MaxDevices is the most devices one request may carry.
const MaxDevices = 1000

const opCreate = "create batch"

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

// Batches lists the customer's batches. A batch that was created a moment ago
// may not be in it yet.
// https://learn.microsoft.com/en-us/partner-center/developer/get-a-list-of-device-batches-for-a-customer
func (c *Client) Batches(ctx context.Context, customer autopilot.TenantID) ([]Batch, error) {
	what := call{op: "list batches", customer: customer, path: batchesPath()}
	if err := addressable(customer); err != nil {
		return nil, NewError(what.op, Invalid, err)
	}
	return listing[batchWire, Batch]{call: what, thing: batchWire.batch}.all(ctx, c)
}

// batchWire is a batch as it comes. The documents call the count deviceCount,
// the service devicesCount.
type batchWire struct {
	ID           text `json:"id"`
	Status       text `json:"status"`
	CreationDate text `json:"creationDate"`
	CreatedDate  text `json:"createdDate"`
	DevicesCount text `json:"devicesCount"`
	DeviceCount  text `json:"deviceCount"`
}

// batch is false where the row has no name that could be used in a call.
func (w batchWire) batch() (Batch, bool) {
	created := w.CreationDate.time()
	if created.IsZero() {
		created = w.CreatedDate.time()
	}
	return Batch{
		ID: string(w.ID), Status: w.Status.shown(),
		Devices: max(w.DevicesCount.count(), w.DeviceCount.count()), Created: created,
	}, w.ID != ""
}

// CreateBatch makes a batch and registers devices in it. requestID is the
// plan's: the same call again needs the same one. Where the batch exists
// already it is for Partner Center to refuse (Conflict) or to append.
// https://learn.microsoft.com/en-us/partner-center/developer/upload-a-list-of-devices-to-create-a-new-batch
func (c *Client) CreateBatch(ctx context.Context, customer autopilot.TenantID, batchID string, devices []autopilot.Device, requestID string) (Accepted, error) {
	what := call{
		op: opCreate, method: http.MethodPost, customer: customer, path: batchesPath(),
		body: Body(batchID, devices), requestID: requestID,
	}
	if err := sendable(customer, batchID, devices, requestID); err != nil {
		return Accepted{}, notSent(what.op, err)
	}
	return c.submit(ctx, what)
}

// AppendBatch registers devices in a batch that exists. requestID is as in
// CreateBatch.
// https://learn.microsoft.com/en-us/partner-center/developer/upload-a-list-of-devices-to-an-existing-batch-for-the-specified-customer
func (c *Client) AppendBatch(ctx context.Context, customer autopilot.TenantID, batchID string, devices []autopilot.Device, requestID string) (Accepted, error) {
	what := call{
		op: "append to batch", method: http.MethodPost, customer: customer, path: devicesPath(batchID),
		body: AppendBody(devices), requestID: requestID,
	}
	if err := sendable(customer, batchID, devices, requestID); err != nil {
		return Accepted{}, notSent(what.op, err)
	}
	return c.submit(ctx, what)
}

// sendable finds the mistakes that no answer could be worth.
func sendable(customer autopilot.TenantID, batchID string, devices []autopilot.Device, requestID string) error {
	if err := addressable(customer); err != nil {
		return err
	}
	switch {
	case !isSegment(batchID):
		return errBatchName
	case requestID == "":
		return errNoRequestID
	case len(devices) == 0:
		return errNoDevices
	case len(devices) > MaxDevices:
		return errTooMany
	}
	for _, device := range devices {
		if err := identified(device); err != nil {
			return err
		}
	}
	return nil
}

// identified is why a device cannot be sent. A hash of another device than what is
// beside it would be refused days later, at the device's first start.
func identified(device autopilot.Device) error {
	switch {
	case device.Identified():
		return nil
	case device.Hash == "":
		return errNoIdentity
	default:
		return errors.Join(errHash, device.Hash.Agrees(device))
	}
}

// deviceOut is a device as it is sent.
type deviceOut struct {
	ProductKey   autopilot.PKID         `json:"productKey,omitempty"`
	Serial       string                 `json:"serialNumber,omitempty"`
	Manufacturer string                 `json:"oemManufacturerName,omitempty"`
	Model        string                 `json:"modelName,omitempty"`
	Hash         autopilot.HardwareHash `json:"hardwareHash,omitempty"`
}

func out(devices []autopilot.Device) []deviceOut {
	rows := make([]deviceOut, 0, len(devices))
	for _, d := range devices {
		if d.Hash != "" { // with one Partner Center takes PKID and serial number alone
			d = d.Hashed()
		}
		rows = append(rows, deviceOut{d.PKID, d.Serial, d.Manufacturer, d.Model, d.Hash})
	}
	return rows
}

// attributes say what a body is.
type attributes struct {
	ObjectType string `json:"objectType"`
}

// Body is the body of CreateBatch. The same devices in the same order give the
// same bytes.
func Body(batchID string, devices []autopilot.Device) []byte {
	return encode(struct {
		BatchID    string      `json:"batchId"`
		Devices    []deviceOut `json:"devices"`
		Attributes attributes  `json:"attributes"`
	}{batchID, out(devices), attributes{"DeviceBatchCreationRequest"}})
}

// AppendBody is the body of AppendBatch, a bare array, with the same promise
// as Body.
func AppendBody(devices []autopilot.Device) []byte { return encode(out(devices)) }

// encode cannot fail: what is sent are structs of strings.
func encode(value any) []byte {
	body, err := json.Marshal(value)
	if err != nil {
		return nil
	}
	return body
}

func batchesPath() []string { return []string{"deviceBatches"} }

func devicesPath(batchID string) []string { return append(batchesPath(), batchID, "devices") }
