package upload

import (
	"context"
	"errors"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
)

// longestAsked bounds what a server may ask us to wait.
const longestAsked = 24 * time.Hour

// contact counts calls and those that got through.
type contact struct{ calls, through int }

// kindOf is what may be concluded from the error of a call; 0 for no error.
// Of an error that is not the client's nothing may be concluded.
func kindOf(err error) partnercenter.Kind {
	if err == nil {
		return 0
	}
	if e, ok := errors.AsType[*partnercenter.Error](err); ok {
		return e.Kind()
	}
	return partnercenter.NoAnswer
}

func noRelationship(err error) bool {
	e, ok := errors.AsType[*partnercenter.Error](err)
	return ok && e.NoRelationship()
}

func askedToWait(err error) time.Duration {
	e, ok := errors.AsType[*partnercenter.Error](err)
	if !ok {
		return 0
	}
	return min(e.RetryAfter, longestAsked)
}

// heard notes what a call says about the connection. The station is online
// only after an authenticated call succeeded; a refusal proves only that
// somebody answers.
func (u *Uploader) heard(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return err // cut short by us: says nothing
	}
	u.contact.calls++
	switch kindOf(err) {
	case partnercenter.Unreachable, partnercenter.NoAnswer:
		u.setOnline(OnlineNo, false)
		return err
	case 0, partnercenter.Untracked:
		u.setOnline(OnlineYes, true)
		u.station.clear()
	case partnercenter.SignIn, partnercenter.Throttled:
		u.setOnline("", true)
	default:
		u.setOnline(OnlineUnknown, true)
		u.station.clear()
	}
	u.contact.through++
	return err
}

// hold holds back after a failed call: the whole station where the failure is
// everybody's, and else what the call was for.
func (u *Uploader) hold(ctx context.Context, what *pause, err error) {
	switch kind := kindOf(err); {
	case kind == partnercenter.Unreachable, kind == partnercenter.NoAnswer:
		u.station.again(queue.Offline, err, 0)
		what.again(queue.Offline, err, 0)
	case kind == partnercenter.Throttled:
		u.station.again(queue.Throttled, err, askedToWait(err))
	case kind == partnercenter.SignIn:
		u.station.forPerson(queue.SignIn, err)
	case noRelationship(err):
		what.forPerson(queue.NoRelationship, err)
	default:
		what.forPerson(queue.Refused, err)
	}
	u.log.WarnContext(ctx, "uploading: Partner Center said no", "kind", kindOf(err).String(), "error", err)
}
