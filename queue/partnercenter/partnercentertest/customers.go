package partnercentertest

import (
	"net/http"
	"strings"

	"pkidstation/queue/autopilot"
)

// A customer is one of the partner's, with what is registered for them.
type customer struct {
	autopilot.Customer

	batches []*batch
}

// customer finds one that the partner may act for, or nil. Where no customers
// were given, whoever is asked for becomes one.
func (s *Server) customer(id string) *customer {
	c := s.customers[strings.ToLower(id)]
	if c == nil && !s.closed {
		if _, err := autopilot.ParseTenantID(id); err == nil {
			c = s.addCustomer(autopilot.Customer{ID: autopilot.TenantID(id)})
		}
	}
	if c == nil || c.Relationship != autopilot.RelationshipReseller {
		return nil
	}
	return c
}

func (c *customer) wire() map[string]any {
	return map[string]any{
		"id": c.ID, "relationshipToPartner": c.Relationship,
		"companyProfile": map[string]any{
			"tenantId": c.ID, "domain": c.Domain, "companyName": c.Name, "attributes": attributes("CustomerCompanyProfile"),
		},
		"attributes": attributes("Customer"),
	}
}

// listCustomers pages by seeking: a further page wants seekOperation=Next and
// the token.
func (s *Server) listCustomers(r *http.Request) reply {
	token := r.Header.Get("MS-ContinuationToken")
	if r.Method != http.MethodGet || token != "" && !strings.EqualFold(r.URL.Query().Get("seekOperation"), "Next") {
		return s.refuse(http.StatusBadRequest, "800002", "The seek operation is missing.")
	}
	items := []map[string]any{}
	for _, key := range s.known {
		if c := s.customers[key]; c.Relationship == autopilot.RelationshipReseller {
			items = append(items, c.wire())
		}
	}
	return s.page(items, token, map[string]any{"uri": "/customers?seekOperation=Next", "method": "GET", "headers": []string{}})
}
