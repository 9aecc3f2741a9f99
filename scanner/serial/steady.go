package serial

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/cenkalti/backoff/v5"

	"pkidstation/scanner"
)

const (
	// lookEvery is how often a name that is gone is looked for.
	lookEvery = 250 * time.Millisecond
	// retryFirst and retryLast bound the pauses before a port that is there and
	// refuses is tried again. A tenth of chance comes on top.
	retryFirst = 250 * time.Millisecond
	retryLast  = 1500 * time.Millisecond
)

// Steady follows a scanner by its name through unplugging and plugging in: its
// scans end with their context only. Each change of the link is told to on,
// once, in the goroutine that takes the scans; nil hears nothing.
func Steady(source *Source, on func(Link)) scanner.Source {
	if on == nil {
		on = func(Link) {}
	}
	return &steady{source, on}
}

type steady struct {
	source *Source
	on     func(Link)
}

// Name is the name of the source that is followed.
func (s *steady) Name() string { return s.source.Name() }

// Scans gives the scans of whatever is plugged in under the name. It never
// gives an error.
func (s *steady) Scans(ctx context.Context) iter.Seq2[scanner.Scan, error] {
	return func(yield func(scanner.Scan, error) bool) {
		f := following{steady: s, retry: newRetry()}
		for ctx.Err() == nil && f.once(ctx, yield) {
			f.wait(ctx)
		}
	}
}

// following is one sequence of a steady source.
type following struct {
	*steady
	last  Link
	since time.Time // of the connection
	retry *backoff.ExponentialBackOff
}

// once gives the scans of one connection. False says that no other one is
// wanted.
func (f *following) once(ctx context.Context, yield func(scanner.Scan, error) bool) bool {
	taken := true
	err := f.source.take(ctx, f.connected, func(scan scanner.Scan) bool {
		taken = yield(scan, nil)
		return taken
	})
	if !taken || ctx.Err() != nil {
		return false
	}
	if !errors.Is(err, ErrLost) {
		f.tell(Link{State: Refused, Err: err})
		return true
	}
	f.tell(Link{State: Lost, Err: err})
	if time.Since(f.since) > retryLast { // else it is a loose contact: see that it does not keep us busy
		f.retry.Reset()
	}
	return true
}

func (f *following) connected() {
	f.since = time.Now()
	f.tell(Link{State: Connected})
}

// tell tells a link if it is news.
func (f *following) tell(link Link) {
	link.Device = f.source.device
	if link.after(f.last) {
		f.last = link
		f.on(link)
	}
}

// wait returns when opening the port is worth a try: its name has come back, or
// it was there all the time and the pause is over.
func (f *following) wait(ctx context.Context) {
	due := time.Now().Add(f.retry.NextBackOff())
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for gone := false; ; {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
		switch {
		case !f.source.present(f.source.device):
			gone = true
		case gone:
			f.retry.Reset()
			return
		case !time.Now().Before(due):
			return
		}
	}
}

func newRetry() *backoff.ExponentialBackOff {
	steps := backoff.NewExponentialBackOff()
	steps.InitialInterval, steps.MaxInterval = retryFirst, retryLast
	steps.Multiplier, steps.RandomizationFactor = 2, 0.1
	return steps
}
