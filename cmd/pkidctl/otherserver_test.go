package main_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// A documented is a Partner Center that knows nothing but what Microsoft's pages
// show, in their own samples' shapes. It shares no code with the simulator.
type documented struct {
	mu       sync.Mutex
	batches  []string
	devices  map[string][]string // batch → product keys
	jobs     [][]string
	asked    map[int]int
	problems []string
}

func (d *documented) complain(format string, args ...any) {
	d.problems = append(d.problems, fmt.Sprintf(format, args...))
}

func (d *documented) handler() http.Handler {
	mux := http.NewServeMux()
	const customer = "/v1/customers/{customer}"
	mux.HandleFunc("GET "+customer+"/deviceBatches", d.list)
	mux.HandleFunc("GET "+customer+"/deviceBatches/{batch}/devices", d.listDevices)
	mux.HandleFunc("POST "+customer+"/deviceBatches", d.create)
	mux.HandleFunc("POST "+customer+"/deviceBatches/{batch}/devices", d.extend)
	mux.HandleFunc("GET "+customer+"/batchJobStatus/{job}", d.status)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.mu.Lock()
		defer d.mu.Unlock()
		if r.Header.Get("Authorization") != "Bearer from-someone-else" {
			d.complain("%s %s with the token %q", r.Method, r.URL, r.Header.Get("Authorization"))
		}
		mux.ServeHTTP(w, r)
	})
}

func (d *documented) list(w http.ResponseWriter, _ *http.Request) {
	items := ""
	for i, name := range d.batches {
		if i > 0 {
			items += ","
		}
		items += fmt.Sprintf(`{"id":%q,"creationDate":"2017-07-25T01:51:00","devicesCount":%d,"attributes":{"objectType":"DeviceBatch"}}`, name, len(d.devices[name]))
	}
	fmt.Fprintf(w, "\ufeff"+`{"totalCount":%d,"items":[%s],"attributes":{"objectType":"Collection"}}`, len(d.batches), items) //nolint:errcheck // a test
}

func (d *documented) listDevices(w http.ResponseWriter, r *http.Request) {
	items := ""
	for i, key := range d.devices[r.PathValue("batch")] {
		if i > 0 {
			items += ","
		}
		items += fmt.Sprintf(`{"id":"9993-8627-%d","productKey":%q,"uploadedDate":"0001-01-01T00:00:00"," attributes":{"objectType":"Device"}}`, i, key)
	}
	fmt.Fprintf(w, `{"totalCount":1,"items":[%s]}`, items) //nolint:errcheck // a test
}

func (d *documented) create(w http.ResponseWriter, r *http.Request) {
	var body struct {
		BatchID string              `json:"batchId"`
		Devices []map[string]string `json:"devices"`
	}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil || body.BatchID == "" {
		d.complain("create: %v, batch %q", err, body.BatchID)
	}
	d.batches = append(d.batches, body.BatchID)
	d.take(w, r, body.BatchID, body.Devices)
}

func (d *documented) extend(w http.ResponseWriter, r *http.Request) {
	var devices []map[string]string
	if err := json.NewDecoder(r.Body).Decode(&devices); err != nil {
		d.complain("append: %v", err)
	}
	d.take(w, r, r.PathValue("batch"), devices)
}

func (d *documented) take(w http.ResponseWriter, r *http.Request, batch string, devices []map[string]string) {
	var keys []string
	for _, device := range devices {
		keys = append(keys, device["productKey"])
	}
	d.devices[batch] = append(d.devices[batch], keys...)
	d.jobs = append(d.jobs, keys)
	w.Header().Set("Location", fmt.Sprintf("/customers/%s/batchJobStatus/%d", r.PathValue("customer"), len(d.jobs)-1))
	w.WriteHeader(http.StatusAccepted)
}

func (d *documented) status(w http.ResponseWriter, r *http.Request) {
	job := 0
	if _, err := fmt.Sscan(r.PathValue("job"), &job); err != nil || job >= len(d.jobs) {
		http.NotFound(w, r)
		return
	}
	if d.asked[job]++; d.asked[job] == 1 {
		fmt.Fprintf(w, `{"batchTrackingId":"%d","status":"processing","devicesStatus":[]}`, job) //nolint:errcheck // a test
		return
	}
	rows := ""
	for i, key := range d.jobs[job] {
		if i > 0 {
			rows += ","
		}
		// The page's own sample: the batch is finished, and its device is not.
		if key == "3305123456781" {
			rows += fmt.Sprintf(`{"productKey":%q,"status":"finished_with_errors","errorCode":"808","errorDescription":"ZtdDeviceAssignedToOtherTenant"}`, key)
		} else {
			rows += fmt.Sprintf(`{"deviceId":"d%d","productKey":%q,"status":"finished"}`, i, key)
		}
	}
	fmt.Fprintf(w, `{"batchTrackingId":"%d","status":"finished","startedTime":"2017-07-25T10:00:00","devicesStatus":[%s]}`, job, rows) //nolint:errcheck // a test
}

// TestAgainstAServerOfOthers: with nothing but the contract's two variables the
// same program registers at a server that is not our simulator.
func TestAgainstAServerOfOthers(t *testing.T) {
	t.Parallel()
	d := documented{devices: map[string][]string{}, asked: map[int]int{}}
	server := httptest.NewServer(d.handler())
	defer server.Close()
	environ := []string{
		"PKIDSTATION_PARTNER_CENTER_URL=" + server.URL, "PKIDSTATION_ACCESS_TOKEN=from-someone-else",
		"PKIDSTATION_UPLOAD_POLL_FIRST=10ms", "PKIDSTATION_UPLOAD_POLL_MAX=20ms", "PKIDSTATION_UPLOAD_BATCH_SIZE=2",
	}
	data := t.TempDir()
	const codes = "]C03305123456780\n]C03305123456781\n]C03305123456782\n]C03305123456783\n]C00000123456784\n"
	runIt(t, data, codes, nil, "scan", "--stdin", "--no-pairing", "--customer", oneCustomer, "--group-tag", "Test.batch").want(t, 0)
	runIt(t, data, "", environ, "upload", "--until-settled").want(t, 3, `"registered":4,"rejected":1`)
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, problem := range d.problems {
		t.Error(problem)
	}
	if len(d.batches) != 1 || d.batches[0] != "Test.batch" || len(d.devices["Test.batch"]) != 5 || len(d.jobs) != 3 {
		t.Errorf("it has %v with %v, in %d requests", d.batches, d.devices, len(d.jobs))
	}
}
