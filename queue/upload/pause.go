package upload

import (
	"time"

	"github.com/cenkalti/backoff/v5"

	"pkidstation/queue"
)

// A pause holds something back after a failure.
type pause struct {
	until  time.Time
	reason queue.Reason
	person bool // only a person can end it; it is tried again all the same
	asked  bool // Partner Center asked for it: it is not to be shortened
	err    error
	// wordless counts refusals that did not say why.
	wordless int

	longest time.Duration
	steps   *backoff.ExponentialBackOff
}

func (u *Uploader) newPause() *pause {
	steps := backoff.NewExponentialBackOff()
	steps.InitialInterval, steps.MaxInterval, steps.Multiplier = u.opts.RetryFirst, u.opts.RetryMax, 2
	return &pause{steps: steps, longest: u.opts.RetryMax}
}

// again holds back for the next step of the backoff, or for what the server
// asked for. It gives how long that is.
func (p *pause) again(why queue.Reason, err error, asked time.Duration) time.Duration {
	wait := min(p.steps.NextBackOff(), p.longest)
	if asked > 0 {
		wait = asked
	}
	p.until, p.reason, p.person, p.err = time.Now().Add(wait), why, false, err
	p.asked = asked > 0 || why == queue.Throttled
	return wait
}

// forPerson holds back until a person has done something.
func (p *pause) forPerson(why queue.Reason, err error) {
	p.until, p.reason, p.person, p.err = time.Now().Add(p.longest), why, true, err
	p.asked = false
}

// clear ends the pause and starts the backoff anew.
func (p *pause) clear() {
	p.steps.Reset()
	p.until, p.reason, p.person, p.asked, p.err, p.wordless = time.Time{}, "", false, false, nil, 0
}

func (p *pause) blocks(now time.Time) bool { return now.Before(p.until) }
