package upload_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
)

// poison refuses every request that carries one of the devices.
func poison(devices ...autopilot.PKID) func(call, bool) error {
	return func(c call, after bool) error {
		bad := func(p autopilot.PKID) bool { return slices.Contains(devices, p) }
		if after || !slices.ContainsFunc(c.pkids, bad) {
			return nil
		}
		return worded(partnercenter.Invalid)
	}
}

// One device that is always refused as a whole keeps nobody else: it is found,
// and rejected with Microsoft's words, once another of its batch was taken between
// two refusals of it alone. Until then a person is told.
func TestOneDeviceThatIsAlwaysRefused(t *testing.T) {
	t.Parallel()
	for name, bad := range map[string][]int{"the first": {1}, "one": {137}, "the last": {500}, "three": {3, 4, 400}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.add(contoso, "Dock", "r1", 500)
				b.add(contoso, "Berlin", "r1", 1)
				var pkids []autopilot.PKID
				for _, n := range bad {
					pkids = append(pkids, pkid(n))
				}
				b.center.at = poison(pkids...)
				start := time.Now()
				status := b.settle(t)
				left := status.Counts.Ready // of whom nothing is proven yet
				if got := status.Counts; got.Registered != 501-len(bad) || got.Rejected != len(bad)-left {
					t.Errorf("%+v", got)
				}
				if w, ok := waitFor(status, queue.Refused); left > 0 && (!ok || w.Entries != left || !w.Until.IsZero() || w.Err == nil) {
					t.Errorf("nobody is told of the %d that are left: %+v", left, status.Waits)
				}
				b.add(contoso, "Dock", "r2", 1)
				b.settle(t)
				b.want(t, map[queue.State]int{queue.Registered: 502 - len(bad), queue.Rejected: len(bad)})
				if e := b.entry(bad[0]); e.Answer == "" || e.Code != "" || e.Reason != queue.Refused || !e.RetryAt.IsZero() {
					t.Errorf("entry: %+v", e)
				}
				if n := len(b.center.posts()); n > 40*len(bad) {
					t.Errorf("%d requests", n)
				}
				if took := time.Since(start); took > 30*time.Minute {
					t.Errorf("took %v", took)
				}
			})
		})
	}
}

// What is refused whoever is in it is no device's fault: nothing is rejected,
// the batch waits for a person, and the customer's other batches go on.
func TestABatchThatIsAlwaysRefused(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 40} {
		synctest.Test(t, func(t *testing.T) {
			b := newBench()
			b.add(contoso, "Dock", "r1", n)
			b.add(contoso, "Berlin", "r1", 3)
			b.center.at = func(c call, after bool) error {
				if c.pkids != nil && c.batch == "Dock" && !after {
					return worded(partnercenter.Invalid)
				}
				return nil
			}
			b.run(t, 7*24*time.Hour+90*time.Second)
			b.want(t, map[queue.State]int{queue.Registered: 3, queue.Ready: n})
			if posts := len(b.center.posts()); posts > 24*7*2 {
				t.Errorf("%d requests in a week", posts)
			}
			status := b.up.Status()
			if len(status.Waits) != 1 || status.Waits[0].Reason != queue.Refused || status.Waits[0].Customer != contoso || status.Waits[0].Entries != n {
				t.Errorf("waits: %+v", status.Waits)
			}
			if len(status.Progress) != 1 || status.Progress[0].Reason != queue.Refused {
				t.Errorf("progress: %+v", status.Progress)
			}
			b.center.at = nil
			b.up.Retry()
			b.settle(t)
			b.want(t, map[queue.State]int{queue.Registered: n + 3})
		})
	}
}

// A request without an answer, and refusals ever after: nothing of it is listed
// in an hour, so it was not taken, and the refusals are believed.
func TestRefusedEverAfterNoAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 20)
		cut := strike("create", false, failure(partnercenter.NoAnswer))
		bad := poison(pkid(7))
		b.center.at = func(c call, after bool) error {
			if err := cut(c, after); err != nil {
				return err
			}
			return bad(c, after)
		}
		b.run(t, 50*time.Minute)
		b.want(t, map[queue.State]int{queue.Planned: 20}) // it may still be carried out
		b.run(t, 2*time.Hour)
		b.want(t, map[queue.State]int{queue.Registered: 19, queue.Ready: 1})
		b.add(contoso, "Dock", "r2", 1)
		b.run(t, 2*time.Hour)
		b.want(t, map[queue.State]int{queue.Registered: 20, queue.Rejected: 1})
	})
}

