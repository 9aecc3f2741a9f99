package partnercenter

import (
	"context"
	"time"

	"pkidstation/queue/autopilot"
)

// categoryOOBE is the only category of policies there is: out of box
// experience.
const categoryOOBE = "o_o_b_e"

// A Policy is an Autopilot profile that was made in Partner Center. Profiles
// that the customer made in Intune cannot be seen from here.
type Policy struct {
	ID, Name, Category, Description string
	// Settings are Microsoft's words, as in skip_oem_registration.
	Settings []string
	// Devices is how many have it.
	Devices           int
	Created, Modified time.Time
}

// Policies gives the customer's policies. None is no error.
// https://learn.microsoft.com/en-us/partner-center/developer/get-a-list-of-a-customer-s-policies
func (c *Client) Policies(ctx context.Context, customer autopilot.TenantID) ([]Policy, error) {
	what := call{op: "list policies", customer: customer, path: policiesPath()}
	if err := addressable(customer); err != nil {
		return nil, NewError(what.op, Invalid, err)
	}
	return listing[policyWire, Policy]{call: what, thing: policyWire.policy}.all(ctx, c)
}

// Policy gives one policy of the customer's.
// https://learn.microsoft.com/en-us/partner-center/developer/retrieve-a-customer-s-configuration-policy
func (c *Client) Policy(ctx context.Context, customer autopilot.TenantID, id string) (Policy, error) {
	what := call{op: "get policy", customer: customer, path: append(policiesPath(), id)}
	if err := addressable(customer); err != nil {
		return Policy{}, NewError(what.op, Invalid, err)
	}
	if !isSegment(id) {
		return Policy{}, NewError(what.op, Invalid, errPolicyID)
	}
	var wire policyWire
	if err := c.get(ctx, what, func(r *reading) error { return r.value(&wire) }); err != nil {
		return Policy{}, err
	}
	policy, ok := wire.policy()
	if !ok {
		return Policy{}, NewError(what.op, NoAnswer, errNotPartnerCenter)
	}
	return policy, nil
}

func policiesPath() []string { return []string{"policies"} }

// policyWire is a policy as it comes. The documents call the count
// devicesAssignedCount, the service devicesAssigned.
type policyWire struct {
	ID                   text  `json:"id"`
	Name                 text  `json:"name"`
	Category             text  `json:"category"`
	Description          text  `json:"description"`
	DevicesAssigned      text  `json:"devicesAssigned"`
	DevicesAssignedCount text  `json:"devicesAssignedCount"`
	PolicySettings       words `json:"policySettings"`
	CreatedDate          text  `json:"createdDate"`
	LastModifiedDate     text  `json:"lastModifiedDate"`
}

// policy is false where the row has no id that could be applied.
func (w policyWire) policy() (Policy, bool) {
	category := w.Category.word(categoryOOBE, "none")
	if category == "" {
		category = w.Category.shown()
	}
	policy := Policy{
		ID: w.ID.trimmed(), Name: w.Name.shown(), Category: category, Description: w.Description.shown(),
		Devices: max(w.DevicesAssigned.count(), w.DevicesAssignedCount.count()),
		Created: w.CreatedDate.time(), Modified: w.LastModifiedDate.time(),
	}
	for _, setting := range w.PolicySettings {
		policy.Settings = append(policy.Settings, setting.setting())
	}
	return policy, policy.ID != ""
}

// setting is the text as one of Microsoft's settings, however it is spelt.
func (t text) setting() string {
	known := t.word(
		"none", "remove_oem_preinstalls", "oobe_user_not_local_admin", "skip_express_settings", "skip_oem_registration", "skip_eula",
	)
	if known == "" {
		return t.shown()
	}
	return known
}
