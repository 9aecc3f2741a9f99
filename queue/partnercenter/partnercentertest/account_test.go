package partnercentertest_test

import (
	"fmt"
	"net/http"
	"testing"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// TestWhoMayDoWhat: each kind of caller at each door.
func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	const box = `{"productKey":"3305123456781"}`
	doors := []struct{ method, path, body string }{
		{"POST", in(contoso, "deviceBatches"), `{"batchId":"B","devices":[` + box + `]}`},
		{"GET", "/v1/customers/relationshiprequests", ""},
		{"GET", in(contoso, "policies"), ""},
		{"GET", in(contoso, "policies/p1"), ""},
		{"PATCH", in(contoso, "DevicePolicyUpdates"), `{"devices":[{"id":"x","policies":[{"key":"o_o_b_e","value":"p1"}]}]}`},
		{"POST", in(contoso, "deviceBatches/B/devices"), "[" + box + "]"},
		{"GET", in(contoso, "deviceBatches"), ""},
		{"GET", in(contoso, ""), ""},
		{"GET", "/v1/customers", ""},
		{"DELETE", in(contoso, "deviceBatches/B/devices/never"), ""},
	}
	for _, who := range []struct {
		name                      string
		application, admin, sales bool
		status                    int // of AppOnlyStatus
		want                      string
	}{
		{"both", false, true, true, 0, "[202 200 200 200 202 202 200 200 200 404]"},
		{"admin agent", false, true, false, 0, "[202 200 200 200 202 202 200 200 200 404]"},
		{"sales agent", false, false, true, 0, "[202 200 403/900150 403/900150 403/900150 202 200 200 200 404]"},
		{"no role", false, false, false, 0, "[403/900150 403/900150 403/900150 403/900150 403/900150 403/900150 403/900150 403/900150 403/900150 403/900150]"},
		{"application", true, false, false, 0, "[403/2032 403/2032 200 200 202 202 200 200 200 404]"},
		{"application, 401", true, false, false, http.StatusUnauthorized, "[401/400 401/400 200 200 202 202 200 200 200 404]"},
	} {
		t.Run(who.name, func(t *testing.T) {
			t.Parallel()
			server := partnercentertest.NewServer(partnercentertest.Options{
				AppOnlyStatus: who.status, Policies: map[autopilot.TenantID][]partnercentertest.Policy{contoso: {{ID: "p1", Name: "Office"}}},
			})
			ask(t, server, "POST", in(contoso, "deviceBatches"), `{"batchId":"B","devices":[{"productKey":"3305123456798"}]}`)
			var got []string
			for _, door := range doors {
				req, err := http.NewRequestWithContext(t.Context(), door.method, "https://partner.center.test"+door.path, http.NoBody)
				if err != nil {
					t.Fatal(err)
				}
				status, body := server.As(who.application, who.admin, who.sales, req, door.body)
				text := fmt.Sprint(status)
				if status == http.StatusForbidden || status == http.StatusUnauthorized {
					text += "/" + codeIn(t, body)
				}
				got = append(got, text)
			}
			if fmt.Sprint(got) != who.want {
				t.Errorf("got  %v\nwant %s", got, who.want)
			}
		})
	}
}