// The same over processes that each make one pass.
func TestRefusedEverAfterNoAnswerInPasses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 20)
		cut := strike("create", false, failure(partnercenter.NoAnswer))
		bad := poison(pkid(7))
		b.center.at = func(c call, after bool) error {
			if err := cut(c, after); err != nil {
				return err
			}
			return bad(c, after)
		}
		for range 8 {
			b.restart()
			_, _ = b.up.Pass(t.Context()) // it may have met nobody
			<-time.After(15 * time.Minute)
		}
		b.restart()
		if _, err := b.up.Pass(t.Context()); err != nil {
			t.Error(err)
		}
		b.want(t, map[queue.State]int{queue.Registered: 19, queue.Ready: 1})
	})
}

// One customer whose calls always hold back the station does not keep the others
// from it, whatever the trouble.
func TestOneCustomersTroubleDoesNotStarveOthers(t *testing.T) {
	t.Parallel()
	throttled := failure(partnercenter.Throttled)
	throttled.RetryAfter = time.Minute
	mfa := failure(partnercenter.SignIn)
	mfa.Status, mfa.Code = 401, "900421"
	role := failure(partnercenter.Forbidden)
	role.Status, role.Code = 403, "2032"
	for name, err := range map[string]error{
		"throttled": throttled, "mfa": mfa, "role": role, "sign-in": failure(partnercenter.SignIn), "no answer": failure(partnercenter.NoAnswer),
	} {
		for _, op := range []string{"list", "create", "status"} {
			t.Run(name+" on "+op, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					b := newBench(func(o *upload.Options) { o.BatchSize = 10 })
					b.add(contoso, "Dock", "r1", 30)
					b.add(fabrikam, "Berlin", "r2", 30)
					b.center.at = func(c call, after bool) error {
						if strings.HasPrefix(string(c.customer), string(contoso)) && c.op == op && !after {
							return err
						}
						return nil
					}
					b.run(t, 2*time.Hour)
					if n := b.up.Status().Counts.Registered; n < 30 {
						t.Errorf("%d registered", n)
					}
				})
			})
		}
	}
}

// A while in which everything is refused rejects nobody who is not to blame.
func TestAnOutageOfRefusalsRejectsNobodyElse(t *testing.T) {
	t.Parallel()
	for name, long := range map[string]time.Duration{"a minute": time.Minute, "an hour": time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.add(contoso, "Dock", "r1", 500)
				bad, from := poison(pkid(137)), time.Now().Add(2*time.Second)
				b.center.jobTime = time.Second
				b.center.at = func(c call, after bool) error {
					if since := time.Since(from); c.pkids != nil && !after && since >= 0 && since < long {
						return worded(partnercenter.Invalid)
					}
					return bad(c, after)
				}
				for n := range 20 { // boxes keep coming
					time.AfterFunc(time.Duration(n)*5*time.Minute, func() { b.add(contoso, "Dock", "r2", 1) })
				}
				b.run(t, 6*time.Hour)
				if got := b.up.Status().Counts; got.Rejected != 1 || got.Registered != 519 {
					t.Errorf("%+v", got)
				}
			})
		})
	}
}

// One pass, as from a clock, gets past one bad device among many.
func TestOnePassGetsPastABadDevice(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 500)
		b.center.at = poison(pkid(137))
		for range 3 {
			b.restart()
			if _, err := b.up.Pass(t.Context()); err != nil {
				t.Fatal(err)
			}
			<-time.After(15 * time.Minute)
		}
		if got := b.up.Status().Counts; got.Ready != 1 || got.Registered != 499 {
			t.Errorf("%+v", got)
		}
		if n := len(b.center.posts()); n > 60 {
			t.Errorf("%d requests", n)
		}
	})
}

// One that was refused alone beside one that waits for an open plan makes nobody
// run in circles.
func TestRefusedAloneBesideOneThatWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.center.jobTime = 2 * time.Hour
		b.add(contoso, "Dock", "r1", 3)
		b.entries[0].Device = autopilot.Device{Serial: "A1", Manufacturer: "Maker", Model: "One"}
		b.entries[2].Device = b.entries[0].Device
		b.center.at = poison(pkid(2))
		b.run(t, time.Hour)
		if n := b.ledger.scans; n > 100 {
			t.Errorf("looked %d times for what is ready", n)
		}
	})
}
