package partnercenter_test

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

var update = flag.Bool("update", false, "write the golden files anew")

// written is a request as it is in testdata/requests.txt: method, address,
// headers in order, body. Ids that are made up anew are only checked to be
// some.
func written(t *testing.T, c call) string {
	t.Helper()
	var text strings.Builder
	fmt.Fprintf(&text, "%s %s", c.Method, c.Path)
	if c.Query != "" {
		text.WriteString("?" + c.Query)
	}
	text.WriteString("\n")
	var names []string
	for name := range c.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		value := strings.Join(c.Header.Values(name), " | ")
		switch {
		case name == "Ms-Correlationid", name == "Ms-Requestid" && value != "the-plan":
			if uuid.Validate(value) != nil {
				t.Errorf("%s is %q, want a GUID", name, value)
			}
			value = "(GUID)"
		case name == "User-Agent", name == "Content-Length", name == "Accept-Encoding":
			continue // Go's own
		}
		fmt.Fprintf(&text, "%s: %s\n", name, value)
	}
	if c.Body != "" {
		text.WriteString("\n" + c.Body + "\n")
	}
	return text.String()
}

// TestEveryRequest holds each call to its bytes: the line, the headers and the
// body that Microsoft documents, and nothing besides.
func TestEveryRequest(t *testing.T) {
	t.Parallel()
	const tracking = "1bd2c5a3-0a3b-4c3f-9d65-0b0f8c8a1c11"
	calls := []struct {
		name string
		make func(context.Context, *partnercenter.Client) error
	}{
		{"create a batch", func(ctx context.Context, c *partnercenter.Client) error {
			_, err := c.CreateBatch(ctx, contoso, "DOCK 7/é", devices(), "the-plan")
			return err
		}},
		{"append to a batch", func(ctx context.Context, c *partnercenter.Client) error {
			_, err := c.AppendBatch(ctx, contoso, "DOCK 7/é", devices(), "the-plan")
			return err
		}},
		{"list batches", func(ctx context.Context, c *partnercenter.Client) error {
			_, err := c.Batches(ctx, contoso)
			return err
		}},
		{"list the devices of a batch", func(ctx context.Context, c *partnercenter.Client) error {
			_, err := c.BatchDevices(ctx, contoso, "DOCK 7/é")
			return err
		}},
		{"ask for a job", func(ctx context.Context, c *partnercenter.Client) error {
			_, err := c.JobStatus(ctx, contoso, tracking)
			return err
		}},
		{"list customers", func(ctx context.Context, c *partnercenter.Client) error {
			for _, err := range c.Customers(ctx) {
				if err != nil {
					return err
				}
			}
			return nil
		}},
		{"get a customer", func(ctx context.Context, c *partnercenter.Client) error {
			_, err := c.Customer(ctx, contoso)
			return err
		}},
		{"find customers", func(ctx context.Context, c *partnercenter.Client) error {
			for _, err := range c.CustomersMatching(ctx, partnercenter.CustomerFilter{Field: partnercenter.CompanyName, Value: `Müller & "Co" +1`}) {
				if err != nil {
					return err
				}
			}
			return nil
		}},
		{"delete a device", func(ctx context.Context, c *partnercenter.Client) error {
			return c.DeleteDevice(ctx, contoso, "DOCK 7/é", "9993-8627/72", "the-plan")
		}},
		{"list resellers", func(ctx context.Context, c *partnercenter.Client) error {
			_, err := c.Resellers(ctx, contoso)
			return err
		}},
		{"ask for the relationship link", func(ctx context.Context, c *partnercenter.Client) error {
			_, err := c.RelationshipRequest(ctx)
			return err
		}},
		{"list policies", func(ctx context.Context, c *partnercenter.Client) error {
			_, err := c.Policies(ctx, contoso)
			return err
		}},
		{"get a policy", func(ctx context.Context, c *partnercenter.Client) error {
			_, err := c.Policy(ctx, contoso, "56edf752-ee77-4fd8-b7f5-df1f74a3a9ac")
			return err
		}},
		{"apply a policy", func(ctx context.Context, c *partnercenter.Client) error {
			_, err := c.ApplyPolicy(ctx, contoso, []string{"9993-8627-3608-6844-6369-4361-72", "d-2"}, "56edf752-ee77-4fd8-b7f5-df1f74a3a9ac", "the-plan")
			return err
		}},
	}
	var got strings.Builder
	for _, each := range calls {
		s := newService(t, twoPages(tracking))
		if err := each.make(t.Context(), s.client); err != nil {
			t.Fatalf("%s: %v", each.name, err)
		}
		for _, c := range s.Calls() {
			fmt.Fprintf(&got, "== %s\n%s\n", each.name, written(t, c))
		}
	}
	if *update {
		if err := os.WriteFile(filepath.Join("testdata", "requests.txt"), []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(golden(t, "requests.txt")), got.String()); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

// twoPages answers each call with what it wants, lists in two pages.
func twoPages(tracking string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodDelete:
			w.WriteHeader(http.StatusNoContent)
		case strings.HasSuffix(r.URL.Path, "/relationshiprequests"):
			_, _ = w.Write([]byte(`{"url":"https://partner.example/accept"}`))
		case strings.Contains(r.URL.Path, "/policies/"):
			_, _ = w.Write([]byte(`{"id":"p"}`))
		case r.Method == http.MethodPost, r.Method == http.MethodPatch:
			w.Header().Set("Location", "/customers/c/batchJobStatus/"+tracking)
			w.WriteHeader(http.StatusAccepted)
		case strings.Contains(r.URL.Path, "batchJobStatus"):
			_, _ = w.Write([]byte(`{"batchTrackingId":"` + tracking + `","status":"queued"}`))
		case strings.HasSuffix(r.URL.Path, string(contoso)):
			_, _ = w.Write([]byte(`{"id":"` + string(contoso) + `"}`))
		case r.Header.Get("MS-ContinuationToken") == "":
			_, _ = w.Write([]byte(`{"totalCount":1,"items":[],"continuationToken":"page 2+/="}`))
		default:
			_, _ = w.Write([]byte(`{"totalCount":0,"items":[]}`))
		}
	}
}

