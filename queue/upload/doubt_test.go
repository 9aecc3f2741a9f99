package upload_test

import (
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
)

// lateAndUnheard has the first create get no answer, and the second, when all the
// time of the first is over, a refusal without a word. The third is carried out
// and gets no answer, and shows in no list for half an hour. From then on the
// first device's requests are refused with words.
func lateAndUnheard(b *bench) func(call, bool) error {
	start, posts := time.Now(), 0
	b.center.hidden = 30 * time.Minute
	return func(c call, after bool) error {
		if c.op == "list" && !after && posts == 1 && time.Since(start) < 70*time.Minute {
			return failure(partnercenter.Unreachable)
		}
		if c.pkids == nil {
			return nil
		}
		if !after {
			posts++
		}
		switch {
		case posts == 1 && !after:
			return failure(partnercenter.NoAnswer)
		case posts == 2 && !after:
			return failure(partnercenter.Invalid)
		case posts == 3 && after:
			return failure(partnercenter.NoAnswer)
		case posts > 3 && !after && c.pkids[0] == pkid(1):
			return worded(partnercenter.Invalid)
		}
		return nil
	}
}

// That an earlier request is over says nothing about a later one: a plan whose
// last request got no answer is in doubt anew, for all the time that it takes.
func TestDoubtBeginsAnewWithEachRequestWithoutAnswer(t *testing.T) {
	t.Parallel()
	for _, devices := range []int{1, 2} {
		synctest.Test(t, func(t *testing.T) {
			b := newBench()
			b.add(contoso, "Dock", "r1", devices)
			b.center.at = lateAndUnheard(b)
			b.run(t, 90*time.Minute)
			b.want(t, map[queue.State]int{queue.Planned: devices}) // not withdrawn
			b.run(t, 6*time.Hour)
			b.want(t, map[queue.State]int{queue.Registered: devices})
			if n := len(b.center.home); n != devices {
				t.Errorf("%d of %d registered", n, devices)
			}
		})
	}
}

// A request without an answer, and too large ever after: when nothing of it shows
// in an hour it is made smaller like any other.
func TestTooLargeEverAfterNoAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 500)
		cut := strike("create", false, failure(partnercenter.NoAnswer)) // reset while a large body comes
		b.center.at = func(c call, after bool) error {
			if err := cut(c, after); err != nil {
				return err
			}
			if !after && len(c.pkids) > 100 {
				return worded(partnercenter.TooLarge)
			}
			return nil
		}
		b.run(t, 50*time.Minute)
		b.want(t, map[queue.State]int{queue.Planned: 500}) // it may still be carried out
		b.add(contoso, "Dock", "r2", 5)
		b.run(t, 2*time.Hour)
		b.want(t, map[queue.State]int{queue.Registered: 505})
	})
}

// A batch that is there and is not found when it is listed is not an empty one: a
// plan in doubt is neither sent again nor given back on that.
func TestInDoubtWhileItsBatchIsNotFound(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 2)
		start := time.Now()
		b.center.at = func(c call, after bool) error {
			switch {
			case c.op == "create" && after:
				return failure(partnercenter.NoAnswer)
			case c.op == "append" && !after:
				return worded(partnercenter.Invalid)
			case c.op == "devices" && !after && time.Since(start) < 3*time.Hour:
				return failure(partnercenter.NotFound)
			}
			return nil
		}
		b.run(t, 2*time.Hour)
		b.want(t, map[queue.State]int{queue.Planned: 2})
		if n := len(b.center.posts()); n != 1 {
			t.Errorf("%d requests", n)
		}
		b.run(t, 2*time.Hour)
		b.want(t, map[queue.State]int{queue.Registered: 2})
	})
}
