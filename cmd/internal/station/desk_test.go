package station_test

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"testing"
	"testing/synctest"

	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/scanner"
)

var errUnplugged = errors.New("unplugged")

// flaky is a source that fails a few times before it gives its scans.
type flaky struct {
	fails int
	words []string
}

func (f *flaky) Name() string { return "flaky" }

func (f *flaky) Scans(context.Context) iter.Seq2[scanner.Scan, error] {
	return func(yield func(scanner.Scan, error) bool) {
		if f.fails--; f.fails >= 0 {
			yield(scanner.Scan{}, errUnplugged)
			return
		}
		for _, word := range f.words {
			if !yield(scanOf(word), nil) {
				return
			}
		}
	}
}

// TestDesk: a source that is unplugged is tried again, said once, and what it
// then gives is kept in order.
func TestDesk(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q, err := queue.Open(t.TempDir(), queue.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer q.Close() //nolint:errcheck // a test
		s := station.New(station.Options{Queue: q, Operator: "Ana", Pairing: true})
		d := station.NewDesk(s, slog.New(slog.DiscardHandler))
		ctx, stop := context.WithCancel(t.Context())
		go d.Run(ctx, &flaky{fails: 3, words: []string{"P1", "S1", "P1"}})
		var said []string
		for e := range d.Events(ctx) {
			if e.Err != nil {
				said = append(said, "fault")
				if !errors.Is(e.Err, errUnplugged) {
					t.Errorf("fault: %v", e.Err)
				}
				continue
			}
			said = append(said, string(e.Verdict.Word))
			if len(said) == 4 {
				break
			}
		}
		stop()
		synctest.Wait()
		if got := said; len(got) != 4 || got[0] != "fault" || got[1] != "held" || got[2] != "attached" || got[3] != "seen" {
			t.Errorf("said %v", got)
		}
	})
}

// TestDeskShowsWithoutWaiting: pictures never keep scans waiting.
func TestDeskShowsWithoutWaiting(t *testing.T) {
	t.Parallel()
	d := station.NewDesk(station.New(station.Options{}), slog.New(slog.DiscardHandler))
	for range 1000 {
		d.Show(station.Picture{})
	}
}
