package upload

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

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

// An Uploader sends what the ledger has due and brings back the outcomes. One
// of Run, Pass and UntilSettled works at a time; Status, Watch, Retry and Probe
// may be called from anywhere at any time.
type Uploader struct {
	opts      Options
	ledger    Ledger
	registrar Registrar
	log       *slog.Logger

	born     time.Time
	running  sync.Mutex // held by whoever works; guards all that follows up to wake
	work     work       // what it is that is done
	recalled bool       // what was paused before this process is known
	station  *pause     // holds everything back
	sending  customers  // holds back what goes to one customer
	tags     tags       // holds back what goes to one batch
	plans    map[string]*progress
	contact  contact
	read     *readiness // what the step read, as long as it holds
	withdrew bool       // something was withdrawn that goes on in parts
	open     []queue.PlanHead
	wall     func() time.Time

	removals  removals
	profiles  profiles
	relations map[autopilot.TenantID]*relation

	wake   chan struct{} // Retry was called
	probes chan struct{} // Probe was called
	board
}

// customers are the pauses, limits and lanes of each customer.
type customers map[autopilot.TenantID]*customer

type customer struct {
	*pause
	lane

	size
	turns
}

// progress is what is known of an open plan beyond what the ledger keeps.
type progress struct {
	// doubt says that an attempt was made, perhaps by the station whose backup this
	// queue was restored from, of which nobody knows whether it was
	// taken.
	doubt bool
	// unsure is since when at the latest nothing of the plan was sent without an
	// answer; over says that what was has had all its time.
	unsure time.Time
	over   bool
	// answered says that the last attempt was refused with an answer.
	answered bool
	// taken is the answer of an attempt that was taken and could not be
	// written down.
	taken *partnercenter.Accepted
	// known are the entries whose outcome is written down.
	known map[string]bool
	// doubtful are the entries of which nobody can tell yet who registered them.
	doubtful map[string]bool
	// look is the plan's age at which the lists are looked at next for them.
	look time.Duration
	// hold holds back the questions about the job after a failure.
	hold *pause
	// met is since when this process knows the plan as it is; seen says that it saw
	// the plan taken then.
	met  time.Time
	seen bool
	// asked is when the job was last asked about.
	asked time.Time
	// missing counts how often in a row the job was not there, refused how often it
	// could not be asked about.
	missing, refused int
	// unlisted are the batches that could not be listed.
	unlisted map[string]unlisted
	// quiet says that the job is past its deadline.
	quiet bool
}

// New gives an Uploader that does nothing yet.
func New(opts Options) *Uploader {
	opts = opts.withDefaults()
	u := &Uploader{
		ledger: opts.Ledger, log: opts.Logger, born: time.Now(),
		sending: customers{}, tags: tags{}, plans: map[string]*progress{}, wall: time.Now,
		wake: make(chan struct{}, 1), probes: make(chan struct{}, 1),
	}
	u.station = newPause(opts)
	u.station.keeps = true
	u.opts = newLine(opts.Logger, u.station).guard(opts)
	u.registrar = u.opts.Registrar
	u.status.Online = OnlineUnknown
	return u
}

func (u *Uploader) newPause() *pause { return newPause(u.opts) }

func (u *Uploader) customer(id autopilot.TenantID) *customer {
	c, ok := u.sending[id]
	if !ok {
		c = &customer{pause: u.newPause(), size: newSize(u.opts.BatchSize)}
		c.customer, c.keeps = id, true
		u.sending[id] = c
	}
	return c
}

// progress is what is known of the plan. Of a plan that was not made here and
// has an attempt nobody knows what became of it.
func (u *Uploader) progress(p queue.Plan) *progress {
	known, ok := u.plans[p.ID]
	if !ok {
		now := time.Now()
		known = &progress{doubt: p.Attempt > 0 || p.Restored, met: now, unsure: now, known: map[string]bool{}, hold: u.newPause()}
		if p.LastRefused() && p.UnsureAt.Before(now) && !p.UnsureAt.IsZero() {
			known.unsure = p.UnsureAt // an earlier process got an answer to all that it sent since
		}
		known.hold.customer = p.Customer
		known.quiet = p.Note == queue.NoOutcome
		u.plans[p.ID] = known
	}
	return known
}

// Run works until ctx ends, and returns why it ended. Failures of the ledger
// are logged and tried again: nothing is ever sent that is not on disk.
func (u *Uploader) Run(ctx context.Context) error {
	return u.loop(ctx, everything, func(failed error) (bool, error) {
		if failed != nil {
			u.log.ErrorContext(ctx, "uploading: the queue failed", "error", failed)
		}
		return false, nil
	})
}

// UntilSettled works until nothing is ready, planned or submitted, or until all
// that remains waits for a person or a sign-in, as Status.Waits say. It waits
// through outages, and for entries that become due later: see Status.Later. It
// does not wait for refusals that are tried again in hours or days, nor for
// removals and profiles; where all it did was to call for those, and no call got
// through, it fails with ErrNoContact.
func (u *Uploader) UntilSettled(ctx context.Context) (Status, error) {
	var met contact
	err := u.loop(ctx, everything, func(failed error) (bool, error) {
		met = u.contact
		return u.active == 0, failed
	})
	if err == nil && met.calls > 0 && met.through == 0 {
		err = ErrNoContact // what is left is none of what it waits for
	}
	return u.Status(), err
}

// Pass does once what there is to do, and waits for nothing. It fails with
// ErrNoContact when it called and no call got through.
func (u *Uploader) Pass(ctx context.Context) (Status, error) { return u.pass(ctx, everything) }

func (u *Uploader) pass(ctx context.Context, what work) (Status, error) {
	if !u.running.TryLock() {
		return u.Status(), ErrRunning
	}
	defer u.running.Unlock()
	u.work = what
	u.fresh()
	u.contact = contact{}
	err := u.step(ctx)
	if err == nil && len(u.contact.refused) > 0 && !u.station.person { // the one who gives tokens has a fresh one by now
		u.station.release()
		err = u.step(ctx)
	}
	if err == nil && u.contact.calls > 0 && u.contact.through == 0 {
		err = ErrNoContact
	}
	return u.Status(), err
}

// loop takes steps until done says so or ctx ends.
func (u *Uploader) loop(ctx context.Context, what work, done func(failed error) (bool, error)) error {
	if !u.running.TryLock() {
		return ErrRunning
	}
	defer u.running.Unlock()
	u.work = what
	u.contact.calls, u.contact.through = 0, 0
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

// untilNext is how long nothing is due. It is never longer than PollMax, so
// that a clock that was set or a machine that slept does no harm.
func (u *Uploader) untilNext() time.Duration {
	next := u.Status().Next
	if next.IsZero() {
		return u.opts.PollMax
	}
	return min(max(time.Until(next), time.Millisecond), u.opts.PollMax)
}
