//go:build peers

package queue_test

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	_ "github.com/mattn/go-sqlite3" // the named peer
	"golang.org/x/sys/unix"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// BenchmarkAgainstPeers is one durable capture beside its peers, one operation
// of each in turn, so that whatever else the disk does it does to all: a raw
// 4 KiB overwrite with fdatasync, the same with as many bytes as the journal's
// line has, and SQLite (WAL, synchronous FULL) that keeps the same records and
// indexes. What counts are the ratios. PKIDSTATION_BENCH_ENTRIES says how many
// entries are there before.
func BenchmarkAgainstPeers(b *testing.B) {
	folder, there := filepath.Join(b.TempDir(), "queue"), 0
	if n, err := strconv.Atoi(os.Getenv("PKIDSTATION_BENCH_ENTRIES")); err == nil {
		there = n
	}
	q, reception := filledQuickly(b, folder, there)
	raw, floor := preallocated(b, filepath.Join(folder, "raw")), preallocated(b, filepath.Join(folder, "floor"))
	lite := openSQLite(b, filepath.Join(folder, "peer.sqlite"), there)
	page, line := make([]byte, 4096), make([]byte, 1100)
	took := map[string][]time.Duration{}
	measure := func(what string, do func() error) {
		start := time.Now()
		if err := do(); err != nil {
			b.Fatal(what, err)
		}
		took[what] = append(took[what], time.Since(start))
	}
	n := there
	for b.Loop() {
		n++
		at := int64(n%2000) * 4096
		measure("raw", func() error { return overwrite(raw, page, at) })
		measure("capture", func() error {
			v, err := q.Capture(b.Context(), queue.Capture{Reception: reception, PKID: benchPKID(n), By: "Ana"})
			if err == nil && v.Word != queue.Accepted {
				err = fmt.Errorf("%s", v.Word)
			}
			return err
		})
		measure("floor", func() error { return overwrite(floor, line, int64(n%4000)*int64(len(line))) })
		measure("sqlite", func() error { return lite.capture(n) })
		// Each look-up follows a sync, as on a dock, and finds its code as cold.
		wait := func() {
			if err := overwrite(raw, page, at); err != nil {
				b.Fatal(err)
			}
		}
		wait()
		measure("seen", func() error {
			v, err := q.Capture(b.Context(), queue.Capture{Reception: reception, PKID: benchPKID(n), By: "Ana"})
			if err == nil && v.Word != queue.Seen {
				err = fmt.Errorf("%s", v.Word)
			}
			return err
		})
		wait()
		measure("sqlite-find", func() error { return lite.find(n) })
		wait()
		measure("sqlite-seen", func() error { return lite.seen(n) })
	}
	for what := range took {
		slices.SortFunc(took[what], func(a, b time.Duration) int { return cmp.Compare(a, b) })
	}
	at := func(what string, share float64) float64 {
		return float64(took[what][int(share*float64(len(took[what])-1))])
	}
	for _, what := range []string{"raw", "floor", "capture", "sqlite"} {
		b.Logf("%-8s min %6.0f p25 %6.0f p50 %6.0f p95 %6.0f p99 %6.0f µs", what,
			at(what, 0)/1e3, at(what, .25)/1e3, at(what, .5)/1e3, at(what, .95)/1e3, at(what, .99)/1e3)
	}
	b.ReportMetric(at("capture", .5)/at("raw", .5), "p50/raw")
	b.ReportMetric(at("capture", .5)/at("floor", .5), "p50/floor")
	b.ReportMetric(at("capture", .5)/at("sqlite", .5), "p50/sqlite")
	b.ReportMetric(at("capture", .99)/at("capture", .5)/(at("raw", .99)/at("raw", .5)), "tail/raw-tail")
	b.ReportMetric(at("seen", .5)/at("sqlite-find", .5), "seen/sqlite-find")
	b.ReportMetric(at("seen", .5)/at("sqlite-seen", .5), "seen/sqlite-seen")
	b.ReportMetric(0, "ns/op")
}

