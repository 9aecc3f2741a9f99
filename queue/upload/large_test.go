package upload_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
	"pkidstation/queue/upload"
)

// The must-hold of a large station.
const (
	manyDevices = 100_000
	manyMemory  = 60 << 20
	manyBatch   = 500
)

// BenchmarkHundredThousand plans 100,000 entries of two customers, sends them
// to the simulator, which is a process of its own so that its memory is not
// counted here, and settles them. It fails where the heap in use grows by more
// than 60 MiB or more than 1.1 times the least number of POSTs is sent.
//
//	go test ./queue/upload -run - -bench HundredThousand -benchtime 1x
func BenchmarkHundredThousand(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		settleMany(b, manyDevices)
		b.StartTimer()
	}
}

// TestLargeStation is the same, smaller.
func TestLargeStation(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("1,000 entries")
	}
	q, url := queuetest.OpenIn(t, memoryFolder(t)), simulatorInChild(t)
	fillMany(t, q, 1000)
	manyUploader(t, q, url).wantSettled(t, q, url, 1000)
}

func settleMany(b *testing.B, n int) {
	b.Helper()
	began := time.Now()
	q, url := queuetest.OpenIn(b, memoryFolder(b)), simulatorInChild(b)
	fillMany(b, q, n)
	b.Logf("filled after %v", time.Since(began))
	m := manyUploader(b, q, url)
	watched := watchHeap()
	before := cpu()
	b.StartTimer()
	m.wantSettled(b, q, url, n)
	b.StopTimer()
	grown := watched()
	b.ReportMetric(float64((cpu()-before).Microseconds())/float64(n), "cpu-µs/device")
	b.ReportMetric(float64(grown)/(1<<20), "heap-MiB")
	b.ReportMetric(float64(m.posts.Load()), "POSTs")
	b.ReportMetric(float64(m.gets.Load()), "GETs")
	if grown > manyMemory {
		b.Errorf("the heap grew by %d MiB", grown>>20)
	}
	if least := n / manyBatch; m.posts.Load()*10 > int64(least)*11 {
		b.Errorf("%d POSTs, where %d would do", m.posts.Load(), least)
	}
}

// memoryFolder is a folder whose syncs cost nothing, where there is one: the
// figure is about the processor.
func memoryFolder(tb testing.TB) string {
	tb.Helper()
	folder, err := os.MkdirTemp("/dev/shm", "pkidstation") //nolint:usetesting // not on the disk
	if err != nil {
		return tb.TempDir()
	}
	tb.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

func fillMany(tb testing.TB, q *queue.Queue, n int) {
	tb.Helper()
	for i, id := range []autopilot.TenantID{contoso, fabrikam} {
		queuetest.Fill(tb, q, queue.Work{Customer: id, GroupTag: "Dock"}, 1+i*n/2, n/2)
	}
}

// many is the uploader of a large station and what it sent.
type many struct {
	up          *upload.Uploader
	posts, gets atomic.Int64
}

func (m *many) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodPost {
		m.posts.Add(1)
	} else {
		m.gets.Add(1)
	}
	return http.DefaultTransport.RoundTrip(r)
}

func manyUploader(tb testing.TB, q *queue.Queue, url string) *many {
	tb.Helper()
	m := &many{}
	client, err := partnercenter.New(partnercenter.Options{
		BaseURL: url, HTTPClient: &http.Client{Transport: m}, Token: func(context.Context) (string, error) { return "token", nil },
	})
	if err != nil {
		tb.Fatal(err)
	}
	m.up = upload.New(upload.Options{
		Ledger: q, Registrar: client, BatchSize: manyBatch,
		PollFirst: 200 * time.Millisecond, PollMax: 5 * time.Second, RetryFirst: 100 * time.Millisecond,
	})
	return m
}

func (m *many) wantSettled(tb testing.TB, q *queue.Queue, url string, n int) {
	tb.Helper()
	status, err := m.up.UntilSettled(tb.Context())
	if err != nil || status.Counts.Registered != n {
		tb.Fatalf("%+v, %v", status, err)
	}
	seen := map[string]bool{}
	eachLine(tb, url+"/simulator/ledger", func(line []byte) {
		var c partnercentertest.Commit
		if err := json.Unmarshal(line, &c); err != nil || seen[string(c.PKID)] {
			tb.Errorf("%s: %v", line, err)
		}
		seen[string(c.PKID)] = true
	})
	if len(seen) != n {
		tb.Errorf("%d devices in the ledger, want %d", len(seen), n)
	}
	if counts, err := q.Counts(tb.Context()); err != nil || counts.Registered != n {
		tb.Errorf("%+v, %v", counts, err)
	}
}

func eachLine(tb testing.TB, url string, look func([]byte)) {
	tb.Helper()
	r, err := http.Get(url)
	if err != nil {
		tb.Fatal(err)
	}
	defer r.Body.Close() //nolint:errcheck // read whole
	lines := bufio.NewScanner(r.Body)
	for lines.Scan() {
		look(lines.Bytes())
	}
	if err := lines.Err(); err != nil {
		tb.Error(err)
	}
}

// watchHeap samples the heap in use until it is called, and gives by how much
// the most was above the start.
func watchHeap() (grown func() uint64) {
	runtime.GC()
	start := heapInUse()
	most := start
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				most = max(most, heapInUse())
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-done
		return most - start
	}
}

func heapInUse() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse
}

// childSimulator tells the test binary that it is to be Partner Center.
const childSimulator = "PKIDSTATION_TEST_UPLOAD_SIMULATOR"

// TestSimulatorInChild is the process that simulatorInChild starts. It ends
// when its standard input does.
func TestSimulatorInChild(t *testing.T) {
	t.Parallel()
	if os.Getenv(childSimulator) == "" {
		t.Skip("only as a child of another test")
	}
	server := partnercentertest.NewServer(partnercentertest.Options{Seed: 1, JobTime: 2 * time.Second})
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(os.Stdout, server.URL()) //nolint:errcheck // the parent waits for it
	_, _ = io.Copy(io.Discard, os.Stdin)
	_ = server.Close()
}

func simulatorInChild(tb testing.TB) (url string) {
	tb.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestSimulatorInChild$")
	child.Env = append(os.Environ(), childSimulator+"=1")
	in, err := child.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := child.Start(); err != nil {
		tb.Fatal(err)
	}
	lines := bufio.NewReader(out)
	url, err = lines.ReadString('\n')
	tb.Cleanup(func() {
		_ = in.Close()
		_, _ = io.Copy(io.Discard, lines)
		_ = child.Wait()
	})
	if err != nil || !strings.HasPrefix(url, "http://") {
		tb.Fatalf("the simulator said %q, %v", url, err)
	}
	return strings.TrimSpace(url)
}
