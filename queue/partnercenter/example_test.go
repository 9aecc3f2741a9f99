package partnercenter_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/google/uuid"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// standIn answers as Partner Center would, so that the examples run.
func standIn() *httptest.Server {
	const customer = "/customers/47021739-3426-40bf-9601-61b4b6d7c793"
	answers := map[string]string{
		"GET /v1" + customer: `{"id":"47021739-3426-40bf-9601-61b4b6d7c793","companyProfile":{"companyName":"Contoso"},"relationshipToPartner":"reseller"}`,
		"GET /v1" + customer + "/batchJobStatus/1bd2c5a3-0a3b-4c3f-9d65-0b0f8c8a1c11": `{"status":"finished","devicesStatus":[
			{"productKey":"3305123456798","status":"finished_with_errors","errorCode":"808","errorDescription":"ZtdDeviceAssignedToOtherTenant"},
			{"productKey":"0305123456781","status":"finished","deviceId":"9993-8627"}]}`,
		"DELETE /v1" + customer + "/deviceBatches/DOCK-7/devices/9993-8627": "",
	}
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, known := answers[r.Method+" "+r.URL.Path]
		switch {
		case r.Method == http.MethodPost:
			w.Header().Set("Location", customer+"/batchJobStatus/1bd2c5a3-0a3b-4c3f-9d65-0b0f8c8a1c11")
			w.WriteHeader(http.StatusAccepted)
		case !known:
			w.WriteHeader(http.StatusForbidden)
			_, _ = fmt.Fprint(w, `{"code":20002,"description":"No business relationship."}`)
		case body == "":
			w.WriteHeader(http.StatusNoContent)
		default:
			_, _ = fmt.Fprint(w, body)
		}
	}))
}

// signedIn is where a program's own sign-in goes. It is asked before each
// request, so it should keep the token while it is good.
func signedIn(context.Context) (string, error) { return "an access token", nil }

// Two devices are registered for a customer. What counts is said of each device
// by the job, and never by the 202.
func Example() {
	service := standIn()
	defer service.Close()
	client, err := partnercenter.New(partnercenter.Options{
		BaseURL:     service.URL, // https://api.partnercenter.microsoft.com
		Token:       signedIn,
		Application: "Example/1.0",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	const customer autopilot.TenantID = "47021739-3426-40bf-9601-61b4b6d7c793"
	devices := []autopilot.Device{{PKID: "0305123456781"}, {PKID: "3305123456798"}}

	// Keep the request id and the devices before sending: sent again after an
	// answer that was lost, they must be the same.
	accepted, err := client.CreateBatch(ctx, customer, "DOCK-7", devices, "ee519026-4c67-4113-bec7-a38aca621bf0")
	if err != nil {
		fmt.Println(err)
		return
	}
	// Ask again every few seconds until each device's status is terminal.
	job, err := client.JobStatus(ctx, customer, accepted.TrackingID)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, device := range job.Devices {
		switch {
		case !device.Status.Terminal():
			fmt.Println(device.PKID.Masked(), "is on its way")
		case device.Code == "" || device.Code.MeansRegistered():
			fmt.Println(device.PKID.Masked(), "is registered")
		default:
			fmt.Println(device.PKID.Masked(), "was rejected:", device.Code, device.Description)
		}
	}
	// Output:
	// …6798 was rejected: 808 ZtdDeviceAssignedToOtherTenant
	// …6781 is registered
}

// Every failure is an *Error, and its Kind says what may be concluded.
func ExampleError() {
	service := standIn()
	defer service.Close()
	client, err := partnercenter.New(partnercenter.Options{BaseURL: service.URL, Token: signedIn})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = client.Batches(context.Background(), "fabrikam.onmicrosoft.com")
	failed, ok := errors.AsType[*partnercenter.Error](err)
	if !ok {
		return
	}
	switch failed.Kind() {
	case partnercenter.Unreachable, partnercenter.Throttled:
		fmt.Println("nothing was processed: send it again after", failed.RetryAfter)
	case partnercenter.NoAnswer, partnercenter.Untracked:
		fmt.Println("it may have been processed: look before sending it again")
	case partnercenter.SignIn:
		fmt.Println("somebody must sign in; with a second factor:", failed.MFA())
	case partnercenter.Forbidden:
		fmt.Println("no relationship with this customer:", failed.NoRelationship())
	case partnercenter.NotFound, partnercenter.Conflict, partnercenter.TooLarge, partnercenter.Invalid:
		fmt.Println("sending it again will not help:", failed.Code, failed.Description)
	}
	// Output: no relationship with this customer: true
}

// A device went to the wrong customer, and is taken out again.
func ExampleClient_DeleteDevice() {
	service := standIn()
	defer service.Close()
	client, err := partnercenter.New(partnercenter.Options{BaseURL: service.URL, Token: signedIn})
	if err != nil {
		fmt.Println(err)
		return
	}
	err = client.DeleteDevice(context.Background(), "47021739-3426-40bf-9601-61b4b6d7c793", "DOCK-7", "9993-8627", uuid.NewString())
	failed, refused := errors.AsType[*partnercenter.Error](err)
	switch {
	case !refused:
		fmt.Println("taken: BatchDevices says when it is gone")
	case failed.DeviceCode() == autopilot.CodeNotRegistered:
		fmt.Println("it was gone already")
	case failed.DeviceCode() == autopilot.CodeOtherParty:
		fmt.Println("whoever registered it must do this")
	default:
		fmt.Println(strings.ToLower(failed.Error()))
	}
	// Output: taken: BatchDevices says when it is gone
}
