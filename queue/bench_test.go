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

// BenchmarkSeen is a second read of a box; against BenchmarkCapture it says
// what the answer "seen" costs beside the answer "accepted".
func BenchmarkSeen(b *testing.B) {
	q, reception := filled(b, 1)
	for b.Loop() {
		c := queue.Capture{Reception: reception, PKID: benchPKID(0), By: "Ana"}
		if v, err := q.Capture(b.Context(), c); err != nil || v.Word != queue.Seen {
			b.Fatal(v, err)
		}
	}
}

// BenchmarkNewestPage is what the queue screen asks for, in a queue of 300 and
// of ten times as many entries: the ratio should be near 1.
func BenchmarkNewestPage(b *testing.B) {
	for _, size := range []int{300, 3000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			q, _ := filled(b, size)
			for b.Loop() {
				n := 0
				for _, err := range q.List(b.Context(), queue.Filter{Newest: true, Limit: 50}) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				if n != 50 {
					b.Fatal(n)
				}
			}
		})
	}
}

// benchPKID is PKID number n of 100,000,000: they come in no order, as on boxes.
func benchPKID(n int) autopilot.PKID {
	return autopilot.PKID(fmt.Sprintf("33051%08d", n*61_803_399%100_000_000))
}

// filled is a queue with n entries and their open reception.
func filled(b *testing.B, n int) (*queue.Queue, string) {
	b.Helper()
	q, err := queue.Open(b.TempDir(), queue.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { q.Close() }) //nolint:errcheck // a benchmark
	r, err := q.OpenReception(b.Context(), queue.Work{Customer: contoso}, "Ana")
	if err != nil {
		b.Fatal(err)
	}
	for i := range n {
		if _, err := q.Capture(b.Context(), queue.Capture{Reception: r.ID, PKID: benchPKID(i), By: "Ana"}); err != nil {
			b.Fatal(err)
		}
	}
	return q, r.ID
}
