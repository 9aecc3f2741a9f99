package upload_test

import (
	"fmt"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/queuetest"
	"pkidstation/queue/upload"
)

// BenchmarkReady is what a station costs that has 10,000 entries ready for two
// customers and nobody who signs in: one reading of them, and one step of the
// uploader.
func BenchmarkReady(b *testing.B) {
	const ready = 10_000
	q := queuetest.Open(b)
	for i := range 20 {
		work := queue.Work{Customer: []autopilot.TenantID{contoso, fabrikam}[i%2], Order: fmt.Sprint(i)}
		queuetest.Fill(b, q, work, 1+i*ready/20, ready/20)
	}
	for _, id := range []autopilot.TenantID{contoso, fabrikam} {
		if err := q.SetCustomer(b.Context(), queue.CustomerSetting{ID: id, Name: "Somebody", GroupTag: "Dock"}, queue.Act{}); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("Due", func(b *testing.B) {
		for b.Loop() {
			if groups, err := q.Due(b.Context(), time.Now(), time.Hour); err != nil || len(groups) != 2 {
				b.Fatal(groups, err)
			}
		}
	})
	b.Run("NextDue", func(b *testing.B) {
		for b.Loop() {
			if _, err := q.NextDue(b.Context(), time.Now(), time.Hour); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("step", func(b *testing.B) {
		center := newCenter()
		center.at = func(call, bool) error { return failure(partnercenter.SignIn) }
		up := upload.New(upload.Options{Ledger: q, Registrar: center})
		for b.Loop() {
			if status, err := up.Pass(b.Context()); err != nil || status.Counts.Ready != ready {
				b.Fatal(status, err)
			}
		}
	})
}
