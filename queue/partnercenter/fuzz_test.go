package partnercenter_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pkidstation/queue/partnercenter"
)

// FuzzAnswers gives any status, headers and body to every reader. Whatever they
// are, a call ends, its error is an *Error, and the status is not lost.
func FuzzAnswers(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(200, "", "", body)
	}
	f.Add(202, "/customers/c/batchJobStatus/"+job, "", []byte(nil))
	f.Add(429, "", "57", []byte(`{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 57 seconds." }`))
	f.Add(403, "", "Tue, 15 Nov 1994 08:13:01 GMT", []byte(`{"code":20002,"description":"none","data":[]}`))
	f.Add(200, "", "", []byte(`{"link":[{"uri":"/batchJobStatus/x"}`))
	f.Fuzz(func(t *testing.T, status int, location, wait string, body []byte) {
		client := newClient(t, "https://api.example", &http.Client{Transport: answering(func(r *http.Request) (*http.Response, error) {
			header := http.Header{"Location": {location}, "Retry-After": {wait}}
			if r.Header.Get("MS-ContinuationToken") != "" {
				header, body = http.Header{}, []byte(`{"items":[]}`)
			}
			return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(bytes.NewReader(body))}, nil
		})})
		for _, err := range everyCall(t, client) {
			if err == nil {
				continue
			}
			got := failure(t, err)
			if got.Kind().String() == "" || got.RetryAfter < 0 || got.RetryAfter > aDay {
				t.Errorf("got %v, kind %v, wait %v", got, got.Kind(), got.RetryAfter)
			}
			if status >= 400 && got.Status != status {
				t.Errorf("status %d became %d", status, got.Status)
			}
		}
	})
}

const aDay = 24 * time.Hour

// everyCall makes each call once.
func everyCall(t *testing.T, client *partnercenter.Client) []error {
	t.Helper()
	return everyCallWithin(t.Context(), t, client)
}

func everyCallWithin(ctx context.Context, t *testing.T, client *partnercenter.Client) []error {
	t.Helper()
	var failed []error
	keep := func(err error) { failed = append(failed, err) }
	_, err := client.Batches(ctx, contoso)
	keep(err)
	_, err = client.BatchDevices(ctx, contoso, "DOCK-7")
	keep(err)
	_, err = client.JobStatus(ctx, contoso, job)
	keep(err)
	_, err = client.CreateBatch(ctx, contoso, "DOCK-7", devices(), "r")
	keep(err)
	_, err = client.AppendBatch(ctx, contoso, "DOCK-7", devices(), "r")
	keep(err)
	keep(client.DeleteDevice(ctx, contoso, "DOCK-7", "d-1"))
	_, err = client.Customer(ctx, contoso)
	keep(err)
	for _, err := range client.Customers(ctx) {
		keep(err)
	}
	for _, err := range client.CustomersMatching(ctx, partnercenter.CustomerFilter{Field: partnercenter.Domain, Value: "c"}) {
		keep(err)
	}
	_, err = client.Resellers(ctx, contoso)
	keep(err)
	_, err = client.RelationshipRequest(ctx)
	keep(err)
	_, err = client.Policies(ctx, contoso)
	keep(err)
	_, err = client.Policy(ctx, contoso, "p-1")
	keep(err)
	_, err = client.ApplyPolicy(ctx, contoso, []string{"d-1"}, "p-1", "r")
	keep(err)
	return failed
}
