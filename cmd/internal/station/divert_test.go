package station_test

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/queue/queuetest"
	"pkidstation/scanner"
)

// fed is a source that gives what it is fed, and is done with each before the
// next.
type fed struct {
	name  string
	scans chan scanner.Scan
}

func (f fed) Name() string { return f.name }

func (f fed) Scans(ctx context.Context) iter.Seq2[scanner.Scan, error] {
	return func(yield func(scanner.Scan, error) bool) {
		for {
			select {
			case <-ctx.Done():
				return
			case scan, more := <-f.scans:
				if !more || !yield(scan, nil) {
					return
				}
			}
		}
	}
}

// notes are the texts that a diversion was given.
type notes struct {
	mu    sync.Mutex
	texts []string
}

func (n *notes) take(scan scanner.Scan) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.texts = append(n.texts, scan.Text)
}

// TestDivert: while it is diverted nothing is kept and nothing is told; before
// and after it everything is.
func TestDivert(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q, err := queue.Open(t.TempDir(), queue.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer q.Close() //nolint:errcheck // a test
		d := station.NewDesk(newStation(t, q, true), slog.New(slog.DiscardHandler))
		ctx, stop := context.WithCancel(t.Context())
		source, tried := fed{"wedge", make(chan scanner.Scan)}, &notes{}
		var running sync.WaitGroup
		running.Go(func() { d.Run(ctx, source) })
		feed := func(words ...string) {
			for _, word := range words {
				source.scans <- scanOf(word)
				synctest.Wait()
			}
		}
		feed("P1")
		end := d.Divert(tried.take)
		feed("P2", "S2", "VK7JG-NPHTM-C97JM-9MPGT-3V66T")
		again := d.Divert(tried.take)
		end() // of the first, which the second has replaced
		feed("P3")
		again()
		again()
		feed("P4")
		stop()
		running.Wait()
		var told []string
		ctx, stop = context.WithCancel(t.Context())
		for e := range d.Events(ctx) {
			if told = append(told, string(e.Verdict.Entry.PKID)); len(told) == 2 {
				break
			}
		}
		stop()
		if want := []string{scanOf("P1").Text, scanOf("P4").Text}; !slices.Equal(told, want) || len(boxes(t, q)) != 2 {
			t.Errorf("told %v, want %v; kept %v", told, want, boxes(t, q))
		}
		want := []string{scanOf("P2").Text, scanOf("S2").Text, "VK7JG-NPHTM-C97JM-9MPGT-3V66T", scanOf("P3").Text}
		if !slices.Equal(tried.texts, want) {
			t.Errorf("tried %v, want %v", tried.texts, want)
		}
	})
}

// TestHalfAFrameIsNeverKept: what begins in the trial stays there, and what
// begins before it is kept whole.
func TestHalfAFrameIsNeverKept(t *testing.T) {
	t.Parallel()
	for name, diverted := range map[string]bool{"the trial begins in it": false, "the trial ends in it": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				q, err := queue.Open(t.TempDir(), queue.Options{})
				if err != nil {
					t.Fatal(err)
				}
				defer q.Close() //nolint:errcheck // a test
				d := station.NewDesk(newStation(t, q, true), slog.New(slog.DiscardHandler))
				source, tried := fed{"camera:0", make(chan scanner.Scan)}, &notes{}
				var running sync.WaitGroup
				running.Go(func() { d.Run(t.Context(), source) })
				end := func() {}
				if diverted {
					end = d.Divert(tried.take)
				}
				scans := frame(1, "P1", "S1")
				source.scans <- scans[0]
				synctest.Wait()
				if diverted {
					end()
				} else {
					end = d.Divert(tried.take)
				}
				source.scans <- scans[1]
				synctest.Wait()
				end()
				for _, scan := range frame(2, "P2", "S2") {
					source.scans <- scan
				}
				close(source.scans)
				running.Wait()
				kept := boxes(t, q)
				if want := 2 - len(tried.texts)/2; len(kept) != want || len(tried.texts)%2 != 0 || diverted != (len(tried.texts) == 2) {
					t.Errorf("kept %v, tried %v", kept, tried.texts)
				}
			})
		})
	}
}

// TestEachScanGoesOneWay, while many sources scan and somebody goes to the
// trial and back all the time.
func TestEachScanGoesOneWay(t *testing.T) {
	t.Parallel()
	const sources, codes = 4, 150
	q := queuetest.Open(t)
	d := station.NewDesk(newStation(t, q, false), slog.New(slog.DiscardHandler))
	ctx, stop := context.WithCancel(t.Context())
	tried := &notes{}
	var all []scanner.Source
	var feeding, listening, toAndFro, running sync.WaitGroup
	turns := make(chan chan struct{}) // holds the way as it is until a scan went it
	hold := func() {
		held := make(chan struct{})
		select {
		case turns <- held:
			<-held
		case <-ctx.Done():
		}
	}
	for n := range sources {
		source := fed{fmt.Sprintf("serial:%d", n), make(chan scanner.Scan)}
		feeding.Go(func() {
			defer close(source.scans)
			var held chan struct{}
			for code := range codes {
				if code%10 == 0 {
					held = <-turns
				}
				_, _ = q.Counts(ctx)
				source.scans <- scanner.Scan{Text: fmt.Sprintf("33051%02d%06d", n, code), AIM: "]C0", Symbology: scanner.Code128, Source: source.name}
				if code%10 == 1 { // the one before it went its way
					close(held)
				}
			}
		})
		all = append(all, source)
	}
	listening.Go(func() {
		for range d.Events(ctx) { // else the sources would wait
		}
	})
	toAndFro.Go(func() {
		for ctx.Err() == nil {
			end := d.Divert(tried.take)
			hold()
			end()
			hold()
		}
	})
	running.Go(func() { d.Run(ctx, all...) })
	running.Wait()
	feeding.Wait()
	stop()
	toAndFro.Wait()
	listening.Wait()
	kept := map[string]int{}
	for _, text := range append(tried.texts, keptPKIDs(t, q)...) {
		kept[text]++
	}
	for text, times := range kept {
		if times != 1 {
			t.Errorf("%s went %d ways", text, times)
		}
	}
	if len(kept) != sources*codes || len(tried.texts) == 0 || len(tried.texts) == sources*codes {
		t.Errorf("%d scans arrived of %d, %d of them in the trial", len(kept), sources*codes, len(tried.texts))
	}
}

func keptPKIDs(t *testing.T, q *queue.Queue) []string {
	t.Helper()
	var all []string
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(e.PKID))
	}
	return all
}
