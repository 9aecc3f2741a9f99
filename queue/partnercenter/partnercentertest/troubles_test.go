package partnercentertest_test

import (
	"fmt"
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

// TestTroubles strike by method, path, customer and number, and nothing else.
func TestTroubles(t *testing.T) {
	t.Parallel()
	calls := []struct{ method, path, body string }{
		{"GET", in(contoso, "deviceBatches"), ""},
		{"GET", in(fabrikam, "deviceBatches"), ""},
		{"POST", in(contoso, "deviceBatches"), `{"batchId":"B","devices":[{"productKey":"3305123456781"}]}`},
		{"GET", in(contoso, "deviceBatches/B/devices"), ""},
		{"GET", in(fabrikam, "batchJobStatus/x"), ""},
		{"GET", in(contoso, "deviceBatches"), ""},
	}
	const teapot = partnercentertest.FaultGateway
	for _, tt := range []struct {
		name    string
		trouble partnercentertest.Trouble
		struck  string
	}{
		{"all", partnercentertest.Trouble{}, "111111"},
		{"method", partnercentertest.Trouble{Method: "post"}, "001000"},
		{"path", partnercentertest.Trouble{Path: "DEVICEbatches/b"}, "000100"},
		{"customer", partnercentertest.Trouble{Customer: autopilot.TenantID(strings.ToUpper(string(fabrikam)))}, "010010"},
		{"second", partnercentertest.Trouble{From: 2, To: 2}, "010000"},
		{"from the third", partnercentertest.Trouble{From: 3}, "001111"},
		{"the first two", partnercentertest.Trouble{To: 2}, "110000"},
		{"the second of a customer's lists", partnercentertest.Trouble{Method: "GET", Path: "deviceBatches", Customer: contoso, From: 2, To: 2}, "000100"},
		{"none", partnercentertest.Trouble{Customer: reseller}, "000000"},
	} {
		tt.trouble.Fault = teapot
		server := partnercentertest.NewServer(partnercentertest.Options{Troubles: []partnercentertest.Trouble{tt.trouble}})
		var struck strings.Builder
		for _, call := range calls {
			if status, _ := ask(t, server, call.method, call.path, call.body); status == http.StatusGatewayTimeout {
				struck.WriteByte('1')
			} else {
				struck.WriteByte('0')
			}
		}
		if struck.String() != tt.struck {
			t.Errorf("%s: %s, want %s", tt.name, struck.String(), tt.struck)
		}
	}
}

// TestTroublesTakeTurns: the first that matches strikes, a share of the
// requests only, and new ones count anew; Strike goes before them.
func TestTroublesTakeTurns(t *testing.T) {
	t.Parallel()
	server, c := socketless(t, partnercentertest.Options{Seed: 1, Troubles: []partnercentertest.Trouble{
		{To: 1, Fault: partnercentertest.FaultSignIn}, {Fault: partnercentertest.FaultJSON},
	}})
	server.Strike(partnercentertest.FaultThrottle)
	var got []partnercenter.Kind
	for range 3 {
		_, err := c.Batches(t.Context(), contoso)
		got = append(got, kindOf(t, err))
	}
	if diff := cmp.Diff([]partnercenter.Kind{partnercenter.Throttled, partnercenter.SignIn, partnercenter.NoAnswer}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	server.SetTroubles(partnercentertest.Trouble{Fault: partnercentertest.FaultJSON, Share: 0.25})
	struck := 0
	for range 200 {
		if _, err := c.Batches(t.Context(), contoso); err != nil {
			struck++
		}
	}
	server.SetTroubles()
	if _, err := c.Batches(t.Context(), contoso); err != nil || struck < 25 || struck > 80 {
		t.Errorf("%d of 200 struck; without troubles %v", struck, err)
	}
}

// TestSignInLostInMidPoll: 401 on the second question after a job only.
func TestSignInLostInMidPoll(t *testing.T) {
	t.Parallel()
	_, c := socketless(t, partnercentertest.Options{JobStutter: -1, Troubles: []partnercentertest.Trouble{
		{Path: "batchJobStatus", From: 2, To: 2, Fault: partnercentertest.FaultMFA},
	}})
	id := create(t, c, contoso, "B", boxes(0, 1))
	for i, want := range []partnercenter.Kind{0, partnercenter.SignIn, 0} {
		if _, err := c.JobStatus(t.Context(), contoso, id); kindOf(t, err) != want {
			t.Errorf("question %d: %v, want %v", i, err, want)
		}
	}
}

// TestSkew: the date is a day ahead, and nothing else is wrong.
func TestSkew(t *testing.T) {
	t.Parallel()
	for fault, ahead := range map[partnercentertest.Fault]time.Duration{"": 0, partnercentertest.FaultSkew: 26 * time.Hour, partnercentertest.FaultHTML: 0} {
		server, _ := started(t, partnercentertest.Options{})
		server.Strike(fault)
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL()+in(contoso, "deviceBatches"), http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer x")
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		said, err := http.ParseTime(resp.Header.Get("Date"))
		if off := time.Until(said) - ahead; err != nil || off > time.Minute || off < -time.Minute {
			t.Errorf("%q: %s is %v off, %v", fault, resp.Header.Get("Date"), off, err)
		}
	}
}

// TestThrottledWrites: so many a window and customer; reading is free.
func TestThrottledWrites(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server, c := socketless(t, partnercentertest.Options{ThrottleWrites: 2, RetryAfter: 30 * time.Second})
		post := func(customer autopilot.TenantID, i int) error {
			_, err := c.CreateBatch(t.Context(), customer, "B", boxes(i, 1), fmt.Sprint("r", i))
			return err
		}
		for i := range 2 {
			if err := post(contoso, i); err != nil {
				t.Fatal(err)
			}
		}
		wait(t, 10*time.Second)
		err := post(contoso, 2)
		failed, _ := err.(*partnercenter.Error) //nolint:errorlint // the client gives it as it is
		if kindOf(t, err) != partnercenter.Throttled || failed.RetryAfter != 20*time.Second {
			t.Errorf("a third: %v", err)
		}
		if _, err := c.Batches(t.Context(), contoso); err != nil {
			t.Errorf("reading: %v", err)
		}
		if err := post(fabrikam, 3); err != nil {
			t.Errorf("another customer: %v", err)
		}
		wait(t, 20*time.Second)
		if err := post(contoso, 2); err != nil {
			t.Errorf("as soon as it was allowed: %v", err)
		}
		if len(server.Ledger()) != 4 {
			t.Errorf("registered %v", server.Ledger())
		}
	})
}

