package partnercentertest_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// BenchmarkLargeBatch registers 100,000 devices in one batch and lists them
// all, client and model in one process.
func BenchmarkLargeBatch(b *testing.B) {
	const devices = 100_000
	b.ReportAllocs()
	for b.Loop() {
		server := partnercentertest.NewServer(partnercentertest.Options{Forget: true})
		c, err := partnercenter.New(partnercenter.Options{
			BaseURL: "https://partner.center.test", HTTPClient: &http.Client{Transport: server.RoundTripper()},
			Token: func(context.Context) (string, error) { return "token", nil },
		})
		if err != nil {
			b.Fatal(err)
		}
		for i := 0; i < devices; i += 500 {
			if _, err := c.CreateBatch(b.Context(), contoso, "B", boxes(i, 500), fmt.Sprint(i)); err != nil {
				b.Fatal(err)
			}
		}
		all, err := c.BatchDevices(b.Context(), contoso, "B")
		if err != nil || len(all) != devices || len(server.Registered()) != devices {
			b.Fatalf("%d listed, %v", len(all), err)
		}
	}
}
