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

// maxDevices is how many device rows one POST may carry.
const maxDevices = 1000

// A batch is a named list of registered devices.
type batch struct {
	id      string
	created time.Time
	devices []registered
}

// registered is a device in a batch.
type registered struct {
	autopilot.Device

	id string
	at time.Time
}

// deviceIn is a device as it may be sent. The decoder takes any case of the
// keys, and passes over those it does not know.
type deviceIn struct {
	ProductKey   string `json:"productKey"`
	Serial       string `json:"serialNumber"`
	Manufacturer string `json:"oemManufacturerName"`
	Model        string `json:"modelName"`
}

func (d deviceIn) device() autopilot.Device {
	return autopilot.Device{PKID: autopilot.PKID(d.ProductKey), Serial: d.Serial, Manufacturer: d.Manufacturer, Model: d.Model}
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
	if refused := s.refuseRows(wire.Devices); refused.status != 0 {
		return refused
	}
	if b == nil {
		b = &batch{id: wire.BatchID, created: s.opts.Clock()}
		c.batches = append(c.batches, b)
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
	if refused := s.refuseRows(rows); refused.status != 0 {
		return refused
	}
	return s.take(c, b, rows, requestID)
}

func decode(body []byte, into any) error {
	return json.Unmarshal(bytes.TrimPrefix(body, []byte("\ufeff")), into)
}

func (s *Server) refuseRows(rows []deviceIn) reply {
	if len(rows) == 0 || len(rows) > maxDevices {
		return s.refuse(http.StatusBadRequest, "800002", "A request has 1 to 1000 devices.")
	}
	return reply{}
}

// batch finds a batch by its name, in any case, or is nil.
func (c *customer) batch(id string) *batch {
	for _, b := range c.batches {
		if strings.EqualFold(b.id, id) {
			return b
		}
	}
	return nil
}

// oddKey begins with a space, as in Microsoft's own sample.
const oddKey = " attributes"

// listed says whether what was made at is in the lists by now.
func (s *Server) listed(at time.Time) bool { return s.opts.Clock().Sub(at) >= s.opts.ListLag }

func (s *Server) listBatches(c *customer) reply {
	items := []map[string]any{}
	for _, b := range c.batches {
		if !s.listed(b.created) {
			continue
		}
		items = append(items, map[string]any{
			"id": b.id, "status": "finished", "creationDate": s.moment(b.created), "devicesCount": len(b.devices),
			"devicesLink": map[string]any{
				"uri": "/customers/" + string(c.ID) + "/deviceBatches/" + b.id + "/devices", "method": "GET", "headers": []string{},
			},
			"attributes": attributes("DeviceBatch"),
		})
	}
	return s.ok(map[string]any{"totalCount": len(items), "items": items, "attributes": attributes("Collection")})
}

func (s *Server) listDevices(c *customer, batchID, token string) reply {
	b := c.batch(batchID)
	if b == nil || !s.listed(b.created) {
		return s.missing()
	}
	items := []map[string]any{}
	for _, d := range b.devices {
		if s.listed(d.at) {
			items = append(items, s.deviceWire(d))
		}
	}
	return s.page(items, token, nil)
}

func (s *Server) deviceWire(d registered) map[string]any {
	wire := map[string]any{
		"id": d.id, "policies": []string{}, "uploadedDate": s.moment(d.at), "allowedOperations": []string{"GET", "PATCH", "DELETE"},
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
