package partnercenter

import (
	"context"
	"errors"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// How often and how long one page is asked for. The pauses are those of
// Microsoft's own SDK, roughly: half a second, and twice as much each time.
const (
	maxTries  = 5
	firstWait = 500 * time.Millisecond
	// maxWait is the longest Retry-After that a list waits for by itself. Whoever
	// is asked for more has to tell a person, or to do something else meanwhile.
	maxWait = 30 * time.Second
	// maxPatience is how long a list of any length may lose in all by tries that
	// failed and the pauses after them: nothing else goes meanwhile.
	maxPatience = 3 * time.Minute
)

// errForgotten is that a page is refused whose token Partner Center itself gave.
var errForgotten = errors.New("the rest of the list is not known any more")

// further is page for all pages but the first. Such a page is asked for again
// when its failure may pass: of a list of 300 pages each loses a few even on a
// good line, and to give up at one of them would be to begin all 300 anew, and
// so for ever. Each try waits for its own turn in the customer's lane, so that
// others go in between. left is the patience that the list still has.
//
// The first page is not asked for again, here or anywhere in this package:
// there nothing is lost yet, and the caller owns the pauses. It alone knows
// that other calls failed as well, and shows that it waits.
func (l listing[Wire, Thing]) further(ctx context.Context, c *Client, what call, had tokens, left *time.Duration) ([]Thing, string, error) {
	steps := backoff.NewExponentialBackOff()
	steps.InitialInterval, steps.Multiplier, steps.MaxInterval = firstWait, 2, maxWait
	for tries := 1; ; tries++ {
		begun := time.Now()
		got, next, err := l.page(ctx, c, what, had)
		asked, passes := passing(err)
		wait := max(steps.NextBackOff(), asked)
		if passes {
			*left -= time.Since(begun) + wait
		}
		if !passes || ctx.Err() != nil || tries == maxTries || *left < 0 {
			return got, next, forgotten(err)
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return nil, "", NewError(what.op, Unreachable, context.Cause(ctx))
		}
	}
}

// passing says whether a failure may be over when the page is asked for again,
// and how long Partner Center asked to wait before. A list that is wrong in
// itself stays wrong.
func passing(err error) (asked time.Duration, passes bool) {
	failed, ok := errors.AsType[*Error](err)
	if !ok || failed.RetryAfter > maxWait {
		return 0, false
	}
	for _, lasting := range []error{errEndless, errCircular, errToken, errTooLong} {
		if errors.Is(failed.Err, lasting) {
			return 0, false
		}
	}
	kind := failed.Kind()
	return failed.RetryAfter, kind == NoAnswer || kind == Unreachable || kind == Throttled
}

// forgotten marks the refusal of a page whose token Partner Center gave a moment
// ago. A 404 is Invalid then: it says that the token is gone, and must not pass
// for a batch that is not there and so has no devices.
func forgotten(err error) error {
	failed, ok := errors.AsType[*Error](err)
	if ok && failed.Status != 0 && (failed.Kind() == Invalid || failed.Kind() == NotFound) {
		failed.kind, failed.Err = Invalid, errForgotten
	}
	return err
}
