package partnercentertest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
)

const (
	contoso  autopilot.TenantID = "47021739-3426-40bf-9601-61b4b6d7c793"
	fabrikam autopilot.TenantID = "b2c5a3aa-0a3b-4c3f-9d65-0b0f8c8a1c11"
)

// started is a model on a real socket, and the real client for it. Each call
// has a connection of its own: Go sends a GET again by itself where a kept one
// breaks.
func started(t *testing.T, opts partnercentertest.Options) (*partnercentertest.Server, *partnercenter.Client) {
	t.Helper()
	server := partnercentertest.NewServer(opts)
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return server, client(t, server.URL(), &http.Client{Transport: &http.Transport{DisableKeepAlives: true}})
}

// socketless is the same without a socket.
func socketless(t *testing.T, opts partnercentertest.Options) (*partnercentertest.Server, *partnercenter.Client) {
	t.Helper()
	server := partnercentertest.NewServer(opts)
	return server, client(t, "https://partner.center.test", &http.Client{Transport: server.RoundTripper()})
}

func client(t *testing.T, address string, sender *http.Client) *partnercenter.Client {
	t.Helper()
	c, err := partnercenter.New(partnercenter.Options{
		BaseURL: address, HTTPClient: sender,
		Token: func(context.Context) (string, error) { return "token", nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// boxes are n devices with PKIDs from first on.
func boxes(first, n int) []autopilot.Device {
	var devices []autopilot.Device
	for i := range n {
		devices = append(devices, autopilot.Device{PKID: autopilot.PKID(fmt.Sprintf("%013d", 33051234_00000+first+i))})
	}
	return devices
}

func kindOf(t *testing.T, err error) partnercenter.Kind {
	t.Helper()
	if err == nil {
		return 0
	}
	failed, ok := errors.AsType[*partnercenter.Error](err)
	if !ok {
		t.Fatalf("got %v, want a *partnercenter.Error", err)
	}
	return failed.Kind()
}

// create makes a batch and fails the test if that fails.
func create(t *testing.T, c *partnercenter.Client, customer autopilot.TenantID, batch string, devices []autopilot.Device) string {
	t.Helper()
	accepted, err := c.CreateBatch(t.Context(), customer, batch, devices, uuid.NewString())
	if err != nil {
		t.Fatal(err)
	}
	return accepted.TrackingID
}

// codes are what a finished job says of each device.
func codes(t *testing.T, c *partnercenter.Client, customer autopilot.TenantID, tracking string) map[autopilot.PKID]autopilot.Code {
	t.Helper()
	for range 10 {
		job, err := c.JobStatus(t.Context(), customer, tracking)
		if kindOf(t, err) == partnercenter.NotFound || err == nil && !job.Status.Terminal() {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		got := map[autopilot.PKID]autopilot.Code{}
		for _, device := range job.Devices {
			if device.Status.Terminal() {
				got[device.PKID] = max(got[device.PKID], device.Code)
			}
		}
		return got
	}
	t.Fatal("the job does not end")
	return nil
}

// say sends a request by hand and gives status and body.
func say(t *testing.T, server *partnercentertest.Server, method, path, body string, header ...string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, "http://partner.center.test"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := server.RoundTripper().RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}
