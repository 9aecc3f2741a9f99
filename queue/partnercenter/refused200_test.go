package partnercenter_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// TestARefusalWithA200WasNotTaken: a body that names a refusal is no word that
// the devices were taken, whatever its status; one that says nothing is.
func TestARefusalWithA200WasNotTaken(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]partnercenter.Kind{
		`{"code":"900150","description":"access denied"}`: partnercenter.NoAnswer,
		`{"error":"login required"}`:                      partnercenter.NoAnswer,
		`{"id":"DOCK-7","status":"queued"}`:               partnercenter.Untracked,
	} {
		service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) }))
		client, err := partnercenter.New(partnercenter.Options{
			BaseURL: service.URL, Token: func(context.Context) (string, error) { return "t", nil },
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.CreateBatch(t.Context(), contoso, "DOCK-7", []autopilot.Device{{PKID: "3305123456781"}}, "r")
		if e, ok := errors.AsType[*partnercenter.Error](err); !ok || e.Kind() != want {
			t.Errorf("%s is %v, want %v", body, err, want)
		}
		service.Close()
	}
}
