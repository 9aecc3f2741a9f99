package upload

import (
	"errors"
	"time"

	"github.com/cenkalti/backoff/v5"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// A pause holds something back after a failure.
type pause struct {
	// customer is whose it is, empty for the station's and for nobody's.
	customer autopilot.TenantID

	until  time.Time
	wait   time.Duration // how long it was to be
	reason queue.Reason
	person bool // only a person can end it; it is tried again all the same
	asked  bool // Partner Center asked for it: it is not to be shortened
	err    error
	// since is when this reason began, tries how many failures it has seen.
	since time.Time
	tries int
	// heldAt is when it was held back last, whatever came since.
	heldAt time.Time
	// before is what a person had to end when it was cleared last.
	before struct {
		reason    queue.Reason
		since, at time.Time
		tries     int
	}
	// wordless counts refusals that did not say why.
	wordless int

	// keeps says that it is kept on disk, where it is now if kept; stale says
	// that the disk says something else.
	keeps, kept, stale bool
	// keptUntil is when it ends by what is on disk.
	keptUntil time.Time

	longest time.Duration
	steps   *backoff.ExponentialBackOff
}

func newPause(opts Options) *pause {
	steps := backoff.NewExponentialBackOff()
	steps.InitialInterval, steps.MaxInterval, steps.Multiplier = opts.RetryFirst, opts.RetryMax, 2
	return &pause{steps: steps, longest: opts.RetryMax}
}

// again holds back for the next step of the backoff, or for what the server
// asked for. It gives how long that is.
func (p *pause) again(why queue.Reason, err error, asked time.Duration) time.Duration {
	wait := min(p.steps.NextBackOff(), p.longest)
	if asked > 0 {
		wait = asked
	}
	p.put(why, err, wait)
	p.asked = why == queue.Throttled || asked > 0 && asked <= p.longest
	return wait
}

// forPerson holds back until a person has done something. Where only some calls
// are refused, those in between that are not do not make it a new trouble.
func (p *pause) forPerson(why queue.Reason, err error) {
	now := time.Now()
	if p.reason != why && p.before.reason == why && now.Sub(p.before.at) < p.longest {
		p.reason, p.since, p.tries = why, p.before.since, p.before.tries
	}
	p.put(why, err, p.longest)
	p.person = true
}

func (p *pause) put(why queue.Reason, err error, wait time.Duration) {
	now := time.Now()
	if p.reason != why || p.since.IsZero() {
		p.since, p.tries = now, 0
	}
	p.tries++
	p.heldAt = now
	p.until, p.wait, p.reason, p.person, p.asked, p.err = now.Add(wait), wait, why, false, false, err
	p.stale = p.keeps
}

// firmFor is for how long nobody shortens a pause that Partner Center asked for:
// it names seconds or minutes, and whoever names a day is not it, or broken.
const firmFor = time.Hour

// release has it tried at once, unless Partner Center asked for the pause less than
// firmFor ago. Why it was there stays known: only a call can say that it is over.
func (p *pause) release() {
	if now := time.Now(); p.asked && p.blocks(now) && now.Sub(p.heldAt) < firmFor {
		return
	}
	p.steps.Reset()
	p.until, p.wordless = time.Time{}, 0
}

// clear ends the pause and starts the backoff anew.
func (p *pause) clear() {
	if p.person {
		p.before.reason, p.before.since, p.before.tries, p.before.at = p.reason, p.since, p.tries, time.Now()
	}
	p.steps.Reset()
	p.until, p.reason, p.person, p.asked, p.err, p.wordless = time.Time{}, "", false, false, nil, 0
	p.since, p.tries = time.Time{}, 0
	p.stale = p.kept
}

func (p *pause) blocks(now time.Time) bool { return now.Before(p.until) }

// longestText bounds what is kept of a failure's text.
const longestText = 1000

// record is the pause as it is kept. Where nobody answered a customer only the
// station's pause is kept, which says the same.
func (p *pause) record() (kept queue.Pause, worth bool) {
	kept = queue.Pause{
		Customer: p.customer, Reason: p.reason, Until: p.until.Round(0), Wait: p.wait, Person: p.person, Asked: p.asked,
		Since: p.since.Round(0), Steps: p.tries,
	}
	if e, ok := errors.AsType[*partnercenter.Error](p.err); ok {
		kept.Text, kept.RequestID, kept.CorrelationID = e.Error(), e.RequestID, e.CorrelationID
	} else if p.err != nil {
		kept.Text = kindOf(p.err).String() // others promise nothing about what is in their texts
	}
	if text := []rune(kept.Text); len(text) > longestText {
		kept.Text = string(text[:longestText]) + "…"
	}
	return kept, p.reason != "" && (p.customer == "" || p.reason != queue.Offline)
}

// recall takes up a pause of an earlier process. A clock that was wrong then or
// is now makes it no longer than it may be. One that nobody asked for is shown,
// and tried once: see Uploader.recall.
func (p *pause) recall(kept queue.Pause) {
	now := time.Now()
	wait := p.longest
	if kept.Asked {
		wait = min(kept.Until.Sub(now), longestAsked)
		if kept.Wait > 0 {
			wait = min(wait, kept.Wait)
		}
	}
	p.wait = wait
	p.reason, p.person, p.asked, p.since, p.tries = kept.Reason, kept.Person, kept.Asked, kept.Since, kept.Steps
	p.until = now.Add(wait)
	p.heldAt = now
	if kept.Asked {
		p.heldAt = p.until.Add(-max(kept.Wait, wait))
	}
	p.err = &Remembered{Text: kept.Text, RequestID: kept.RequestID, CorrelationID: kept.CorrelationID}
	p.kept, p.stale, p.keptUntil = true, false, kept.Until
}

// A Remembered is a failure of an earlier process, as far as it was kept.
type Remembered struct {
	Text                     string
	RequestID, CorrelationID string
}

func (r *Remembered) Error() string { return r.Text }

// ids are what Microsoft's support asks for, of a failure old or new.
func ids(err error) (request, correlation string) {
	if e, ok := errors.AsType[*partnercenter.Error](err); ok {
		return e.RequestID, e.CorrelationID
	}
	if r, ok := errors.AsType[*Remembered](err); ok {
		return r.RequestID, r.CorrelationID
	}
	return "", ""
}
