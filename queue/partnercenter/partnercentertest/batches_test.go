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
	"github.com/google/uuid"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// TestWhoseDeviceItIs: a device belongs to one customer, by its PKID, or by
// serial, maker and model together where it has none.
func TestWhoseDeviceItIs(t *testing.T) {
	t.Parallel()
	tuple := autopilot.Device{Serial: "S1", Manufacturer: "LENOVO", Model: "20XW"}
	other := autopilot.Device{Serial: "S1", Manufacturer: "LENOVO", Model: "20XX"}
	server, c := socketless(t, partnercentertest.Options{})
	create(t, c, contoso, "A", []autopilot.Device{tuple, boxes(0, 1)[0]})
	create(t, c, fabrikam, "B", []autopilot.Device{tuple, other, boxes(0, 1)[0]})
	create(t, c, contoso, "C", []autopilot.Device{tuple, boxes(0, 1)[0]})
	var got []string
	for _, row := range server.Rows() {
		got = append(got, fmt.Sprintf("%s %q", row.Batch, row.Code))
	}
	want := []string{`A ""`, `A ""`, `B "808"`, `B ""`, `B "808"`, `C "806"`, `C "806"`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if n := len(server.Ledger()); n != 3 {
		t.Errorf("%d commits, want 3", n)
	}
}

// TestLedgerIsTheTruth: each commit says who, where, by which job and when,
// oldest first, and the caller's copy is its own.
func TestLedgerIsTheTruth(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server, c := socketless(t, partnercentertest.Options{})
		first := create(t, c, contoso, "A", boxes(0, 1))
		start := time.Now()
		wait(t, time.Hour)
		second := create(t, c, fabrikam, "B", []autopilot.Device{{PKID: boxes(1, 1)[0].PKID, Serial: "S1"}})
		want := []partnercentertest.Commit{
			{PKID: boxes(0, 1)[0].PKID, Customer: contoso, Batch: "A", TrackingID: first, At: start},
			{PKID: boxes(1, 1)[0].PKID, Serial: "S1", Customer: fabrikam, Batch: "B", TrackingID: second, At: start.Add(time.Hour)},
		}
		if diff := cmp.Diff(want, server.Ledger()); diff != "" {
			t.Errorf("ledger (-want +got):\n%s", diff)
		}
		server.Ledger()[0].PKID = "changed"
		server.Rows()[0].PKID = "changed"
		server.Requests()[0].Method = "changed"
		if server.Ledger()[0].PKID == "changed" || server.Rows()[0].PKID == "changed" || server.Requests()[0].Method == "changed" {
			t.Error("a caller can change the truth")
		}
	})
}

// TestBatchWithoutName gets one, which is in the list.
func TestBatchWithoutName(t *testing.T) {
	t.Parallel()
	server, c := socketless(t, partnercentertest.Options{})
	status, body := say(t, server, "POST", "/v1/customers/"+string(contoso)+"/deviceBatches", `{"devices":[{"productKey":"3305123456781"}]}`, "Authorization", "Bearer x")
	batches, err := c.Batches(t.Context(), contoso)
	if status != http.StatusAccepted || err != nil || len(batches) != 1 || uuid.Validate(batches[0].ID) != nil {
		t.Errorf("%d %s; batches %v, %v", status, body, batches, err)
	}
}

// TestPageSizes: however large the pages, all devices come once and in order.
func TestPageSizes(t *testing.T) {
	t.Parallel()
	for size, requests := range map[int]int{1: 7, 2: 4, 3: 3, 6: 2, 7: 1, 8: 1, 0: 1} {
		server, c := socketless(t, partnercentertest.Options{PageSize: size})
		create(t, c, contoso, "A", boxes(0, 7))
		before := len(server.Requests())
		got, err := c.BatchDevices(t.Context(), contoso, "A")
		if err != nil || len(got) != 7 || len(server.Requests())-before != requests {
			t.Errorf("%d a page: %d devices in %d requests, %v", size, len(got), len(server.Requests())-before, err)
		}
		for i, device := range got {
			if device.PKID != boxes(i, 1)[0].PKID {
				t.Errorf("%d a page: device %d is %s", size, i, device.PKID.Masked())
			}
		}
	}
}

