package vision_test

import (
	"image"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/scannertest"
	"pkidstation/scanner/vision"
)

// turnedLabels are frames of labels, held each at another angle.
func turnedLabels(size image.Point, count int) []image.Image {
	var frames []image.Image
	for n := range count {
		s := scannertest.Plain(size)
		s.Turn, s.Blur = float64(25*n), 0.5+0.3*float64(n%3)
		frames = append(frames, s.Frame(uint64(n)).Image)
	}
	return frames
}

// TestWorkers: however many work, the codes, their corners and their order are
// those that one alone reads; and afterwards none of them is left.
func TestWorkers(t *testing.T) { //nolint:paralleltest // it counts goroutines.
	frames := append(turnedLabels(image.Pt(1280, 720), 2), noise(320, 240, 1, 0, 255), image.NewGray(image.Rect(0, 0, 3, 3)))
	for i, img := range frames {
		want := vision.Reader{Workers: 1}.Decode(t.Context(), img)
		for _, workers := range []int{2, 5} {
			got := vision.Reader{Workers: workers}.Decode(t.Context(), img)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("frame %d, %d workers (-one +several):\n%s", i, workers, diff)
			}
		}
	}
	if s := stacks(); strings.Contains(s, "vision.(*crew)") {
		t.Errorf("a worker is left behind:\n%s", s)
	}
}

// stacks are those of all goroutines.
func stacks() string {
	const most = 1 << 20
	b := make([]byte, most)
	return string(b[:runtime.Stack(b, true)])
}

// TestWorkersBudget: where the budget of work ends in the midst of a frame, it
// ends at the same place for all.
func TestWorkersBudget(t *testing.T) {
	t.Parallel()
	img := turnedLabels(image.Pt(1280, 720), 1)[0]
	all := len(vision.Decode(img))
	seen := map[int]bool{}
	for budget := 1 << 16; budget < 1<<28; budget *= 2 {
		want := vision.DecodeWithin(img, budget, 1)
		seen[len(want)] = true
		if diff := cmp.Diff(want, vision.DecodeWithin(img, budget, 3)); diff != "" {
			t.Errorf("within %d (-one +three):\n%s", budget, diff)
		}
	}
	if !seen[0] || !seen[all] || len(seen) < 3 {
		t.Errorf("the budgets gave only %v codes", seen)
	}
}

// TestWorkersPanic: a panic in a worker is the caller's to recover, after all
// of them have ended.
func TestWorkersPanic(t *testing.T) {
	t.Parallel()
	defer func() {
		if v := recover(); v != "third" {
			t.Errorf("recovered %v", v)
		}
	}()
	vision.CrewAt(2, 9, func(i int) {
		if i == 2 {
			panic("third")
		}
	})
}

// BenchmarkWorkers reads labels of 1080p with one worker and with two, by turns,
// and says how many times as fast two are.
func BenchmarkWorkers(b *testing.B) {
	frames := turnedLabels(image.Pt(1920, 1080), 8)
	took := [3]time.Duration{}
	for b.Loop() {
		for _, img := range frames {
			for workers := 1; workers <= 2; workers++ {
				began := time.Now()
				vision.Reader{Workers: workers}.Decode(b.Context(), img)
				took[workers] += time.Since(began)
			}
		}
	}
	b.ReportMetric(took[1].Seconds()/took[2].Seconds(), "times")
	b.ReportMetric(float64(took[1].Milliseconds())/float64(len(frames)*b.N), "ms/one")
	b.ReportMetric(float64(took[2].Milliseconds())/float64(len(frames)*b.N), "ms/two")
}
