package partnercentertest

import (
	"net/http"
	"strings"
	"time"

	"pkidstation/queue/autopilot"
)

// A Policy is an Autopilot profile that was made in Partner Center.
type Policy struct{ ID, Name string }

// An Applied is a profile that a device was given, or lost where it is empty.
type Applied struct {
	PKID     autopilot.PKID     `json:"pkid"`
	DeviceID string             `json:"device_id"`
	Customer autopilot.TenantID `json:"customer"`
	Policy   string             `json:"policy"`
	At       time.Time          `json:"at"`
}

// policyKey is the one category of profiles.
const policyKey = "o_o_b_e"

func (s *Server) listPolicies(c *customer) reply {
	items := []map[string]any{}
	for _, one := range s.policies[c.key] {
		items = append(items, s.policyWire(c, one))
	}
	return s.collection(items)
}

func (s *Server) getPolicy(c *customer, id string) reply {
	one, known := s.policy(c, id)
	if !known {
		return s.missing()
	}
	return s.ok(s.policyWire(c, one))
}

// policy finds a customer's profile, by an id in any case.
func (s *Server) policy(c *customer, id string) (Policy, bool) {
	for _, one := range s.policies[c.key] {
		if strings.EqualFold(one.ID, id) {
			return one, true
		}
	}
	return Policy{}, false
}

func (s *Server) policyWire(c *customer, one Policy) map[string]any {
	return map[string]any{
		"id": one.ID, "name": one.Name, "category": policyKey, "description": "", "devicesAssigned": c.assigned[one.ID],
		"policySettings": []string{"oobe_user_not_local_admin", "skip_express_settings"},
		"createdDate":    s.moment(s.born), "lastModifiedDate": s.moment(s.born), "attributes": attributes("ConfigurationPolicy"),
	}
}

// policyIn is a device of an update as it may be sent.
type policyIn struct {
	ID       string `json:"id"`
	Policies []struct {
		Key   string  `json:"key"`
		Value *string `json:"value"`
	} `json:"policies"`
}

// value is the profile that is asked for, empty for none.
func (p policyIn) value() string {
	if p.Policies[0].Value == nil {
		return ""
	}
	return *p.Policies[0].Value
}

// updatePolicies gives devices their profile, in a job.
func (s *Server) updatePolicies(c *customer, body []byte) reply {
	var wire struct {
		Devices []policyIn `json:"devices"`
	}
	if err := decode(body, &wire); err != nil {
		return s.refuse(http.StatusBadRequest, "800002", "The body is not an update of policies.")
	}
	if refused := s.refuseRows(len(wire.Devices)); refused.status != 0 {
		return refused
	}
	j := s.newJob(c, len(wire.Devices))
	for i, row := range wire.Devices {
		if row.ID == "" || len(row.Policies) != 1 || !strings.EqualFold(row.Policies[0].Key, policyKey) {
			return s.refuse(http.StatusBadRequest, "3000", "Each device has an id and one policy, of o_o_b_e.")
		}
		*j.rows[i] = outcome{id: row.ID, code: CodePending}
		if d := c.devices[strings.ToLower(row.ID)]; d != nil {
			j.rows[i].Device = d.Device
		}
	}
	sent := j.sent()
	return s.start(j, func() {
		for i, row := range sent {
			row.code = s.apply(c, c.devices[strings.ToLower(row.id)], wire.Devices[i].value())
		}
	})
}

// apply gives a device a profile, or says why not.
func (s *Server) apply(c *customer, d *registered, policyID string) autopilot.Code {
	one, known := s.policy(c, policyID)
	switch {
	case d == nil || d.removed:
		return autopilot.CodeNotRegistered
	case policyID != "" && !known:
		return codeUnknownPolicy
	}
	c.assigned[d.policy]--
	d.policy = one.ID
	c.assigned[d.policy]++
	s.applied = append(s.applied, Applied{PKID: d.PKID, DeviceID: d.id, Customer: c.ID, Policy: d.policy, At: s.at})
	return ""
}
