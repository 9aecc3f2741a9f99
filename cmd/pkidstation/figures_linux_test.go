package main_test

import (
	"fmt"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
	"pkidstation/scanner/command"
)

// A dockBench is a station in a real window with a serial scanner, the network dead
// and a long queue, that is measured.
type dockBench struct {
	*window

	scanner *os.File
	glance  *glance
	next    int // of the PKIDs that were never read
}

// TestFiguresOfTheDock prints what the station in its window does with
// PKIDSTATION_BENCH_WINDOW entries queued and the network dead (make bench-window):
// from a scan's last byte to its verdict on the X server's screen at ten scans a
// second, how long calls hold the window, a burst, idle beside an empty window of
// Fyne's, memory over PKIDSTATION_BENCH_SCANS scans, and the start up to the first
// accepted scan beside the start of that empty window. It asserts nothing about
// time: machines differ.
//
//nolint:paralleltest // it has the machine
func TestFiguresOfTheDock(t *testing.T) {
	entries, err := strconv.Atoi(os.Getenv("PKIDSTATION_BENCH_WINDOW"))
	if err != nil {
		t.Skip("PKIDSTATION_BENCH_WINDOW says how many entries: make bench-window")
	}
	needs(t, "Xvfb", "xdotool")
	data := t.TempDir()
	queued(t, data, entries)
	b, idle := started(t, data, entries)
	b.rest(t, "after the first scan")
	for _, when := range []string{"right after the first scan", "then"} {
		mine := b.cpu(t, idleFor)
		t.Logf("idle, %s: %.2f %% of a processor, %.2f times the empty window (at most 1.5)", when, 100*mine, mine/idle)
	}
	b.steady(t, 600, 100*time.Millisecond)
	b.burst(t, 500)
	b.leak(t)
	b.picture(t, "figures")
	b.held(t)
	t.Log(countsOf(t, data))
}

// starts is how often each program is started, in turn: one start differs much from
// the next.
const starts = 5

// started starts the station beside an empty window of Fyne's and gives the last one
// of it, with what the empty window takes at rest.
func started(t *testing.T, data string, entries int) (b *dockBench, idle float64) {
	t.Helper()
	var painted, accepted []time.Duration
	for n := range starts {
		empty := startEmpty(t)
		painted = append(painted, empty.painted)
		if n == 0 {
			idle = empty.cpu(t, idleFor)
			t.Logf("an empty window of Fyne's: idle %.2f %% of a processor, %v", 100*idle, empty.memory(t))
		}
		empty.quit(t)
		if b != nil {
			b.quit(t)
		}
		var first time.Duration
		b, first = startDock(t, data, n)
		accepted = append(accepted, first)
	}
	t.Logf("an empty window of Fyne's is painted after %s; the station with %d entries has its first accepted scan on the screen after %s: %.2f times (at most 2)",
		spread(painted), entries, spread(accepted), float64(median(accepted))/float64(median(painted)))
	return b, idle
}

func median(all []time.Duration) time.Duration { return slices.Sorted(slices.Values(all))[len(all)/2] }

// idleFor is how long a window is watched doing nothing.
const idleFor = 20 * time.Second

