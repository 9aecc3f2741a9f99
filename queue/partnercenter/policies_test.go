package partnercenter_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

func TestPolicies(t *testing.T) {
	t.Parallel()
	s := newService(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("MS-ContinuationToken") == "" {
			_, _ = w.Write([]byte("\ufeff" + `{"items":[
				{"id":"p-1","name":"Standard","category":"OOBE","devicesAssignedCount":"5","policySettings":["SkipEula","skip_oem_registration",7],"createdDate":"2017-07-25"},
				{"name":"without id"}, null, {"id":"p-2","policySettings":"SkipExpressSettings","category":"new one"}],"continuationToken":"2"}`))
			return
		}
		_, _ = w.Write([]byte(`{"items":[{"id":"p-3","policySettings":{"a":1},"devicesAssigned":-1,"lastModifiedDate":"yesterday"}]}`))
	})
	got, err := s.client.Policies(t.Context(), contoso)
	want := []partnercenter.Policy{
		{ID: "p-1", Name: "Standard", Category: "o_o_b_e", Devices: 5, Settings: []string{"skip_eula", "skip_oem_registration", "7"}, Created: time.Date(2017, 7, 25, 0, 0, 0, 0, time.UTC)},
		{ID: "p-2", Settings: []string{"skip_express_settings"}, Category: "new one"},
		{ID: "p-3"},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	for _, body := range []string{"", "null", "{}", "[]", `{"name":"x"}`, "<html>"} {
		if _, err := newService(t, answer(body)).client.Policy(t.Context(), contoso, "p-1"); failure(t, err).Kind() != partnercenter.NoAnswer {
			t.Errorf("%s: got %v", body, err)
		}
	}
}

// TestApplyPolicyLikeABatch: a 202 is its own outcome, and one without a job is
// untracked.
func TestApplyPolicyLikeABatch(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		status         int
		location, body string
		want           string
		kind           partnercenter.Kind
	}{
		"accepted":         {status: 202, location: "/customers/c/batchJobStatus/" + job, want: job},
		"link in the body": {status: 202, body: `{"link":{"uri":"/v1//customers/c/batchJobStatus/` + job + `"}}`, want: job},
		"untracked":        {status: 202, kind: partnercenter.Untracked},
		"an object":        {status: 200, body: "{}", kind: partnercenter.Untracked},
		"portal":           {status: 200, body: "<html>", kind: partnercenter.NoAnswer},
		"portal in place":  {status: 302, location: "/customers/c/batchJobStatus/" + job, kind: partnercenter.NoAnswer},
		"nested for ever":  {status: 200, body: strings.Repeat("[", 5000), kind: partnercenter.NoAnswer},
		"sales agent":      {status: 403, body: `{"code":"900150"}`, kind: partnercenter.Forbidden},
		"no such profile":  {status: 400, body: `{"code":809,"description":"x"}`, kind: partnercenter.Invalid},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newService(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("MS-CorrelationId", "theirs")
				if test.location != "" {
					w.Header().Set("Location", test.location)
				}
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(test.body))
			})
			got, err := s.client.ApplyPolicy(t.Context(), contoso, []string{"d-1", "D-1"}, "p-1", "the-plan")
			sent := s.Calls()[0]
			if sent.Method != http.MethodPatch || sent.Header.Get("MS-RequestId") != "the-plan" || !json.Valid([]byte(sent.Body)) {
				t.Errorf("sent %+v", sent)
			}
			if test.want == "" {
				if failed := failure(t, err); failed.Kind() != test.kind || failed.Status != test.status || failed.CorrelationID != "theirs" {
					t.Errorf("got %v (%v)", failed, failed.Kind())
				}
				return
			}
			if err != nil || got.TrackingID != test.want || got.RequestID != "the-plan" || got.CorrelationID != "theirs" {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestApplyPolicyNotSent(t *testing.T) {
	t.Parallel()
	full := make([]string, partnercenter.MaxDevices)
	for i := range full {
		full[i] = fmt.Sprint("d-", i)
	}
	tests := map[string]struct {
		customer        autopilot.TenantID
		devices         []string
		policy, request string
		want            partnercenter.Kind
	}{
		"no customer":   {"", full, "p", "r", partnercenter.Invalid},
		"no devices":    {contoso, nil, "p", "r", partnercenter.Invalid},
		"no policy":     {contoso, full, "", "r", partnercenter.Invalid},
		"no request id": {contoso, full, "p", "", partnercenter.Invalid},
		"an empty id":   {contoso, []string{"d", ""}, "p", "r", partnercenter.Invalid},
		"one twice":     {contoso, []string{"d", "e", "d"}, "p", "r", partnercenter.Invalid},
		"too many":      {contoso, append(slices.Clip(full), "one more"), "p", "r", partnercenter.TooLarge},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newService(t, func(http.ResponseWriter, *http.Request) {})
			_, err := s.client.ApplyPolicy(t.Context(), test.customer, test.devices, test.policy, test.request)
			if kind := failure(t, err).Kind(); kind != test.want || len(s.Calls()) != 0 {
				t.Errorf("got %v after %d requests", kind, len(s.Calls()))
			}
		})
	}
	s := newService(t, twoPages(job))
	if _, err := s.client.ApplyPolicy(t.Context(), contoso, full, "p", "r"); err != nil {
		t.Errorf("%d devices: %v", len(full), err)
	}
}

// TestDevicePolicy: of a device's policies only the one for the out of box
// experience counts.
func TestDevicePolicy(t *testing.T) {
	t.Parallel()
	for policies, want := range map[string]string{
		`[{"key":"none","value":"x"},{"key":"o_o_b_e","value":" p-1 "}]`: "p-1",
		`[{"Key":"OOBE","Value":"p-1"}]`:                                 "p-1",
		`[{"key":"o_o_b_e","value":null}]`:                               "",
		`[{"key":"none","value":"x"}]`:                                   "",
		`{"o_o_b_e":"p-1"}`:                                              "",
		`[]`:                                                             "",
		`null`:                                                           "",
	} {
		s := newService(t, answer(`{"items":[{"id":"d","policies":`+policies+`}]}`))
		got, err := s.client.BatchDevices(t.Context(), contoso, "DOCK-7")
		if err != nil || len(got) != 1 || got[0].Policy != want {
			t.Errorf("%s: got %v, %v, want %q", policies, got, err, want)
		}
	}
}
