package partnercentertest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

func profiles() partnercentertest.Options {
	return partnercentertest.Options{JobStutter: -1, Policies: map[autopilot.TenantID][]partnercentertest.Policy{
		autopilot.TenantID(strings.ToUpper(string(contoso))): {{ID: "p1", Name: "Office"}, {ID: "p2", Name: "Kiosk"}},
		fabrikam: {{ID: "p3", Name: "Shop"}},
	}}
}

// update asks for a profile for devices by id; an empty profile takes it away.
func update(t *testing.T, server *partnercentertest.Server, policy, requestID string, ids ...string) (int, string) {
	t.Helper()
	value := "null"
	if policy != "" {
		value = fmt.Sprintf("%q", policy)
	}
	var rows []string
	for _, id := range ids {
		rows = append(rows, fmt.Sprintf(`{"id":%q,"policies":[{"key":"o_o_b_e","value":%s}]}`, id, value))
	}
	return ask(t, server, "PATCH", in(contoso, "DevicePolicyUpdates"), `{"devices":[`+strings.Join(rows, ",")+`]}`, "MS-RequestId", requestID)
}

// outcomes are what the last job says: code by device id.
func outcomes(t *testing.T, server *partnercentertest.Server) map[string]string {
	t.Helper()
	requests := server.Requests()
	status, body := ask(t, server, "GET", "/v1"+requests[len(requests)-1].Location, "")
	var wire struct {
		DevicesStatus []struct {
			DeviceID  string `json:"deviceId"`
			ErrorCode any
		}
	}
	if err := json.Unmarshal([]byte(body), &wire); err != nil || status != http.StatusOK {
		t.Fatalf("%d %s: %v", status, body, err)
	}
	all := map[string]string{}
	for _, row := range wire.DevicesStatus {
		all[row.DeviceID] = strings.Trim(fmt.Sprint(row.ErrorCode), "<>")
	}
	return all
}

func TestPolicies(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(profiles())
	if status, body := ask(t, server, "GET", in(contoso, "policies"), ""); status != http.StatusOK || !strings.Contains(body, `"Office"`) || !strings.Contains(body, `"totalCount":2`) {
		t.Errorf("the list: %d %s", status, body)
	}
	if status, body := ask(t, server, "GET", in(contoso, "Policies/P2"), ""); status != http.StatusOK || !strings.Contains(body, `"Kiosk"`) || !strings.Contains(body, `"category":"o_o_b_e"`) {
		t.Errorf("one: %d %s", status, body)
	}
	if status, _ := ask(t, server, "GET", in(contoso, "policies/p3"), ""); status != http.StatusNotFound {
		t.Errorf("another customer's: %d", status)
	}
}

func TestPolicyUpdates(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(profiles())
	post(t, server, contoso, boxes(0, 3)...)
	all := ids(t, server, contoso)
	first, second, third := all[boxes(0, 1)[0].PKID], all[boxes(1, 1)[0].PKID], all[boxes(2, 1)[0].PKID]
	ask(t, server, "DELETE", in(contoso, "deviceBatches/B/devices/"+third), "")

	if status, body := update(t, server, "P1", "r1", first, third, "never"); status != http.StatusAccepted || body != "" {
		t.Fatalf("%d %s", status, body)
	}
	if diff := cmp.Diff(map[string]string{first: "nil", third: "807", "never": "807"}, outcomes(t, server)); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
	update(t, server, "p3", "r2", second) // of another customer
	if diff := cmp.Diff(map[string]string{second: "809"}, outcomes(t, server)); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
	_, list := ask(t, server, "GET", in(contoso, "deviceBatches/B/devices"), "")
	if strings.Count(list, `"policies":[{"key":"o_o_b_e","value":"p1"}]`) != 1 || strings.Count(list, `"policies":[]`) != 1 {
		t.Errorf("the devices: %s", list)
	}
	if _, body := ask(t, server, "GET", in(contoso, "policies/p1"), ""); !strings.Contains(body, `"devicesAssigned":1`) {
		t.Errorf("the profile: %s", body)
	}
	update(t, server, "p1", "r1", first, third, "never") // the same again
	update(t, server, "", "r3", first)
	got := server.Applied()
	if len(got) != 2 || got[0].Policy != "p1" || got[0].PKID != boxes(0, 1)[0].PKID || got[0].DeviceID != first || got[0].Customer != contoso || got[1].Policy != "" {
		t.Errorf("applied: %+v", got)
	}
	if _, body := ask(t, server, "GET", in(contoso, "policies/p1"), ""); !strings.Contains(body, `"devicesAssigned":0`) {
		t.Errorf("the profile, taken away: %s", body)
	}
	if _, text := say(t, server, "GET", "/simulator/applied", ""); strings.Count(text, "\n") != 2 {
		t.Errorf("applied: %s", text)
	}
}

