package partnercenter_test

import (
	"net/http"
	"strings"
	"testing"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// TestDeleteIsBelievedOnlyFrom: what a network on the way may answer in
// Partner Center's place is never a yes.
func TestDeleteIsBelievedOnlyFrom(t *testing.T) {
	t.Parallel()
	const yes partnercenter.Kind = 0
	tests := map[string]struct {
		status     int
		kind, body string
		want       partnercenter.Kind
		code       autopilot.Code
	}{
		"204":                  {status: 204, want: yes},
		"200 without a body":   {status: 200, want: yes},
		"200 of blanks":        {status: 200, body: "\ufeff \r\n", want: yes},
		"200 with JSON":        {status: 200, kind: "application/json", body: "\ufeff" + `{"id":"d","errorCode":null}`, want: yes},
		"200 with code 0":      {status: 200, body: `{"code":0,"description":"done"}`, want: yes},
		"200 with null":        {status: 200, body: "null", want: yes},
		"202 without a body":   {status: 202, want: yes},
		"202 with JSON":        {status: 202, body: `{"link":"/customers/c/batchJobStatus/j"}`, want: yes},
		"200 of a portal":      {status: 200, kind: "text/html; charset=utf-8", body: "<html>Welcome</html>", want: partnercenter.NoAnswer},
		"200 page without one": {status: 200, kind: "text/html", want: partnercenter.NoAnswer},
		"200 page as JSON":     {status: 200, kind: "application/xhtml+xml", body: `{}`, want: partnercenter.NoAnswer},
		"200 page undeclared":  {status: 200, kind: "application/json", body: "<html>Welcome</html>", want: partnercenter.NoAnswer},
		"202 page":             {status: 202, body: "Your request is being examined", want: partnercenter.NoAnswer},
		"200 cut":              {status: 200, body: `{"id":`, want: partnercenter.NoAnswer},
		"200 too long":         {status: 200, body: `"` + strings.Repeat("x", 64<<10) + `"`, want: partnercenter.NoAnswer},
		"200 with a refusal":   {status: 200, body: `{"code":"1000","description":"no"}`, want: partnercenter.NoAnswer},
		"200 with a device's":  {status: 200, body: `{"description":"ZtdDeviceIsNotRegistered"}`, want: partnercenter.NoAnswer, code: autopilot.CodeNotRegistered},
		"201":                  {status: 201, want: partnercenter.NoAnswer},
		"203":                  {status: 203, want: partnercenter.NoAnswer},
		"205":                  {status: 205, want: partnercenter.NoAnswer},
		"206":                  {status: 206, body: "{}", want: partnercenter.NoAnswer},
		"302 of a portal":      {status: 302, want: partnercenter.NoAnswer},
		"303":                  {status: 303, body: "<html>", want: partnercenter.NoAnswer},
		"304":                  {status: 304, want: partnercenter.NoAnswer},
		"not there":            {status: 404, want: partnercenter.NotFound},
		"not registered":       {status: 404, body: `{"code":807}`, want: partnercenter.NotFound, code: autopilot.CodeNotRegistered},
		"other party":          {status: 409, body: `{"code":"3000","description":"ZtdDeviceRegisteredByOtherTenant"}`, want: partnercenter.Conflict, code: autopilot.CodeOtherParty},
		"method not allowed":   {status: 405, want: partnercenter.Invalid},
		"broken":               {status: 500, want: partnercenter.NoAnswer},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newService(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header()["Content-Type"] = nil
				if test.kind != "" {
					w.Header().Set("Content-Type", test.kind)
				}
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(test.body))
			})
			err := s.client.DeleteDevice(t.Context(), contoso, "DOCK-7", "d-1", "r-1")
			if len(s.Calls()) != 1 || s.Calls()[0].Method != http.MethodDelete || s.Calls()[0].Body != "" {
				t.Errorf("sent %v", s.Calls())
			}
			if test.want == yes {
				if err != nil {
					t.Errorf("got %v, want it taken", err)
				}
				return
			}
			if got := failure(t, err); got.Kind() != test.want || got.Status != test.status || got.DeviceCode() != test.code {
				t.Errorf("got %v (%v), device code %q; want %v and %q", got, got.Kind(), got.DeviceCode(), test.want, test.code)
			}
		})
	}
}

// TestDeleteCutShort: a yes that breaks off may be half of a no.
func TestDeleteCutShort(t *testing.T) {
	t.Parallel()
	c := newClient(t, wire(t, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{}"), nil)
	err := c.DeleteDevice(t.Context(), contoso, "DOCK-7", "d-1", "r-1")
	if got := failure(t, err); got.Kind() != partnercenter.NoAnswer {
		t.Errorf("got %v", err)
	}
}

func TestDeviceCode(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		code, description string
		want              autopilot.Code
	}{
		{"807", "", "807"},
		{"811", "anything", "811"},
		{"640", "", "640"},
		{"801", "", "801"},
		{"814", "", "814"},
		{"0807", "", "807"},
		{"815", "", ""},
		{"800", "", ""},
		{"800001", "", ""},
		{"-807", "", ""},
		{"3000", "ZtdDeviceIsNotRegistered", "807"},
		{"", "Refused (ZtdDeviceRegisteredByOtherTenant): ask them", "811"},
		{"ZtdDeviceNotFound", "", "812"},
		{"", "StorageError", "640"},
		{"", "ZtdDeviceDuplicated", autopilot.CodeDuplicate},
		{"", "ZtdDeviceIsNotRegistered ZtdDeviceIsNotRegistered", "807"},
		{"", "ZtdDeviceIsNotRegistered or ZtdDeviceRegisteredByOtherTenant", ""},
		{"", "ztddeviceisnotregistered", ""},
		{"", "error 807", ""},
		{"", "", ""},
	} {
		if got := (&partnercenter.Error{Code: test.code, Description: test.description}).DeviceCode(); got != test.want {
			t.Errorf("code %q, %q: got %q, want %q", test.code, test.description, got, test.want)
		}
	}
}
