package upload

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

const (
	// longestAsked bounds what a throttle may ask us to wait.
	longestAsked = 24 * time.Hour
	// longestOutage bounds what other failures may: theirs is a guess.
	longestOutage = time.Hour
)

// maxWordless is how many refusals without a word are tried again before they
// are believed.
const maxWordless = 3

// contact counts calls, those that got through, and how often in a row the
// token was refused, for looks and for changes. spent counts requests, with the pages
// that a call took.
type contact struct {
	calls, through, spent int
	refused               map[bool]int
	// change says that the last call was to change something; changes that one that
	// was is throttled, or its token refused: that something can be read does not say
	// that it is over.
	change, changes bool
	// good is when a call last was answered as it should be.
	good time.Time
}

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

// wrongRole says whether the user who signed in has no right to this.
func wrongRole(err error) bool {
	e, ok := errors.AsType[*partnercenter.Error](err)
	return ok && e.Kind() == partnercenter.Forbidden && slices.Contains([]string{"900150", "2032"}, e.Code)
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
func (u *Uploader) heard(ctx context.Context, err error) error { return u.hear(ctx, err, false) }

// heardChange is heard for a call that is to change something.
func (u *Uploader) heardChange(ctx context.Context, err error) error { return u.hear(ctx, err, true) }

func (u *Uploader) hear(ctx context.Context, err error, change bool) error {
	if heldBack(err) {
		return err // never made: says nothing
	}
	if err != nil && ctx.Err() != nil {
		u.lastWord(ctx, err)
		return err // cut short by us
	}
	u.contact.calls++
	u.contact.spent++
	u.contact.change = change
	switch kind := kindOf(err); {
	case kind == partnercenter.Unreachable, kind == partnercenter.NoAnswer:
		u.setOnline(OnlineNo, false)
		return err
	case err == nil, kind == partnercenter.Untracked:
		u.setOnline(OnlineYes, true)
		u.contact.good = time.Now()
		u.calm(change)
	case wrongRole(err):
		u.setOnline("", true)
		if why := u.station.reason; why == queue.Offline || why == queue.SignIn { // somebody answers, and takes the token
			u.station.clear()
		}
	case kind == partnercenter.SignIn, kind == partnercenter.Throttled:
		u.setOnline("", true)
		u.contact.changes = u.contact.changes || change
	default:
		u.setOnline(OnlineUnknown, true)
		u.calm(change)
	}
	u.contact.through++
	return err
}

// lastWord keeps for how long Partner Center asks to be left alone, where it says so
// as we end: the next process would hurry past it.
func (u *Uploader) lastWord(ctx context.Context, err error) {
	if kindOf(err) == partnercenter.Throttled && !u.station.blocks(time.Now()) {
		u.station.again(queue.Throttled, err, askedToWait(err))
		u.keepPauses(ctx)
	}
}

// calm ends the station's pause after a call that it does not stand for. Each
// request is preceded by a look: where looks are answered and requests are not, the
// next pause must be longer than the last all the same.
func (u *Uploader) calm(change bool) {
	delete(u.contact.refused, change)
	if change {
		u.contact.changes = false
	}
	if u.contact.changes && u.station.saysNo() {
		u.station.until = time.Time{}
		u.station.stale = u.station.stale || u.station.keptUntil.After(time.Now()) // who only looks may ask
		return
	}
	u.station.clear()
}

// saysNo says whether the pause is one of somebody who answers, and says no to
// whatever is asked.
func (p *pause) saysNo() bool { return p.reason == queue.Throttled || p.reason == queue.SignIn }

// nothingToChange forgets what changes were said no to where none is left to be made:
// no call would ever say that it is over.
func (u *Uploader) nothingToChange() {
	if !u.contact.changes {
		return
	}
	u.contact.changes = false
	if u.station.saysNo() && !u.station.blocks(time.Now()) {
		u.station.clear()
	}
}

// reached notes that Partner Center talks about a customer: the relationship
// is there, whatever was said before.
func (u *Uploader) reached(id autopilot.TenantID) {
	if c := u.customer(id); c.reason == queue.NoRelationship {
		c.clear()
	}
}

// saysNothing is a refusal without a word: its body was cut off or is not
// Partner Center's, and it may mean anything.
func saysNothing(err error) bool {
	e, ok := errors.AsType[*partnercenter.Error](err)
	return ok && e.Code == "" && e.Description == ""
}

// mayPass says whether a refusal said nothing, and was not repeated often enough
// to be believed.
func (p *pause) mayPass(err error) bool { return saysNothing(err) && p.wordless < maxWordless }

// hold holds back after a failed call: the whole station where the failure is
// everybody's, the customer where the relationship is missing, and else what
// the call was for. It is on disk when hold returns. It gives the reason if
// only a person can end it.
func (u *Uploader) hold(ctx context.Context, what *pause, err error) queue.Reason {
	if heldBack(err) {
		return "" // the station's pause is there already
	}
	u.log.WarnContext(ctx, "uploading: Partner Center said no", "kind", kindOf(err).String(), "error", err)
	defer u.keepPauses(ctx)
	defer u.yield(what.customer)
	switch kind := kindOf(err); {
	case kind == partnercenter.Unreachable, kind == partnercenter.NoAnswer:
		u.station.again(queue.Offline, err, min(askedToWait(err), longestOutage))
		what.again(queue.Offline, err, 0)
		return ""
	case kind == partnercenter.Throttled:
		u.station.again(queue.Throttled, err, askedToWait(err))
		return ""
	case kind == partnercenter.SignIn:
		return u.holdForSignIn(err)
	case noRelationship(err):
		what = u.customerOf(what)
		what.forPerson(queue.NoRelationship, err)
	case wrongRole(err):
		what = u.whoseRole(what)
		what.forPerson(queue.WrongRole, err)
	case what.mayPass(err):
		what.wordless++
		what.again(queue.Refused, err, 0)
		return ""
	default:
		what.forPerson(queue.Refused, err)
	}
	return what.reason
}

// holdForSignIn has whoever gives tokens get a fresh one where a token is
// refused for the first time: it may have been withdrawn. What is refused twice
// in a row, or for want of a second factor, or what no token could be had for,
// needs a person.
func (u *Uploader) holdForSignIn(err error) queue.Reason {
	e, ok := errors.AsType[*partnercenter.Error](err)
	switch {
	case ok && e.MFA():
		u.station.forPerson(queue.NeedsMFA, err)
	case ok && e.Status == http.StatusUnauthorized && u.contact.refused[u.contact.change] == 0:
		if u.contact.refused == nil {
			u.contact.refused = map[bool]int{}
		}
		u.contact.refused[u.contact.change]++
		u.station.put(queue.SignIn, err, u.opts.RetryFirst)
		return ""
	default:
		u.station.forPerson(queue.SignIn, err)
	}
	return u.station.reason
}

// tokenRefused says whether the station waits for a fresh token, and nobody.
func (u *Uploader) tokenRefused() bool {
	return u.station.blocks(time.Now()) && u.station.reason == queue.SignIn && !u.station.person
}

// customerOf is the pause of the customer that what belongs to.
func (u *Uploader) customerOf(what *pause) *pause {
	if what.customer == "" {
		return what
	}
	return u.customer(what.customer).pause
}

// whoseRole is what a missing role holds back: the station, for whoever may not
// register for one customer may not for any. What has a pause of its own, such
// as the profiles, needs another role.
func (u *Uploader) whoseRole(what *pause) *pause {
	if what.customer == "" {
		return what
	}
	return u.station
}
