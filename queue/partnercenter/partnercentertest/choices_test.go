package partnercentertest_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// TestChoicesTellTheOptions: who reads the choices knows how this very model
// behaves.
func TestChoicesTellTheOptions(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{
		Idempotency: partnercentertest.IdempotencyRefuse, DuplicateBatch: partnercentertest.DuplicateConflict, JobTime: 7 * time.Second,
		JobLife: 3 * time.Hour, ListLag: 9 * time.Minute, PageSize: 13,
	})
	all := strings.Join(server.Choices(), "\n")
	for _, want := range []string{"refuse-other-body", "409", "7s", "3h0m0s", "9m0s", "13 a page", "not Partner Center"} {
		if !strings.Contains(all, want) {
			t.Errorf("they do not say %q:\n%s", want, all)
		}
	}
	if plain := strings.Join(partnercentertest.NewServer(partnercentertest.Options{}).Choices(), "\n"); !strings.Contains(plain, "for ever") {
		t.Errorf("without a life: %s", plain)
	}
}

// TestStrikesComeInOrder, before what is drawn, and one each.
func TestStrikesComeInOrder(t *testing.T) {
	t.Parallel()
	server, c := socketless(t, partnercentertest.Options{Faults: 1, Faulty: []partnercentertest.Fault{partnercentertest.FaultJSON}})
	server.Strike("", partnercentertest.FaultSignIn)
	server.Strike(partnercentertest.FaultThrottle)
	for i, want := range []partnercenter.Kind{0, partnercenter.SignIn, partnercenter.Throttled, partnercenter.NoAnswer, partnercenter.NoAnswer} {
		if _, err := c.Batches(t.Context(), contoso); kindOf(t, err) != want {
			t.Errorf("request %d: %v, want %v", i, err, want)
		}
	}
	server.SetFaults(0)
	if _, err := c.Batches(t.Context(), contoso); err != nil {
		t.Errorf("healed: %v", err)
	}
}

// TestDrawnFaultsNeedNobody: what is drawn heals by itself; what needs a
// person comes only by Strike, and every fault has one name.
func TestDrawnFaultsNeedNobody(t *testing.T) {
	t.Parallel()
	names := map[partnercentertest.Fault]int{}
	for _, fault := range partnercentertest.AllFaults() {
		names[fault]++
	}
	for fault, n := range names {
		if n != 1 || fault == "" {
			t.Errorf("%q is there %d times", fault, n)
		}
	}
	for _, fault := range partnercentertest.DrawnFaults() {
		server, c := socketless(t, partnercentertest.Options{Trickle: time.Millisecond})
		server.Strike(fault)
		_, err := c.Batches(t.Context(), contoso)
		if kind := kindOf(t, err); kind == partnercenter.SignIn || kind == partnercenter.Forbidden || kind == partnercenter.TooLarge {
			t.Errorf("%s needs a person: %v", fault, err)
		}
	}
}

// TestRetryAfterIsWhatWasAsked, in each of the three ways to ask.
func TestRetryAfterIsWhatWasAsked(t *testing.T) {
	t.Parallel()
	for _, fault := range []partnercentertest.Fault{partnercentertest.FaultThrottle, partnercentertest.FaultThrottleDate, partnercentertest.FaultThrottleWords, partnercentertest.FaultUnavailable} {
		synctest.Test(t, func(t *testing.T) {
			server, c := socketless(t, partnercentertest.Options{RetryAfter: 42 * time.Second})
			server.Strike(fault)
			_, err := c.Batches(t.Context(), contoso)
			failed, ok := err.(*partnercenter.Error) //nolint:errorlint // the client gives it as it is
			if !ok || failed.RetryAfter.Round(time.Second) != 42*time.Second {
				t.Errorf("%s: %v", fault, err)
			}
		})
	}
}

// TestRowsWithoutAnIdentity are refused one by one, and commit nothing.
func TestRowsWithoutAnIdentity(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{})
	batches := "/v1/customers/" + string(contoso) + "/deviceBatches"
	for _, row := range []string{
		`{}`, `{"serialNumber":"S"}`, `{"serialNumber":"S","modelName":"M"}`, `{"productKey":"330512345678"}`, `{"productKey":"33051234567811"}`,
	} {
		if status, _ := say(t, server, "POST", batches, `{"batchId":"B","devices":[`+row+`]}`, "Authorization", "Bearer x"); status != http.StatusAccepted {
			t.Errorf("%s: %d", row, status)
		}
	}
	tuple := `{"batchId":"B","devices":[{"serialNumber":"S","oemManufacturerName":"O","modelName":"M"}]}`
	if status, _ := say(t, server, "POST", batches, tuple, "Authorization", "Bearer x"); status != http.StatusAccepted {
		t.Errorf("serial, manufacturer and model: %d", status)
	}
	if len(server.Ledger()) != 1 || server.Ledger()[0].Serial != "S" || len(server.Rows()) != 6 {
		t.Errorf("ledger %+v of %d rows", server.Ledger(), len(server.Rows()))
	}
	for _, row := range server.Rows()[:5] {
		if row.Code != autopilot.CodeMissingIdentity {
			t.Errorf("%+v", row)
		}
	}
}

// TestBeforeAndAfterListening: no address before Start, and Close may come
// twice, or without a Start.
func TestBeforeAndAfterListening(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{})
	if server.URL() != "" || server.Close() != nil {
		t.Errorf("before: %q", server.URL())
	}
	if err := server.Start("localhost:0"); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(server.URL(), "http://") {
		t.Errorf("listening at %q", server.URL())
	}
	for range 2 {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	}
}
