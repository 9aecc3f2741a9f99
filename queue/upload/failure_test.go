package upload_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// Rule 6: no answer, and nothing is listed: the same id and bytes once more.
func TestNoAnswerAndNothingListedSendsTheSameAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 3)
		b.center.at = strike("create", false, failure(partnercenter.NoAnswer))
		b.settle(t)
		posts := b.center.posts()
		if len(posts) != 2 || posts[0].requestID != posts[1].requestID || posts[0].op != posts[1].op ||
			!slices.Equal(posts[0].pkids, posts[1].pkids) {
			t.Errorf("posts: %+v", posts)
		}
		b.want(t, map[queue.State]int{queue.Registered: 3})
	})
}

// Rule 6: no answer, and all is listed: nothing is sent again.
func TestNoAnswerAndAllListedIsRegistered(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 3)
		b.center.at = strike("create", true, failure(partnercenter.NoAnswer))
		b.settle(t)
		if posts := b.center.posts(); len(posts) != 1 {
			t.Errorf("posts: %+v", posts)
		}
		b.want(t, map[queue.State]int{queue.Registered: 3})
		if e := b.entry(1); e.Reason != "" || e.DeviceID == "" {
			t.Errorf("entry: %+v", e)
		}
	})
}

// Rules 5 and 6: what is listed is settled, the rest goes in a new plan, and
// what we may have done ourselves is not called already there.
func TestNoAnswerAndSomeListedPlansTheRest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 3)
		b.center.at = func(c call, after bool) error {
			if c.op != "create" || !after {
				return nil
			}
			b.center.lag(key(contoso, "Dock"), 1, 50*time.Minute) // two of three are not listed yet
			return failure(partnercenter.NoAnswer)
		}
		b.settle(t)
		posts := b.center.posts()
		if len(posts) != 2 || posts[1].op != "append" || posts[0].requestID == posts[1].requestID ||
			!slices.Equal(posts[1].pkids, []autopilot.PKID{pkid(2), pkid(3)}) {
			t.Errorf("posts: %+v", posts)
		}
		b.want(t, map[queue.State]int{queue.Registered: 3})
		if e := b.entry(2); e.Reason != "" || e.Code != autopilot.CodeAlreadyHere {
			t.Errorf("entry: %+v", e)
		}
	})
}

// Rules 5 and 6: the list lags and the server forgets ids: 806 tells, unmarked.
func TestNoAnswerWithLaggingListIsNotCalledAlreadyThere(t *testing.T) {
	t.Parallel()
	for _, replay := range []bool{true, false} {
		t.Run(fmt.Sprintf("replay=%v", replay), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.center.hidden, b.center.replay = time.Hour, replay
				b.add(contoso, "Dock", "r1", 3)
				b.center.at = strike("create", true, failure(partnercenter.NoAnswer))
				b.settle(t)
				b.want(t, map[queue.State]int{queue.Registered: 3})
				if e := b.entry(1); e.Reason != "" {
					t.Errorf("entry: %+v", e)
				}
			})
		})
	}
}

// Rule 6: unreachable means not sent: nothing to look up.
func TestUnreachableNeedsNoLookUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.center.names[key(contoso, "Dock")] = "Dock"
		b.add(contoso, "Dock", "r1", 1)
		b.center.at = strike("append", false, failure(partnercenter.Unreachable), failure(partnercenter.Unreachable))
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 1})
		if b.center.count("devices") != 0 {
			t.Error("looked up what was never sent")
		}
		if p := b.plans[0]; p.Attempt != 3 || p.Again {
			t.Errorf("plan: %+v", p)
		}
	})
}

// But an attempt before it may have been taken.
func TestUnreachableAfterNoAnswerLooksUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		b.center.at = func(c call, after bool) error {
			switch n := len(b.center.calls); {
			case c.op == "create" && c.number == 2 && after:
				b.center.hidden = 2 * time.Second
				return failure(partnercenter.NoAnswer)
			case c.op == "create" && n > 2 && !after:
				return failure(partnercenter.Unreachable)
			}
			return nil
		}
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 1})
		if b.center.count("devices") == 0 {
			t.Error("did not look up what may have been taken")
		}
	})
}

