package partnercentertest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// in is a path of a customer's.
func in(customer autopilot.TenantID, rest string) string {
	return "/v1/customers/" + string(customer) + "/" + rest
}

// ask sends a request with a token and gives status and body.
func ask(t *testing.T, server *partnercentertest.Server, method, path, body string, header ...string) (int, string) {
	t.Helper()
	return say(t, server, method, path, body, append([]string{"Authorization", "Bearer token"}, header...)...)
}

// codeIn is the code of a refusal.
func codeIn(t *testing.T, body string) string {
	t.Helper()
	var said struct{ Code string }
	if err := json.Unmarshal([]byte(body), &said); err != nil {
		t.Fatalf("%q: %v", body, err)
	}
	return said.Code
}

// post registers PKIDs in batch B and gives the job's id.
func post(t *testing.T, server *partnercentertest.Server, customer autopilot.TenantID, devices ...autopilot.Device) string {
	t.Helper()
	var rows []string
	for _, d := range devices {
		rows = append(rows, fmt.Sprintf(`{"productKey":%q,"serialNumber":%q,"oemManufacturerName":%q,"modelName":%q,"hardwareHash":%q}`, d.PKID, d.Serial, d.Manufacturer, d.Model, string(d.Hash)))
	}
	status, body := ask(t, server, "POST", in(customer, "deviceBatches"), `{"batchId":"B","devices":[`+strings.Join(rows, ",")+`]}`)
	if status != http.StatusAccepted {
		t.Fatalf("POST: %d %s", status, body)
	}
	requests := server.Requests()
	location := requests[len(requests)-1].Location
	return location[strings.LastIndex(location, "/")+1:]
}

// ids are the devices listed in batch B: id by PKID.
func ids(t *testing.T, server *partnercentertest.Server, customer autopilot.TenantID) map[autopilot.PKID]string {
	t.Helper()
	status, body := ask(t, server, "GET", in(customer, "deviceBatches/B/devices"), "")
	var wire struct {
		Items []struct {
			ID         string
			ProductKey autopilot.PKID
		}
	}
	if err := json.Unmarshal([]byte(body), &wire); err != nil || status != http.StatusOK {
		t.Fatalf("%d %s: %v", status, body, err)
	}
	all := map[autopilot.PKID]string{}
	for _, item := range wire.Items {
		all[item.ProductKey] = item.ID
	}
	return all
}

// answers are the codes of the rows from one on.
func answers(server *partnercentertest.Server, from int) (all []autopilot.Code) {
	for _, row := range server.Rows()[from:] {
		all = append(all, row.Code)
	}
	return all
}

// TestRemoval: from the wrong customer to the right one, with a lag between.
func TestRemoval(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{RemovalLag: time.Hour})
	post(t, server, contoso, boxes(0, 3)...)
	box := boxes(1, 1)[0]
	id := ids(t, server, contoso)[box.PKID]
	remove := func(id string) (int, string) {
		return ask(t, server, "DELETE", in(contoso, "deviceBatches/b/devices/"+id), "", "MS-RequestId", "r1")
	}
	if status, body := remove(id); status != http.StatusNoContent || body != "" {
		t.Fatalf("DELETE: %d %s", status, body)
	}
	if status, body := remove(id); status != http.StatusNotFound || codeIn(t, body) != "1000" {
		t.Errorf("DELETE again: %d %s", status, body)
	}
	post(t, server, fabrikam, box)
	post(t, server, contoso, box)
	if diff := cmp.Diff([]autopilot.Code{"808", "806"}, answers(server, 3)); diff != "" || len(ids(t, server, contoso)) != 3 {
		t.Errorf("within the lag, %d listed (-want +got):\n%s", len(ids(t, server, contoso)), diff)
	}
	server.Advance(time.Hour)
	post(t, server, fabrikam, box)
	post(t, server, contoso, box)
	if diff := cmp.Diff([]autopilot.Code{"", "808"}, answers(server, 5)); diff != "" || len(ids(t, server, contoso)) != 2 {
		t.Errorf("after the lag, %d listed (-want +got):\n%s", len(ids(t, server, contoso)), diff)
	}
	if _, body := ask(t, server, "GET", in(contoso, "deviceBatches"), ""); !strings.Contains(body, `"devicesCount":2`) {
		t.Errorf("the batch: %s", body)
	}
	removals := server.Removals()
	want := partnercentertest.Removal{PKID: box.PKID, Customer: contoso, Batch: "B", DeviceID: id, RequestID: "r1", At: removals[0].At}
	if diff := cmp.Diff([]partnercentertest.Removal{want}, removals); diff != "" {
		t.Errorf("removals (-want +got):\n%s", diff)
	}
	var left []string
	for _, one := range server.Registered() {
		left = append(left, fmt.Sprint(one.PKID, one.Customer))
	}
	wantLeft := []string{fmt.Sprint(boxes(0, 1)[0].PKID, contoso), fmt.Sprint(boxes(2, 1)[0].PKID, contoso), fmt.Sprint(box.PKID, fabrikam)}
	if diff := cmp.Diff(wantLeft, left); diff != "" || len(server.Ledger()) != 4 {
		t.Errorf("registered, of %d commits (-want +got):\n%s", len(server.Ledger()), diff)
	}
	for page, lines := range map[string]int{"removals": 1, "registered": 3, "ledger": 4} {
		if _, text := say(t, server, "GET", "/simulator/"+page, ""); strings.Count(text, "\n") != lines {
			t.Errorf("%s: %s", page, text)
		}
	}
}

