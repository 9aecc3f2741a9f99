package tone

import (
	"context"
	"slices"
	"sync"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/watch"
)

// A Device is what is heard. Play begins with samples at once, in the place of what
// still sounds, and does not wait for their end. Its error is why nothing is heard.
type Device interface{ Play(samples []byte) error }

// A Voice says verdicts on a device.
type Voice struct {
	device Device
	said   chan queue.Word
	tests  chan struct{}

	mu       sync.Mutex
	volume   float64
	fault    error
	watchers watch.Watchers
}

// A refusal is heard so often, and so long after each other.
const (
	repeats = 3
	pause   = 2 * time.Second
)

// New makes a voice with a volume from 0 to 1. It is silent until Run.
func New(device Device, volume float64) *Voice {
	return &Voice{device: device, volume: volume, said: make(chan queue.Word, 1), tests: make(chan struct{}, 1)}
}

// SetVolume has the next tone as loud as volume says, from 0 to 1.
func (v *Voice) SetVolume(volume float64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.volume = volume
}

// Volume is how loud the next tone is, from 0 to 1.
func (v *Voice) Volume() float64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.volume
}

// Say has a verdict heard. It never waits: where one is still to be said, the newest is.
func (v *Voice) Say(word queue.Word) {
	for {
		select {
		case v.said <- word:
			return
		default:
		}
		select {
		case <-v.said:
		default:
		}
	}
}

// Test has all the tones heard, one after the other, until a verdict is said.
func (v *Voice) Test() {
	select {
	case v.tests <- struct{}{}:
	default: // one is asked for already
	}
}

// Fault is why nothing is heard, nil where it is, or nobody tried yet. A volume of 0
// is none.
func (v *Voice) Fault() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.fault
}

// Watch gives a channel that receives (coalesced) after Fault changed.
func (v *Voice) Watch() (changed <-chan struct{}, stop func()) { return v.watchers.Watch() }

// Run says what is to be said until ctx ends.
func (v *Voice) Run(ctx context.Context) {
	var left score
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case word := <-v.said:
			left = verdict(word)
		case <-v.tests:
			left = score{Order(), apart}
		case <-timer.C:
		}
		timer.Stop()
		if len(left.words) == 0 {
			continue
		}
		now := Of(left.words[0])
		v.play(now)
		if left.words = left.words[1:]; len(left.words) > 0 {
			timer.Reset(now.Length() + left.gap)
		}
	}
}

// A score is what is said one after the other, and how long it is still between.
type score struct {
	words []queue.Word
	gap   time.Duration
}

func verdict(word queue.Word) score {
	if word == queue.NotTaken {
		return score{slices.Repeat([]queue.Word{word}, repeats), pause}
	}
	return score{[]queue.Word{word}, 0}
}

// apart is how long it is still between the tones of a test.
const apart = 600 * time.Millisecond

// Order is the order in which a test has the tones heard.
func Order() []queue.Word {
	return []queue.Word{queue.Accepted, queue.Attached, queue.Ignored, queue.Seen, queue.OnHold, queue.NotTaken}
}

func (v *Voice) play(t Tone) {
	volume := v.Volume()
	if volume <= 0 || len(t) == 0 {
		return
	}
	err := v.device.Play(t.Samples(volume))
	v.mu.Lock()
	changed := (err == nil) != (v.fault == nil)
	v.fault = err
	v.mu.Unlock()
	if changed {
		v.watchers.Tell()
	}
}
