package partnercentertest

import (
	"net/http"
	"strings"

	"pkidstation/queue/autopilot"
)

// A Reseller is an indirect reseller of a provider's.
type Reseller struct {
	ID   autopilot.TenantID `json:"id"`
	Name string             `json:"name"`
	// MPN is its partner number.
	MPN string `json:"mpn"`
}

// invitation is Microsoft's sample of the link, with nobody's tenant id.
const invitation = "https://portal.office.com/partner/partnersignup.aspx?type=ResellerRelationship&id=00000000-0000-0000-0000-000000000000&csp=1&msppid=0"

// relationshipRequest is the link that a customer follows to accept. It names
// no customer.
func (s *Server) relationshipRequest(who caller) reply {
	if refused := s.forUsers(who); refused.status != 0 {
		return refused
	}
	return s.ok(map[string]any{"url": s.opts.Invitation, "attributes": attributes("RelationshipRequest")})
}

// SetRelationship gives or takes the relationship with a customer.
func (s *Server) SetRelationship(id autopilot.TenantID, reseller bool) {
	s.lock()
	defer s.mu.Unlock()
	relationship := autopilot.RelationshipNone
	if reseller {
		relationship = autopilot.RelationshipReseller
	}
	if c := s.customers[keyOf(id)]; c != nil {
		c.Relationship = relationship
		return
	}
	s.addCustomer(autopilot.Customer{ID: id, Relationship: relationship})
}

// SetCustomer adds a customer or changes their name, domain and relationship;
// what is registered for them stays. Where no customers were given, everybody
// else still is one.
func (s *Server) SetCustomer(given autopilot.Customer) {
	s.lock()
	defer s.mu.Unlock()
	if c := s.customers[keyOf(given.ID)]; c != nil {
		given.ID = c.ID
		c.Customer = withRelationship(given)
		return
	}
	s.addCustomer(given)
}

// ours says whether the partner may act for a customer.
func (s *Server) ours(c *customer) bool {
	if c == nil {
		return false
	}
	return c.Relationship == autopilot.RelationshipReseller || s.opts.Account == AccountProvider && len(s.resellers[c.key]) > 0
}

func (s *Server) noRelationship() reply {
	return s.refuse(http.StatusForbidden, "20002", "The partner has no business relationship with this customer.")
}

// listResellers is all of a provider's.
func (s *Server) listResellers(r *http.Request) reply {
	if refused := s.forProviders(); refused.status != 0 {
		return refused
	}
	if !strings.EqualFold(r.URL.Query().Get("relationship_type"), "IsIndirectCloudSolutionProviderOf") {
		return s.refuse(http.StatusBadRequest, "900126", "The relationship type is not known.")
	}
	had := map[autopilot.TenantID]bool{}
	items := []map[string]any{}
	for _, key := range sorted(s.resellers) {
		for _, one := range s.resellers[key] {
			if !had[one.ID] {
				items = append(items, one.wire())
			}
			had[one.ID] = true
		}
	}
	return s.collection(items)
}

// customerResellers is who sells to a customer.
func (s *Server) customerResellers(c *customer) reply {
	if refused := s.forProviders(); refused.status != 0 {
		return refused
	}
	items := []map[string]any{}
	for _, one := range s.resellers[c.key] {
		items = append(items, one.wire())
	}
	return s.collection(items)
}

func (r Reseller) wire() map[string]any {
	return map[string]any{
		"id": r.ID, "name": r.Name, "mpnId": r.MPN, "relationshipType": "is_indirect_cloud_solution_provider_of",
		"state": "active", "attributes": attributes("PartnerRelationship"),
	}
}
