package words

import (
	"errors"
	"strings"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// copied is what Microsoft's support asks for about a device, by the names that
// the API gives it, in no language: a person copies it into a ticket. Of the
// PKID it has the last 4 digits.
func copied(e queue.Entry, code autopilot.Code, answer, tracking string) string {
	return pairs(
		"errorCode", string(code), "errorDescription", answer, "batchTrackingId", tracking, "customer", string(e.Customer),
		"deviceBatch", e.Batch, "deviceId", e.DeviceID, "productKey", e.PKID.Masked(), "serialNumber", e.Serial,
	)
}

// Support is what Microsoft's support asks for about a failed call: the code and
// the ids of the answer, to be copied as they are. It is "" for an error that is
// not Partner Center's or has none of it.
func (w *Words) Support(err error) string {
	e, ok := errors.AsType[*partnercenter.Error](err)
	if !ok {
		return ""
	}
	return pairs("code", e.Code, "description", e.Description, "MS-RequestId", e.RequestID, "MS-CorrelationId", e.CorrelationID)
}

// pairs are names with their values, without those that have none.
func pairs(given ...string) string {
	var all []string
	for i := 0; i+1 < len(given); i += 2 {
		if given[i+1] != "" {
			all = append(all, given[i]+" "+shown(given[i+1], supportRunes))
		}
	}
	return strings.Join(all, ", ")
}
