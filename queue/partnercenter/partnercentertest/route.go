package partnercentertest

import (
	"net/http"
	"net/url"
	"strings"
)

// segments are the unescaped parts of a path after /v1, nil if it is not there.
// Empty ones are passed over: a doubled slash is in Microsoft's own sample.
func segments(at *url.URL) []string {
	var parts []string
	for part := range strings.SplitSeq(at.EscapedPath(), "/") {
		if part == "" {
			continue
		}
		plain, err := url.PathUnescape(part)
		if err != nil {
			return nil
		}
		parts = append(parts, plain)
	}
	if len(parts) == 0 || !strings.EqualFold(parts[0], "v1") {
		return nil
	}
	return parts[1:]
}

// A path is what comes after /v1, or after a customer.
type path []string

// is compares in any case; a star is any word.
func (p path) is(words ...string) bool {
	if len(p) != len(words) {
		return false
	}
	for i, word := range words {
		if word != "*" && !strings.EqualFold(p[i], word) {
			return false
		}
	}
	return true
}

// route finds what a path means.
func (s *Server) route(who caller, r *http.Request, parts []string, body []byte) reply {
	if refused := s.welcome(who); refused.status != 0 {
		return refused
	}
	p, get := path(parts), r.Method == http.MethodGet
	switch {
	case get && p.is("relationships"):
		return s.listResellers(r)
	case p.is("customers"):
		return s.listCustomers(r)
	case get && p.is("customers", "relationshipRequests"):
		return s.relationshipRequest(who)
	case get && p.is("customers", "*"):
		return s.getCustomer(s.customer(p[1]))
	case len(p) < 2 || !p[:1].is("customers"):
		return s.missing()
	}
	c := s.customer(p[1])
	if !s.ours(c) {
		return s.noRelationship()
	}
	if get {
		return s.read(who, c, r, p[2:])
	}
	if refused := s.throttleWrite(c); refused.status != 0 {
		return refused
	}
	return s.write(who, c, r, p[2:], body)
}

// read is a GET of something of a customer's.
func (s *Server) read(who caller, c *customer, r *http.Request, p path) reply {
	switch {
	case p.is("deviceBatches"):
		return s.listBatches(c)
	case p.is("deviceBatches", "*", "devices"):
		return s.listDevices(c, p[1], r.Header.Get("MS-ContinuationToken"))
	case p.is("batchJobStatus", "*"):
		return s.jobStatus(c, p[1])
	case p.is("relationships"):
		return s.customerResellers(c)
	case p.is("policies"):
		return either(s.forAdmins(who), func() reply { return s.listPolicies(c) })
	case p.is("policies", "*"):
		return either(s.forAdmins(who), func() reply { return s.getPolicy(c, p[1]) })
	default:
		return s.missing()
	}
}

// write is a request that changes something of a customer's.
func (s *Server) write(who caller, c *customer, r *http.Request, p path, body []byte) reply {
	switch {
	case r.Method == http.MethodPost && p.is("deviceBatches"):
		return either(s.forUsers(who), func() reply {
			return s.once(r, body, func(requestID string) reply { return s.createBatch(c, body, requestID) })
		})
	case r.Method == http.MethodPost && p.is("deviceBatches", "*", "devices"):
		return s.once(r, body, func(requestID string) reply { return s.appendBatch(c, p[1], body, requestID) })
	case r.Method == http.MethodDelete && p.is("deviceBatches", "*", "devices", "*"):
		return s.deleteDevice(c, p[1], p[3], r.Header.Get("MS-RequestId"))
	case r.Method == http.MethodPatch && p.is("devicePolicyUpdates"):
		return either(s.forAdmins(who), func() reply {
			return s.once(r, body, func(string) reply { return s.updatePolicies(c, body) })
		})
	default:
		return s.missing()
	}
}

// either is the refusal, if it has a status, or what comes otherwise.
func either(refused reply, otherwise func() reply) reply {
	if refused.status != 0 {
		return refused
	}
	return otherwise()
}

func (s *Server) missing() reply {
	return s.refuse(http.StatusNotFound, "1000", "The resource was not found.")
}
