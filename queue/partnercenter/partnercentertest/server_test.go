package partnercentertest_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
)

func TestDirectory(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) { // each draws other jobs
		server, c := started(t, partnercentertest.Options{Seed: seed, BOM: seed%2 == 0, Directory: func(d autopilot.Device) autopilot.Code {
			if d.PKID == boxes(9, 1)[0].PKID {
				return autopilot.CodeUnknownDevice
			}
			return ""
		}})
		create(t, c, contoso, "DOCK-7", boxes(0, 2))
		create(t, c, fabrikam, "DOCK-7", boxes(2, 1))
		mixed := append(boxes(0, 4), boxes(9, 1)[0], boxes(3, 1)[0], autopilot.Device{PKID: "not a pkid"})
		got := codes(t, c, contoso, create(t, c, contoso, "DOCK-7", mixed))
		want := map[autopilot.PKID]autopilot.Code{
			boxes(0, 1)[0].PKID: "806", boxes(1, 1)[0].PKID: "806", boxes(2, 1)[0].PKID: "808",
			boxes(3, 1)[0].PKID: autopilot.CodeDuplicate, boxes(9, 1)[0].PKID: "812", "not a pkid": "803",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("seed %d: codes (-want +got):\n%s", seed, diff)
		}
		var committed []autopilot.PKID
		for _, commit := range server.Ledger() {
			committed = append(committed, commit.PKID)
		}
		if diff := cmp.Diff([]autopilot.PKID{boxes(0, 1)[0].PKID, boxes(1, 1)[0].PKID, boxes(2, 1)[0].PKID, boxes(3, 1)[0].PKID}, committed); diff != "" {
			t.Errorf("seed %d: ledger (-want +got):\n%s", seed, diff)
		}
		if rows := server.Rows(); len(rows) != 10 || rows[3].Code != "806" || rows[9].Code != "803" || rows[0].RequestID == "" || rows[0].TrackingID == "" {
			t.Errorf("seed %d: rows %+v", seed, rows)
		}
	}
}

func TestJobsTakeTheirTime(t *testing.T) {
	t.Parallel()
	seen := map[partnercenter.JobStatus]bool{}
	missing := false
	for seed := range uint64(12) {
		synctest.Test(t, func(t *testing.T) {
			_, c := socketless(t, partnercentertest.Options{Seed: seed, JobTime: 10 * time.Minute, JobLife: time.Hour, Directory: func(autopilot.Device) autopilot.Code { return autopilot.CodeStorage }})
			tracking := create(t, c, contoso, "DOCK-7", boxes(0, 1))
			for range 12 {
				job, err := c.JobStatus(t.Context(), contoso, tracking)
				missing = missing || kindOf(t, err) == partnercenter.NotFound
				seen[job.Status] = true
				wait(t, time.Minute)
			}
			job, err := c.JobStatus(t.Context(), contoso, tracking)
			if err != nil || !job.Status.Terminal() || len(job.Devices) != 1 || job.Devices[0].Code != autopilot.CodeStorage || job.Completed.Sub(job.Started).Round(time.Second) != 10*time.Minute {
				t.Errorf("after 12 minutes: %+v, %v", job, err)
			}
			wait(t, time.Hour)
			if _, err := c.JobStatus(t.Context(), contoso, tracking); kindOf(t, err) != partnercenter.NotFound {
				t.Errorf("after its life: %v", err)
			}
		})
	}
	want := map[partnercenter.JobStatus]bool{
		"": true, partnercenter.StatusUnknown: true, partnercenter.StatusQueued: true, partnercenter.StatusProcessing: true,
		partnercenter.StatusFinished: true, partnercenter.StatusFinishedWithErrors: true,
	}
	if diff := cmp.Diff(want, seen); diff != "" || !missing {
		t.Errorf("missing at first: %v; statuses (-want +got):\n%s", missing, diff)
	}
}

