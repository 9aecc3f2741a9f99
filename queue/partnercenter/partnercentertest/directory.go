package partnercentertest

import (
	"strings"

	"pkidstation/queue/autopilot"
)

// A registration is whose a device is, by the key of the customer. Ours are in
// a batch as well, somebody else's in none.
type registration struct {
	customer string
	device   *registered
}

// SetForeign registers a device for a customer by somebody else: it answers
// 806 for that customer and 808 for every other, and is in no list.
func (s *Server) SetForeign(pkid autopilot.PKID, customer autopilot.TenantID) {
	s.lock()
	defer s.mu.Unlock()
	s.owners[s.identity(autopilot.Device{PKID: pkid})] = registration{customer: keyOf(customer)}
}

// SetDirectory says what Microsoft knows of a PKID from now on, whatever
// Options.Directory and KnownAfter say: empty for fine, or the code it answers.
func (s *Server) SetDirectory(pkid autopilot.PKID, code autopilot.Code) {
	s.lock()
	defer s.mu.Unlock()
	s.directory[pkid] = code
}

// wrong is what a row is refused for as it is, empty for nothing: a hash that is
// none, that names nobody, or another device's than the PKID or serial number beside it; manufacturer
// or model beside a hash; no identity.
func wrong(d autopilot.Device) autopilot.Code {
	_, err := autopilot.ParsePKID(string(d.PKID))
	switch {
	case d.Hash != "" && !d.Identified():
		return autopilot.CodeInvalidHash
	case d.Hash != "" && (d.Manufacturer != "" || d.Model != ""):
		return autopilot.CodeInvalidBody
	case !d.Identified() || d.PKID != "" && err != nil:
		return autopilot.CodeMissingIdentity
	default:
		return ""
	}
}

// code is what becomes of a device that was sent as it should be, empty if it may be
// registered.
func (s *Server) code(c *customer, d autopilot.Device, key string, again bool) autopilot.Code {
	if again {
		return autopilot.CodeDuplicate
	}
	if owner, owned := s.owners[key]; owned && owner.customer == c.key {
		return autopilot.CodeAlreadyHere
	} else if owned {
		return autopilot.CodeOtherTenant
	}
	return s.lookUp(d)
}

// lookUp is what the directory knows of a device, as it was sent.
func (s *Server) lookUp(d autopilot.Device) autopilot.Code {
	if code, set := s.directory[d.PKID]; set && d.PKID != "" {
		return code
	}
	if wait, set := s.opts.KnownAfter[d.PKID]; set && d.PKID != "" && s.at.Sub(s.born) < wait {
		return autopilot.CodeUnknownDevice
	}
	if s.opts.Directory == nil {
		return ""
	}
	return s.opts.Directory(d)
}

// identity is what the directory knows a device by: its PKID, also where only
// its twin was sent.
func (s *Server) identity(d autopilot.Device) string {
	pkid := d.PKID
	if pkid == "" {
		pkid = s.twins[tuple(d)]
	}
	if pkid != "" {
		return "pkid " + string(pkid)
	}
	return "tuple " + tuple(d)
}

func tuple(d autopilot.Device) string {
	return strings.Join([]string{d.Serial, d.Manufacturer, d.Model}, "\x00")
}