// TestPolicyUpdatesAreOncePerRequestID, or not, as for a POST.
func TestPolicyUpdatesAreOncePerRequestID(t *testing.T) {
	t.Parallel()
	for mode, want := range map[partnercentertest.Mode]int{partnercentertest.IdempotencyReplay: 1, partnercentertest.IdempotencyIgnore: 2} {
		opts := profiles()
		opts.Idempotency = mode
		server := partnercentertest.NewServer(opts)
		post(t, server, contoso, boxes(0, 1)...)
		for range 2 {
			update(t, server, "p1", "same", ids(t, server, contoso)[boxes(0, 1)[0].PKID])
		}
		if got := len(server.Applied()); got != want {
			t.Errorf("%s: applied %d times, want %d", mode, got, want)
		}
	}
}

func TestPolicyUpdatesRefused(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(profiles())
	post(t, server, contoso, boxes(0, 1)...)
	for _, body := range []string{
		``, `[]`, `{"devices":[]}`, `{"devices":[{"id":"x"}]}`, `{"devices":[{"policies":[{"key":"o_o_b_e"}]}]}`,
		`{"devices":[{"id":"x","policies":[{"key":"none","value":"p1"}]}]}`,
		`{"devices":[{"id":"x","policies":[{"key":"o_o_b_e","value":"p1"},{"key":"o_o_b_e","value":"p2"}]}]}`,
	} {
		if status, _ := ask(t, server, "PATCH", in(contoso, "devicePolicyUpdates"), body); status != http.StatusBadRequest {
			t.Errorf("%s: %d", body, status)
		}
	}
	if status, _ := ask(t, server, "POST", in(contoso, "devicePolicyUpdates"), `{}`); status != http.StatusNotFound {
		t.Errorf("POST: %d", status)
	}
	if len(server.Applied()) != 0 {
		t.Errorf("applied: %v", server.Applied())
	}
}

// TestPolicyUpdatesLate: with CommitLate a profile is applied when the job
// ends, and a device that was removed by then has none.
func TestPolicyUpdatesLate(t *testing.T) {
	t.Parallel()
	opts := profiles()
	opts.CommitLate, opts.JobTime = true, time.Hour
	server := partnercentertest.NewServer(opts)
	post(t, server, contoso, boxes(0, 2)...)
	server.Advance(time.Hour)
	all := ids(t, server, contoso)
	update(t, server, "p1", "r1", all[boxes(0, 1)[0].PKID], all[boxes(1, 1)[0].PKID])
	ask(t, server, "DELETE", in(contoso, "deviceBatches/B/devices/"+all[boxes(1, 1)[0].PKID]), "")
	if len(server.Applied()) != 0 {
		t.Error("applied at once")
	}
	server.Advance(time.Hour)
	if got := server.Applied(); len(got) != 1 || got[0].PKID != boxes(0, 1)[0].PKID {
		t.Errorf("applied: %+v", got)
	}
}