// wait lets a bubble's clock run.
func wait(t *testing.T, d time.Duration) {
	t.Helper()
	select {
	case <-time.After(d):
	case <-t.Context().Done():
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	server, c := started(t, partnercentertest.Options{BOM: true})
	create(t, c, contoso, "Test batch/é", boxes(0, 250))
	got, err := c.BatchDevices(t.Context(), contoso, "TEST batch/é")
	if err != nil || len(got) != 250 || len(server.Requests()) != 4 {
		t.Fatalf("got %d devices in %d requests, %v", len(got), len(server.Requests()), err)
	}
	for i, device := range got {
		if device.Device != boxes(i, 1)[0] || device.ID == "" {
			t.Errorf("device %d is %+v", i, device)
		}
	}
	batches, err := c.Batches(t.Context(), contoso)
	if err != nil || len(batches) != 1 || batches[0].ID != "Test batch/é" || batches[0].Devices != 250 || time.Since(batches[0].Created) > time.Hour {
		t.Errorf("batches %+v, %v", batches, err)
	}
}

func TestListLag(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, c := socketless(t, partnercentertest.Options{ListLag: time.Minute})
		create(t, c, contoso, "DOCK-7", boxes(0, 1))
		batches, err := c.Batches(t.Context(), contoso)
		if _, missing := c.BatchDevices(t.Context(), contoso, "DOCK-7"); err != nil || len(batches) != 0 || kindOf(t, missing) != partnercenter.NotFound {
			t.Errorf("at once: %v, %v, %v", batches, err, missing)
		}
		wait(t, time.Minute)
		batches, err = c.Batches(t.Context(), contoso)
		if devices, all := c.BatchDevices(t.Context(), contoso, "DOCK-7"); err != nil || len(batches) != 1 || all != nil || len(devices) != 1 {
			t.Errorf("a minute later: %v, %v, %v", batches, err, all)
		}
	})
}

func TestIdempotency(t *testing.T) {
	t.Parallel()
	tests := map[partnercentertest.Mode]struct {
		rows  int
		other partnercenter.Kind // same id, another body
	}{
		partnercentertest.IdempotencyReplay: {rows: 1},
		partnercentertest.IdempotencyIgnore: {rows: 3},
		partnercentertest.IdempotencyRefuse: {rows: 1, other: partnercenter.Invalid},
	}
	for mode, want := range tests {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			server, c := started(t, partnercentertest.Options{Idempotency: mode})
			first, _ := c.CreateBatch(t.Context(), contoso, "DOCK-7", boxes(0, 1), "same")
			again, err := c.CreateBatch(t.Context(), contoso, "DOCK-7", boxes(0, 1), "same")
			if err != nil || (first.TrackingID == again.TrackingID) != (mode != partnercentertest.IdempotencyIgnore) {
				t.Errorf("the same again: %+v, %v; first %+v", again, err, first)
			}
			if _, err := c.CreateBatch(t.Context(), contoso, "DOCK-7", boxes(1, 1), "same"); kindOf(t, err) != want.other {
				t.Errorf("another body: %v, want %v", err, want.other)
			}
			if got := server.Rows(); len(got) != want.rows {
				t.Errorf("processed %d rows, want %d", len(got), want.rows)
			}
		})
	}
}

func TestDuplicateBatch(t *testing.T) {
	t.Parallel()
	for mode, want := range map[partnercentertest.Mode]partnercenter.Kind{
		partnercentertest.DuplicateAppend: 0, partnercentertest.Duplicate400: partnercenter.Conflict, partnercentertest.DuplicateConflict: partnercenter.Conflict,
	} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			server, c := started(t, partnercentertest.Options{DuplicateBatch: mode})
			create(t, c, contoso, "DOCK-7", boxes(0, 1))
			if _, err := c.CreateBatch(t.Context(), contoso, "dock-7", boxes(1, 1), "r"); kindOf(t, err) != want {
				t.Errorf("created again: %v, want %v", err, want)
			}
			if _, err := c.AppendBatch(t.Context(), contoso, "dock-7", boxes(2, 1), "r2"); err != nil {
				t.Error(err)
			}
			if _, err := c.AppendBatch(t.Context(), contoso, "DOCK-8", boxes(3, 1), "r3"); kindOf(t, err) != partnercenter.NotFound {
				t.Errorf("appended to no batch: %v", err)
			}
			for _, commit := range server.Ledger() {
				if commit.Batch != "DOCK-7" {
					t.Errorf("committed to %s", commit.Batch)
				}
			}
		})
	}
}

