package upload_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
	"pkidstation/queue/upload"
)

// A box is taken back and scanned again for the same customer, while Microsoft has
// not forgotten the first registration, on a bad line and with processes that are
// killed: never is one called registered that Microsoft has only of the first.
func TestTakenBackAndRegisteredAnew(t *testing.T) {
	t.Parallel()
	seeds := uint64(2)
	if os.Getenv("PKIDSTATION_TORTURE") == "1" {
		seeds = 200
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				st := newStory(t, seed+1000)
				st.ids = queuetest.Fill(st.T, st.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, 12)
				st.work(untilSettled)
				st.want(queue.Counts{Registered: 12})
				for _, id := range st.ids {
					_, err := st.q.Remove(st.Context(), []string{id}, false, queue.Act{By: "Léa", Reason: "wrong tag"})
					st.must(err)
				}
				st.work(untilRemoved)
				anew := queuetest.Fill(st.T, st.q, queue.Work{Customer: contoso, GroupTag: "Berlin"}, 1, 12)
				for range 6 { // into the day after
					st.work(untilSettled)
					st.wantTrue(anew)
					st.work(st.forHours(5))
				}
				st.want(queue.Counts{Registered: 12, Removed: 12})
				st.wantTrue(anew)
			})
		})
	}
}

// forHours has an uploader work for some time.
func (st *story) forHours(n int) func(context.Context, *upload.Uploader) error {
	return func(ctx context.Context, up *upload.Uploader) error {
		end, cancel := context.WithTimeout(ctx, time.Duration(n)*time.Hour)
		defer cancel()
		if err := up.Run(end); !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
		return nil
	}
}

// wantTrue fails where an entry is registered that Microsoft does not have.
func (st *story) wantTrue(ids []string) {
	st.Helper()
	there := st.server.Registered()
	for _, id := range ids {
		e, err := st.q.Entry(st.Context(), id)
		st.must(err)
		has := slices.ContainsFunc(there, func(c partnercentertest.Commit) bool {
			return c.PKID == e.PKID && c.Customer == contoso && c.Batch == "Berlin"
		})
		if e.State == queue.Registered && !has {
			st.Errorf("%s is called registered and is not: %+v", e.PKID.Masked(), e)
		}
		if e.State == queue.Rejected && e.Code != autopilot.CodeAlreadyHere {
			st.Errorf("%s is rejected: %s %s", e.PKID.Masked(), e.Code, e.Reason)
		}
	}
}
