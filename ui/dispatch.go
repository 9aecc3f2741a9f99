package ui

import (
	"bytes"
	"context"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
)

// A way leads from any goroutine to Fyne's, the only one that may touch a widget.
// It is shut before Fyne's loop ends: what is asked for after that, Fyne runs on
// the asking goroutine. Fyne ends its loop by itself, too, on the signals that end
// a program; what is asked for between that and the shutting is not done either.
type way struct {
	mu   sync.RWMutex
	shut bool
	// fynes is Fyne's goroutine; 0 while it is not known.
	fynes atomic.Uint64
	// took is told how long each call took; nil tells nobody.
	took func(time.Duration)
}

// later runs f on Fyne's goroutine, or never once the way is shut.
func (y *way) later(f func()) {
	y.mu.RLock()
	defer y.mu.RUnlock()
	if !y.shut {
		fyne.Do(y.timed(f))
	}
}

func (y *way) timed(f func()) func() {
	return func() {
		if fynes := y.fynes.Load(); fynes != 0 && fynes != goroutine() {
			return
		}
		start := time.Now()
		f()
		if y.took != nil {
			y.took(time.Since(start))
		}
	}
}

// here says that this goroutine is Fyne's.
func (y *way) here() { y.fynes.Store(goroutine()) }

// goroutine is the number of the goroutine that asks, as a stack's first line
// tells it; Fyne finds its own in the same way.
func goroutine() (number uint64) {
	var line [32]byte
	fields := bytes.Fields(line[:runtime.Stack(line[:], false)])
	number, _ = strconv.ParseUint(string(fields[1]), 10, 64)
	return number
}

// end shuts the way. What was asked for before may still be done.
func (y *way) end() {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.shut = true
}

// quit ends Fyne's loop, after what was asked for before. A loop that has ended by
// itself is left as it is: app.Quit would close its windows then, which are gone.
func quit(app fyne.App) { fyne.Do(app.Driver().Quit) }

// A clock is the time, and what happens after some of it, on Fyne's goroutine.
type clock interface {
	Now() time.Time
	After(wait time.Duration, f func()) (stop func())
}

type wallClock struct{ way *way }

func (wallClock) Now() time.Time { return time.Now() }

func (c wallClock) After(wait time.Duration, f func()) func() {
	timer := time.AfterFunc(wait, func() { c.way.later(f) })
	return func() { timer.Stop() }
}

// A worker does the jobs that may wait for a disk, one after the other, in the
// order they were asked for. Asking never waits.
type worker struct {
	mu    sync.Mutex
	jobs  []func(context.Context)
	asked chan struct{}
}

func newWorker() *worker { return &worker{asked: make(chan struct{}, 1)} }

func (k *worker) add(job func(context.Context)) {
	k.mu.Lock()
	k.jobs = append(k.jobs, job)
	k.mu.Unlock()
	select {
	case k.asked <- struct{}{}:
	default:
	}
}

func (k *worker) take() []func(context.Context) {
	k.mu.Lock()
	defer k.mu.Unlock()
	jobs := k.jobs
	k.jobs = nil
	return jobs
}

// run does jobs until ctx ends. A job begun is ended; later ones are dropped.
func (k *worker) run(ctx context.Context) {
	for {
		for _, job := range k.take() {
			if ctx.Err() != nil {
				return
			}
			job(ctx)
		}
		select {
		case <-ctx.Done():
			return
		case <-k.asked:
		}
	}
}

// errands are calls that may wait for a network or a person. Each has a
// goroutine of its own, so that neither the dock nor each other wait for them.
type errands struct {
	mu      sync.Mutex
	ctx     context.Context //nolint:containedctx // it is that of Run, which is called later
	running sync.WaitGroup
}

func (e *errands) open(ctx context.Context) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ctx = ctx
}

// send has an errand done; outside of Run none is.
func (e *errands) send(errand func(context.Context)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if ctx := e.ctx; ctx != nil && ctx.Err() == nil {
		e.running.Go(func() { errand(ctx) })
	}
}

