package partnercenter

import (
	"context"
	"errors"
	"iter"
	"net/url"

	"pkidstation/queue/autopilot"
)

// The Fields that customers can be filtered by.
const (
	// CompanyName is the customer's name.
	CompanyName = "CompanyName"
	// Domain is the customer's domain, as in contoso.onmicrosoft.com.
	Domain = "Domain"
	// IndirectReseller is the tenant id of the reseller that has the customer.
	IndirectReseller = "IndirectReseller"
	// IndirectCloudSolutionProvider is the tenant id of the provider behind it.
	IndirectCloudSolutionProvider = "IndirectCloudSolutionProvider"
)

var errFilter = errors.New("a filter needs one of the known fields and a value")

// A CustomerFilter lets through the customers whose Field begins with Value,
// whatever its case. Partner Center knows no other comparison.
type CustomerFilter struct{ Field, Value string }

// query is the filter as it is sent, or errFilter.
func (f CustomerFilter) query() (string, error) {
	switch f.Field {
	case CompanyName, Domain, IndirectReseller, IndirectCloudSolutionProvider:
	default:
		return "", errFilter
	}
	if f.Value == "" {
		return "", errFilter
	}
	return string(encode(struct{ Field, Value, Operator string }{f.Field, f.Value, "starts_with"})), nil
}

// Customers gives the partner's customers, page by page. It ends at the first
// error, which it yields: what was given before it stays good, and none of it
// comes twice. A row without a usable id is left out.
// https://learn.microsoft.com/en-us/partner-center/developer/get-a-list-of-customers
func (c *Client) Customers(ctx context.Context) iter.Seq2[autopilot.Customer, error] {
	return customers(call{op: "list customers", query: url.Values{"size": {pageSize}}}).rows(ctx, c)
}

// CustomersMatching is Customers for those that a filter lets through. A filter
// that cannot be right is Invalid.
// https://learn.microsoft.com/en-us/partner-center/developer/get-a-list-of-customers-filtered-by-a-search-field
func (c *Client) CustomersMatching(ctx context.Context, f CustomerFilter) iter.Seq2[autopilot.Customer, error] {
	what := call{op: "find customers"}
	filter, err := f.query()
	if err != nil {
		return func(yield func(autopilot.Customer, error) bool) {
			yield(autopilot.Customer{}, NewError(what.op, Invalid, err))
		}
	}
	what.query = url.Values{"size": {pageSize}, "filter": {filter}}
	return customers(what).rows(ctx, c)
}

// pageSize is how many customers are asked for at once.
const pageSize = "200"

// customers are paged by seeking: a further page is asked for by its token,
// which knows the size and the filter.
func customers(what call) listing[customerWire, autopilot.Customer] {
	what.path = []string{"customers"}
	return listing[customerWire, autopilot.Customer]{
		call: what, seek: url.Values{"seekOperation": {"Next"}}, thing: customerWire.customer,
	}
}

// Customer gives one customer. Without a relationship it is Forbidden or
// NotFound. Of delegated administration nothing is read: registering devices
// does not need it.
// https://learn.microsoft.com/en-us/partner-center/developer/get-a-customer-by-id
func (c *Client) Customer(ctx context.Context, id autopilot.TenantID) (autopilot.Customer, error) {
	what := call{op: "get customer", customer: id}
	if err := addressable(id); err != nil {
		return autopilot.Customer{}, NewError(what.op, Invalid, err)
	}
	return one(ctx, c, what, customerWire.customer)
}

// customerWire is a customer as it comes.
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
	word := w.Relationship.word(
		string(autopilot.RelationshipReseller), string(autopilot.RelationshipAdvisor), string(autopilot.RelationshipSyndicate),
		string(autopilot.RelationshipMicrosoft), string(autopilot.RelationshipNone),
	)
	if word == "" {
		return autopilot.RelationshipUnknown
	}
	return autopilot.Relationship(word)
}
