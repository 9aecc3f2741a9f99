package partnercenter

import "pkidstation/queue/autopilot"

// A Relation is a partner that stands between an indirect provider and a
// customer.
type Relation struct {
	ID   autopilot.TenantID
	Name string
	// Type is Partner Center's word, such as is_indirect_cloud_solution_provider_of.
	Type string
	MPN  string
}
