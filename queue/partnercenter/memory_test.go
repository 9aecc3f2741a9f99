package partnercenter_test

import (
	"io"
	"net/http"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"

	"pkidstation/queue/partnercenter"
)

// heap is how much the objects of the process take, dead ones included.
func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// A meteredBody looks at the memory each time a piece of it is wanted.
type meteredBody struct {
	io.Reader

	since, peak uint64
}

func (m *meteredBody) Read(p []byte) (int, error) {
	if m.since++; m.since%64 == 0 {
		m.peak = max(m.peak, heap())
	}
	return m.Reader.Read(p)
}

func (*meteredBody) Close() error { return nil }

// TestMemoryOfAnAnswer: whatever 32 MiB are sent, no reader takes more than
// 64 MiB for them. Not parallel: it measures the whole process.
//
//nolint:paralleltest // see above
func TestMemoryOfAnAnswer(t *testing.T) {
	calls := map[string]func(*testing.T, *partnercenter.Client) error{
		"batches": func(t *testing.T, c *partnercenter.Client) error {
			t.Helper()
			_, err := c.Batches(t.Context(), contoso)
			return err
		},
		"devices": func(t *testing.T, c *partnercenter.Client) error {
			t.Helper()
			_, err := c.BatchDevices(t.Context(), contoso, "DOCK-7")
			return err
		},
		"job": func(t *testing.T, c *partnercenter.Client) error {
			t.Helper()
			_, err := c.JobStatus(t.Context(), contoso, job)
			return err
		},
	}
	long := strings.Repeat("x", 200<<10)
	for _, test := range []struct{ name, call, begin, row string }{
		{"rows of nothing", "devices", `{"items":[{}`, `,{}`},
		{"smallest batches", "batches", `{"items":[{}`, `,{"id":"1"}`},
		{"smallest devices", "devices", `{"items":[{}`, `,{"id":"1"}`},
		{"smallest outcomes", "job", `{"status":"queued","devicesStatus":[{}`, `,{}`},
		{"true devices with hashes", "devices", `{"items":[{}`, `,{"id":"9993-8627-3608-6844-6369-4361-72","productKey":"0305123456781","serialNumber":"5CD1234ABC","hardwareHash":"` + long[:4000] + `"}`},
		{"longest rows", "devices", `{"items":[{}`, `,{"serialNumber":"` + long + `"}`},
		{"longest rows of blanks", "devices", `{"items":[{}`, `,{"id":"` + strings.Repeat(" ", 200<<10) + `1"}`},
		{"longest descriptions", "job", `{"status":"queued","devicesStatus":[{}`, `,{"errorDescription":"` + long + `"}`},
		{"policies", "devices", `{"items":[{}`, `,{"id":"1","policies":[{}` + strings.Repeat(`,{}`, 80_000) + `]}`},
		{"something new", "job", `{"new":[{}`, `,{"a":[1,"` + long + `"]}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			body := &meteredBody{Reader: io.LimitReader(&endlessBody{next: test.begin, on: test.row}, 32<<20)}
			client := newClient(t, "https://api.example", &http.Client{Transport: answering(func(*http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: body}, nil
			})})
			runtime.GC()
			before := heap()
			err := calls[test.call](t, client)
			peak := max(body.peak, heap()) - before
			if failure(t, err).Kind() != partnercenter.NoAnswer {
				t.Errorf("got %v", err)
			}
			t.Logf("%.1f MiB", float64(peak)/(1<<20))
			if peak > 64<<20 {
				t.Errorf("took %d MiB", peak>>20)
			}
		})
	}
}
