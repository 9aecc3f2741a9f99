package lists_test

import (
	"testing"
	"time"

	"pkidstation/cmd/internal/lists"
	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// The most that a list of 100,000 devices and their scans may take: MiB, and times
// what 10,000 do.
const (
	mostMebibytes = 100
	mostTimes     = 11
)

// scanned is a queue with n boxes of the order.
func scanned(b *testing.B, n int) *queue.Queue {
	b.Helper()
	q := queuetest.Open(b)
	r, err := q.OpenReception(b.Context(), queue.Work{Customer: contoso, GroupTag: "STD", Order: order}, "Ana")
	for i := 0; i < n && err == nil; i++ {
		_, err = q.Capture(b.Context(), queue.Capture{Reception: r.ID, PKID: number(i), By: "Ana", Done: true})
	}
	if err != nil {
		b.Fatal(err)
	}
	return q
}

// BenchmarkImportAndReconcile takes a list of 10,000 and of 100,000 devices in and
// holds it against as many scans, and says how many times longer the second takes: the
// fastest of three of each, for the smaller one is over in the time of a hiccup.
func BenchmarkImportAndReconcile(b *testing.B) {
	took := map[int]time.Duration{}
	most := 0.0
	for b.Loop() {
		for _, n := range []int{10_000, 100_000, 10_000, 100_000, 10_000, 100_000} {
			q, file := scanned(b, n), listFile(b, n)
			start := time.Now()
			importing := peak(func() {
				got, err := lists.Import(b.Context(), q, file, lists.Options{Customer: contoso}, queue.Act{By: "Léa"})
				if err != nil || got.Taken() != n {
					b.Fatal(got.Taken(), err)
				}
			})
			imported := time.Since(start)
			reconciling := peak(func() {
				r, err := q.Reconcile(b.Context(), order, contoso)
				if err != nil || r.Arrived != n {
					b.Fatal(r.Arrived, err)
				}
			})
			b.Logf("%d: imported in %v (%.0f MiB), reconciled in %v (%.0f MiB)", n, imported, importing, time.Since(start)-imported, reconciling)
			all := time.Since(start)
			if before, again := took[n]; again {
				all = min(all, before)
			}
			took[n], most = all, max(most, importing, reconciling)
			if err := q.Close(); err != nil {
				b.Fatal(err)
			}
		}
	}
	times := float64(took[100_000]) / float64(took[10_000])
	b.ReportMetric(times, "times")
	b.ReportMetric(most, "MiB")
	if times > mostTimes || most > mostMebibytes {
		b.Errorf("%.1f times as long, at most %d; %.0f MiB, at most %d", times, mostTimes, most, mostMebibytes)
	}
}
