package partnercentertest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"pkidstation/queue/autopilot"
)

// maxDevices is how many device rows one request may carry unless told
// otherwise.
const maxDevices = 1000

// A batch is a named list of registered devices.
type batch struct {
	id      string
	created time.Time
	devices []*registered // removed ones too, in the order of registration
	count   int           // of those that are there
}

// registered is a device in a batch.
type registered struct {
	autopilot.Device

	id     string
	at     time.Time
	batch  *batch
	commit int // its place in the ledger
	// policy is the id of the profile it has.
	policy string
	// removed is true from the 204 on, gone when it is in no list any more.
	removed, gone bool
}

// deviceIn is a device as it may be sent. The decoder takes any case of the
// keys, and passes over those it does not know.
type deviceIn struct {
	ProductKey   string `json:"productKey"`
	Serial       string `json:"serialNumber"`
	Manufacturer string `json:"oemManufacturerName"`
	Model        string `json:"modelName"`
	Hash         string `json:"hardwareHash"`
}

func (d deviceIn) device() autopilot.Device {
	return autopilot.Device{
		PKID: autopilot.PKID(d.ProductKey), Serial: d.Serial, Manufacturer: d.Manufacturer, Model: d.Model, Hash: autopilot.HardwareHash(d.Hash),
	}
}

func (s *Server) createBatch(c *customer, body []byte, requestID string) reply {
	var wire struct {
		BatchID string     `json:"batchId"`
		Devices []deviceIn `json:"devices"`
	}
	if err := decode(body, &wire); err != nil {
		return s.refuse(http.StatusBadRequest, "800002", "The body is not a batch.")
	}
	if wire.BatchID == "" {
		wire.BatchID = uuid.NewString()
	}
	b := c.batch(wire.BatchID)
	if b != nil && s.opts.DuplicateBatch == Duplicate400 {
		return s.refuse(http.StatusBadRequest, "3000", "A batch with this id already exists.")
	}
	if b != nil && s.opts.DuplicateBatch == DuplicateConflict {
		return s.refuse(http.StatusConflict, "3001", "The batch exists.")
	}
	if refused := s.refuseRows(len(wire.Devices)); refused.status != 0 {
		return refused
	}
	if b == nil {
		b = &batch{id: wire.BatchID, created: s.at}
		c.batches = append(c.batches, b)
		c.named[strings.ToLower(b.id)] = b
	}
	return s.take(c, b, wire.Devices, requestID)
}

func (s *Server) appendBatch(c *customer, batchID string, body []byte, requestID string) reply {
	var rows []deviceIn
	if err := decode(body, &rows); err != nil {
		return s.refuse(http.StatusBadRequest, "800002", "The body is not an array of devices.")
	}
	b := c.batch(batchID)
	if b == nil {
		return s.missing()
	}
	if refused := s.refuseRows(len(rows)); refused.status != 0 {
		return refused
	}
	return s.take(c, b, rows, requestID)
}

func decode(body []byte, into any) error {
	return json.Unmarshal(bytes.TrimPrefix(body, []byte("\ufeff")), into)
}

// carried is how many device rows a body has, whatever they are.
func carried(body []byte) int {
	var rows []json.RawMessage
	var wrapped struct {
		Devices []json.RawMessage `json:"devices"`
	}
	if decode(body, &rows) == nil {
		return len(rows)
	}
	if decode(body, &wrapped) != nil {
		return 0
	}
	return len(wrapped.Devices)
}

func (s *Server) refuseRows(rows int) reply {
	switch {
	case rows > 0 && (s.opts.MaxDevices < 0 || rows <= s.opts.MaxDevices):
		return reply{}
	case rows > 0 && s.opts.TooMany == TooMany413:
		return s.fail(FaultTooLarge)
	default:
		return s.refuse(http.StatusBadRequest, "800002", "A request has at least 1 device, and not so many.")
	}
}

// batch finds a batch by its name, in any case, or is nil.
func (c *customer) batch(id string) *batch { return c.named[strings.ToLower(id)] }

// oddKey begins with a space, as in Microsoft's own sample.
const oddKey = " attributes"

// listed says whether what was made at is in the lists by now.
func (s *Server) listed(at time.Time) bool { return s.at.Sub(at) >= s.opts.ListLag }

func (s *Server) listBatches(c *customer) reply {
	items := []map[string]any{}
	for _, b := range c.batches {
		if !s.listed(b.created) {
			continue
		}
		items = append(items, map[string]any{
			"id": b.id, "status": "finished", "creationDate": s.moment(b.created), "devicesCount": b.count,
			"devicesLink": map[string]any{
				"uri": "/customers/" + string(c.ID) + "/deviceBatches/" + b.id + "/devices", "method": "GET", "headers": []string{},
			},
			"attributes": attributes("DeviceBatch"),
		})
	}
	return s.collection(items)
}

func (s *Server) listDevices(c *customer, batchID, token string) reply {
	b := c.batch(batchID)
	if b == nil || !s.listed(b.created) {
		return s.missing()
	}
	return s.page(list{
		length: len(b.devices),
		shown:  func(i int) bool { return !b.devices[i].gone && s.listed(b.devices[i].at) },
		wire:   func(i int) map[string]any { return s.deviceWire(b.devices[i]) },
	}, token)
}

func (s *Server) deviceWire(d *registered) map[string]any {
	policies := []map[string]any{}
	if d.policy != "" {
		policies = append(policies, map[string]any{"key": policyKey, "value": d.policy})
	}
	wire := map[string]any{
		"id": d.id, "policies": policies, "uploadedDate": s.moment(d.at), "allowedOperations": []string{"GET", "PATCH", "DELETE"},
		oddKey: attributes("Device"),
	}
	for key, value := range map[string]string{
		"productKey": string(d.PKID), "serialNumber": d.Serial, "oemManufacturerName": d.Manufacturer, "modelName": d.Model,
	} {
		if value != "" {
			wire[key] = value
		}
	}
	return wire
}
