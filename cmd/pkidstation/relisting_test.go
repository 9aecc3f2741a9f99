package main_test

import (
	"context"
	"slices"
	"testing"

	"pkidstation/cmd/internal/config"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// TestAMarkIsLookedUp: the window's removal reads the lists; without anybody to
// ask a box comes back as it was.
func TestAMarkIsLookedUp(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{})
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	client, err := partnercenter.New(partnercenter.Options{BaseURL: server.URL(), Token: func(context.Context) (string, error) { return "x", nil }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.CreateBatch(t.Context(), tenant, "BERLIN", []autopilot.Device{{PKID: "3305123456781"}}, "r"); err != nil {
		t.Fatal(err)
	}
	online := config.Default()
	online.PartnerCenter.URL, online.AccessToken = server.URL(), "x"
	for name, c := range map[string]struct {
		cfg  config.Config
		want []queue.Reason
	}{
		"online":     {online, []queue.Reason{"", queue.AlreadyThere}},
		"by the CSV": {byCSV(), []queue.Reason{queue.AlreadyThere, queue.AlreadyThere}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := desk(t, t.TempDir(), c.cfg)
			ids := alreadyThere(t, d.Queue())
			lists, ok := d.Office().Removals.(interface {
				Relist(ctx context.Context, ids []string) ([]queue.Entry, error)
			})
			if !ok {
				t.Fatal("the window cannot ask")
			}
			now, err := lists.Relist(t.Context(), ids)
			if err != nil {
				t.Fatal(err)
			}
			var got []queue.Reason
			for i, e := range now {
				if got = append(got, e.Reason); e.ID != ids[i] {
					t.Errorf("%d is %+v", i, e)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("marks %q, want %q", got, c.want)
			}
			if _, err := lists.Relist(t.Context(), []string{"nobody"}); err == nil {
				t.Error("nobody's box came back")
			}
		})
	}
}

// alreadyThere keeps two boxes that Microsoft had before.
func alreadyThere(t *testing.T, q *queue.Queue) []string {
	t.Helper()
	ready(t, q, "3305123456781", "3305123456798")
	var ids []string
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, e.ID)
	}
	made, err := q.Plan(t.Context(), tenant, "CONTOSO-STD", ids)
	if err != nil {
		t.Fatal(err)
	}
	var outcomes []queue.Outcome
	for _, id := range made.Entries {
		outcomes = append(outcomes, queue.Outcome{Entry: id, Registered: true, Code: autopilot.CodeAlreadyHere, Reason: queue.AlreadyThere})
	}
	if _, err := q.Settle(t.Context(), made.ID, outcomes); err != nil {
		t.Fatal(err)
	}
	return ids
}
