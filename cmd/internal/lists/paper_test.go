package lists_test

import (
	"errors"
	"path/filepath"
	"testing"

	"pkidstation/cmd/internal/lists"
	"pkidstation/cmd/internal/vocabulary"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export/report"
)

// TestWhosePaperItIs: an order that two customers have has no paper for both.
func TestWhosePaperItIs(t *testing.T) {
	t.Parallel()
	q := known(t)
	w, err := vocabulary.New("en")
	if err != nil {
		t.Fatal(err)
	}
	for i, customer := range []autopilot.TenantID{contoso, fabrik} {
		r, err := q.OpenReception(t.Context(), queue.Work{Customer: customer, Order: order}, "Ana")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: number(i), By: "Ana"}); err != nil {
			t.Fatal(err)
		}
	}
	for customer, want := range map[autopilot.TenantID]error{"": lists.ErrSeveral, contoso: nil, fabrik: nil} {
		n, err := lists.Write(t.Context(), q, filepath.Join(t.TempDir(), "list.csv"), lists.Paper{
			Kind: lists.Contents, Order: order, Customer: customer, Format: report.CSV, Words: w,
		})
		if !errors.Is(err, want) || want == nil && n != 1 {
			t.Errorf("%q: %d, %v", customer, n, err)
		}
	}
}
