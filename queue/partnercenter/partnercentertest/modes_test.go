package partnercentertest_test

import (
	"fmt"
	"testing"

	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// TestModesTogether crosses what happens to a request id that was answered
// before with what happens to a batch that exists: the ledger has each device
// once in all nine, and only where both are at their most careless is a row
// processed twice.
func TestModesTogether(t *testing.T) {
	t.Parallel()
	for _, idempotency := range []partnercentertest.Mode{partnercentertest.IdempotencyReplay, partnercentertest.IdempotencyIgnore, partnercentertest.IdempotencyRefuse} {
		for _, duplicate := range []partnercentertest.Mode{partnercentertest.DuplicateAppend, partnercentertest.Duplicate400, partnercentertest.DuplicateConflict} {
			t.Run(fmt.Sprintf("%s and %s", idempotency, duplicate), func(t *testing.T) {
				t.Parallel()
				server, c := socketless(t, partnercentertest.Options{Idempotency: idempotency, DuplicateBatch: duplicate})
				first, err := c.CreateBatch(t.Context(), contoso, "DOCK-7", boxes(0, 2), "r1")
				if err != nil {
					t.Fatal(err)
				}
				replays := idempotency != partnercentertest.IdempotencyIgnore
				appends := duplicate == partnercentertest.DuplicateAppend
				again, err := c.CreateBatch(t.Context(), contoso, "DOCK-7", boxes(0, 2), "r1")
				switch kind := kindOf(t, err); {
				case replays && (kind != 0 || again.TrackingID != first.TrackingID):
					t.Errorf("the same again: %+v, %v", again, err)
				case !replays && appends && (kind != 0 || again.TrackingID == first.TrackingID):
					t.Errorf("processed again: %+v, %v", again, err)
				case !replays && !appends && kind != partnercenter.Conflict:
					t.Errorf("the batch exists: %v", err)
				}
				_, err = c.CreateBatch(t.Context(), contoso, "DOCK-7", boxes(2, 1), "r2")
				if kind := kindOf(t, err); (kind == 0) != appends || !appends && kind != partnercenter.Conflict {
					t.Errorf("a new id for the batch that exists: %v", err)
				}
				committed, processed := 2, 2
				if appends {
					committed, processed = 3, 3
				}
				if appends && !replays {
					processed = 5
				}
				if len(server.Ledger()) != committed || len(server.Rows()) != processed {
					t.Errorf("%d committed, %d processed, want %d and %d", len(server.Ledger()), len(server.Rows()), committed, processed)
				}
			})
		}
	}
}

// TestRefusalsAreRememberedToo: an id that was refused once is refused again,
// as the documentation says of business failures; a new one is processed.
func TestRefusalsAreRememberedToo(t *testing.T) {
	t.Parallel()
	_, c := socketless(t, partnercentertest.Options{})
	if _, err := c.AppendBatch(t.Context(), contoso, "DOCK-7", boxes(0, 1), "r1"); kindOf(t, err) != partnercenter.NotFound {
		t.Fatalf("no batch yet: %v", err)
	}
	create(t, c, contoso, "DOCK-7", boxes(1, 1))
	if _, err := c.AppendBatch(t.Context(), contoso, "DOCK-7", boxes(0, 1), "r1"); kindOf(t, err) != partnercenter.NotFound {
		t.Errorf("the same id: %v, want the same refusal", err)
	}
	if _, err := c.AppendBatch(t.Context(), contoso, "DOCK-7", boxes(0, 1), "r2"); err != nil {
		t.Errorf("a new id: %v", err)
	}
}

// TestRequestIDsArePerPath: one id on two paths is two requests, in any case
// of its letters one.
func TestRequestIDsArePerPath(t *testing.T) {
	t.Parallel()
	server, c := socketless(t, partnercentertest.Options{})
	for _, call := range []struct{ batch, id string }{{"DOCK-7", "Abc"}, {"DOCK-7", "aBC"}} {
		if _, err := c.CreateBatch(t.Context(), contoso, call.batch, boxes(0, 1), call.id); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.AppendBatch(t.Context(), contoso, "DOCK-7", boxes(1, 1), "Abc"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.CreateBatch(t.Context(), fabrikam, "DOCK-7", boxes(2, 1), "Abc"); err != nil {
		t.Fatal(err)
	}
	if len(server.Rows()) != 3 || len(server.Ledger()) != 3 {
		t.Errorf("%d rows, %d commits, want 3 and 3", len(server.Rows()), len(server.Ledger()))
	}
}
