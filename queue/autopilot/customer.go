package autopilot

import (
	"errors"
	"regexp"
	"strings"
)

// Why a customer or a group tag is refused.
var (
	ErrTenantID = errors.New("a customer's Microsoft ID is a GUID, or a domain name of at most 64 characters")
	ErrGroupTag = errors.New("a group tag is 1 to 64 of the characters A-Z a-z 0-9 . _ -")
)

// A TenantID is a customer's Microsoft ID, a GUID; Partner Center calls it
// customer-tenant-id.
type TenantID string

var tenantID = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$`)

// nearlyGUID is what somebody meant to be a GUID, or is one.
var (
	guid       = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	nearlyGUID = regexp.MustCompile(`^[0-9a-f]+(-[0-9a-f]+){4}$`)
)

// ParseTenantID gives the tenant id that text is, in lower case, since
// Microsoft tells no case apart; or ErrTenantID.
func ParseTenantID(text string) (TenantID, error) {
	lower := strings.ToLower(text)
	if !tenantID.MatchString(text) || nearlyGUID.MatchString(lower) && !guid.MatchString(lower) {
		return "", ErrTenantID
	}
	return TenantID(lower), nil
}

// A GroupTag names the customer's batch in Partner Center and shows up in
// Intune as the devices' group tag. Its case counts.
type GroupTag string

var groupTag = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,64}$`)

// ParseGroupTag gives the group tag that text is, or ErrGroupTag. Partner
// Center documents no character set; this is the set that is safe everywhere.
func ParseGroupTag(text string) (GroupTag, error) {
	if !groupTag.MatchString(text) || text == "." || text == ".." {
		return "", ErrGroupTag
	}
	return GroupTag(text), nil
}

// A Customer is one customer of the partner.
type Customer struct {
	ID           TenantID     `json:"id"`
	Name         string       `json:"name"`
	Domain       string       `json:"domain"`
	Relationship Relationship `json:"relationship"`
}

// Relationship is what Partner Center says the partner is to a customer.
type Relationship string

// The relationships Partner Center knows. Registering needs Reseller.
const (
	RelationshipUnknown   Relationship = "unknown"
	RelationshipReseller  Relationship = "reseller"
	RelationshipAdvisor   Relationship = "advisor"
	RelationshipSyndicate Relationship = "syndication"
	RelationshipMicrosoft Relationship = "microsoft_support"
	RelationshipNone      Relationship = "none"
)