// end waits for the errands under way; none is begun any more. One that began as
// its context ended is waited for, too.
func (e *errands) end() {
	e.mu.Lock()
	e.ctx = nil
	e.mu.Unlock()
	e.running.Wait()
}

// askFar is ask for a call that may wait for a network or a person.
func askFar[T any](w *Window, call func(context.Context) (T, error), then func(T, error)) {
	askFarFor(w, request{}, call, then)
}

// askFarFor is askFor for such a call.
func askFarFor[T any](w *Window, r request, call func(context.Context) (T, error), then func(T, error)) {
	if w.worker == nil {
		askFor(w, r, call, then)
		return
	}
	told, t := orPIN(w, r, then, func() { askFarFor(w, r, call, then) }), w.await(r.title, nil)
	w.errands.send(func(ctx context.Context) {
		value, err := call(ctx)
		w.way.later(func() { w.over(t); told(value, err) }) //nolint:contextcheck // what comes of it has the worker's
	})
}

// A question that is being asked is not asked again, but once more when it has
// been answered.
type question struct{ asked, again bool }

// begin says whether to ask now.
func (q *question) begin() bool {
	if q.asked {
		q.again = true
		return false
	}
	q.asked, q.again = true, false
	return true
}

// end says, of a question just answered, whether it was asked again meanwhile.
func (q *question) end() (again bool) {
	q.asked = false
	return q.again
}

// ask has the worker make a call and takes what it gives back to Fyne's
// goroutine. A window under test has no worker: it calls at once.
func ask[T any](w *Window, call func(context.Context) (T, error), then func(T, error)) {
	askFor(w, request{}, call, then)
}

// askFor is ask for what a person requests: where it needs a supervisor, then is
// told once one allowed it, or nobody did.
func askFor[T any](w *Window, r request, call func(context.Context) (T, error), then func(T, error)) {
	told := orPIN(w, r, then, func() { askFor(w, r, call, then) })
	if w.worker == nil {
		value, err := call(context.Background())
		told(value, err)
		return
	}
	t := w.await(r.title, nil)
	w.worker.add(func(ctx context.Context) {
		value, err := call(ctx)
		w.way.later(func() { w.over(t); told(value, err) }) //nolint:contextcheck // what comes of it has the worker's
	})
}

// orPIN is then, but for a request that a supervisor must allow first.
func orPIN[T any](w *Window, r request, then func(T, error), again func()) func(T, error) {
	return func(value T, err error) {
		if !w.wants(err, deed{r, again, func() { then(value, err) }}) {
			then(value, err)
		}
	}
}

// act is ask for a call that gives nothing but an error.
func act(w *Window, call func(context.Context) error, then func(error)) {
	decide(w, request{}, call, then)
}

// decide is askFor for a call that gives nothing but an error.
func decide(w *Window, r request, call func(context.Context) error, then func(error)) {
	askFor(w, r, func(ctx context.Context) (struct{}, error) { return struct{}{}, call(ctx) },
		func(_ struct{}, err error) { then(err) })
}

// follow calls on once now, and again after each change, until ctx ends.
func (y *way) follow(ctx context.Context, watch func() (<-chan struct{}, func()), on func()) {
	y.followSpaced(ctx, 0, watch, on)
}

// followSpaced is follow with so much time between two calls at least.
func (y *way) followSpaced(ctx context.Context, least time.Duration, watch func() (<-chan struct{}, func()), on func()) {
	changed, stop := watch()
	defer stop()
	space := spacing{least: least}
	for {
		pauseFor(ctx, space.wait(time.Now()))
		select {
		case <-changed: // meanwhile: what is called now sees it
		default:
		}
		y.later(on)
		select {
		case <-ctx.Done():
			return
		case <-changed:
		}
	}
}

// pauseFor waits for a while, or until ctx ends.
func pauseFor(ctx context.Context, length time.Duration) {
	if length <= 0 {
		return
	}
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// decideFar is decide for a call that may take its time: the worker waits for no other.
func decideFar(w *Window, r request, call func(context.Context) error, then func(error)) {
	askFarFor(w, r, func(ctx context.Context) (struct{}, error) { return struct{}{}, call(ctx) },
		func(_ struct{}, err error) { then(err) })
}
