package upload

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// What a call to the uploader can fail with, beside errors of the ledger.
var (
	// ErrRunning: Run, Pass or UntilSettled is under way already.
	ErrRunning = errors.New("the uploader is running already")
	// ErrNoContact: Partner Center was called and no call got through.
	ErrNoContact = errors.New("could not reach Partner Center")
)

// Options shape an Uploader. Zero values mean the defaults.
type Options struct {
	Ledger    Ledger
	Registrar Registrar
	// Remover takes registrations back, Profiler gives profiles, Relations tells
	// of relationships; without one what needs it waits.
	Remover   Remover
	Profiler  Profiler
	Relations Relations
	// Account is what the partner is: it decides whose relationship counts.
	Account Account
	// BatchSize is the most devices one request carries: 1 to 1000, 500.
	BatchSize int
	// After is how long after its capture an entry goes out although its
	// reception is open: 15 minutes.
	After time.Duration
	// PollFirst is the first pause between questions about a job, which doubles
	// up to PollMax: 5 and 60 seconds.
	PollFirst, PollMax time.Duration
	// RetryFirst is the first pause after a failure, which doubles up to
	// RetryMax, both with jitter: 1 second and 5 minutes.
	RetryFirst, RetryMax time.Duration
	// JobDeadline is after how long a job without outcome needs a person: 24
	// hours. It is asked about nevertheless.
	JobDeadline time.Duration
	// Logger gets what happened, without whole PKIDs; nil means none.
	Logger *slog.Logger
	// NewID makes an MS-RequestId; nil means a random UUID.
	NewID func() string
}