// Rule 7: after an answer the next attempt has a new id.
func TestThrottledWaitsAndTakesANewID(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		throttled := failure(partnercenter.Throttled)
		throttled.RetryAfter = 90 * time.Second
		b.center.at = strike("create", false, throttled)
		status, err := b.up.Pass(t.Context())
		if err != nil || len(status.Waits) != 1 || status.Waits[0].Customer != "" || status.Waits[0].Reason != queue.Throttled {
			t.Errorf("after a pass: %+v, %v", status, err)
		}
		b.want(t, map[queue.State]int{queue.Planned: 1})
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		b.center.at = strike("create", false, throttled)
		if _, err := b.up.UntilSettled(ctx); err != nil {
			t.Error(err)
		}
		posts := b.center.posts()
		if len(posts) != 3 || posts[0].requestID == posts[1].requestID || posts[1].requestID == posts[2].requestID {
			t.Errorf("posts: %+v", posts)
		}
		if d := posts[2].at.Sub(posts[1].at); d < 90*time.Second || d > 2*time.Minute {
			t.Errorf("waited %v for 90 s", d)
		}
		b.want(t, map[queue.State]int{queue.Registered: 1})
	})
}

func TestSignInEndsWaiting(t *testing.T) {
	t.Parallel()
	for _, op := range []string{"list", "create", "status"} {
		t.Run(op, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.add(contoso, "Dock", "r1", 1)
				b.center.at = strike(op, false, failure(partnercenter.SignIn))
				status := b.settle(t)
				if len(status.Waits) != 1 || status.Waits[0].Reason != queue.SignIn || status.Waits[0].Customer != "" {
					t.Errorf("waits: %+v", status.Waits)
				}
				state := queue.Ready
				if op == "status" {
					state = queue.Submitted
				}
				b.want(t, map[queue.State]int{state: 1})
				b.settle(t) // somebody signed in
				b.want(t, map[queue.State]int{queue.Registered: 1})
			})
		})
	}
}

// Rule 7: what may have been taken stays planned, out of people's hands.
func TestSignInInDoubtStaysPlanned(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		b.center.at = func(c call, after bool) error {
			if c.op == "create" && !after {
				return failure(partnercenter.NoAnswer)
			}
			if c.number > 2 {
				return failure(partnercenter.SignIn)
			}
			return nil
		}
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Planned: 1})
	})
}

func worded(kind partnercenter.Kind) error {
	err := failure(kind)
	err.Code, err.Description = "3000", "Invalid property."
	return err
}

// A refusal whose body was cut off is not believed at once.
func TestWordlessRefusalIsTriedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		b.center.at = strike("create", false, failure(partnercenter.Invalid), failure(partnercenter.Forbidden))
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 1})
		posts := b.center.posts()
		if len(posts) != 3 || posts[0].requestID == posts[1].requestID {
			t.Errorf("posts: %+v", posts)
		}
	})
}

// Rule 7: refused as a whole: devices unchanged, others go on, no hot loop.
func TestRefusedAsAWhole(t *testing.T) {
	t.Parallel()
	noRelationship := failure(partnercenter.Forbidden)
	noRelationship.Code = "20002"
	for _, c := range []struct {
		name string
		op   string
		err  error
		want queue.Reason
	}{
		{"no relationship on listing", "list", noRelationship, queue.NoRelationship},
		{"no relationship on creating", "create", noRelationship, queue.NoRelationship},
		{"forbidden", "create", failure(partnercenter.Forbidden), queue.Refused},
		{"invalid", "create", failure(partnercenter.Invalid), queue.Refused},
		{"invalid with words", "create", worded(partnercenter.Invalid), queue.Refused},
		{"unknown customer", "list", failure(partnercenter.NotFound), queue.Refused},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.add(contoso, "Dock", "r1", 2)
				b.add(fabrikam, "Berlin", "r2", 1)
				b.center.at = func(made call, after bool) error {
					if made.op == c.op && made.customer == contoso && !after {
						return c.err
					}
					return nil
				}
				status := b.settle(t)
				b.want(t, map[queue.State]int{queue.Ready: 2, queue.Registered: 1})
				if len(status.Waits) != 1 || status.Waits[0].Customer != contoso || status.Waits[0].Reason != c.want || status.Waits[0].Entries != 2 {
					t.Errorf("waits: %+v", status.Waits)
				}
				before := b.center.count(c.op)
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
				defer cancel()
				if err := b.up.Run(ctx); !errors.Is(err, context.DeadlineExceeded) {
					t.Error(err)
				}
				least := 10 // every five minutes; what is in a request is refused ever more rarely
				if kindOf(c.err) == partnercenter.Invalid {
					least = 2
				}
				if n := b.center.count(c.op) - before; n < least || n > 20 {
					t.Errorf("asked %d times in an hour", n)
				}
			})
		})
	}
}

func kindOf(err error) partnercenter.Kind {
	var e *partnercenter.Error
	errors.As(err, &e)
	return e.Kind()
}

func TestTooLargeIsHalved(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 10)
		b.center.at = func(c call, after bool) error {
			if len(c.pkids) > 3 && !after {
				return failure(partnercenter.TooLarge)
			}
			return nil
		}
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 10})
	})
}
