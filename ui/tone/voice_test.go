package tone_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/ui/tone"
)

// A tape is a device that keeps what it heard, and when.
type tape struct {
	mu    sync.Mutex
	heard []queue.Word
	at    []time.Time
	err   error
}

func (d *tape) Play(data []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, word := range tone.Order() {
		if slices.Equal(tone.Of(word).Samples(.8), data) {
			d.heard, d.at = append(d.heard, word), append(d.at, time.Now())
		}
	}
	return d.err
}

// voiced runs a voice in a bubble of time.
func voiced(t *testing.T, volume float64, do func(*tone.Voice, *tape)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := &tape{}
		v := tone.New(d, volume)
		ctx, end := context.WithCancel(t.Context())
		go v.Run(ctx)
		do(v, d)
		end()
		synctest.Wait()
	})
}

func (d *tape) is(t *testing.T, want ...queue.Word) {
	t.Helper()
	synctest.Wait()
	if !slices.Equal(d.heard, want) {
		t.Errorf("heard %v, not %v", d.heard, want)
	}
}

// TestARefusalRepeats: three times at most, two seconds of silence between.
func TestARefusalRepeats(t *testing.T) {
	t.Parallel()
	voiced(t, .8, func(v *tone.Voice, d *tape) {
		v.Say(queue.NotTaken)
		time.Sleep(time.Minute)
		d.is(t, queue.NotTaken, queue.NotTaken, queue.NotTaken)
		if gap := d.at[1].Sub(d.at[0]); gap != tone.Of(queue.NotTaken).Length()+2*time.Second {
			t.Errorf("%v between", gap)
		}
	})
}

// TestAnythingElseEndsARefusal.
func TestAnythingElseEndsARefusal(t *testing.T) {
	t.Parallel()
	for _, word := range []queue.Word{queue.Accepted, queue.Seen, queue.Ignored, queue.OnHold} {
		voiced(t, .8, func(v *tone.Voice, d *tape) {
			v.Say(queue.NotTaken)
			time.Sleep(time.Second)
			v.Say(word)
			time.Sleep(time.Minute)
			d.is(t, queue.NotTaken, word)
		})
	}
}

// TestOnlyTheNewestIsSaid, however fast they come, and whoever says them never waits.
func TestOnlyTheNewestIsSaid(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &tape{}
		v := tone.New(d, .8)
		for range 500 {
			v.Say(queue.NotTaken)
		}
		v.Say(queue.Accepted)
		ctx, end := context.WithCancel(t.Context())
		go v.Run(ctx)
		time.Sleep(time.Minute)
		d.is(t, queue.Accepted)
		end()
		synctest.Wait()
	})
}

// TestATestSaysThemAll, and gives way to a verdict.
func TestATestSaysThemAll(t *testing.T) {
	t.Parallel()
	voiced(t, .8, func(v *tone.Voice, d *tape) {
		v.Test()
		time.Sleep(time.Minute)
		d.is(t, tone.Order()...)
		d.heard = nil
		v.Test()
		time.Sleep(100 * time.Millisecond)
		v.Say(queue.Seen)
		time.Sleep(time.Minute)
		d.is(t, queue.Accepted, queue.Seen)
	})
}

// TestNoDevice: it is told once, and so is that it is back. Silence by the volume is no
// fault.
func TestNoDevice(t *testing.T) {
	t.Parallel()
	voiced(t, .8, func(v *tone.Voice, d *tape) {
		changed, stop := v.Watch()
		defer stop()
		d.err = errors.ErrUnsupported
		v.Say(queue.Accepted)
		<-changed
		if !errors.Is(v.Fault(), errors.ErrUnsupported) {
			t.Error(v.Fault())
		}
		v.Say(queue.Accepted)
		synctest.Wait()
		d.err = nil
		v.Say(queue.Accepted)
		<-changed
		if v.Fault() != nil {
			t.Error(v.Fault())
		}
	})
	voiced(t, 0, func(v *tone.Voice, d *tape) {
		d.err = errors.ErrUnsupported
		v.Say(queue.Accepted)
		d.is(t)
		if v.Fault() != nil {
			t.Error(v.Fault())
		}
	})
}
