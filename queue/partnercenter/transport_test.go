package partnercenter_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// TestRedirectsAreRefused: none is followed, on no call and to no place, by no
// sender, and the token goes nowhere.
func TestRedirectsAreRefused(t *testing.T) {
	t.Parallel()
	var strayed atomic.Int64
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { strayed.Add(1) }))
	defer elsewhere.Close()
	followsAll := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return nil }}
	for _, status := range []int{301, 302, 303, 307, 308} {
		s := newService(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, status) })
		for _, sender := range []*http.Client{nil, followsAll} {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, status) }))
			for _, err := range everyCall(t, newClient(t, server.URL, sender)) {
				if got := failure(t, err); got.Status != status || got.Kind() != partnercenter.NoAnswer {
					t.Errorf("%d: got %v", status, got)
				}
			}
			server.Close()
		}
		_, err := s.client.CreateBatch(t.Context(), contoso, "DOCK-7", devices(), "r")
		if got := failure(t, err); got.Status != status || len(s.Calls()) != 1 {
			t.Errorf("%d: got %v after %d calls", status, got, len(s.Calls()))
		}
	}
	if strayed.Load() > 0 {
		t.Errorf("%d requests went elsewhere", strayed.Load())
	}
	if followsAll.CheckRedirect(nil, nil) != nil {
		t.Error("the caller's own sender was changed")
	}
}

// TestManyAtOnce: one client, many goroutines, each its own answer.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	s := newService(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "/customers/c/batchJobStatus/job-of-"+r.Header.Get("MS-RequestId"))
		w.WriteHeader(http.StatusAccepted)
	})
	var group sync.WaitGroup
	for i := range 32 {
		group.Go(func() {
			id := fmt.Sprint("request-", i)
			got, err := s.client.CreateBatch(t.Context(), contoso, fmt.Sprint("DOCK-", i), devices(), id)
			if err != nil || got.TrackingID != "job-of-"+id {
				t.Errorf("%s: %+v, %v", id, got, err)
			}
		})
	}
	group.Wait()
	correlations := map[string]bool{}
	for _, c := range s.Calls() {
		correlations[c.Header.Get("MS-CorrelationId")] = true
	}
	if len(correlations) != 32 {
		t.Errorf("%d correlation ids for 32 requests", len(correlations))
	}
}

// TestEndedBeforeItBegan: with a context that has ended nothing is sent, on
// any call, and the cause is told.
func TestEndedBeforeItBegan(t *testing.T) {
	t.Parallel()
	s := newService(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	why := errors.New("the station closes")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	for _, err := range everyCallWithin(ctx, t, s.client) {
		if got := failure(t, err); got.Kind() != partnercenter.Unreachable || !errors.Is(err, why) {
			t.Errorf("got %v (%v)", got, got.Kind())
		}
	}
	if len(s.Calls()) > 0 {
		t.Errorf("%d requests were sent", len(s.Calls()))
	}
}

// TestEndedBetweenPages: a list that is cancelled on its way is no list.
func TestEndedBetweenPages(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := newService(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("MS-ContinuationToken") != "" {
			cancel()
			<-r.Context().Done()
			return
		}
		_, _ = w.Write([]byte(listPage(`{"id":"1","productKey":"3305123456781"}`, "2")))
	})
	got, err := s.client.BatchDevices(ctx, contoso, "DOCK-7")
	if kind := failure(t, err).Kind(); got != nil || kind != partnercenter.NoAnswer || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, %v", got, err)
	}
}

// TestTokenForEachRequest: a token is asked for each time, so that a renewed
// one is used by the next page already.
func TestTokenForEachRequest(t *testing.T) {
	t.Parallel()
	var used []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		used = append(used, r.Header.Get("Authorization"))
		token := ""
		if len(used) < 3 {
			token = fmt.Sprint("page ", len(used)+1)
		}
		_, _ = w.Write([]byte(listPage("", token)))
	}))
	defer server.Close()
	asked := 0
	client, err := partnercenter.New(partnercenter.Options{BaseURL: server.URL, Token: func(context.Context) (string, error) {
		asked++
		return fmt.Sprint("token-", asked), nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.BatchDevices(t.Context(), contoso, "DOCK-7"); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(used); got != "[Bearer token-1 Bearer token-2 Bearer token-3]" {
		t.Errorf("used %s", got)
	}
}

// TestNoCustomerNoRequest: without a customer or with a name that would be
// another address, no list is asked for either.
func TestNoCustomerNoRequest(t *testing.T) {
	t.Parallel()
	s := newService(t, func(http.ResponseWriter, *http.Request) {})
	_, batchesErr := s.client.Batches(t.Context(), "")
	_, devicesErr := s.client.BatchDevices(t.Context(), "", "DOCK-7")
	_, dotErr := s.client.BatchDevices(t.Context(), contoso, "..")
	_, jobErr := s.client.JobStatus(t.Context(), "", job)
	_, emptyJobErr := s.client.JobStatus(t.Context(), contoso, "")
	_, upJobErr := s.client.JobStatus(t.Context(), contoso, "..")
	_, customerErr := s.client.Customer(t.Context(), autopilot.TenantID(""))
	_, upErr := s.client.Batches(t.Context(), "..")
	_, resellersErr := s.client.Resellers(t.Context(), "")
	_, policiesErr := s.client.Policies(t.Context(), "a\nb")
	_, policyErr := s.client.Policy(t.Context(), contoso, "..")
	nobodysErr := s.client.DeleteDevice(t.Context(), "", "DOCK-7", "d-1", "r-1")
	noBatchErr := s.client.DeleteDevice(t.Context(), contoso, "", "d-1", "r-1")
	noDeviceErr := s.client.DeleteDevice(t.Context(), contoso, "DOCK-7", "", "r-1")
	wholeBatchErr := s.client.DeleteDevice(t.Context(), contoso, "DOCK-7", ".", "r-1")
	for i, err := range []error{
		batchesErr, devicesErr, dotErr, jobErr, emptyJobErr, upJobErr, customerErr, upErr, resellersErr, policiesErr, policyErr,
		nobodysErr, noBatchErr, noDeviceErr, wholeBatchErr,
	} {
		if kind := failure(t, err).Kind(); kind != partnercenter.Invalid {
			t.Errorf("%d: got %v", i, err)
		}
	}
	if len(s.Calls()) > 0 {
		t.Errorf("%d requests were sent", len(s.Calls()))
	}
}
