package morning_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/morning"
	"pkidstation/queue/queuetest"
)

// crowd makes a queue of 100,000 devices in 50 orders, of which some are registered,
// some were refused and the rest wait. They come from a list: without a scan each,
// which would take longer than all that is measured.
func crowd(b *testing.B) *queue.Queue {
	b.Helper()
	const orders, each, act = 50, 2000, "Ana"
	q, err := queue.Open(b.TempDir(), queue.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = q.Close() })
	for o := range orders {
		work := queue.Work{Customer: contoso, GroupTag: "STD", Order: fmt.Sprintf("BL-%d", o)}
		var devices []queue.Announced
		for n := range each {
			devices = append(devices, queue.Announced{Device: autopilot.Device{PKID: queuetest.PKID(o*each + n)}, Order: work.Order, GroupTag: "STD", Row: n + 1})
		}
		list := queue.SupplierList{File: work.Order, SHA256: work.Order, Customer: contoso, Order: work.Order, Devices: slices.Values(devices)}
		if _, err := q.Announce(b.Context(), list, queue.Act{By: act}); err != nil {
			b.Fatal(err)
		}
		got, err := q.RegisterAnnounced(b.Context(), work, queue.Act{By: act, Reason: "no labels"})
		if err != nil || len(got.Made) != each {
			b.Fatal(len(got.Made), err)
		}
		for part := range slices.Chunk(got.Made, each/4) {
			if o%2 == 0 { // the others wait
				send(b, q, part, queue.Outcome{Registered: o%4 == 0, Code: autopilot.CodeStorage})
			}
		}
	}
	return q
}

func send(b *testing.B, q *queue.Queue, entries []queue.Entry, o queue.Outcome) {
	b.Helper()
	var ids []string
	for _, e := range entries {
		ids = append(ids, e.ID)
	}
	plan, err := q.Plan(b.Context(), contoso, "STD", ids)
	if err == nil {
		_, err = q.Attempt(b.Context(), plan.ID, queue.Attempt{RequestID: "r"})
	}
	var all []queue.Outcome
	for _, id := range ids {
		o.Entry = id
		if o.Registered {
			o.Code = ""
		}
		all = append(all, o)
	}
	if err == nil {
		_, err = q.Settle(b.Context(), plan.ID, all)
	}
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkGather looks at a queue of 100,000 entries, half of which were never sent
// and all of which came today: a morning that nobody has.
func BenchmarkGather(b *testing.B) {
	q := crowd(b)
	b.ResetTimer()
	for b.Loop() {
		if _, err := morning.Gather(b.Context(), q, morning.About{Now: time.Now()}); err != nil {
			b.Fatal(err)
		}
	}
}
