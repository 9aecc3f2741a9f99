package manifest_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"pkidstation/queue/manifest"
)

// The most that 100,000 rows may take: MiB, and times what 10,000 do.
// A workbook makes garbage while it is read, which the few rows never pay for.
const (
	mostMebibytes     = 100
	mostTimes         = 11
	mostWorkbookTimes = 13
)

// sheet is list as a workbook.
func sheet(tb testing.TB, n int) []byte {
	tb.Helper()
	book := excelize.NewFile()
	w, err := book.NewStreamWriter("Sheet1")
	if err == nil {
		err = w.SetRow("A1", []any{"Order", "Pallet", "Box", "Serial number", "PKID", "Manufacturer", "Model", "Customer"})
	}
	for i := 0; i < n && err == nil; i++ {
		err = w.SetRow(fmt.Sprintf("A%d", i+2), []any{
			"BL-2026-0117", fmt.Sprintf("P%d", i/40), i, fmt.Sprintf("5CG%07d", i), fmt.Sprintf("%013d", 3305120000000+7919*int64(i)+1),
			"HP", "HP EliteBook 840 G10", "Contoso",
		})
	}
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		tb.Fatal(err)
	}
	b, err := book.WriteToBuffer()
	if err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// timed reads a file of n devices and says how much of a processor that took.
func timed(tb testing.TB, file []byte, n int) time.Duration {
	tb.Helper()
	start := worked()
	m, err := manifest.Read(tb.Context(), bytes.NewReader(file), int64(len(file)), manifest.Options{})
	took := worked() - start
	if err != nil || m.Taken() != n {
		tb.Fatal(err)
	}
	return took
}

// BenchmarkRead reads 10,000 and 100,000 rows, and says how many times longer the
// second takes.
func BenchmarkRead(b *testing.B) {
	for name, file := range map[string]func(testing.TB, int) []byte{"csv": func(_ testing.TB, n int) []byte { return list(n) }, "xlsx": sheet} {
		few, many := file(b, 10_000), file(b, 100_000)
		b.Run(name, func(b *testing.B) {
			most := peak(func() { timed(b, many, 100_000) })
			// The shortest of each, since whatever else runs only ever makes them longer.
			short, long := time.Hour, time.Hour
			for b.Loop() {
				var ten time.Duration // as much work as the other, and as often disturbed
				for range 10 {
					ten += timed(b, few, 10_000)
				}
				short = min(short, ten/10)
				long = min(long, timed(b, many, 100_000))
			}
			times := float64(long) / float64(short)
			b.ReportMetric(times, "times")
			b.ReportMetric(most, "MiB")
			b.ReportMetric(float64(long.Milliseconds()), "ms/100k")
			limit := mostTimes
			if name == "xlsx" {
				limit = mostWorkbookTimes
			}
			if times > float64(limit) || most > mostMebibytes {
				b.Errorf("%.1f times as long, at most %d; %.0f MiB, at most %d", times, limit, most, mostMebibytes)
			}
		})
	}
}

// TestHundredThousandRows: in the memory that they may take, text and workbook.
func TestHundredThousandRows(t *testing.T) { //nolint:paralleltest // it measures the whole process
	n := 100_000
	if raced && !torture() {
		n = 10_000 // memory is not judged under the race detector
	}
	for name, file := range map[string][]byte{"csv": list(n), "xlsx": sheet(t, n)} {
		used := peak(func() { timed(t, file, n) })
		t.Logf("%s: %.0f MiB", name, used)
		if used > mostMebibytes && !raced {
			t.Errorf("%s: %.0f MiB, at most %d", name, used, mostMebibytes)
		}
	}
}