func TestRelationship(t *testing.T) {
	t.Parallel()
	server, c := started(t, partnercentertest.Options{PageSize: 1, Customers: []autopilot.Customer{
		{ID: contoso, Name: "Contoso"}, {ID: fabrikam, Relationship: autopilot.RelationshipNone}, {ID: "third.example"},
	}})
	var listed []autopilot.TenantID
	for customer, err := range c.Customers(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		listed = append(listed, customer.ID)
	}
	if diff := cmp.Diff([]autopilot.TenantID{contoso, "third.example"}, listed); diff != "" {
		t.Errorf("customers (-want +got):\n%s", diff)
	}
	for _, id := range []autopilot.TenantID{fabrikam, "nobody.example"} {
		_, err := c.CreateBatch(t.Context(), id, "DOCK-7", boxes(0, 1), "r")
		if failed, ok := errors.AsType[*partnercenter.Error](err); !ok || !failed.NoRelationship() {
			t.Errorf("%s: got %v, want no relationship", id, err)
		}
	}
	server.SetRelationship(fabrikam, true)
	create(t, c, fabrikam, "DOCK-7", boxes(0, 1))
	server.SetRelationship(fabrikam, false)
	if _, err := c.Batches(t.Context(), fabrikam); kindOf(t, err) != partnercenter.Forbidden {
		t.Errorf("taken back: %v", err)
	}
	if got, err := c.Customer(t.Context(), contoso); err != nil || got.Name != "Contoso" || got.Relationship != autopilot.RelationshipReseller {
		t.Errorf("customer %+v, %v", got, err)
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	server, c := started(t, partnercentertest.Options{Token: "another"})
	if _, err := c.Batches(t.Context(), contoso); kindOf(t, err) != partnercenter.SignIn {
		t.Errorf("with the wrong token: %v", err)
	}
	if status, _ := say(t, partnercentertest.NewServer(partnercentertest.Options{}), "GET", "/v1/customers", ""); status != http.StatusUnauthorized {
		t.Errorf("without a token: %d", status)
	}
	if got := server.Requests()[0].Header.Get("Authorization"); got != "(redacted)" {
		t.Errorf("the token is kept as %q", got)
	}
}

func TestRawRequests(t *testing.T) {
	t.Parallel()
	many := "[" + strings.TrimSuffix(strings.Repeat(`{"productKey":"3305123456798"},`, 1001), ",") + "]"
	batches := "/V1/CUSTOMERS/" + string(contoso) + "/DEVICEBATCHES"
	tests := []struct {
		name, method, path, body string
		want                     int
	}{
		{"pascal case", "POST", batches, `{"BatchId":"B","Devices":[{"ProductKey":"3305123456798","Extra":1}],"Attributes":{"ObjectType":"x"}}`, 202},
		{"two slashes", "POST", "//v1/customers/" + string(contoso) + "/deviceBatches/B/devices", "\ufeff" + `[{"productKey":"3305123456804"}]`, 202},
		{"object to append", "POST", batches + "/B/devices", `{"devices":[{"productKey":"3305123456798"}]}`, 400},
		{"array to create", "POST", batches, `[{"productKey":"3305123456798"}]`, 400},
		{"pkid as number", "POST", batches + "/B/devices", `[{"productKey":3305123456798}]`, 400},
		{"too many", "POST", batches + "/B/devices", many, 400},
		{"none", "POST", batches + "/B/devices", `[]`, 400},
		{"too long", "POST", batches + "/B/devices", strings.Repeat(" ", 5<<20), 413},
		{"no v1", "GET", "/customers", "", 404},
		{"no such thing", "GET", "/v1/agreements", "", 404},
		{"delete", "DELETE", batches + "/B/devices/1", "", 404},
		{"bad token", "GET", batches + "/B/devices", "", 200},
	}
	server := partnercentertest.NewServer(partnercentertest.Options{})
	for _, test := range tests {
		if got, body := say(t, server, test.method, test.path, test.body, "Authorization", "Bearer x"); got != test.want {
			t.Errorf("%s: %d %s, want %d", test.name, got, body, test.want)
		}
	}
	if got, _ := say(t, server, "GET", batches+"/B/devices", "", "Authorization", "Bearer x", "MS-ContinuationToken", "7"); got != http.StatusBadRequest {
		t.Errorf("a made-up continuation token: %d", got)
	}
	if len(server.Ledger()) != 2 {
		t.Errorf("committed %v", server.Ledger())
	}
}

func TestSimulatorPages(t *testing.T) {
	t.Parallel()
	server, c := started(t, partnercentertest.Options{})
	create(t, c, contoso, "DOCK-7", boxes(0, 2))
	server.SetFaults(1) // which do not strike here
	status, ledger := say(t, server, "GET", "/simulator/ledger", "")
	lines := strings.Split(strings.TrimSpace(ledger), "\n")
	var commit partnercentertest.Commit
	if err := json.Unmarshal([]byte(lines[0]), &commit); err != nil || status != http.StatusOK || len(lines) != 2 {
		t.Fatalf("%d %s (%v)", status, ledger, err)
	}
	if diff := cmp.Diff(server.Ledger()[0].PKID, commit.PKID); diff != "" || commit.Customer != contoso || commit.Batch != "DOCK-7" {
		t.Errorf("the ledger says %+v", commit)
	}
	if _, rows := say(t, server, "GET", "/simulator/rows", ""); strings.Count(rows, "\n") != 2 {
		t.Errorf("rows: %s", rows)
	}
	if status, _ := say(t, server, "GET", "/simulator/other", ""); status != http.StatusNotFound {
		t.Errorf("another page: %d", status)
	}
	if status, _ := say(t, server, "POST", "/simulator/ledger", ""); status != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", status)
	}
	if len(server.Choices()) < 10 {
		t.Errorf("choices: %v", server.Choices())
	}
}