// TestLimits of a request, each with its answer.
func TestLimits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		opts partnercentertest.Options
		n    int
		want partnercenter.Kind
	}{
		{partnercentertest.Options{}, 1000, 0},
		{partnercentertest.Options{MaxDevices: 3}, 3, 0},
		{partnercentertest.Options{MaxDevices: 3}, 4, partnercenter.Invalid},
		{partnercentertest.Options{MaxDevices: 3, TooMany: partnercentertest.TooMany413}, 4, partnercenter.TooLarge},
		{partnercentertest.Options{MaxBody: 1000}, 5, 0},
		{partnercentertest.Options{MaxBody: 1000}, 50, partnercenter.TooLarge},
	} {
		server, c := socketless(t, tt.opts)
		_, err := c.CreateBatch(t.Context(), contoso, "B", boxes(0, tt.n), "r")
		if kindOf(t, err) != tt.want || (len(server.Ledger()) == tt.n) != (tt.want == 0) {
			t.Errorf("%d devices at %d, %d bytes: %v", tt.n, tt.opts.MaxDevices, tt.opts.MaxBody, err)
		}
	}
	unbounded := partnercentertest.NewServer(partnercentertest.Options{MaxDevices: -1})
	post(t, unbounded, contoso, boxes(0, 1500)...)
	if len(unbounded.Ledger()) != 1500 {
		t.Errorf("without a limit: %d", len(unbounded.Ledger()))
	}
}

// TestIdempotencyWindow: after it the same id is a new request.
func TestIdempotencyWindow(t *testing.T) {
	t.Parallel()
	server, c := socketless(t, partnercentertest.Options{IdempotencyWindow: time.Hour, Idempotency: partnercentertest.IdempotencyRefuse})
	var got []int
	for _, step := range []time.Duration{0, time.Hour - time.Minute, time.Minute, time.Hour - time.Minute} {
		server.Advance(step)
		if _, err := c.CreateBatch(t.Context(), contoso, "B", boxes(0, 1), "same"); err != nil {
			t.Fatal(err)
		}
		got = append(got, len(server.Rows()))
	}
	if diff := cmp.Diff([]int{1, 1, 2, 2}, got); diff != "" {
		t.Errorf("rows processed (-want +got):\n%s", diff)
	}
}

// TestRequestsAreSmall: how many devices and bytes, never which; and without
// headers where so set.
func TestRequestsAreSmall(t *testing.T) {
	t.Parallel()
	for _, forget := range []bool{false, true} {
		server, c := socketless(t, partnercentertest.Options{Forget: forget})
		server.Strike(partnercentertest.FaultReset)
		_, _ = c.CreateBatch(t.Context(), contoso, "B", boxes(0, 7), "r")
		create(t, c, contoso, "B", boxes(0, 7))
		if _, err := c.AppendBatch(t.Context(), contoso, "B", boxes(7, 3), "r2"); err != nil {
			t.Fatal(err)
		}
		all := server.Requests()
		if all[0].Devices != 7 || all[1].Devices != 7 || all[2].Devices != 3 || all[1].Bytes != len(partnercenter.Body("B", boxes(0, 7))) {
			t.Errorf("%+v", all)
		}
		if (all[1].Header == nil) != forget {
			t.Errorf("forget %t: %v", forget, all[1].Header)
		}
	}
}

// TestControls: what a client in another process can tell the model.
func TestControls(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{})
	tell := func(what string) int {
		status, _ := say(t, server, "POST", "/simulator/"+what, "")
		return status
	}
	for _, good := range []string{
		"strike?fault=504&fault=", "relationship?customer=" + string(fabrikam) + "&is=none", "directory?pkid=3305123456781&code=812", "faults?share=0",
	} {
		if got := tell(good); got != http.StatusNoContent {
			t.Errorf("%s: %d", good, got)
		}
	}
	for i, want := range []int{504, 200, 200} {
		if got, _ := ask(t, server, "GET", in(contoso, "deviceBatches"), ""); got != want {
			t.Errorf("request %d: %d, want %d", i, got, want)
		}
	}
	if got, _ := ask(t, server, "GET", in(fabrikam, "deviceBatches"), ""); got != http.StatusForbidden {
		t.Errorf("the relationship: %d", got)
	}
	post(t, server, contoso, autopilot.Device{PKID: "3305123456781"})
	if got := answers(server, 0); got[0] != "812" {
		t.Errorf("the directory: %v", got)
	}
	for _, bad := range []string{
		"strike", "strike?fault=nonsense", "relationship?customer=x/y&is=none", "relationship?customer=" + string(fabrikam) + "&is=advisor",
		"directory?pkid=1&code=812", "faults?share=2", "faults?share=NaN", "faults",
	} {
		if got := tell(bad); got != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, got)
		}
	}
}
