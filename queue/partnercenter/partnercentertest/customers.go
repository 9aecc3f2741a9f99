package partnercentertest

import (
	"encoding/json"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"pkidstation/queue/autopilot"
)

// A customer is one of the partner's, with what is registered for them.
type customer struct {
	autopilot.Customer

	key     string
	batches []*batch
	named   map[string]*batch
	devices map[string]*registered // by id, removed ones too
	// assigned counts devices by the profile they have.
	assigned map[string]int
	writes   writes
}

// keyOf is a customer's id, the same in any case.
func keyOf(id autopilot.TenantID) string { return strings.ToLower(string(id)) }

func withRelationship(c autopilot.Customer) autopilot.Customer {
	if c.Relationship == "" {
		c.Relationship = autopilot.RelationshipReseller
	}
	return c
}

func (s *Server) addCustomer(given autopilot.Customer) *customer {
	key := keyOf(given.ID)
	if _, again := s.customers[key]; !again {
		s.known = append(s.known, key)
	}
	s.customers[key] = &customer{
		Customer: withRelationship(given), key: key,
		named: map[string]*batch{}, devices: map[string]*registered{}, assigned: map[string]int{},
	}
	return s.customers[key]
}

// customer finds one by id, or nil. Where no customers were given, whoever is
// asked for becomes one.
func (s *Server) customer(id string) *customer {
	c := s.customers[strings.ToLower(id)]
	if c == nil && !s.closed {
		if _, err := autopilot.ParseTenantID(id); err == nil {
			c = s.addCustomer(autopilot.Customer{ID: autopilot.TenantID(id)})
		}
	}
	return c
}

// wire is a customer as in a list.
func (c *customer) wire() map[string]any {
	return map[string]any{
		"id": c.ID, "relationshipToPartner": c.Relationship,
		"companyProfile": map[string]any{
			"tenantId": c.ID, "domain": c.Domain, "companyName": c.Name, "attributes": attributes("CustomerCompanyProfile"),
		},
		"attributes": attributes("Customer"),
	}
}

// getCustomer tells of one customer. It alone knows of delegated access.
func (s *Server) getCustomer(c *customer) reply {
	if !s.ours(c) && (c == nil || s.opts.RelationshipAnswer == Relationship403) {
		return s.noRelationship()
	}
	if !s.ours(c) && s.opts.RelationshipAnswer == Relationship404 {
		return s.missing()
	}
	wire := c.wire()
	wire["allowDelegatedAccess"] = s.opts.DelegatedAccess
	return s.ok(wire)
}

// A seek is a list of customers on its way: its token carries all that the
// first request said.
type seek struct {
	After  int    `json:"after"`
	Size   int    `json:"size"`
	Filter filter `json:"filter"`
}

// A filter is the customers whose Field begins with Value.
type filter struct{ Field, Value, Operator string }

// listCustomers pages by seeking: a further page wants seekOperation=Next and
// the token.
func (s *Server) listCustomers(r *http.Request) reply {
	query, token := r.URL.Query(), r.Header.Get("MS-ContinuationToken")
	if r.Method != http.MethodGet || token != "" && !strings.EqualFold(query.Get("seekOperation"), "Next") {
		return s.refuse(http.StatusBadRequest, "800002", "The seek operation is missing.")
	}
	at, valid := s.seek(query, token)
	if !valid {
		return s.refuse(http.StatusBadRequest, "3000", "The size, the filter or the continuation token is not valid.")
	}
	items, next := s.customersFrom(at)
	body := map[string]any{"totalCount": len(items), "items": items, "attributes": attributes("Collection")}
	links := map[string]any{"self": map[string]any{"uri": "/customers", "method": "GET", "headers": []string{}}}
	if next > 0 {
		at.After = next
		more := at.token()
		body["continuationToken"] = more
		links["next"] = map[string]any{
			"uri": "/customers?seekOperation=Next", "method": "GET",
			"headers": []map[string]string{{"key": "MS-ContinuationToken", "value": more}},
		}
	}
	body["links"] = links
	return s.ok(body)
}

func (s *Server) customersFrom(at seek) ([]map[string]any, int) {
	return list{
		length: len(s.known),
		shown: func(i int) bool {
			c := s.customers[s.known[i]]
			return s.ours(c) && at.Filter.matches(c, s.resellers[c.key])
		},
		wire: func(i int) map[string]any { return s.customers[s.known[i]].wire() },
	}.from(at.After, at.Size)
}

// seek is where a request wants to go on. It is false where it says nonsense.
func (s *Server) seek(query url.Values, token string) (seek, bool) {
	at := seek{Size: s.opts.PageSize}
	if token != "" {
		plain, ours := opened(token)
		err := json.Unmarshal([]byte(plain), &at)
		return at, ours && err == nil && at.After >= 0 && at.After <= len(s.known) && at.Size > 0
	}
	if text := query.Get("filter"); text != "" {
		if err := json.Unmarshal([]byte(text), &at.Filter); err != nil || !at.Filter.known() {
			return at, false
		}
	}
	if !query.Has("size") {
		return at, true
	}
	size, err := strconv.Atoi(query.Get("size"))
	if size == 0 && at.Filter.Field != "" {
		at.Size = math.MaxInt
	} else if size > 0 {
		at.Size = min(size, s.opts.PageSize)
	}
	return at, err == nil && size >= 0
}

func (a seek) token() string {
	text, err := json.Marshal(a)
	if err != nil {
		return ""
	}
	return ticket(string(text))
}

// known says whether Partner Center has such a filter.
func (f filter) known() bool {
	switch strings.ToLower(f.Field) {
	case "companyname", "domain", "indirectreseller", "indirectcloudsolutionprovider":
		return strings.EqualFold(f.Operator, "starts_with")
	default:
		return false
	}
}

func (f filter) matches(c *customer, resellers []Reseller) bool {
	begins := func(text string) bool {
		return strings.HasPrefix(strings.ToLower(text), strings.ToLower(f.Value))
	}
	switch strings.ToLower(f.Field) {
	case "companyname":
		return begins(c.Name)
	case "domain":
		return begins(c.Domain)
	case "indirectreseller", "indirectcloudsolutionprovider":
		for _, one := range resellers {
			if begins(string(one.ID)) {
				return true
			}
		}
		return false
	default:
		return true
	}
}