// TestLagIsPerDevice: what was appended is not in the list for a while, what
// was there before stays, and registering is not delayed by it.
func TestLagIsPerDevice(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server, c := socketless(t, partnercentertest.Options{ListLag: time.Minute})
		create(t, c, contoso, "A", boxes(0, 1))
		wait(t, time.Minute)
		if _, err := c.AppendBatch(t.Context(), contoso, "A", boxes(1, 1), "r"); err != nil {
			t.Fatal(err)
		}
		if got, err := c.BatchDevices(t.Context(), contoso, "A"); err != nil || len(got) != 1 || len(server.Ledger()) != 2 {
			t.Errorf("at once: %d devices, %d committed, %v", len(got), len(server.Ledger()), err)
		}
		wait(t, time.Minute)
		if got, err := c.BatchDevices(t.Context(), contoso, "A"); err != nil || len(got) != 2 {
			t.Errorf("a minute later: %d devices, %v", len(got), err)
		}
	})
}

// TestRelationshipEndsInMidRun: from then on 403 and code 20002 on every call;
// what was committed stays, and the job cannot be asked for.
func TestRelationshipEndsInMidRun(t *testing.T) {
	t.Parallel()
	server, c := started(t, partnercentertest.Options{})
	tracking := create(t, c, contoso, "A", boxes(0, 1))
	server.SetRelationship(contoso, false)
	_, appendErr := c.AppendBatch(t.Context(), contoso, "A", boxes(1, 1), "r")
	_, jobErr := c.JobStatus(t.Context(), contoso, tracking)
	_, listErr := c.BatchDevices(t.Context(), contoso, "A")
	_, customerErr := c.Customer(t.Context(), contoso)
	for _, err := range []error{appendErr, jobErr, listErr, customerErr} {
		if kindOf(t, err) != partnercenter.Forbidden || !strings.Contains(fmt.Sprint(err), "20002") {
			t.Errorf("got %v", err)
		}
	}
	if len(server.Ledger()) != 1 || len(server.Rows()) != 1 {
		t.Errorf("%d committed, %d processed", len(server.Ledger()), len(server.Rows()))
	}
	server.SetRelationship(contoso, true)
	if got := codes(t, c, contoso, tracking); len(got) != 1 {
		t.Errorf("given back: %v", got)
	}
}

// TestJobsAreTheCustomers: no other customer can ask for a job, and nobody for
// one that never was.
func TestJobsAreTheCustomers(t *testing.T) {
	t.Parallel()
	_, c := socketless(t, partnercentertest.Options{})
	tracking := create(t, c, contoso, "A", boxes(0, 1))
	for name, ask := range map[string]struct {
		customer autopilot.TenantID
		id       string
	}{"another customer's": {fabrikam, tracking}, "nobody's": {contoso, uuid.NewString()}} {
		for range 5 { // more than a job stutters
			if _, err := c.JobStatus(t.Context(), ask.customer, ask.id); kindOf(t, err) != partnercenter.NotFound {
				t.Errorf("%s job: %v", name, err)
			}
		}
	}
	if got := codes(t, c, contoso, strings.ToUpper(tracking)); len(got) != 1 {
		t.Errorf("in capitals: %v", got)
	}
}

// TestBOMEverywhere: with Options.BOM every JSON body begins with one, also a
// refusal's; without, none does.
func TestBOMEverywhere(t *testing.T) {
	t.Parallel()
	for _, with := range []bool{true, false} {
		server := partnercentertest.NewServer(partnercentertest.Options{BOM: with})
		for _, path := range []string{"/v1/customers", "/v1/customers/" + string(contoso), "/v1/customers/" + string(contoso) + "/deviceBatches", "/v1/nothing"} {
			_, body := say(t, server, "GET", path, "", "Authorization", "Bearer x")
			rest, marked := strings.CutPrefix(body, "\ufeff")
			if marked != with || !json.Valid([]byte(rest)) {
				t.Errorf("BOM %t: %s gives %.40q", with, path, body)
			}
		}
	}
}
