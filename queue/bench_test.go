package queue_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// BenchmarkCapture is one durable capture against its floor on the same disk
// in the same run: two 4 KiB writes, each synced, which is what a bbolt commit
// costs. The ratio is the figure; machines differ.
func BenchmarkCapture(b *testing.B) {
	b.Run("capture", func(b *testing.B) {
		q, err := queue.Open(b.TempDir(), queue.Options{})
		if err != nil {
			b.Fatal(err)
		}
		defer q.Close() //nolint:errcheck // a benchmark
		r, err := q.OpenReception(b.Context(), queue.Work{Customer: contoso}, "Ana")
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for b.Loop() {
			n++
			c := queue.Capture{Reception: r.ID, PKID: autopilot.PKID(fmt.Sprintf("33051%08d", n)), By: "Ana"}
			if v, err := q.Capture(b.Context(), c); err != nil || v.Word != queue.Accepted {
				b.Fatal(v, err)
			}
		}
	})
	b.Run("floor", func(b *testing.B) {
		f, err := os.Create(filepath.Join(b.TempDir(), "raw"))
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close() //nolint:errcheck // a benchmark
		page := make([]byte, 4096)
		for b.Loop() {
			for at := range int64(2) {
				if _, err := f.WriteAt(page, at*4096); err != nil {
					b.Fatal(err)
				}
				if err := f.Sync(); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
