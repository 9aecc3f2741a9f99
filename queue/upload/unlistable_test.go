package upload_test

import (
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
)

// listing has the list of one batch fail so.
func listing(batch string, err error) func(call, bool) error {
	return func(c call, after bool) error {
		if c.op == "devices" && c.batch == batch && !after {
			return err
		}
		return nil
	}
}

// refusedName is what the client says of a batch whose name no call can carry:
// nobody was asked. With a status, Partner Center itself said no.
func refusedName(status int) error {
	err := failure(partnercenter.Invalid)
	err.Status = status
	return err
}

// A batch whose name no call can carry has nothing of ours in it, and does not
// keep a device open that Microsoft had before.
func TestAlreadyThereBesideABatchWithoutAUsableName(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.center.names[key(contoso, "A\tB")] = "A\tB"
		b.add(contoso, "Dock", "r1", 1)
		b.center.there(contoso, "", b.entries[0].Device)
		b.center.at = listing("A\tB", refusedName(0))
		start := time.Now()
		b.settle(t)
		if e := b.entry(1); e.State != queue.Registered || e.Reason != queue.AlreadyThere || time.Since(start) > time.Hour {
			t.Errorf("after %v: %+v", time.Since(start), e)
		}
	})
}

// A batch that is there and is not listed may have the device: it is asked again,
// and nobody is called somebody else's before the job's deadline. Then there must
// be an end.
func TestAlreadyThereBesideABatchThatIsNotListed(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]error{"not found": failure(partnercenter.NotFound), "invalid": refusedName(400)} {
		for _, long := range []time.Duration{12 * time.Hour, 14 * 24 * time.Hour} {
			t.Run(name+" for "+long.String(), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					b := newBench()
					b.add(contoso, "Dock", "r1", 2)
					b.center.there(contoso, "Berlin", b.entries[0].Device)
					start, fails := time.Now(), listing("Berlin", err)
					b.center.at = func(c call, after bool) error {
						if time.Since(start) < long {
							return fails(c, after)
						}
						return nil
					}
					b.run(t, time.Hour)
					b.want(t, map[queue.State]int{queue.Submitted: 1, queue.Registered: 1})
					if n := b.center.count("devices"); n > 12*2 {
						t.Errorf("%d lists in an hour", n)
					}
					b.run(t, 26*time.Hour)
					b.want(t, map[queue.State]int{queue.Registered: 2})
					e := b.entry(1)
					if marked := e.Reason == queue.AlreadyThere; marked != (long > 24*time.Hour) || !marked && e.Batch != "Berlin" {
						t.Errorf("entry: %+v", e)
					}
				})
			})
		}
	}
}
