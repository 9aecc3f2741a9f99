package partnercenter

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"strings"

	"pkidstation/queue/autopilot"
)

var errRefused = errors.New("the answer says that it was refused")

// DeleteDevice takes one device out of a batch, and with it its registration.
// Only a device that this partner added can be taken out; batchID and deviceID
// are as BatchDevices gives them.
//
// Without an error it was taken, no more: whether the device is gone is for
// BatchDevices to say, a moment later. A device that is not there is NotFound, or
// has an [Error.DeviceCode] of its own; which of them means done is the caller's
// to decide. Sent again it does no harm. requestID is the plan's, as in
// CreateBatch.
//
// Of the statuses only 204, 200 and 202 are an answer to a DELETE (RFC 9110,
// 9.3.5), the last two only with an empty body or with JSON that names no
// refusal. Whatever else a network on the way may make up, such as a page to
// sign in at, is NoAnswer.
// https://learn.microsoft.com/en-us/partner-center/developer/delete-a-device-for-the-specified-customer
func (c *Client) DeleteDevice(ctx context.Context, customer autopilot.TenantID, batchID, deviceID, requestID string) error {
	what := call{
		op: "delete device", method: http.MethodDelete, customer: customer, path: append(devicesPath(batchID), deviceID), requestID: requestID,
	}
	if err := deletable(customer, batchID, deviceID, requestID); err != nil {
		return notSent(what.op, err)
	}
	got, err := c.send(ctx, what)
	if err != nil {
		return err
	}
	if err := deleted(what.op, got); err != nil {
		return err
	}
	return nil
}

// deletable finds the mistakes that no answer could be worth.
func deletable(customer autopilot.TenantID, batchID, deviceID, requestID string) error {
	if err := addressable(customer); err != nil {
		return err
	}
	switch {
	case !isSegment(batchID):
		return errBatchName
	case !isSegment(deviceID):
		return errDeviceID
	case requestID == "":
		return errNoRequestID
	}
	return nil
}

// deleted is nil where a 2xx is Partner Center's yes to a DELETE.
func deleted(op string, got answer) *Error {
	body := bytes.TrimSpace(bytes.TrimPrefix(got.body, []byte("\ufeff")))
	switch {
	case got.status == http.StatusNoContent:
		return nil
	case got.status != http.StatusOK && got.status != http.StatusAccepted:
		return unreadable(op, got, errNotPartnerCenter)
	case got.cut != nil:
		return unreadable(op, got, got.cut)
	case isPage(got.header), len(body) > 0 && !json.Valid(body):
		return unreadable(op, got, errNotPartnerCenter)
	}
	failed := unreadable(op, got, errRefused)
	failed.tell(decodeRefusal(body))
	if failed.DeviceCode() == "" && (failed.Code == "" || failed.Code == "0") {
		return nil
	}
	return failed
}

// isPage says whether the answer is a page for people, by its own word.
func isPage(header http.Header) bool {
	kind, _, err := mime.ParseMediaType(header.Get("Content-Type"))
	return err == nil && strings.Contains(kind, "html")
}
