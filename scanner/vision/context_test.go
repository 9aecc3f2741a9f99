package vision_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/vision"
)

// lateContext ends after it was asked so many times: a cancellation in the
// middle of one picture, at the same place each time.
type lateContext struct {
	context.Context //nolint:containedctx // it is one.

	mu   sync.Mutex
	left int
}

func (c *lateContext) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestCancelInTheMiddle cancels one large picture ever later: what was found
// until then is given, never anything else, and a cancelled picture asks its
// context at least a hundred times on its way.
func TestCancelInTheMiddle(t *testing.T) {
	t.Parallel()
	img := noise(900, 700, 3, 0, 255)
	put(img, canvas(t, samples()["code128 ]C0 3305123456781"]), img.Rect.Min)
	whole := vision.Decode(img)
	if diff := cmp.Diff([]string{"code128 ]C0 3305123456781"}, texts(whole)); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	for _, asked := range []int{0, 1, 10, 30, 100} {
		ctx := &lateContext{Context: t.Context(), left: asked}
		for _, got := range texts(vision.DecodeContext(ctx, img)) {
			if got != "code128 ]C0 3305123456781" {
				t.Errorf("cancelled after %d questions it gives %s", asked, got)
			}
		}
		if ctx.left >= 0 {
			t.Errorf("it asks its context %d times only", asked-ctx.left)
		}
	}
}

// TestCancelEndsSoon: from the cancellation to the end of a large picture that
// would take long is at most the half second that sources promise.
func TestCancelEndsSoon(t *testing.T) {
	t.Parallel()
	img := noise(1900, 1000, 9, 0, 255)
	ctx, cancel := context.WithCancel(t.Context())
	var stopped time.Time
	time.AfterFunc(30*time.Millisecond, func() {
		stopped = time.Now()
		cancel()
	})
	vision.DecodeContext(ctx, img)
	<-ctx.Done()                 // else it was faster than the timer
	const most = 2 * time.Second // for a machine that does other things too
	if took := time.Since(stopped); took > most {
		t.Errorf("it went on for %v", took)
	}
}

// TestDecodeAtOnce: many goroutines may read one picture.
func TestDecodeAtOnce(t *testing.T) {
	t.Parallel()
	img := canvas(t, samples()["qr ]Q1 3305123456781"])
	want := vision.Decode(img)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if diff := cmp.Diff(want, vision.Decode(img)); diff != "" {
				t.Errorf("(-alone +at once):\n%s", diff)
			}
		})
	}
	group.Wait()
}