// TestRemovalRefused: whose it is not, what it is not in, and what is gone.
func TestRemovalRefused(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{DeleteGone: partnercentertest.DeleteGone807, OtherPartyStatus: http.StatusForbidden})
	post(t, server, contoso, boxes(0, 2)...)
	ask(t, server, "POST", in(contoso, "deviceBatches"), `{"batchId":"C","devices":[{"productKey":"3305123499999"}]}`)
	all := ids(t, server, contoso)
	one, other := all[boxes(0, 1)[0].PKID], all[boxes(1, 1)[0].PKID]
	server.SetOtherParty(boxes(1, 1)[0].PKID)
	for _, step := range []struct {
		path, code string
		status     int
	}{
		{"C/devices/" + one, "1000", 404},
		{"D/devices/" + one, "1000", 404},
		{"B/devices/never", "1000", 404},
		{"B/devices/" + other, "811", 403},
		{"B/devices/" + strings.ToUpper(one), "", 204},
		{"B/devices/" + one, "807", 400},
	} {
		status, body := ask(t, server, "DELETE", in(contoso, "deviceBatches/"+step.path), "")
		if status != step.status || body != "" && codeIn(t, body) != step.code {
			t.Errorf("%s: %d %s, want %d, code %s", step.path, status, body, step.status, step.code)
		}
	}
	if status, _ := ask(t, server, "DELETE", in(fabrikam, "deviceBatches/B/devices/"+other), ""); status != http.StatusNotFound {
		t.Errorf("by another customer's path: %d", status)
	}
	server.SetRelationship(contoso, false)
	if status, body := ask(t, server, "DELETE", in(contoso, "deviceBatches/B/devices/"+other), ""); status != http.StatusForbidden || codeIn(t, body) != "20002" {
		t.Errorf("without a relationship: %d %s", status, body)
	}
	if len(server.Removals()) != 1 {
		t.Errorf("removed: %+v", server.Removals())
	}
}

// TestRegisteredAgain: it has another id, and the old one stays gone.
func TestRegisteredAgain(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{})
	post(t, server, contoso, boxes(0, 1)...)
	first := ids(t, server, contoso)[boxes(0, 1)[0].PKID]
	remove := func() int {
		status, _ := ask(t, server, "DELETE", in(contoso, "deviceBatches/B/devices/"+first), "")
		return status
	}
	if got := remove(); got != http.StatusNoContent {
		t.Fatal(got)
	}
	post(t, server, contoso, boxes(0, 1)...)
	second := ids(t, server, contoso)[boxes(0, 1)[0].PKID]
	if got := remove(); got != http.StatusNotFound || second == first || second == "" || len(server.Registered()) != 1 || len(server.Ledger()) != 2 {
		t.Errorf("%d; ids %s, %s; registered %v", got, first, second, server.Registered())
	}
}

