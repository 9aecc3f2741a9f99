package upload_test

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
)

// atCenter is a site of n devices that stand in an existing batch, before a
// center that can be told what to answer.
func atCenter(t *testing.T, n int) (*site, *center) {
	t.Helper()
	s, c := newSite(t, partnercentertest.Options{}), newCenter()
	s.opts.Registrar = c
	s.restart()
	s.ids = queuetest.Fill(s.T, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, n)
	c.names[key(contoso, "Dock")] = "Dock"
	return s, c
}

func (s *site) giveUp(ids ...string) error {
	return s.q.GiveUp(s.Context(), ids, queue.Act{By: "Ana", Reason: "looked up on the site"})
}

// refusedForADay has the first request get no answer and all others of a day be
// refused, and then calls meanwhile while the batch is listed.
func refusedForADay(meanwhile func()) func(call, bool) error {
	start, posted, done := time.Now(), false, false
	return func(c call, after bool) error {
		young := time.Since(start) < 25*time.Hour
		switch {
		case c.pkids != nil && !after && !posted:
			posted = true
			return failure(partnercenter.NoAnswer)
		case c.pkids != nil && !after && young:
			return noRelationship()
		case c.op == "devices" && !after && !young && !done:
			done = true
			meanwhile()
		}
		return nil
	}
}

// What is given up while the uploader looks for it is not sent with the others,
// and those are.
func TestGivenUpMeanwhileIsNotSent(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]queue.Counts{1: {Rejected: 1, Registered: 1}, 2: {Rejected: 2}} {
		synctest.Test(t, func(t *testing.T) {
			s, c := atCenter(t, 2)
			c.at = refusedForADay(func() { s.must(s.giveUp(s.ids[:n]...)) })
			s.runFor(30 * time.Hour)
			s.want(want)
			for _, p := range c.posts() {
				if p.at.Sub(c.posts()[0].at) > 25*time.Hour && len(p.pkids) > 2-n {
					t.Errorf("sent: %v", p.pkids)
				}
			}
			if calls := c.total(); calls > 30*60/5*3 {
				t.Errorf("%d calls", calls)
			}
		})
	}
}

// Given up, put away and captured for another customer: it is that customer's.
func TestGivenUpMeanwhileForAnotherCustomer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := atCenter(t, 2)
		c.at = refusedForADay(func() {
			s.must(s.giveUp(s.ids[0]))
			s.must(s.q.Discard(s.Context(), s.ids[:1], queue.Act{By: "Ana"}))
			queuetest.Fill(s.T, s.q, queue.Work{Customer: fabrikam, GroupTag: "Berlin"}, 1, 1)
		})
		s.runFor(60 * time.Hour)
		s.want(queue.Counts{Discarded: 1, Registered: 2})
		if c.home[queuetest.PKID(1)] != fabrikam || c.home[queuetest.PKID(2)] != contoso {
			t.Errorf("registered: %v", c.home)
		}
	})
}

// What is given up while its request is under way is sent, as it was said to be,
// and the uploader goes on with the rest.
func TestGivenUpWhileItsRequestIsUnderWay(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]queue.Counts{1: {Rejected: 1, Registered: 1}, 2: {Rejected: 2}} {
		synctest.Test(t, func(t *testing.T) {
			s, c := atCenter(t, 2)
			start, day := time.Now(), refusedForADay(func() {})
			given := false
			c.at = func(made call, after bool) error {
				if made.pkids != nil && !after && time.Since(start) > 25*time.Hour && !given {
					given = true
					s.must(s.giveUp(s.ids[:n]...))
				}
				return day(made, after)
			}
			s.runFor(30 * time.Hour)
			s.want(want)
			if posts := c.posts(); !slices.Equal(posts[0].pkids, posts[len(posts)-1].pkids) {
				t.Errorf("posts: %+v", posts)
			}
		})
	}
}

// downAfterFirst has the first request be carried out and get no answer, and then
// the line be down for that long.
func downAfterFirst(long time.Duration) func(call, bool) error {
	start, posted := time.Now(), false
	return func(c call, after bool) error {
		switch {
		case posted && time.Since(start) < long:
			return failure(partnercenter.Unreachable)
		case c.pkids != nil && after && !posted:
			posted = true
			return failure(partnercenter.NoAnswer)
		}
		return nil
	}
}

// A plan is old by its last refusal's beginning: what waited for the network for a
// weekend, and is refused since ten minutes, can still be found out.
func TestGiveUpTooEarly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := atCenter(t, 2)
		start := time.Now()
		line := downAfterFirst(48 * time.Hour)
		c.at = func(made call, after bool) error {
			if since := time.Since(start); since >= 48*time.Hour && !after && since < 49*time.Hour {
				return failure(partnercenter.SignIn) // the token is old by then
			}
			return line(made, after)
		}
		s.runFor(48*time.Hour + 10*time.Minute)
		s.want(queue.Counts{Planned: 2})
		if soon, early := errors.AsType[*queue.TooSoonError](s.giveUp(s.ids...)); !early || time.Until(soon.Until) < 23*time.Hour {
			t.Errorf("given up: %+v", soon)
		}
		s.runFor(48 * time.Hour)
		s.want(queue.Counts{Registered: 2})
	})
}

// A plan whose request or list never gets an answer while others do is given up
// after a day of that, and not before; in an outage it never is.
func TestGiveUpWhatNeverGetsAnAnswer(t *testing.T) {
	t.Parallel()
	throttled := failure(partnercenter.Throttled)
	throttled.RetryAfter = time.Minute
	for name, at := range map[string]func(call, bool) error{
		"request":                  toDock(failure(partnercenter.NoAnswer)),
		"list":                     unlistable(failure(partnercenter.NoAnswer)),
		"list that is wordless":    unlistable(failure(partnercenter.Invalid)),
		"list that is throttled":   unlistable(throttled),
		"no answer, then conflict": thereAndNotThere(failure(partnercenter.NoAnswer)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, c := atCenter(t, 2)
				c.at = at
				s.runFor(23 * time.Hour)
				if _, early := errors.AsType[*queue.TooSoonError](s.giveUp(s.ids...)); !early {
					t.Error("given up too early")
				}
				s.runFor(3 * time.Hour)
				s.must(s.giveUp(s.ids...))
				s.want(queue.Counts{Rejected: 2})
			})
		})
	}
	t.Run("outage", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s, c := atCenter(t, 2)
			c.at = downAfterFirst(72 * time.Hour)
			s.runFor(71 * time.Hour)
			if _, early := errors.AsType[*queue.TooSoonError](s.giveUp(s.ids...)); !early {
				t.Error("given up in an outage")
			}
			s.runFor(2 * time.Hour)
			s.want(queue.Counts{Registered: 2})
		})
	})
}

// thereAndNotThere has the first request fail so, and then every append find no
// batch and every create one.
func thereAndNotThere(first error) func(call, bool) error {
	posted := false
	return func(c call, after bool) error {
		switch {
		case c.pkids == nil || after:
			return nil
		case !posted:
			posted = true
			return first
		case c.op == "create":
			return worded(partnercenter.Conflict)
		}
		return worded(partnercenter.NotFound)
	}
}
