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

// maxWordless is how many refusals without a word are tried again before they
// are believed.
const maxWordless = 3

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
	switch kind := kindOf(err); {
	case kind == partnercenter.Unreachable, kind == partnercenter.NoAnswer:
		u.setOnline(OnlineNo, false)
		return err
	case err == nil, kind == partnercenter.Untracked:
		u.setOnline(OnlineYes, true)
		u.station.clear()
	case kind == partnercenter.SignIn, kind == partnercenter.Throttled:
		u.setOnline("", true)
	default:
		u.setOnline(OnlineUnknown, true)
		u.station.clear()
	}
	u.contact.through++
	return err
}

// saysNothing is a refusal without a word: its body was cut off or is not
// Partner Center's, and it may mean anything.
func saysNothing(err error) bool {
	e, ok := errors.AsType[*partnercenter.Error](err)
	return ok && e.Code == "" && e.Description == ""
}

// hold holds back after a failed call: the whole station where the failure is
// everybody's, and else what the call was for. It gives the reason if only a
// person can end it.
func (u *Uploader) hold(ctx context.Context, what *pause, err error) queue.Reason {
	u.log.WarnContext(ctx, "uploading: Partner Center said no", "kind", kindOf(err).String(), "error", err)
	switch kind := kindOf(err); {
	case kind == partnercenter.Unreachable, kind == partnercenter.NoAnswer:
		u.station.again(queue.Offline, err, askedToWait(err))
		what.again(queue.Offline, err, 0)
		return ""
	case kind == partnercenter.Throttled:
		u.station.again(queue.Throttled, err, askedToWait(err))
		return ""
	case kind == partnercenter.SignIn:
		u.station.forPerson(queue.SignIn, err)
		return queue.SignIn
	case noRelationship(err):
		what.forPerson(queue.NoRelationship, err)
	case saysNothing(err) && what.wordless < maxWordless:
		what.wordless++
		what.again(queue.Refused, err, 0)
		return ""
	default:
		what.forPerson(queue.Refused, err)
	}
	return what.reason
}
