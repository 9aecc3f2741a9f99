package partnercentertest

import (
	"net/http"
	"strings"
	"time"

	"pkidstation/queue/autopilot"
)

// A Removal is one device that was taken back.
type Removal struct {
	PKID      autopilot.PKID     `json:"pkid"`
	Serial    string             `json:"serial"`
	Customer  autopilot.TenantID `json:"customer"`
	Batch     string             `json:"batch"`
	DeviceID  string             `json:"device_id"`
	RequestID string             `json:"request_id"`
	// At is when the 204 was decided, which is before any lag.
	At time.Time `json:"at"`
}

// SetOtherParty makes a device of ours one that somebody else registered as
// well: DELETE of it is refused with code 811.
func (s *Server) SetOtherParty(pkid autopilot.PKID) {
	s.lock()
	defer s.mu.Unlock()
	s.otherParty[s.identity(autopilot.Device{PKID: pkid})] = true
}

// deleteDevice takes a device back. It is in the lists, and its customer's, for
// a while yet. What was removed once stays known by its id.
func (s *Server) deleteDevice(c *customer, batchID, deviceID, requestID string) reply {
	b, d := c.batch(batchID), c.devices[strings.ToLower(deviceID)]
	switch {
	case b == nil, d == nil, d.batch != b:
		return s.missing()
	case d.removed && s.opts.DeleteGone == DeleteGone807:
		return s.refuse(http.StatusBadRequest, string(autopilot.CodeNotRegistered), describe(autopilot.CodeNotRegistered))
	case d.removed:
		return s.missing()
	case s.otherParty[s.identity(d.Device)]:
		return s.refuse(s.opts.OtherPartyStatus, string(autopilot.CodeOtherParty), describe(autopilot.CodeOtherParty))
	}
	d.removed = true
	s.taken[d.commit] = true
	s.removals = append(s.removals, Removal{
		PKID: d.PKID, Serial: d.Serial, Customer: c.ID, Batch: b.id, DeviceID: d.id, RequestID: requestID, At: s.at,
	})
	s.later(s.at.Add(s.opts.RemovalLag), func() { s.unlist(c, d) })
	s.later(s.at.Add(s.opts.RemovalLag+s.opts.OwnerLag), func() { s.disown(d) })
	return reply{status: http.StatusNoContent}
}

// unlist has a removed device leave the lists.
func (s *Server) unlist(c *customer, d *registered) {
	d.gone = true
	d.batch.count--
	c.assigned[d.policy]--
}

// disown is the end of a removal: the device is nobody's.
func (s *Server) disown(d *registered) {
	if key := s.identity(d.Device); s.owners[key].device == d {
		delete(s.owners, key)
	}
}