// TestSamePlanSameBytes: a request sent again is the same request, whatever
// happened to the caller's slices meanwhile, and another plan is another.
func TestSamePlanSameBytes(t *testing.T) {
	t.Parallel()
	first, second := partnercenter.Body("DOCK-7", devices()), partnercenter.Body("DOCK-7", slices.Clone(devices()))
	if diff := cmp.Diff(string(first), string(second)); diff != "" {
		t.Errorf("the same plan (-first +second):\n%s", diff)
	}
	reversed := devices()
	slices.Reverse(reversed)
	for name, other := range map[string][]byte{
		"another name": partnercenter.Body("DOCK-8", devices()), "another order": partnercenter.Body("DOCK-7", reversed),
		"one less": partnercenter.Body("DOCK-7", devices()[1:]),
	} {
		if string(other) == string(first) {
			t.Errorf("%s is the same request", name)
		}
	}
	full := make([]autopilot.Device, partnercenter.MaxDevices)
	for i := range full {
		full[i] = autopilot.Device{PKID: autopilot.PKID(fmt.Sprintf("%013d", i)), Serial: "SERIAL-OF-TWENTY-CHR", Manufacturer: "MANUFACTURER", Model: "MODEL"}
	}
	if size := len(partnercenter.Body("DOCK-7", full)); size > 1<<20 {
		t.Errorf("the largest request is %d bytes", size)
	}
}

// TestHostileTextsStayData: what a label or a person typed into a name cannot
// leave its place in the body or the path.
func TestHostileTextsStayData(t *testing.T) {
	t.Parallel()
	hostile := `"},{"productKey":"9999999999999`
	body := string(partnercenter.AppendBody([]autopilot.Device{{PKID: "3305123456781", Serial: hostile, Manufacturer: "</script>\u2028", Model: "\x00\xff"}}))
	if strings.Count(body, `"productKey":`) != 1 || strings.ContainsAny(body, "\x00<\u2028") {
		t.Errorf("the body is %q", body)
	}
	for _, name := range []string{"../../../secrets", "a/../b", "?x=1", "#top", "%2e%2e", "a\\b", "é 世", ";v=1"} {
		s := newService(t, twoPages(""))
		if _, err := s.client.BatchDevices(t.Context(), contoso, name); err != nil {
			t.Fatal(err)
		}
		c := s.Calls()[0]
		if parts := strings.Split(c.Path, "/"); len(parts) != 8 || parts[7] != "devices" || c.Query != "" {
			t.Errorf("%q asks for %s?%s", name, c.Path, c.Query)
		}
	}
}