// TestRemovedUnderway: a page that was asked for before a removal leaves
// nothing out of the next.
func TestRemovedUnderway(t *testing.T) {
	t.Parallel()
	server, c := socketless(t, partnercentertest.Options{PageSize: 2})
	create(t, c, contoso, "B", boxes(0, 5))
	_, first := ask(t, server, "GET", in(contoso, "deviceBatches/B/devices"), "")
	var wire struct {
		Items             []struct{ ID string }
		ContinuationToken string
	}
	if err := json.Unmarshal([]byte(first), &wire); err != nil {
		t.Fatal(err)
	}
	ask(t, server, "DELETE", in(contoso, "deviceBatches/B/devices/"+wire.Items[0].ID), "")
	_, next := ask(t, server, "GET", in(contoso, "deviceBatches/B/devices"), "", "MS-ContinuationToken", wire.ContinuationToken)
	if !strings.Contains(next, string(boxes(2, 1)[0].PKID)) || !strings.Contains(next, string(boxes(3, 1)[0].PKID)) {
		t.Errorf("the second page: %s", next)
	}
	if got, err := c.BatchDevices(t.Context(), contoso, "B"); err != nil || len(got) != 4 {
		t.Errorf("%v, %v", got, err)
	}
}

// TestRemovalUnderFaults: a DELETE whose answer was lost took place, and one
// that was not processed did not.
func TestRemovalUnderFaults(t *testing.T) {
	t.Parallel()
	for fault, removed := range map[partnercentertest.Fault]int{partnercentertest.FaultGatewayAfter: 1, partnercentertest.FaultGateway: 0, partnercentertest.FaultTimeout: 0} {
		server := partnercentertest.NewServer(partnercentertest.Options{})
		post(t, server, contoso, boxes(0, 1)...)
		id := ids(t, server, contoso)[boxes(0, 1)[0].PKID]
		server.Strike(fault)
		if status, _ := ask(t, server, "DELETE", in(contoso, "deviceBatches/B/devices/"+id), ""); status < 400 || len(server.Removals()) != removed {
			t.Errorf("%s: %d, %d removed, want %d", fault, status, len(server.Removals()), removed)
		}
	}
}

// TestRemovalIsNoContent: a 204 that says nothing of a length.
func TestRemovalIsNoContent(t *testing.T) {
	t.Parallel()
	server, _ := socketless(t, partnercentertest.Options{})
	post(t, server, contoso, boxes(0, 1)...)
	address := "https://partner.center.test" + in(contoso, "deviceBatches/B/devices/"+ids(t, server, contoso)[boxes(0, 1)[0].PKID])
	req, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer x")
	resp, err := server.RoundTripper().RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusNoContent || resp.Header.Get("Content-Length") != "" || resp.Header.Get("MS-RequestId") == "" {
		t.Errorf("%d with %v", resp.StatusCode, resp.Header)
	}
}

// TestAdvance: the clock goes ahead by what it is told, over the network too,
// never back, and not for ever.
func TestAdvance(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := partnercentertest.NewServer(partnercentertest.Options{JobTime: 15 * time.Minute, JobStutter: -1})
		job := post(t, server, contoso, boxes(0, 1)...)
		status := func() string {
			_, body := ask(t, server, "GET", in(contoso, "batchJobStatus/"+job), "")
			var said struct{ Status string }
			if err := json.Unmarshal([]byte(body), &said); err != nil {
				t.Fatal(err)
			}
			return said.Status
		}
		start := server.Requests()[0].At
		got := []string{status()}
		server.Advance(-time.Hour)
		got = append(got, status())
		if code, _ := say(t, server, "POST", "/simulator/advance?by=5m", ""); code != http.StatusNoContent {
			t.Error(code)
		}
		got = append(got, status())
		server.Advance(10 * time.Minute)
		got = append(got, status())
		if diff := cmp.Diff([]string{"queued", "queued", "processing", "finished"}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		for _, bad := range []string{"", "?by=", "?by=-1h", "?by=soon", "?by=0s"} {
			if code, _ := say(t, server, "POST", "/simulator/advance"+bad, ""); code != http.StatusBadRequest {
				t.Errorf("advance%s: %d", bad, code)
			}
		}
		if code, _ := say(t, server, "GET", "/simulator/advance?by=1h", ""); code != http.StatusMethodNotAllowed {
			t.Errorf("GET: %d", code)
		}
		for range 5 {
			server.Advance(1<<63 - 1)
		}
		status()
		all := server.Requests()
		if ahead := all[len(all)-1].At.Sub(start); ahead != 100*365*24*time.Hour {
			t.Errorf("as far as it goes is %v", ahead)
		}
	})
}
