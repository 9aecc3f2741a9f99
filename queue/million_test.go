package queue_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pkidstation/queue"
)

// TestMillion prints what a queue of PKIDSTATION_BENCH_ENTRIES entries costs.
//
//nolint:paralleltest // it counts what the process takes
func TestMillion(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("PKIDSTATION_BENCH_ENTRIES"))
	if err != nil {
		t.Skip("PKIDSTATION_BENCH_ENTRIES says how many entries")
	}
	folder := filepath.Join(os.TempDir(), fmt.Sprintf("pkidstation-%d", n))
	if _, err := os.Stat(folder); err != nil {
		start := time.Now()
		fillLong(t, folder, n)
		t.Logf("filled with %d in %v", n, time.Since(start))
	}
	for range 10 {
		start := time.Now()
		q, err := queue.Open(folder, queue.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("opened in %v, %d KiB of its own", time.Since(start), anonymous(t))
		if err := q.Close(); err != nil {
			t.Fatal(err)
		}
	}
	q, err := queue.Open(folder, queue.Options{})
	must(t, err)
	defer q.Close() //nolint:errcheck // a measurement
	beside(t, q, n)
	if os.Getenv("PKIDSTATION_BENCH_TEND") != "" {
		start := time.Now()
		for more := true; more; {
			more, err = q.Compact(t.Context())
			must(t, err)
		}
		t.Logf("journal made short in %v", time.Since(start))
		start = time.Now()
		must(t, q.Shrink(t.Context()))
		t.Logf("queue.db made short in %v, %d KiB of its own", time.Since(start), anonymous(t))
	}
	fileSizes(t, folder, n)
	all, err := queue.Bytes(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range all {
		if s[0] > 100 {
			t.Logf("%-10s %8d keys, %4d bytes each, %4d with what is free (%d%%)", name, s[0], s[1]/s[0], s[2]/s[0], 100*s[1]/max(1, s[2]))
		}
	}
}

// beside captures in a long queue and in a short one, one in turn.
func beside(t *testing.T, long *queue.Queue, n int) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "short")
	fillLong(t, folder, 1000)
	short, err := queue.Open(folder, queue.Options{})
	must(t, err)
	defer short.Close() //nolint:errcheck // a measurement
	took := map[string][]time.Duration{}
	const rounds = 500
	free := 10_000_000 + rounds*int(time.Now().Unix()%180_000) // what no earlier run took
	for i := range rounds {
		for name, q := range map[string]*queue.Queue{"long": long, "short": short} {
			open, err := q.OpenReceptions(t.Context())
			must(t, err)
			capture := func(what queue.Word, n int) {
				start := time.Now()
				v, err := q.Capture(t.Context(), queue.Capture{Reception: open[0].ID, PKID: benchPKID(n), By: "Ana"})
				must(t, err)
				if v.Word != what {
					t.Fatalf("%s, not %s", v.Word, what)
				}
				took[name+" "+string(what)] = append(took[name+" "+string(what)], time.Since(start))
			}
			capture(queue.Accepted, free+i)
			capture(queue.Seen, i*37%min(n, 1000))
		}
	}
	for _, what := range []string{string(queue.Accepted), string(queue.Seen)} {
		l, s := took["long "+what], took["short "+what]
		slices.Sort(l)
		slices.Sort(s)
		t.Logf("%s: long p25 %v p50 %v p99 %v, short p25 %v p50 %v p99 %v: p50 %.2f, p25 %.2f times, %d KiB of its own", what, l[125], l[250], l[495],
			s[125], s[250], s[495], float64(l[250])/float64(s[250]), float64(l[125])/float64(s[125]), anonymous(t))
	}
}

func fileSizes(t *testing.T, folder string, n int) {
	t.Helper()
	var db, journal int64
	_ = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if info, err := d.Info(); err == nil && strings.Contains(path, "queue.db") {
			db += info.Size()
		} else if err == nil {
			journal += info.Size()
		}
		return nil
	})
	t.Logf("queue.db %d bytes an entry, journal %d", db/int64(n), journal/int64(n))
}

// anonymous is the memory that is this process's own, in KiB.
func anonymous(t *testing.T) int {
	t.Helper()
	data, err := os.ReadFile("/proc/self/smaps_rollup")
	if err != nil {
		t.Skip(err)
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "Anonymous:"); ok {
			kib, _ := strconv.Atoi(strings.Fields(rest)[0])
			return kib
		}
	}
	return 0
}

// fillLong makes a queue of n entries, many in a change.
func fillLong(tb testing.TB, folder string, n int) {
	tb.Helper()
	if err := os.MkdirAll(folder, 0o700); err != nil {
		tb.Fatal(err)
	}
	q, err := queue.Open(folder, queue.Options{Station: "dock 1"})
	if err != nil {
		tb.Fatal(err)
	}
	r, err := q.OpenReception(tb.Context(), queue.Work{Customer: contoso, GroupTag: "Dock", Order: "BL-2026-11"}, "Ana")
	for at := 0; at < n && err == nil; at += 1000 {
		var some []queue.Capture
		for i := at; i < min(n, at+1000); i++ {
			some = append(some, queue.Capture{Reception: r.ID, PKID: benchPKID(i), By: "Ana", Read: queue.Read{Text: string(benchPKID(i)), Symbology: "code128", AIM: "]C0", Source: "serial", At: time.Now()}})
		}
		err = queue.CaptureAll(tb.Context(), q, some)
	}
	if err != nil {
		tb.Fatal(err)
	}
	if err := q.Close(); err != nil {
		tb.Fatal(err)
	}
}
