package station_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/queue/queuetest"
	"pkidstation/scanner"
)

// TestManySourcesAtOnce: scans of several sources are taken one after the
// other; each PKID is accepted once and every read has its one verdict.
func TestManySourcesAtOnce(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, false)
	const sources, codes = 6, 20
	var mu sync.Mutex
	words := map[queue.Word]int{}
	var running sync.WaitGroup
	for range sources {
		running.Go(func() {
			for n := range codes {
				given, err := s.Take(t.Context(), scanner.Scan{Text: fmt.Sprintf("33051%08d", n), Symbology: scanner.Code128, AIM: "]C0", Source: "a"})
				if err != nil || len(given) != 1 {
					t.Errorf("%d verdicts, %v", len(given), err)
					return
				}
				mu.Lock()
				words[given[0].Word]++
				mu.Unlock()
			}
		})
	}
	running.Wait()
	if diff := cmp.Diff(map[queue.Word]int{queue.Accepted: codes, queue.Seen: (sources - 1) * codes}, words); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if n := len(boxes(t, q)); n != codes {
		t.Errorf("%d boxes", n)
	}
}

// TestOneReceptionForAllWhoComeAtOnce: scans without a reception open one, not
// one each.
func TestOneReceptionForAllWhoComeAtOnce(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := station.New(station.Options{Queue: q, Operator: "Ana"})
	if _, err := s.Take(t.Context(), scanOf("P1")); !errors.Is(err, station.ErrNoReception) {
		t.Fatalf("without a reception: %v", err)
	}
	var running sync.WaitGroup
	for range 8 {
		running.Go(func() {
			if err := s.OpenIfNone(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	running.Wait()
	if open, err := q.OpenReceptions(t.Context()); err != nil || len(open) != 1 || open[0].Customer != "" {
		t.Errorf("open: %+v, %v", open, err)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.Close(t.Context()); err == nil {
		if _, open := s.Current(); open {
			t.Error("closed twice and open")
		}
	}
}

// TestTypedWords: what may be typed, and what becomes of it. Only a PKID is
// kept, held; nothing else is taken for one.
func TestTypedWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"3305123400001": "held typed-by-hand", "5901234123457": "held typed-by-hand", "0000000000000": "refused all-equal",
		"VK7JG-NPHTM-C97JM-9MPGT-3V66T": "refused secret", "00329-00000-00003-AA606": "refused product-id",
		"5CG1234001": "refused unknown", "33051234": "refused unknown", "": "refused unknown",
		strings.Repeat("3", 5000): "refused too-long", "3305\x1b123400001": "refused control-characters",
	} {
		q := queuetest.Open(t)
		s := newStation(t, q, true)
		v, err := s.Typed(t.Context(), text)
		if got := fmt.Sprintf("%s %s", v.Word, v.Reason); err != nil || got != want {
			t.Errorf("%.20q: %s (%v), want %s", text, got, err, want)
		}
		if kept := len(boxes(t, q)); (kept == 1) != strings.HasPrefix(want, "held") {
			t.Errorf("%.20q: %d boxes", text, kept)
		}
		if len(v.Text) > 80 || strings.Contains(v.Text, "VK7JG") {
			t.Errorf("%.20q: the verdict shows %q", text, v.Text)
		}
	}
}

// TestAFrameThatBreaksOff: codes of a frame that never becomes whole give no
// verdict, and the next frame is taken for itself.
func TestAFrameThatBreaksOff(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, true)
	if said := take(t, s, frame(1, "P1", "S1")[0]); len(said) != 0 {
		t.Errorf("half a frame says %v", said)
	}
	if said := take(t, s, frame(2, "P2", "S2")...); len(said) != 2 {
		t.Errorf("the next frame says %v", said)
	}
	if diff := cmp.Diff([]string{"3305123400002 5CG1234002 ready"}, boxes(t, q)); diff != "" {
		t.Error(diff)
	}
}
