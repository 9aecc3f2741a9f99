package partnercentertest_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/partnercenter/partnercentertest"
)

// TestNoTokenIsKept: neither the list of requests, nor its page, nor the log
// has the bearer token, and the log no whole PKID.
func TestNoTokenIsKept(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	server, c := socketless(t, partnercentertest.Options{Token: "token", Logger: slog.New(slog.NewTextHandler(&log, nil))})
	create(t, c, contoso, "DOCK-7", boxes(0, 1))
	_, page := say(t, server, "GET", "/simulator/requests", "")
	pkid := string(boxes(0, 1)[0].PKID)
	for name, text := range map[string]string{"the list": fmt.Sprint(server.Requests()), "the page": page, "the log": log.String()} {
		if strings.Contains(text, "Bearer token") || strings.Contains(text, pkid) {
			t.Errorf("%s tells too much:\n%s", name, text)
		}
	}
	if !strings.Contains(page, "(redacted)") || !strings.Contains(log.String(), "status=202") {
		t.Errorf("the page says %s, the log %s", page, &log)
	}
}

// TestRequestsTellWhatHappened: each request with its answer, its fault and
// the job that the client may not have learnt of.
func TestRequestsTellWhatHappened(t *testing.T) {
	t.Parallel()
	server, c := started(t, partnercentertest.Options{})
	server.Strike("", partnercentertest.FaultReset, partnercentertest.FaultResetAfter, partnercentertest.FaultGatewayAfter, partnercentertest.FaultThrottle)
	for i := range 5 {
		_, _ = c.CreateBatch(context.WithoutCancel(t.Context()), contoso, "DOCK-7", boxes(i, 1), fmt.Sprint("r", i))
	}
	var got []string
	for _, r := range server.Requests() {
		got = append(got, fmt.Sprintf("%s %d %q job:%t", r.Header.Get("MS-RequestId"), r.Status, r.Fault, r.Location != ""))
	}
	want := []string{`r0 202 "" job:true`, `r1 0 "reset" job:false`, `r2 0 "reset-after-commit" job:true`, `r3 504 "504-after-commit" job:true`, `r4 429 "429" job:false`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	if len(server.Ledger()) != 3 {
		t.Errorf("%d committed, want 3", len(server.Ledger()))
	}
}

// TestSameSeedSameRun: the same calls on the same seed have the same faults,
// answers and codes; ids and times apart.
func TestSameSeedSameRun(t *testing.T) {
	t.Parallel()
	run := func(seed uint64) string {
		faults := []partnercentertest.Fault{partnercentertest.FaultReset, partnercentertest.FaultJSON, partnercentertest.FaultGatewayAfter, partnercentertest.FaultPortal}
		server, c := socketless(t, partnercentertest.Options{Seed: seed, Faults: 0.4, Faulty: faults})
		var log strings.Builder
		for i := range 60 {
			accepted, err := c.CreateBatch(t.Context(), contoso, "DOCK-7", boxes(i/2, 3), fmt.Sprint("r", i))
			fmt.Fprint(&log, kindOf(t, err), " ")
			if err == nil {
				job, err := c.JobStatus(t.Context(), contoso, accepted.TrackingID)
				fmt.Fprint(&log, kindOf(t, err), job.Status, len(job.Devices), " ")
				for _, d := range job.Devices {
					fmt.Fprint(&log, d.PKID, d.Code, " ")
				}
			}
		}
		for _, row := range server.Rows() {
			fmt.Fprint(&log, row.PKID, row.Code, " ")
		}
		return log.String()
	}
	if first := run(7); first != run(7) || first == run(8) {
		t.Error("the seed does not decide the run")
	}
}

// TestManyClientsAtOnce: registrations from many goroutines are each committed
// once, while others look on.
func TestManyClientsAtOnce(t *testing.T) {
	t.Parallel()
	server, c := started(t, partnercentertest.Options{})
	var group sync.WaitGroup
	for i := range 16 {
		group.Go(func() {
			for range 2 { // each asks for the same twice, under ids of its own
				create(t, c, contoso, "DOCK-7", boxes(i/2*5, 5))
			}
			_, _, _ = server.Ledger(), server.Rows(), server.Requests()
			server.SetRelationship(fabrikam, i%2 == 0)
		})
	}
	group.Wait()
	if len(server.Ledger()) != 40 || len(server.Rows()) != 160 {
		t.Errorf("%d committed, %d processed, want 40 and 160", len(server.Ledger()), len(server.Rows()))
	}
}

// FuzzRequestLine sends any path, method and headers over the real HTTP
// surface's handler: it answers, commits nothing by a GET, and keeps no token.
func FuzzRequestLine(f *testing.F) {
	f.Add("GET", "/v1/customers/%2e%2e/deviceBatches", "Bearer secret-token", "x")
	f.Add("PATCH", "/simulator/ledger/../requests", "bearer secret-token", "")
	f.Add("GET", "/v1/customers/a/batchJobStatus/%00", "Basic secret-token", "seekOperation=Next")
	f.Add("GET", "//V1//customers?x=%zz", "Bearer secret-token extra", "\x7f")
	f.Fuzz(func(t *testing.T, method, path, authorization, query string) {
		server := partnercentertest.NewServer(partnercentertest.Options{})
		req, err := http.NewRequestWithContext(t.Context(), method, "http://partner.center.test/", http.NoBody)
		if err != nil {
			t.Skip()
		}
		req.URL.Path, req.URL.RawQuery = "/"+strings.TrimPrefix(path, "/"), query
		req.Header.Set("Authorization", authorization)
		resp, err := server.RoundTripper().RoundTrip(req)
		if err != nil || resp.StatusCode >= 500 {
			t.Fatalf("answered %+v, %v", resp, err)
		}
		_ = resp.Body.Close()
		for _, r := range server.Requests() {
			if kept := r.Header.Get("Authorization"); kept != "" && kept != "(redacted)" {
				t.Errorf("kept %q", kept)
			}
		}
		if len(server.Ledger()) > 0 {
			t.Errorf("committed %v", server.Ledger())
		}
	})
}
