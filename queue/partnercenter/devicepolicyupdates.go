package partnercenter

import (
	"context"
	"net/http"

	"pkidstation/queue/autopilot"
)

// ApplyPolicy gives registered devices a policy of the customer's. Like a batch
// it is a job that comes later: Accepted says that it was taken, JobStatus which
// device has it. deviceIDs are Microsoft's, at most MaxDevices and each once;
// requestID is as in CreateBatch, and the same arguments give the same bytes. It
// needs an Admin agent; a Sales agent is Forbidden.
// https://learn.microsoft.com/en-us/partner-center/developer/update-a-list-of-devices-with-a-policy
func (c *Client) ApplyPolicy(ctx context.Context, customer autopilot.TenantID, deviceIDs []string, policyID, requestID string) (Accepted, error) {
	what := call{
		op: "apply policy", method: http.MethodPatch, customer: customer, path: []string{"DevicePolicyUpdates"},
		requestID: requestID,
	}
	if err := appliable(customer, deviceIDs, policyID, requestID); err != nil {
		return Accepted{}, notSent(what.op, err)
	}
	what.body = policyBody(deviceIDs, policyID)
	return c.submit(ctx, what)
}

// appliable finds the mistakes that no answer could be worth.
func appliable(customer autopilot.TenantID, deviceIDs []string, policyID, requestID string) error {
	if err := addressable(customer); err != nil {
		return err
	}
	switch {
	case !isSegment(policyID):
		return errPolicyID
	case requestID == "":
		return errNoRequestID
	case len(deviceIDs) == 0:
		return errNoDevices
	case len(deviceIDs) > MaxDevices:
		return errTooMany
	}
	had := map[string]bool{}
	for _, id := range deviceIDs {
		if !isSegment(id) {
			return errDeviceID
		}
		if had[id] {
			return errTwice
		}
		had[id] = true
	}
	return nil
}

func policyBody(deviceIDs []string, policyID string) []byte {
	type keyed struct {
		Key   string `json:"key"`
		Value string `json:"value"`
	}
	type device struct {
		ID       string  `json:"id"`
		Policies []keyed `json:"policies"`
	}
	devices := make([]device, 0, len(deviceIDs))
	for _, id := range deviceIDs {
		devices = append(devices, device{id, []keyed{{categoryOOBE, policyID}}})
	}
	return encode(struct {
		Devices    []device   `json:"devices"`
		Attributes attributes `json:"attributes"`
	}{devices, attributes{"DevicePolicyUpdateRequest"}})
}
