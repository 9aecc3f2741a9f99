package partnercenter_test

import (
	"net/http"
	"strings"
	"testing"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

const job = "1bd2c5a3-0a3b-4c3f-9d65-0b0f8c8a1c11"

func TestAcceptedFindsTheJob(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		status         int
		location, body string
		want           string
		kind           partnercenter.Kind
	}{
		"relative":             {status: 202, location: "/customers/c/batchJobStatus/" + job, want: job},
		"with v1":              {status: 202, location: "/v1/customers/c/batchjobstatus/" + job, want: job},
		"absolute":             {status: 202, location: "https://api.example/v1/customers/c/batchJobStatus/" + job + "/", want: job},
		"v1 and two slashes":   {status: 202, location: "https://api.example/v1//customers/c/batchJobStatus/" + job, want: job},
		"opaque id":            {status: 202, location: "/customers/c/batchJobStatus/job-7", want: "job-7"},
		"another word":         {status: 202, location: "/customers/c/jobs/" + job, want: job},
		"link in the body":     {status: 202, body: "\ufeff" + `{"link":{"method":"GET","uri":"/customers/c/batchJobStatus/` + job + `"}}`, want: job},
		"200 with a link":      {status: 200, body: `{"uri":"/customers/c/batchJobStatus/` + job + `"}`, want: job},
		"202 without":          {status: 202, kind: partnercenter.Untracked},
		"202 to the customer":  {status: 202, location: "/customers/" + job, kind: partnercenter.Untracked},
		"202 to nowhere":       {status: 202, location: "https://portal.example/sign-in", kind: partnercenter.Untracked},
		"200 without":          {status: 200, body: `{"id":"DOCK-7"}`, kind: partnercenter.Untracked},
		"200 of a portal":      {status: 200, body: "<html>Welcome</html>", kind: partnercenter.NoAnswer},
		"200 with nothing":     {status: 200, kind: partnercenter.NoAnswer},
		"302 of a portal":      {status: 302, location: "https://portal.example/x/" + job, kind: partnercenter.NoAnswer},
		"204":                  {status: 204, kind: partnercenter.NoAnswer},
		"location is no link":  {status: 202, location: "%zz", kind: partnercenter.Untracked},
		"location too long":    {status: 202, location: "/batchJobStatus/" + strings.Repeat("x", 200), kind: partnercenter.Untracked},
		"portal with our link": {status: 302, location: "/customers/c/batchJobStatus/" + job, kind: partnercenter.NoAnswer},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newService(t, func(w http.ResponseWriter, _ *http.Request) {
				if test.location != "" {
					w.Header().Set("Location", test.location)
				}
				w.Header().Set("MS-RequestId", "theirs")
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(test.body))
			})
			got, err := s.client.AppendBatch(t.Context(), contoso, "DOCK-7", devices(), "ours")
			if test.want == "" {
				if failed := failure(t, err); failed.Kind() != test.kind || failed.Status != test.status {
					t.Errorf("got %v (%v, status %d), want %v, status %d", failed, failed.Kind(), failed.Status, test.kind, test.status)
				}
				return
			}
			if err != nil || got.TrackingID != test.want || got.RequestID != "theirs" || got.CorrelationID == "" {
				t.Errorf("got %+v, %v, want job %s", got, err, test.want)
			}
			if call := s.Calls()[0]; call.Path != "/base/v1/customers/"+string(contoso)+"/deviceBatches/DOCK-7/devices" || !strings.HasPrefix(call.Body, "[{") {
				t.Errorf("sent %s with %.20s…", call.Path, call.Body)
			}
		})
	}
}

func TestNotSentAtAll(t *testing.T) {
	t.Parallel()
	many := make([]autopilot.Device, partnercenter.MaxDevices+1)
	for i := range many {
		many[i] = autopilot.Device{PKID: "0305123456781"}
	}
	tests := map[string]struct {
		customer       autopilot.TenantID
		batch, request string
		devices        []autopilot.Device
		want           partnercenter.Kind
	}{
		"no customer":   {"", "DOCK-7", "r", devices(), partnercenter.Invalid},
		"no batch":      {contoso, "", "r", devices(), partnercenter.Invalid},
		"up the path":   {contoso, "..", "r", devices(), partnercenter.Invalid},
		"control":       {contoso, "A\nB", "r", devices(), partnercenter.Invalid},
		"no request id": {contoso, "DOCK-7", "", devices(), partnercenter.Invalid},
		"no devices":    {contoso, "DOCK-7", "r", nil, partnercenter.Invalid},
		"no identity":   {contoso, "DOCK-7", "r", []autopilot.Device{{Serial: "5CD1234ABC"}}, partnercenter.Invalid},
		"too many":      {contoso, "DOCK-7", "r", many, partnercenter.TooLarge},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newService(t, func(http.ResponseWriter, *http.Request) {})
			_, err := s.client.CreateBatch(t.Context(), test.customer, test.batch, test.devices, test.request)
			if kind := failure(t, err).Kind(); kind != test.want || len(s.Calls()) != 0 {
				t.Errorf("got %v after %d requests, want %v and none", kind, len(s.Calls()), test.want)
			}
		})
	}
}