func overwrite(f *os.File, data []byte, at int64) error {
	if _, err := f.WriteAt(data, at); err != nil {
		return err
	}
	return unix.Fdatasync(int(f.Fd()))
}

func preallocated(b *testing.B, path string) *os.File {
	b.Helper()
	f, err := os.Create(path)
	if err == nil {
		_, err = f.Write(make([]byte, 8<<20))
	}
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { f.Close() }) //nolint:errcheck // a benchmark
	return f
}

// filledQuickly is a queue with so many entries.
func filledQuickly(b *testing.B, folder string, n int) (*queue.Queue, string) {
	b.Helper()
	fillLong(b, folder, n+1) // 0 to n
	q, err := queue.Open(folder, queue.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { q.Close() }) //nolint:errcheck // a benchmark
	open, err := q.OpenReceptions(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	return q, open[0].ID
}

// sqlite keeps what a capture keeps: the entry, its indexes and the audit line.
type sqlite struct{ *sql.DB }

func openSQLite(b *testing.B, path string, n int) sqlite {
	b.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=FULL")
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	b.Cleanup(func() { db.Close() }) //nolint:errcheck // a benchmark
	for _, what := range []string{
		"create table entry(seq integer primary key, id text unique, pkid text, state text, record text)",
		"create index pkid on entry(pkid)", "create index state on entry(state, seq)",
		"create table audit(number integer primary key, entry integer, line text)", "create index history on audit(entry, number)",
	} {
		if _, err := db.Exec(what); err != nil {
			b.Fatal(err)
		}
	}
	l := sqlite{db}
	tx, err := db.Begin()
	for i := 1; i <= n && err == nil; i++ {
		err = insert(tx, i)
	}
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		b.Fatal(err)
	}
	return l
}

// They are as long as the queue's own.
var liteRecord, liteLine = fmt.Sprintf("%0230d", 7), fmt.Sprintf("%0180d", 7)

func insert(tx *sql.Tx, n int) error {
	_, err := tx.Exec("insert into entry(seq, id, pkid, state, record) values(?,?,?,?,?)", n, fmt.Sprintf("%032d-%d", n, n), string(benchPKID(n)), "ready", liteRecord)
	if err == nil {
		_, err = tx.Exec("insert into audit(entry, line) values(?,?)", n, liteLine)
	}
	return err
}

func (l sqlite) capture(n int) error {
	tx, err := l.Begin()
	if err != nil {
		return err
	}
	var seq int
	if err := tx.QueryRow("select seq from entry where pkid = ?", string(benchPKID(n))).Scan(&seq); err != sql.ErrNoRows {
		return fmt.Errorf("a known one: %w", err)
	}
	if err := insert(tx, n); err != nil {
		return err
	}
	return tx.Commit()
}

// find is a look whether a PKID is there, and nothing else.
func (l sqlite) find(n int) error {
	var seq int
	return l.QueryRow("select seq from entry where pkid = ?", string(benchPKID(n))).Scan(&seq)
}

// seen is what the dock is told of a box that is there: whose work it is, what
// became of it and who read it. The queue says so too.
func (l sqlite) seen(n int) error {
	var record string
	if err := l.QueryRow("select record from entry where pkid = ?", string(benchPKID(n))).Scan(&record); err != nil {
		return err
	}
	if len(record) != len(liteRecord) {
		return fmt.Errorf("a record of %d bytes", len(record))
	}
	var e queue.Entry
	return json.Unmarshal(liteEntry, &e)
}

// liteEntry is an entry as SQLite would have it.
var liteEntry, _ = json.Marshal(queue.Entry{
	Seq: 7, ID: uuid.NewString(), Reception: uuid.NewString(), Device: autopilot.Device{PKID: benchPKID(7)},
	State: queue.Ready, CapturedAt: time.Now(), Operator: "Ana", Station: "dock 1",
})
