package journal_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pkidstation/queue/journal"
)

// BenchmarkAppend is one durable line of 900 bytes against its floor on the same
// disk, turn by turn: 4 KiB written over in a file that has its room, and synced.
// The figure is p50/raw; machines differ.
func BenchmarkAppend(b *testing.B) {
	folder := b.TempDir()
	j, _ := mustOpen(b, filepath.Join(folder, journal.FolderName), journal.Options{})
	body := bytes.Repeat([]byte("b"), 900)
	append900 := func() error {
		_, err := j.Append("capture", body)
		if err != nil {
			return err
		}
		return j.Sync()
	}
	raw := floor(b, filepath.Join(folder, "raw"))
	var journals, raws []time.Duration
	for b.Loop() {
		if len(raws)%2 == 0 { // neither always comes first
			raws = append(raws, timed(b, raw))
			journals = append(journals, timed(b, append900))
		} else {
			journals = append(journals, timed(b, append900))
			raws = append(raws, timed(b, raw))
		}
	}
	slices.Sort(journals)
	slices.Sort(raws)
	p50, floor50 := journals[len(journals)/2], raws[len(raws)/2]
	b.ReportMetric(float64(p50)/float64(floor50), "p50/raw")
	b.ReportMetric(float64(p50.Microseconds()), "p50-µs")
	b.ReportMetric(float64(floor50.Microseconds()), "raw-p50-µs")
}

func timed(b *testing.B, do func() error) time.Duration {
	b.Helper()
	begin := time.Now()
	if err := do(); err != nil {
		b.Fatal(err)
	}
	return time.Since(begin)
}

// floor gives the raw operation.
func floor(b *testing.B, path string) func() error {
	b.Helper()
	const room = 8 << 20
	if err := os.WriteFile(path, bytes.Repeat([]byte("\n"), room), 0o600); err != nil {
		b.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = f.Close() })
	if err := f.Sync(); err != nil {
		b.Fatal(err)
	}
	block := bytes.Repeat([]byte("r"), 4096)
	at := int64(0)
	return func() error {
		if _, err := f.WriteAt(block, at); err != nil {
			return err
		}
		at = (at + 4096) % room
		return journal.Datasync(f)
	}
}
