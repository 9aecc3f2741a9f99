package report_test

import (
	"fmt"
	"iter"
	"runtime"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export/report"
)

// many makes entries as they are asked for: none of them stays in memory.
func many(n int) iter.Seq2[queue.Entry, error] {
	return func(yield func(queue.Entry, error) bool) {
		for i := range n {
			e := box(func(e *queue.Entry) {
				e.Number, e.PKID, e.Serial = i, autopilot.PKID(fmt.Sprintf("33%011d", i)), fmt.Sprintf("5CG%07d", i)
				e.TrackingID, e.DeviceID = fmt.Sprintf("11111111-aaaa-4aaa-8aaa-%012d", i), fmt.Sprintf("22222222-aaaa-4aaa-8aaa-%012d", i)
				if i%10 == 0 {
					e.State, e.Code = queue.Rejected, autopilot.CodeOtherTenant
				}
			})
			if !yield(e, nil) {
				return
			}
		}
	}
}

// A gauge is the most heap in use at any of its writes and rows.
type gauge struct {
	before, most uint64
	writes       int
}

func (g *gauge) look() {
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	g.most = max(g.most, now.HeapInuse)
}

func (g *gauge) Write(p []byte) (int, error) {
	if g.writes++; g.writes%256 == 0 {
		g.look()
	}
	return len(p), nil
}

func (g *gauge) watch(entries iter.Seq2[queue.Entry, error]) iter.Seq2[queue.Entry, error] {
	return func(yield func(queue.Entry, error) bool) {
		n := 0
		for e, err := range entries {
			if n++; n%500 == 0 {
				g.look()
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// mebibytes writes a report of n entries and says how much more memory it took.
func mebibytes(tb testing.TB, format report.Format, n int) float64 {
	tb.Helper()
	var g gauge
	o := report.Options{Format: format, Words: speak(tb, "fr")}
	runtime.GC()
	g.look()
	g.before = g.most
	if got, err := report.Write(&g, g.watch(many(n)), o); got != n || err != nil {
		tb.Fatal(got, err)
	}
	return float64(g.most-g.before) / (1 << 20)
}

const mostMebibytes = 60

// BenchmarkReport writes 100,000 entries.
func BenchmarkReport(b *testing.B) {
	for _, format := range report.Formats() {
		b.Run(string(format), func(b *testing.B) {
			most := 0.0
			for b.Loop() {
				most = max(most, mebibytes(b, format, 100_000))
			}
			b.ReportMetric(most, "MiB")
			if most > mostMebibytes {
				b.Errorf("%.0f MiB, at most %d", most, mostMebibytes)
			}
		})
	}
}

// TestMemory is the benchmark's short form: memory does not grow with the rows.
func TestMemory(t *testing.T) { //nolint:paralleltest // it measures the whole process
	for _, format := range report.Formats() {
		if used := mebibytes(t, format, 9_000); used > mostMebibytes {
			t.Errorf("%s: %.0f MiB, at most %d", format, used, mostMebibytes)
		}
	}
}