func TestStartStaysOnThisMachine(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0", "example.com:80"} {
		if err := partnercentertest.NewServer(partnercentertest.Options{}).Start(addr); !errors.Is(err, partnercentertest.ErrLoopbackOnly) {
			t.Errorf("Start(%q) = %v, want ErrLoopbackOnly", addr, err)
		}
	}
	server, _ := started(t, partnercentertest.Options{})
	if err := server.Start("127.0.0.1:0"); !errors.Is(err, partnercentertest.ErrStarted) {
		t.Errorf("a second Start = %v, want ErrStarted", err)
	}
	if err := server.Start("nonsense"); err == nil {
		t.Error("Start took nonsense")
	}
}

// FuzzServer gives any request to the model, which must answer.
func FuzzServer(f *testing.F) {
	f.Add("POST", "/v1/customers/c/deviceBatches", `{"batchId":"B","devices":[{"productKey":"3305123456798"}]}`, "r", "")
	f.Add("POST", "/v1/customers/c/deviceBatches/B/devices", `[{"serialNumber":"S","oemManufacturerName":"M","modelName":"N"}]`, "r", "")
	f.Add("GET", "/v1/customers/c/deviceBatches/%2e%2e%2f/devices", "", "", "YWZ0ZXI6MQ==")
	f.Add("GET", "/v1//customers", "", "", "x")
	f.Add("GET", "/v1/customers", "", "", "eyJhZnRlciI6LTEsInNpemUiOjF9")
	f.Add("GET", "/v1/relationships", "", "", "")
	f.Add("DELETE", "/v1/customers/c/deviceBatches/B/devices/1", "", "r", "")
	f.Add("PATCH", "/v1/customers/c/devicePolicyUpdates", `{"devices":[{"id":"1","policies":[{"key":"o_o_b_e","value":null}]}]}`, "r", "")
	f.Fuzz(func(t *testing.T, method, path, body, requestID, token string) {
		server := partnercentertest.NewServer(partnercentertest.Options{BOM: true, PageSize: 1})
		req, err := http.NewRequestWithContext(t.Context(), method, "http://x/", strings.NewReader(body))
		if err != nil {
			t.Skip()
		}
		req.URL.Path = path
		req.Header = http.Header{"Authorization": {"Bearer x"}, "MS-RequestId": {requestID}, "Ms-Continuationtoken": {token}}
		for range 2 {
			resp, err := server.RoundTripper().RoundTrip(req)
			if err != nil || resp.StatusCode < 200 || resp.StatusCode >= 500 {
				t.Fatalf("answered %+v, %v", resp, err)
			}
			_ = resp.Body.Close()
		}
		if len(server.Rows()) < len(server.Ledger()) {
			t.Errorf("%d rows made %d commits", len(server.Rows()), len(server.Ledger()))
		}
	})
}
