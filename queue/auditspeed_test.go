package queue_test

import (
	"bytes"
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"pkidstation/queue"
	"pkidstation/queue/audittrail"
)

// longChain makes a queue whose audit has so many lines more.
func longChain(tb testing.TB, folder string, lines int) {
	tb.Helper()
	q, err := queue.Open(folder, queue.Options{Station: "dock 1"})
	if err == nil {
		_, err = q.OpenReception(tb.Context(), queue.Work{Customer: contoso}, "Ana")
	}
	if err == nil {
		err = q.Close()
	}
	if err != nil {
		tb.Fatal(err)
	}
	db, err := bbolt.Open(filepath.Join(folder, queue.FileName), 0o600, &bbolt.Options{NoSync: true})
	if err != nil {
		tb.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		audit := tx.Bucket([]byte("audit"))
		_, v := audit.Cursor().Last()
		l, err := queue.DecodeRecord[queue.AuditLine](v)
		for range lines {
			l = queue.AuditLine{
				Number: l.Number + 1, At: l.At.Add(time.Second), Operator: 1, Station: "dock 1", Action: queue.ActionLearn,
				Note: "rule 00000000 " + strings.Repeat("x", 60), Before: l.Hash,
			}
			if err == nil {
				l, err = queue.SealLine(l)
			}
			var data []byte
			if err == nil {
				data, err = queue.EncodeRecord(l)
			}
			if err == nil {
				err = audit.Put(number(l.Number), data)
			}
		}
		return err
	})
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		tb.Fatal(err)
	}
}

// BenchmarkCheckChain is Check of a queue whose audit has 100,000 lines.
func BenchmarkCheckChain(b *testing.B) {
	folder := b.TempDir()
	longChain(b, folder, 100_000)
	q, err := queue.Open(folder, queue.Options{ReadOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	defer q.Close() //nolint:errcheck // read only
	for b.Loop() {
		if wrong, err := q.Check(b.Context()); err != nil || len(wrong) > 0 {
			b.Fatal(wrong, err)
		}
	}
}

// BenchmarkExportChain is an export of 100,000 lines, and verifying it.
func BenchmarkExportChain(b *testing.B) {
	folder := b.TempDir()
	longChain(b, folder, 100_000)
	q, err := queue.Open(folder, queue.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer q.Close() //nolint:errcheck // nothing is written any more
	for b.Loop() {
		if r, err := verifiedExport(b, q, func([]byte) {}); err != nil || !r.Sound() {
			b.Fatal(r.Findings, err)
		}
	}
}

// verifiedExport exports and verifies at once, without a file between.
func verifiedExport(tb testing.TB, q *queue.Queue, on func([]byte)) (audittrail.Report, error) {
	tb.Helper()
	r, w := io.Pipe()
	go func() {
		_, err := q.ExportAudit(tb.Context(), w, queue.Act{By: "Léa"})
		w.CloseWithError(err)
	}()
	return audittrail.Verify(io.TeeReader(r, writerFunc(func(b []byte) (int, error) { on(b); return len(b), nil })), "")
}

// TestExportingTakesNoMoreMemory for more lines.
func TestExportingTakesNoMoreMemory(t *testing.T) { //nolint:paralleltest // others would be measured
	most := func(lines int) (most uint64) {
		folder := t.TempDir()
		longChain(t, folder, lines)
		for range 3 { // what made the chain goes first, pools and all
			runtime.GC()
		}
		q, err := queue.Open(folder, queue.Options{})
		must(t, err)
		defer q.Close() //nolint:errcheck // nothing is written any more
		seen := 0
		r, err := verifiedExport(t, q, func(b []byte) {
			if seen += bytes.Count(b, []byte("\n")); seen > lines/20 {
				seen = 0
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		})
		if err != nil || !r.Sound() || r.Lines < uint64(lines) {
			t.Fatalf("%d %+v %v", r.Lines, r.Findings, err)
		}
		return most
	}
	small, large := most(2_000), most(30_000)
	if large > small+2<<20 {
		t.Errorf("2000 lines take %d bytes, 30000 take %d", small, large)
	}
}
