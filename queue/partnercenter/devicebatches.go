package partnercenter

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"pkidstation/queue/autopilot"
)

// MaxDevices is the most devices one request may carry.
const MaxDevices = 1000

const opCreate = "create batch"

// Why a call is not even sent.
var (
	errNoCustomer  = errors.New("no customer was given")
	errBatchName   = errors.New("a batch needs a name that is not empty, . or .. and has no control characters")
	errNoDevices   = errors.New("there is no device in it")
	errTooMany     = errors.New("there are more than 1000 devices in it")
	errNoIdentity  = errors.New("a device has neither a PKID nor serial number, manufacturer and model")
	errNoRequestID = errors.New("no request id was given")
	errNoJob       = errors.New("the answer names no job")
)

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

// Batches lists the customer's batches. A batch that was created a moment ago
// may not be in it yet.
// https://learn.microsoft.com/en-us/partner-center/developer/get-a-list-of-device-batches-for-a-customer
func (c *Client) Batches(ctx context.Context, customer autopilot.TenantID) ([]Batch, error) {
	if customer == "" {
		return nil, NewError("list batches", Invalid, errNoCustomer)
	}
	what := call{op: "list batches", method: http.MethodGet, path: batchesPath(customer)}
	return collect(rows[batchWire](ctx, c, what, nil), batchWire.batch)
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

func (w batchWire) batch() Batch {
	created := w.CreationDate.time()
	if created.IsZero() {
		created = w.CreatedDate.time()
	}
	return Batch{
		ID: string(w.ID), Status: w.Status.shown(),
		Devices: max(w.DevicesCount.count(), w.DeviceCount.count()), Created: created,
	}
}

// CreateBatch makes a batch and registers devices in it. requestID is the
// plan's: the same call again needs the same one. Where the batch exists
// already it is for Partner Center to refuse (Conflict) or to append.
// https://learn.microsoft.com/en-us/partner-center/developer/upload-a-list-of-devices-to-create-a-new-batch
func (c *Client) CreateBatch(ctx context.Context, customer autopilot.TenantID, batchID string, devices []autopilot.Device, requestID string) (Accepted, error) {
	what := call{
		op: opCreate, method: http.MethodPost, path: batchesPath(customer),
		body: Body(batchID, devices), requestID: requestID,
	}
	return c.submit(ctx, what, customer, batchID, devices)
}

// AppendBatch registers devices in a batch that exists. requestID is as in
// CreateBatch.
// https://learn.microsoft.com/en-us/partner-center/developer/upload-a-list-of-devices-to-an-existing-batch-for-the-specified-customer
func (c *Client) AppendBatch(ctx context.Context, customer autopilot.TenantID, batchID string, devices []autopilot.Device, requestID string) (Accepted, error) {
	what := call{
		op: "append to batch", method: http.MethodPost, path: devicesPath(customer, batchID),
		body: AppendBody(devices), requestID: requestID,
	}
	return c.submit(ctx, what, customer, batchID, devices)
}

// submit sends a POST of devices and finds the job in the answer.
func (c *Client) submit(ctx context.Context, what call, customer autopilot.TenantID, batchID string, devices []autopilot.Device) (Accepted, error) {
	if err := sendable(customer, batchID, devices, what.requestID); err != nil {
		kind := Invalid
		if errors.Is(err, errTooMany) {
			kind = TooLarge
		}
		return Accepted{}, NewError(what.op, kind, err)
	}
	got, err := c.send(ctx, what)
	if err != nil {
		return Accepted{}, err
	}
	accepted := Accepted{TrackingID: jobIn(got), RequestID: got.requestID, CorrelationID: got.correlationID}
	if accepted.TrackingID == "" {
		return Accepted{}, untracked(what.op, got)
	}
	return accepted, nil
}

// sendable finds the mistakes that no answer could be worth.
func sendable(customer autopilot.TenantID, batchID string, devices []autopilot.Device, requestID string) error {
	switch {
	case customer == "":
		return errNoCustomer
	case !isBatchName(batchID):
		return errBatchName
	case requestID == "":
		return errNoRequestID
	case len(devices) == 0:
		return errNoDevices
	case len(devices) > MaxDevices:
		return errTooMany
	}
	for _, device := range devices {
		if !device.Identified() {
			return errNoIdentity
		}
	}
	return nil
}

// isBatchName refuses names that would make another address of the call.
func isBatchName(name string) bool {
	return name != "" && name != "." && name != ".." && !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f })
}

// untracked is for a 2xx without a job. Only what is Partner Center's own, a
// 202 or a JSON object, means that the devices were taken.
func untracked(op string, got answer) *Error {
	failed := unreadable(op, got, errNoJob)
	var object map[string]json.RawMessage
	if got.status == http.StatusAccepted || got.cut == nil && unmarshal(got.body, &object) == nil && object != nil {
		failed.kind = Untracked
	} else if got.cut != nil {
		failed.Err = got.cut
	}
	return failed
}

// jobIn finds the tracking id in the Location of an answer, or in a link in
// its body; it is empty if there is none.
func jobIn(got answer) string {
	if id := trackingID(got.header.Get("Location")); id != "" {
		return id
	}
	decoder := json.NewDecoder(strings.NewReader(strings.TrimPrefix(string(got.body), "\ufeff")))
	for {
		token, err := decoder.Token()
		if err != nil {
			return ""
		}
		if link, ok := token.(string); ok {
			if id := trackingID(link); id != "" {
				return id
			}
		}
	}
}

// trackingID is the last segment of a link to a job: absolute or relative, with
// /v1, without it, or with it twice, as clients in the wild have seen.
func trackingID(link string) string {
	at, err := url.Parse(strings.TrimSpace(link))
	if err != nil {
		return ""
	}
	segments := strings.FieldsFunc(at.Path, func(r rune) bool { return r == '/' })
	if len(segments) < 2 {
		return ""
	}
	parent, last := segments[len(segments)-2], segments[len(segments)-1]
	known := strings.EqualFold(parent, "batchJobStatus") || !strings.EqualFold(parent, "customers") && uuid.Validate(last) == nil
	if !known || len(last) > 128 || !isBatchName(last) {
		return ""
	}
	return last
}

// deviceOut is a device as it is sent.
type deviceOut struct {
	ProductKey   autopilot.PKID `json:"productKey,omitempty"`
	Serial       string         `json:"serialNumber,omitempty"`
	Manufacturer string         `json:"oemManufacturerName,omitempty"`
	Model        string         `json:"modelName,omitempty"`
}

func out(devices []autopilot.Device) []deviceOut {
	rows := make([]deviceOut, 0, len(devices))
	for _, d := range devices {
		rows = append(rows, deviceOut{d.PKID, d.Serial, d.Manufacturer, d.Model})
	}
	return rows
}

// Body is the body of CreateBatch. The same devices in the same order give the
// same bytes.
func Body(batchID string, devices []autopilot.Device) []byte {
	type attributes struct {
		ObjectType string `json:"objectType"`
	}
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

func batchesPath(customer autopilot.TenantID) []string {
	return []string{"customers", string(customer), "deviceBatches"}
}

func devicesPath(customer autopilot.TenantID, batchID string) []string {
	return []string{"customers", string(customer), "deviceBatches", batchID, "devices"}
}
