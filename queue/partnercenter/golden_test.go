package partnercenter_test

import (
	"bytes"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

func devices() []autopilot.Device {
	return []autopilot.Device{
		{PKID: "0305123456781"},
		{PKID: "3305123456798", Serial: "5CD1234ABC"},
		{Serial: "PF0A&B", Manufacturer: "LENOVO", Model: "20XW 00A1"},
	}
}

func TestRequestBodies(t *testing.T) {
	t.Parallel()
	for name, got := range map[string][]byte{
		"create.request.json": partnercenter.Body("DOCK-7", devices()),
		"append.request.json": partnercenter.AppendBody(devices()),
	} {
		if diff := cmp.Diff(string(bytes.TrimSpace(golden(t, name))), string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestBatches(t *testing.T) {
	t.Parallel()
	s := newService(t, files(t, "batches.json", "batches_none_bom.json"))
	got, err := s.client.Batches(t.Context(), contoso)
	if err != nil {
		t.Fatal(err)
	}
	want := []partnercenter.Batch{
		{ID: "Test batch", Status: "finished", Devices: 5, Created: time.Date(2017, 7, 25, 1, 51, 0, 0, time.UTC)},
		{ID: "DOCK-7", Devices: 12, Created: time.Date(2017, 8, 9, 21, 43, 26, 9228800, time.UTC)},
		{ID: "odd", Status: "7"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("batches (-want +got):\n%s", diff)
	}
	if got, err := s.client.Batches(t.Context(), contoso); err != nil || len(got) != 0 {
		t.Errorf("no batches behind a byte order mark: got %v, %v", got, err)
	}
	if path := s.Calls()[0].Path; path != "/base/v1/customers/"+string(contoso)+"/deviceBatches" {
		t.Errorf("asked for %s", path)
	}
}

func TestBatchDevicesTakesAllPages(t *testing.T) {
	t.Parallel()
	s := newService(t, files(t, "devices_1.json", "devices_2.json"))
	got, err := s.client.BatchDevices(t.Context(), contoso, "DOCK-7")
	if err != nil {
		t.Fatal(err)
	}
	want := []partnercenter.Device{
		{ID: "9993-8627-3608-6844-6369-4361-72", Device: autopilot.Device{PKID: "0305123456781"}, Uploaded: time.Date(2017, 7, 25, 2, 2, 34, 0, time.UTC)},
		{ID: "17822a1d-df31-4ef8-9016-f5dc66e4dc96", Device: autopilot.Device{Serial: "5CD1234ABC", Manufacturer: "HP", Model: "EliteBook 840"}},
		{ID: "7", Device: autopilot.Device{PKID: "3305123456798"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("devices (-want +got):\n%s", diff)
	}
	if first, second := s.Calls()[0].Header.Get("MS-ContinuationToken"), s.Calls()[1].Header.Get("MS-ContinuationToken"); first != "" || second != "AAAB" {
		t.Errorf("the pages were asked for with %q and %q", first, second)
	}
}

func TestBatchDevicesNeverHalf(t *testing.T) {
	t.Parallel()
	t.Run("second page fails", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			page := files(t, "devices_1.json")
			client := socketless(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("MS-ContinuationToken") != "" {
					w.WriteHeader(http.StatusBadGateway)
					return
				}
				page(w, r)
			})
			got, err := client.BatchDevices(t.Context(), contoso, "DOCK-7")
			if kind := failure(t, err).Kind(); got != nil || kind != partnercenter.NoAnswer {
				t.Errorf("got %v and %v, want nothing and no answer", got, kind)
			}
		})
	})
	t.Run("round in circles", func(t *testing.T) {
		t.Parallel()
		s := newService(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(golden(t, "devices_1.json")) })
		got, err := s.client.BatchDevices(t.Context(), contoso, "DOCK-7")
		if kind := failure(t, err).Kind(); got != nil || kind != partnercenter.NoAnswer || len(s.Calls()) != 2 {
			t.Errorf("got %v and %v after %d calls", got, kind, len(s.Calls()))
		}
	})
}

func TestJobStatus(t *testing.T) {
	t.Parallel()
	s := newService(t, files(t, "job.json", "job_queued.json"))
	const tracking = "1bd2c5a3-0a3b-4c3f-9d65-0b0f8c8a1c11"
	got, err := s.client.JobStatus(t.Context(), contoso, tracking)
	if err != nil {
		t.Fatal(err)
	}
	want := partnercenter.Job{
		TrackingID: tracking, Status: partnercenter.StatusFinished,
		Started: time.Date(2017, 7, 25, 10, 0, 0, 0, time.UTC), Completed: time.Date(2017, 7, 25, 10, 10, 0, 5e8, time.UTC),
		Devices: []partnercenter.DeviceStatus{
			{Device: autopilot.Device{PKID: "0305123456781"}, DeviceID: "d-1", Status: partnercenter.StatusFinished},
			{Device: autopilot.Device{PKID: "3305123456798"}, Status: partnercenter.StatusFinishedWithErrors, Code: "808", Description: "ZtdDeviceAssignedToOtherTenant"},
			{Device: autopilot.Device{PKID: "3305123456804"}, Status: partnercenter.StatusFinishedWithErrors, Code: "806", Description: "ZtdDeviceAlreadyAssigned"},
			{Device: autopilot.Device{Serial: "PF0A"}, Status: partnercenter.StatusFinishedWithErrors, Code: autopilot.CodeDuplicate, Description: "ZtdDeviceDuplicated"},
			{Device: autopilot.Device{Serial: "PF0B"}, Status: partnercenter.StatusFinished},
			{Device: autopilot.Device{Serial: "PF0C"}, Status: partnercenter.StatusUnknown, Code: "4711", Description: "New thing"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("job (-want +got):\n%s", diff)
	}
	got, err = s.client.JobStatus(t.Context(), contoso, tracking)
	if diff := cmp.Diff(partnercenter.Job{TrackingID: tracking, Status: partnercenter.StatusQueued}, got); err != nil || diff != "" {
		t.Errorf("queued job: %v (-want +got):\n%s", err, diff)
	}
}

func TestCustomersSeek(t *testing.T) {
	t.Parallel()
	s := newService(t, files(t, "customers_1.json", "customers_2.json"))
	var got []autopilot.Customer
	for customer, err := range s.client.Customers(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, customer)
	}
	want := []autopilot.Customer{
		{ID: contoso, Name: "Contoso", Domain: "contoso.onmicrosoft.com", Relationship: autopilot.RelationshipReseller},
		{ID: "fabrikam.onmicrosoft.com", Name: "Fabri kam", Relationship: autopilot.RelationshipNone},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("customers (-want +got):\n%s", diff)
	}
	second := s.Calls()[1]
	if second.Query != "seekOperation=Next" || second.Header.Get("MS-ContinuationToken") != "NEXT1" {
		t.Errorf("the second page was asked for with %q and token %q", second.Query, second.Header.Get("MS-ContinuationToken"))
	}
}

func TestCustomersEndsAtError(t *testing.T) {
	t.Parallel()
	s := newService(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) })
	seen := 0
	for _, err := range s.client.Customers(t.Context()) {
		seen++
		if kind := failure(t, err).Kind(); kind != partnercenter.SignIn {
			t.Errorf("got %v, want a sign-in", kind)
		}
	}
	if seen != 1 {
		t.Errorf("yielded %d times, want once", seen)
	}
}

func TestCustomer(t *testing.T) {
	t.Parallel()
	s := newService(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"id":"` + string(contoso) + `","companyProfile":{"companyName":"Contoso"},"relationshipToPartner":"brand_new"}`))
	})
	got, err := s.client.Customer(t.Context(), contoso)
	want := autopilot.Customer{ID: contoso, Name: "Contoso", Relationship: autopilot.RelationshipUnknown}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("customer: %v (-want +got):\n%s", err, diff)
	}
}