func (o Options) withDefaults() Options {
	if o.BatchSize <= 0 {
		o.BatchSize = 500
	}
	o.BatchSize = min(o.BatchSize, partnercenter.MaxDevices)
	for _, d := range []struct {
		value *time.Duration
		usual time.Duration
	}{
		{&o.After, 15 * time.Minute},
		{&o.PollFirst, 5 * time.Second},
		{&o.PollMax, time.Minute},
		{&o.RetryFirst, time.Second},
		{&o.RetryMax, 5 * time.Minute},
		{&o.JobDeadline, 24 * time.Hour},
	} {
		if *d.value <= 0 {
			*d.value = d.usual
		}
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.NewID == nil {
		o.NewID = uuid.NewString
	}
	return o
}

// An Uploader sends what the ledger has due and brings back the outcomes. One
// of Run, Pass and UntilSettled works at a time; Status, Watch and Retry may
// be called from anywhere at any time.
type Uploader struct {
	opts      Options
	ledger    Ledger
	registrar Registrar
	log       *slog.Logger

	running sync.Mutex // held by whoever works; guards all that follows up to wake
	station *pause     // holds everything back
	sending customers  // holds back what goes to one customer
	plans   map[string]*progress
	contact contact
	read    *groups // what the step read, as long as it holds

	removals  removals
	profiles  profiles
	relations map[autopilot.TenantID]*relation

	wake chan struct{} // Retry was called
	board
}

// customers are the pauses and limits of each customer.
type customers map[autopilot.TenantID]*customer

type customer struct {
	*pause

	limit int // devices a request, after one was too large
}

// progress is what is known of an open plan beyond what the ledger keeps.
type progress struct {
	// doubt says that an attempt was made of which nobody knows whether it was
	// taken.
	doubt bool
	// answered says that the last attempt was refused with an answer.
	answered bool
	// taken is the answer of an attempt that was taken and could not be
	// written down.
	taken *partnercenter.Accepted
	// known are the entries whose outcome is written down.
	known map[string]bool
	// hold holds back the questions about the job after a failure.
	hold *pause
	// every is the pause between questions, next is when the next one is due.
	every time.Duration
	next  time.Time
	// quiet says that the job is past its deadline.
	quiet bool
}

// New gives an Uploader that does nothing yet.
func New(opts Options) *Uploader {
	opts = opts.withDefaults()
	u := &Uploader{
		opts: opts, ledger: opts.Ledger, registrar: opts.Registrar, log: opts.Logger,
		sending: customers{}, plans: map[string]*progress{}, wake: make(chan struct{}, 1),
	}
	u.station = u.newPause()
	u.status.Online = OnlineUnknown
	return u
}

// Retry forgets all pauses but those that Partner Center asked for, for when
// somebody signed in or a customer accepted the relationship. It returns at
// once.
func (u *Uploader) Retry() {
	select {
	case u.wake <- struct{}{}:
	default:
	}
}

// fresh forgets pauses, so that everything is tried once more. What is
// known about plans stays.
func (u *Uploader) fresh() {
	if !u.station.asked {
		u.station.clear()
	}
	for _, c := range u.sending {
		c.clear()
	}
	for _, p := range u.plans {
		p.hold.clear()
		p.next = time.Time{}
	}
	u.freshBeside()
}

func (u *Uploader) customer(id autopilot.TenantID) *customer {
	c, ok := u.sending[id]
	if !ok {
		c = &customer{pause: u.newPause(), limit: u.opts.BatchSize}
		u.sending[id] = c
	}
	return c
}

// progress is what is known of the plan. Of a plan that was not made here and
// has an attempt nobody knows what became of it.
func (u *Uploader) progress(p queue.Plan) *progress {
	known, ok := u.plans[p.ID]
	if !ok {
		known = &progress{doubt: p.Attempt > 0, known: map[string]bool{}, hold: u.newPause(), every: u.opts.PollFirst}
		known.quiet = p.Note == queue.NoOutcome
		u.plans[p.ID] = known
	}
	return known
}

// Run works until ctx ends, and returns why it ended. Failures of the ledger
// are logged and tried again: nothing is ever sent that is not on disk.
func (u *Uploader) Run(ctx context.Context) error {
	return u.loop(ctx, func(failed error) (bool, error) {
		if failed != nil {
			u.log.ErrorContext(ctx, "uploading: the queue failed", "error", failed)
		}
		return false, nil
	})
}

// UntilSettled works until nothing is ready, planned or submitted, or until all
// that remains waits for a person or a sign-in, as Status.Waits say. It waits
// through outages, and for entries that become due later: see Status.Later.
func (u *Uploader) UntilSettled(ctx context.Context) (Status, error) {
	err := u.loop(ctx, func(failed error) (bool, error) { return u.active == 0, failed })
	return u.Status(), err
}

// Pass does once what there is to do, and waits for nothing. It fails with
// ErrNoContact when it called and no call got through.
func (u *Uploader) Pass(ctx context.Context) (Status, error) {
	if !u.running.TryLock() {
		return u.Status(), ErrRunning
	}
	defer u.running.Unlock()
	u.fresh()
	u.contact = contact{}
	err := u.step(ctx)
	if err == nil && u.contact.calls > 0 && u.contact.through == 0 {
		err = ErrNoContact
	}
	return u.Status(), err
}

// loop takes steps until done says so or ctx ends.
func (u *Uploader) loop(ctx context.Context, done func(failed error) (bool, error)) error {
	if !u.running.TryLock() {
		return ErrRunning
	}
	defer u.running.Unlock()
	changed, stop := u.ledger.Watch()
	defer stop()
	u.fresh()
	broken := u.newPause()
	for {
		failed := u.step(ctx)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if end, err := done(failed); end || err != nil {
			return err
		}
		pause := u.untilNext()
		if failed == nil {
			broken.clear()
		} else {
			pause = broken.again("", failed, 0)
		}
		if err := u.wait(ctx, changed, pause); err != nil {
			return err
		}
	}
}

// wait returns after the pause, or soon after something changed. A burst of
// captures makes one step, not one each.
func (u *Uploader) wait(ctx context.Context, changed <-chan struct{}, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-u.wake:
			u.fresh()
			return nil
		case <-timer.C:
			return nil
		case <-changed:
			changed = nil
			timer.Reset(min(pause, u.opts.RetryFirst, time.Second/4))
		}
	}
}

// untilNext is how long nothing is due. It is never longer than PollMax, so
// that a clock that was set or a machine that slept does no harm.
func (u *Uploader) untilNext() time.Duration {
	next := u.Status().Next
	if next.IsZero() {
		return u.opts.PollMax
	}
	return min(max(time.Until(next), time.Millisecond), u.opts.PollMax)
}
