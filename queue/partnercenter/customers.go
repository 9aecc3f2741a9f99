package partnercenter

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"strings"

	"pkidstation/queue/autopilot"
)

// Customers gives the partner's customers, page by page. It ends at the first
// error, which it yields. A row without a usable id is left out.
// https://learn.microsoft.com/en-us/partner-center/developer/get-a-list-of-customers
func (c *Client) Customers(ctx context.Context) iter.Seq2[autopilot.Customer, error] {
	return func(yield func(autopilot.Customer, error) bool) {
		what := call{op: "list customers", method: http.MethodGet, path: []string{"customers"}, query: url.Values{"size": {"200"}}}
		for row, err := range rows[customerWire](ctx, c, what, url.Values{"seekOperation": {"Next"}}) {
			customer, usable := row.customer()
			if (err != nil || usable) && !yield(customer, err) {
				return
			}
		}
	}
}

// Customer gives one customer. Without a relationship it is Forbidden or
// NotFound.
// https://learn.microsoft.com/en-us/partner-center/developer/get-a-customer-by-id
func (c *Client) Customer(ctx context.Context, id autopilot.TenantID) (autopilot.Customer, error) {
	what := call{op: "get customer", method: http.MethodGet, path: []string{"customers", string(id)}}
	if id == "" {
		return autopilot.Customer{}, NewError(what.op, Invalid, errNoCustomer)
	}
	var wire customerWire
	if err := c.get(ctx, what, &wire); err != nil {
		return autopilot.Customer{}, err
	}
	customer, ok := wire.customer()
	if !ok {
		return autopilot.Customer{}, NewError(what.op, NoAnswer, errNotPartnerCenter)
	}
	return customer, nil
}

type customerWire struct {
	ID             text `json:"id"`
	CompanyProfile struct {
		TenantID    text `json:"tenantId"`
		Domain      text `json:"domain"`
		CompanyName text `json:"companyName"`
	} `json:"companyProfile"`
	Relationship text `json:"relationshipToPartner"`
}

// customer is false where the row has no id that could be used in a call.
func (w customerWire) customer() (autopilot.Customer, bool) {
	id := w.ID.trimmed()
	if id == "" {
		id = w.CompanyProfile.TenantID.trimmed()
	}
	tenant, err := autopilot.ParseTenantID(id)
	if err != nil {
		return autopilot.Customer{}, false
	}
	return autopilot.Customer{
		ID: tenant, Name: w.CompanyProfile.CompanyName.shown(), Domain: w.CompanyProfile.Domain.shown(),
		Relationship: w.relationship(),
	}, true
}

// relationship is unknown where Partner Center's word is not one we know.
func (w customerWire) relationship() autopilot.Relationship {
	plain := autopilot.Relationship(strings.ToLower(w.Relationship.trimmed()))
	switch plain {
	case autopilot.RelationshipReseller, autopilot.RelationshipAdvisor, autopilot.RelationshipSyndicate,
		autopilot.RelationshipMicrosoft, autopilot.RelationshipNone:
		return plain
	case autopilot.RelationshipUnknown:
		return autopilot.RelationshipUnknown
	default:
		return autopilot.RelationshipUnknown
	}
}
