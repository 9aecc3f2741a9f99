package demo_test

import (
	"context"
	"errors"
	"os"
	"testing"
	"testing/synctest"

	"pkidstation/assets"
	"pkidstation/cmd/internal/demo"
	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/scanner"
)

// told is what a demo said.
type told struct {
	pictures int
	words    []queue.Word
	line     []bool
	entries  []queue.Entry
}

func (t *told) Picture(assets.Sample)         { t.pictures++ }
func (t *told) Verdict(v queue.Verdict)       { t.words = append(t.words, v.Word) }
func (t *told) Line(up bool)                  { t.line = append(t.line, up) }
func (t *told) Settled(entries []queue.Entry) { t.entries = entries }

func (t *told) count(w queue.Word) (n int) {
	for _, word := range t.words {
		if word == w {
			n++
		}
	}
	return n
}

func TestPlay(t *testing.T) {
	t.Parallel()
	d, err := demo.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var said told
	if err := d.Play(t.Context(), &said); err != nil {
		t.Error(err)
	}
	if said.pictures != len(assets.Samples()) || len(said.line) != 2 || said.line[0] || !said.line[1] {
		t.Errorf("%d pictures, line %v", said.pictures, said.line)
	}
	// Three registered boxes, one 808, one box twice, an EAN alone.
	if said.count(queue.Accepted) != 4 || said.count(queue.Seen) == 0 || said.count(queue.Ignored) == 0 {
		t.Errorf("verdicts: %v", said.words)
	}
	states := map[queue.State]int{}
	for _, e := range said.entries {
		states[e.State]++
	}
	if states[queue.Registered] != 3 || states[queue.Rejected] != 1 || len(d.Server.Ledger()) != 3 {
		t.Errorf("states %v, ledger %d", states, len(d.Server.Ledger()))
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(d.Folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the throw-away folder is still there: %v", err)
	}
}

// TestPlayNotices: a demo that goes otherwise than scripted says so.
func TestPlayNotices(t *testing.T) {
	t.Parallel()
	d, err := demo.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	r, _ := d.Station.Current()
	c := queue.Capture{Reception: r.ID, PKID: "3305999999999", By: "a stranger"}
	if _, err := d.Queue.Capture(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if err := d.Play(t.Context(), &told{}); !errors.Is(err, demo.ErrScript) {
		t.Errorf("a box too many gave %v", err)
	}
}

func TestStopped(t *testing.T) {
	t.Parallel()
	d, err := demo.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := d.Play(ctx, &told{}); err == nil {
		t.Error("a stopped demo says that it went well")
	}
}

// TestSource plays the window's camera, slow enough to watch, in no time.
func TestSource(t *testing.T) {
	t.Parallel()
	d, err := demo.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	synctest.Test(t, func(t *testing.T) {
		shown, frames := 0, map[uint64]int{}
		source := d.Source(func(p station.Picture) {
			if shown++; p.Image == nil || len(p.Corners) == 0 {
				t.Errorf("picture %d is empty", shown)
			}
		})
		for scan, err := range source.Scans(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			frames[scan.Frame]++
			if scan.Of == 0 || scan.Source != source.Name() || scan.Symbology == scanner.Unknown {
				t.Errorf("scan %+v", scan)
			}
		}
		if shown != len(assets.Samples()) || len(frames) != shown {
			t.Errorf("%d pictures, %d frames", shown, len(frames))
		}
	})
	if r, open := d.Station.Current(); open {
		t.Errorf("the reception %s is still open", r.ID)
	}
}

func TestName(t *testing.T) {
	t.Parallel()
	if demo.Name(demo.Customer) != demo.CustomerName || demo.Name("other") != "other" {
		t.Error("names are mixed up")
	}
}