// queued makes a station with so many entries that wait for the network.
func queued(t *testing.T, data string, entries int) {
	t.Helper()
	q, err := queue.Open(data, queue.Options{Station: "Quai 3"})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close() //nolint:errcheck // the program opens it next
	if err := q.SetCustomer(t.Context(), queue.CustomerSetting{ID: tenant, Name: "Contoso SARL", GroupTag: "CONTOSO-STD"}, queue.Act{}); err != nil {
		t.Fatal(err)
	}
	r := open(t, q, "BL-2026-0116")
	var filling sync.WaitGroup
	const hands = 64 // they share commits
	for hand := range hands {
		filling.Go(func() {
			for n := hand; n < entries; n += hands {
				if _, err := q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: queuetest.PKID(n), By: "Ana"}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	filling.Wait()
	if _, err := q.CloseReception(t.Context(), r.ID, "Ana"); err != nil {
		t.Fatal(err)
	}
	open(t, q, "BL-2026-0117")
	if err := q.SetPIN(t.Context(), "Léa", "27182", queue.Act{By: "Léa"}); err != nil {
		t.Fatal(err)
	}
}

// An emptyWindow is one of Fyne's with nothing in it.
type emptyWindow struct {
	*window

	painted time.Duration
}

func startEmpty(t *testing.T) emptyWindow {
	t.Helper()
	w := startAs(t, "empty", t.TempDir())
	g := newGlance(t, w)
	g.until(t, "the empty window", verdictInk(queue.Accepted))
	return emptyWindow{w, time.Since(w.began)}
}

// deadNet is the address of a server that takes connections and never says anything.
func deadNet(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return "http://" + listener.Addr().String()
}

// startDock starts the station and scans until the first scan is accepted and seen to
// be: how long that took from the start of the program.
func startDock(t *testing.T, data string, start int) (*dockBench, time.Duration) {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = master.Close(), slave.Close() })
	b := &dockBench{scanner: master, next: 50_000_000 + 1_000*start}
	b.window = startAs(t, "measured", data, "PKIDSTATION_STATION_LANGUAGE=fr", "PKIDSTATION_PARTNER_CENTER_URL="+deadNet(t),
		"PKIDSTATION_ACCESS_TOKEN=x", "PKIDSTATION_SCANNER_SERIAL="+slave.Name())
	b.glance = newGlance(t, b.window)
	b.send(t, command.Command{Word: command.Confirm}.Text()) // it is read as soon as somebody reads
	b.send(t, b.fresh())
	b.said(t, 2)
	b.glance.until(t, "the first accepted scan", verdictInk(queue.Accepted))
	return b, time.Since(b.began)
}

// fresh is a label that was never read.
func (b *dockBench) fresh() string {
	b.next++
	return "]C0" + string(queuetest.PKID(b.next))
}

// doubtful is one that could be an EAN.
func (b *dockBench) doubtful() string {
	b.next++
	return ean(b.next)
}

// ean is a number of 13 digits with the check digit of an EAN.
func ean(n int) string {
	digits := fmt.Sprintf("33%010d", n)
	sum := 0
	for i, c := range digits {
		sum += int(c-'0') * (1 + i%2*2)
	}
	return fmt.Sprint(digits, (10-sum%10)%10)
}

func (b *dockBench) send(t *testing.T, code string) {
	t.Helper()
	if _, err := b.scanner.WriteString(code + "\r"); err != nil {
		t.Fatal(err)
	}
}

// said waits for so many verdicts and counts their words.
func (b *dockBench) said(t *testing.T, n int) map[string]int {
	t.Helper()
	words, late := map[string]int{}, time.After(10*patience)
	for range n {
		select {
		case line, open := <-b.verdict:
			if !open {
				t.Fatalf("the program ended: %s", b.window.said)
			}
			_, rest, _ := strings.Cut(line, "verdict=")
			word, _, _ := strings.Cut(rest, " ")
			words[word]++
		case <-late:
			b.picture(t, "stuck")
			t.Fatalf("%v of %d verdicts", words, n)
		}
	}
	return words
}

// steady scans at a pace, each scan with another verdict than the one before, and
// tells when each was on the screen.
func (b *dockBench) steady(t *testing.T, scans int, every time.Duration) {
	t.Helper()
	last := b.fresh()
	kinds := []struct {
		want queue.Word
		code func() string
	}{
		{queue.Accepted, func() string { last = b.fresh(); return last }},
		{queue.Seen, func() string { return last }},
		{queue.OnHold, b.doubtful},
		{queue.NotTaken, func() string { return "NOBODY-KNOWS-THIS" }},
	}
	waits := make([]time.Duration, 0, scans)
	told := make(chan map[string]int)
	go func() { told <- b.said(t, scans) }() //nolint:testinggoroutine // a fatal end there ends the test by its silence
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for n := range scans {
		<-ticker.C
		kind := kinds[n%len(kinds)]
		began := time.Now()
		b.send(t, kind.code())
		b.glance.until(t, fmt.Sprintf("scan %d, %s", n, kind.want), verdictInk(kind.want))
		waits = append(waits, time.Since(began))
	}
	t.Logf("%d scans, one each %v: %v; from the last byte to the verdict on the screen: %s (p99 at most 100 ms)", scans, every, <-told, spread(waits))
}

// burst sends scans as fast as they are read.
func (b *dockBench) burst(t *testing.T, scans int) {
	t.Helper()
	var codes strings.Builder
	for range scans {
		codes.WriteString(b.fresh() + "\r")
	}
	began := time.Now()
	go func() { _, _ = b.scanner.WriteString(codes.String()) }()
	words := b.said(t, scans)
	t.Logf("a burst of %d scans at once: %v, all told after %v", scans, words, time.Since(began).Round(time.Millisecond))
	if words[string(queue.Accepted)] != scans {
		t.Errorf("of %d scans: %v", scans, words)
	}
}

// warmFor is how long is scanned at the pace of leak before its first look: what Fyne
// draws it keeps for 11 s (cmd/internal/textures), so that memory is flat from there on
// or not at all.
const warmFor = 20 * time.Second

// leak scans for long and looks at the memory on the way. Flat begins when the pace has
// lasted for warmFor; what it had before that is told, too.
func (b *dockBench) leak(t *testing.T) {
	t.Helper()
	scans, err := strconv.Atoi(os.Getenv("PKIDSTATION_BENCH_SCANS"))
	if err != nil {
		scans = 50_000
	}
	cold, began := b.memory(t), time.Now()
	for time.Since(began) < warmFor {
		b.hundred(t)
	}
	const looks = 10
	first := b.memory(t)
	all, last, most := []string{first.short()}, first, first.all
	began = time.Now()
	for range looks {
		for range scans / looks / 100 {
			b.hundred(t)
		}
		last = b.memory(t)
		all, most = append(all, last.short()), max(most, last.all)
	}
	pace := float64(scans) / time.Since(began).Seconds()
	grown := func(now, before int) float64 { return 100 * float64(now-before) / float64(before) }
	t.Logf("memory before: %v; after %v at %.0f scans a second: %v; after %d more: %v", cold, warmFor, pace, first, scans, last)
	t.Logf("resident on the way, MiB (own, of files): %s; grown by %.1f %%, at most %.1f %% (at most 5); its own by %.1f %%, of files %.1f MiB",
		strings.Join(all, ", "), grown(last.all, first.all), grown(most, first.all), grown(last.own, first.own), float64(last.files-first.files)/(1<<20))
}

// hundred scans fifty labels twice each, as fast as they are read.
func (b *dockBench) hundred(t *testing.T) {
	t.Helper()
	var codes strings.Builder
	for range 50 {
		code := b.fresh() + "\r"
		codes.WriteString(code + code)
	}
	if _, err := b.scanner.WriteString(codes.String()); err != nil {
		t.Fatal(err)
	}
	b.said(t, 100)
}

// held ends the station and tells how long calls held its window.
func (b *dockBench) held(t *testing.T) {
	t.Helper()
	b.quit(t)
	for line := range strings.Lines(b.window.said.String()) {
		if _, calls, is := strings.Cut(strings.TrimSpace(line), "msg=held "); is {
			t.Logf("calls on the window's goroutine: %s (at most 1 in 1,000 over 16 ms)", calls)
		}
	}
}

// countsOf tells what is kept.
func countsOf(t *testing.T, data string) string {
	t.Helper()
	q, err := queue.Open(data, queue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close() //nolint:errcheck // read only
	counts, err := q.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("kept: %+v", counts)
}

func spread(all []time.Duration) string {
	if len(all) == 0 {
		return "none"
	}
	sorted := slices.Sorted(slices.Values(all))
	at := func(share float64) time.Duration {
		return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))].Round(10 * time.Microsecond)
	}
	return fmt.Sprintf("p50 %v, p95 %v, p99 %v, p99.9 %v, worst %v", at(0.5), at(0.95), at(0.99), at(0.999), sorted[len(sorted)-1].Round(10*time.Microsecond))
}
