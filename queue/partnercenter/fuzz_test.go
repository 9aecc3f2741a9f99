package partnercenter_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"pkidstation/queue/autopilot"
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

// allocated is how many bytes the process has asked for so far.
func allocated() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.TotalAlloc
}

// frugal holds what a call asked for against what it was given: so much for
// itself, so much for each byte of the answer (the most costly is a row of three
// bytes), and never more than 64 MiB.
func frugal(t *testing.T, took uint64, each, given int) {
	t.Helper()
	if underRace {
		return
	}
	if took > uint64(256<<10+each*given) || took > 64<<20 && given < 64<<10 {
		t.Errorf("%d bytes took %d", given, took)
	}
}

// fuzzCall gives any answer to one call. It ends, its error is an *Error that
// keeps the status, and what it asks for is bounded by what it was given.
func fuzzCall(f *testing.F, which string) {
	f.Helper()
	names, err := filepath.Glob("testdata/answers/*.http")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(golden(f, filepath.Join("answers", filepath.Base(name))))), nil)
		if err != nil {
			f.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			f.Fatal(err)
		}
		_ = resp.Body.Close()
		f.Add(resp.StatusCode, resp.Header.Get("Location"), resp.Header.Get("Retry-After"), resp.Header.Get("Date"), body)
	}
	for _, row := range []string{"{},", "0,", "[", `{"a":`, `"x",`, `{"id":"1"},`} {
		f.Add(200, "", "", "", []byte(`{"items":[`+strings.Repeat(row, 1000)))
		f.Add(200, "", "", "", []byte(`{"status":"queued","devicesStatus":[`+strings.Repeat(row, 1000)))
	}
	call := namedCalls()[which]
	f.Fuzz(func(t *testing.T, status int, location, wait, date string, body []byte) {
		if len(body) > 1<<20 {
			t.Skip("TestMemoryOfAnAnswer has the long ones")
		}
		pages := 0
		client := newClient(t, "https://api.example", &http.Client{Transport: answering(func(*http.Request) (*http.Response, error) {
			header, content := http.Header{"Location": {location}, "Retry-After": {wait}, "Date": {date}}, body
			if pages++; pages > 1 {
				content = []byte(`{"items":[]}`)
			}
			return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(bytes.NewReader(content))}, nil
		})})
		before := allocated()
		_, err := call(t.Context(), client)
		frugal(t, allocated()-before, 512, len(body)+len(location)+len(wait)+len(date))
		if err == nil {
			if status < 200 || status > 299 {
				t.Errorf("status %d is no yes", status)
			}
			return
		}
		got := failure(t, err)
		if got.RetryAfter < 0 || got.RetryAfter > aDay || len(got.Description) > 1024+40 || len(got.Code) > 40 {
			t.Errorf("got %v, wait %v", got, got.RetryAfter)
		}
		if got.Status != status && pages == 1 || got.CorrelationID == "" {
			t.Errorf("status %d became %d, correlation id %q", status, got.Status, got.CorrelationID)
		}
	})
}

func FuzzBatches(f *testing.F)             { fuzzCall(f, "batches") }
func FuzzDevices(f *testing.F)             { fuzzCall(f, "devices") }
func FuzzJob(f *testing.F)                 { fuzzCall(f, "job") }
func FuzzCustomers(f *testing.F)           { fuzzCall(f, "customers") }
func FuzzCustomer(f *testing.F)            { fuzzCall(f, "customer") }
func FuzzRelations(f *testing.F)           { fuzzCall(f, "resellers") }
func FuzzRelationshipRequest(f *testing.F) { fuzzCall(f, "request") }
func FuzzPolicies(f *testing.F)            { fuzzCall(f, "policies") }
func FuzzPolicy(f *testing.F)              { fuzzCall(f, "policy") }
func FuzzAccepted(f *testing.F)            { fuzzCall(f, "apply") }
func FuzzDeleted(f *testing.F)             { fuzzCall(f, "delete") }

// FuzzRefusal: any body of a refusal is told in one line without secrets, and
// decides nothing but what its status and its codes say.
func FuzzRefusal(f *testing.F) {
	for _, body := range []string{
		`{"code":"3000","description":"no","data":[],"source":"PartnerFD"}`, `{ "statusCode": 429, "message": "Try again in 57 seconds." }`,
		"<html>", "", "\ufeff{}", `{"error":{"code":"x","message":"y"}}`, `{"error":"invalid_grant"}`, `{"code":900421}`, `{"code":{"a":1}}`,
		`{"description":"3305123456798 eyJx.y.z AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"}`, strings.Repeat("[", 1000), `{"errorCode":807}`,
	} {
		f.Add(400, []byte(body))
	}
	secrets := regexp.MustCompile(`\b\d{13}\b|eyJ[A-Za-z0-9_.-]|[\r\n]`)
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		if status < 300 || status > 599 {
			t.Skip("no refusal")
		}
		client := newClient(t, "https://api.example", &http.Client{Transport: answering(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body))}, nil
		})})
		before := allocated()
		err := client.DeleteDevice(t.Context(), contoso, "DOCK-7", "d-1", "r-1")
		frugal(t, allocated()-before, 64, len(body))
		got := failure(t, err)
		if got.Status != status || secrets.MatchString(got.Error()) || secrets.MatchString(got.Description) {
			t.Errorf("got %q", got.Error())
		}
		if code := got.DeviceCode(); code != "" && len(code) != 3 && code != autopilot.CodeDuplicate {
			t.Errorf("device code %q", code)
		}
	})
}

// FuzzRetryAfter: whatever is asked for is a wait from nothing to a day.
func FuzzRetryAfter(f *testing.F) {
	for _, asked := range []string{"57", "-1", "1.5", "99999999999999999999", "Tue, 15 Nov 1994 08:13:01 GMT", "NaN", " 7 ", "0x10", ""} {
		f.Add(asked, "Tue, 15 Nov 1994 08:12:31 GMT", "Try again in 12 seconds.")
	}
	f.Fuzz(func(t *testing.T, asked, now, words string) {
		client := newClient(t, "https://api.example", &http.Client{Transport: answering(func(*http.Request) (*http.Response, error) {
			body, err := json.Marshal(map[string]string{"message": words})
			if err != nil {
				t.Fatal(err)
			}
			header := http.Header{"Retry-After": {asked}, "Date": {now}}
			return &http.Response{StatusCode: http.StatusTooManyRequests, Header: header, Body: io.NopCloser(bytes.NewReader(body))}, nil
		})})
		before := allocated()
		_, err := client.Batches(t.Context(), contoso)
		frugal(t, allocated()-before, 64, len(asked)+len(now)+len(words))
		got := failure(t, err)
		if got.Kind() != partnercenter.Throttled || got.RetryAfter < 0 || got.RetryAfter > aDay {
			t.Errorf("got %v, wait %v", got.Kind(), got.RetryAfter)
		}
		if seconds, err := strconv.ParseUint(asked, 10, 16); err == nil && got.RetryAfter != time.Duration(seconds)*time.Second {
			t.Errorf("%q became %v", asked, got.RetryAfter)
		}
	})
}

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
	keep(client.DeleteDevice(ctx, contoso, "DOCK-7", "d-1", "r-1"))
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
