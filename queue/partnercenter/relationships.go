package partnercenter

import (
	"context"

	"pkidstation/queue/autopilot"
)

// A Relation is a partner that has a relationship with a customer, and of what
// sort. Type is Microsoft's word, as in is_indirect_cloud_solution_provider_of;
// MPN is the partner's number in Microsoft's programme.
type Relation struct {
	ID        autopilot.TenantID
	Name      string
	Type, MPN string
}

// Resellers gives the indirect resellers of a provider's customer, or the
// providers of a reseller's. None is no error. A row without a usable id is left
// out.
// https://learn.microsoft.com/en-us/partner-center/developer/get-indirect-resellers-of-a-customer
func (c *Client) Resellers(ctx context.Context, customer autopilot.TenantID) ([]Relation, error) {
	what := call{op: "list resellers", customer: customer, path: []string{"relationships"}}
	if err := addressable(customer); err != nil {
		return nil, NewError(what.op, Invalid, err)
	}
	// A customer without any is answered with null, says Microsoft's own support.
	return listing[relationWire, Relation]{call: what, thing: relationWire.relation, orNull: true}.all(ctx, c)
}

// relationWire is a relation as it comes.
type relationWire struct {
	ID               text `json:"id"`
	Name             text `json:"name"`
	RelationshipType text `json:"relationshipType"`
	MPNID            text `json:"mpnId"`
}

// relation is false where the row has no id to compare with.
func (w relationWire) relation() (Relation, bool) {
	id, err := autopilot.ParseTenantID(w.ID.trimmed())
	if err != nil {
		return Relation{}, false
	}
	kind := w.RelationshipType.word("is_indirect_reseller_of", "is_indirect_cloud_solution_provider_of")
	if kind == "" {
		kind = w.RelationshipType.shown()
	}
	return Relation{ID: id, Name: w.Name.shown(), Type: kind, MPN: w.MPNID.shown()}, true
}
