package partnercenter_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// TestEveryAnswer holds what the client makes of each response in
// testdata/answers, status line, headers and body as on the wire. A file is
// named for its call.
func TestEveryAnswer(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/answers/*.http")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	var got strings.Builder
	tried := map[string]bool{}
	for _, name := range names {
		base := strings.TrimSuffix(filepath.Base(name), ".http")
		which, _, _ := strings.Cut(base, ".")
		tried[which] = true
		made, err := namedCalls()[which](t.Context(), replaying(t, filepath.Join("answers", filepath.Base(name))))
		fmt.Fprintf(&got, "== %s\n%s\n\n", base, told(t, made, err))
	}
	for which := range namedCalls() {
		if !tried[which] {
			t.Errorf("no answer to %q is tried", which)
		}
	}
	if *update {
		if err := os.WriteFile(filepath.Join("testdata", "answers.txt"), []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(golden(t, "answers.txt")), got.String()); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
}

// replaying is a client that is answered one file.
func replaying(t *testing.T, name string) *partnercenter.Client {
	t.Helper()
	wire := golden(t, name)
	return newClient(t, "https://api.example", &http.Client{Transport: answering(func(r *http.Request) (*http.Response, error) {
		return http.ReadResponse(bufio.NewReader(bytes.NewReader(wire)), r)
	})})
}

type namedCall func(context.Context, *partnercenter.Client) (any, error)

// namedCalls are all the calls there are.
func namedCalls() map[string]namedCall {
	const id = "56edf752-ee77-4fd8-b7f5-df1f74a3a9ac"
	return map[string]namedCall{
		"create": func(ctx context.Context, c *partnercenter.Client) (any, error) {
			return c.CreateBatch(ctx, contoso, "DOCK-7", devices(), "the-plan")
		},
		"append": func(ctx context.Context, c *partnercenter.Client) (any, error) {
			return c.AppendBatch(ctx, contoso, "DOCK-7", devices(), "the-plan")
		},
		"batches": func(ctx context.Context, c *partnercenter.Client) (any, error) { return c.Batches(ctx, contoso) },
		"devices": func(ctx context.Context, c *partnercenter.Client) (any, error) {
			return c.BatchDevices(ctx, contoso, "DOCK-7")
		},
		"job": func(ctx context.Context, c *partnercenter.Client) (any, error) { return c.JobStatus(ctx, contoso, job) },
		"delete": func(ctx context.Context, c *partnercenter.Client) (any, error) {
			return nil, c.DeleteDevice(ctx, contoso, "DOCK-7", "9993-8627-3608-6844-6369-4361-72", "r-1")
		},
		"customers": func(ctx context.Context, c *partnercenter.Client) (any, error) {
			var all []autopilot.Customer
			for customer, err := range c.Customers(ctx) {
				if err != nil {
					return nil, err
				}
				all = append(all, customer)
			}
			return all, nil
		},
		"matching": func(ctx context.Context, c *partnercenter.Client) (any, error) {
			var all []autopilot.Customer
			for customer, err := range c.CustomersMatching(ctx, partnercenter.CustomerFilter{Field: partnercenter.CompanyName, Value: "cont"}) {
				if err != nil {
					return nil, err
				}
				all = append(all, customer)
			}
			return all, nil
		},
		"customer":  func(ctx context.Context, c *partnercenter.Client) (any, error) { return c.Customer(ctx, contoso) },
		"resellers": func(ctx context.Context, c *partnercenter.Client) (any, error) { return c.Resellers(ctx, contoso) },
		"request":   func(ctx context.Context, c *partnercenter.Client) (any, error) { return c.RelationshipRequest(ctx) },
		"policies":  func(ctx context.Context, c *partnercenter.Client) (any, error) { return c.Policies(ctx, contoso) },
		"policy":    func(ctx context.Context, c *partnercenter.Client) (any, error) { return c.Policy(ctx, contoso, id) },
		"apply": func(ctx context.Context, c *partnercenter.Client) (any, error) {
			return c.ApplyPolicy(ctx, contoso, []string{"d-1"}, id, "the-plan")
		},
	}
}

// told is what a call gave, ids that were made up anew left out.
func told(t *testing.T, made any, err error) string {
	t.Helper()
	if err == nil {
		text, err := json.MarshalIndent(made, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	got := failure(t, err)
	for _, id := range []string{got.RequestID, got.CorrelationID} {
		if id == "" {
			t.Errorf("%v has no id for support", got)
		}
	}
	support := got.RequestID + " " + got.CorrelationID
	if !strings.HasPrefix(support, "e88d014d") {
		support = "(ours)"
		if uuid.Validate(got.CorrelationID) != nil {
			t.Errorf("our own correlation id is %q", got.CorrelationID)
		}
	}
	text := fmt.Sprintf("%s: %s, status %d, code %q, %q\nsupport: %s", got.Op, got.Kind(), got.Status, got.Code, got.Description, support)
	if got.Err != nil {
		text += "\ncause: " + got.Err.Error()
	}
	for name, value := range map[string]bool{"MFA": got.MFA(), "no relationship": got.NoRelationship()} {
		if value {
			text += "\n" + name
		}
	}
	if got.RetryAfter > 0 {
		text += "\nwait: " + got.RetryAfter.String()
	}
	if code := got.DeviceCode(); code != "" {
		text += "\ndevice code: " + string(code)
	}
	return text
}
