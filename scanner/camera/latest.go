package camera

import (
	"context"
	"image"
	"sync"
	"time"
)

// A latest hands over the newest picture; older ones that nobody took are
// lost.
type latest struct {
	start   time.Time
	changed chan struct{}

	mu    sync.Mutex
	shot  shot
	ended error
}

func newLatest() *latest {
	return &latest{start: time.Now(), changed: make(chan struct{}, 1)}
}

func (l *latest) put(img image.Image) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.shot = shot{image: img, time: time.Since(l.start)}
	l.wake()
}

// end says that nothing more comes, and why; the first word of it holds.
func (l *latest) end(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended == nil {
		l.ended = err
	}
	l.wake()
}

func (l *latest) wake() {
	select {
	case l.changed <- struct{}{}:
	default:
	}
}

// take waits for a picture that was not taken before, then for the end.
func (l *latest) take(ctx context.Context) (shot, error) {
	for {
		l.mu.Lock()
		s, ended := l.shot, l.ended
		l.shot = shot{}
		l.mu.Unlock()
		switch {
		case s.image != nil:
			return s, nil
		case ended != nil:
			return shot{}, ended
		}
		select {
		case <-l.changed:
		case <-ctx.Done():
			return shot{}, ctx.Err()
		}
	}
}
