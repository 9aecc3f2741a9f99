package upload_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/upload"
)

// Each code that passes by itself is tried again at its times after the first
// refusal, that device alone, and then it is a person's.
func TestRefusalsAreTriedAgain(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, c := range []struct {
		code    autopilot.Code
		removed time.Duration // before the first refusal
		change  func(*upload.Options)
		want    []time.Duration
	}{
		{code: "812", want: []time.Duration{day, 3 * day, 7 * day}},
		{code: "640", want: []time.Duration{15 * time.Minute, time.Hour, 4 * time.Hour}},
		{code: "808"},
		{code: "808", removed: time.Minute, want: []time.Duration{time.Hour, 3 * time.Hour, 7 * time.Hour, 15 * time.Hour, day - time.Minute}},
		{code: "808", removed: 23 * time.Hour, want: []time.Duration{time.Hour}},
		{code: "808", removed: 25 * time.Hour},
		{code: "808", removed: time.Minute, change: func(o *upload.Options) { o.AfterRemoval = -1 }},
		{code: "808", removed: time.Minute, change: func(o *upload.Options) { o.AfterRemoval = 90 * time.Minute }, want: []time.Duration{time.Hour, 89 * time.Minute}},
		{code: "803"},
		{code: "999"},
		{code: "812", change: func(o *upload.Options) { o.Retries = map[autopilot.Code][]time.Duration{} }},
		{
			code: "813", change: func(o *upload.Options) { o.Retries = map[autopilot.Code][]time.Duration{"813": {time.Hour}} },
			want: []time.Duration{time.Hour},
		},
	} {
		t.Run(fmt.Sprintf("%s removed %v want %v", c.code, c.removed, c.want), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				if c.change != nil {
					c.change(&b.opts)
					b.restart()
				}
				b.add(contoso, "Dock", "r1", 3)
				b.center.codes = map[autopilot.PKID]autopilot.Code{pkid(2): c.code}
				if c.removed > 0 {
					b.removed = map[autopilot.PKID]takenFrom{pkid(2): {TakenBack: queue.TakenBack{At: time.Now().Add(-c.removed)}, customer: fabrikam}}
				}
				start := time.Now()
				b.settle(t)
				if d := time.Since(start); d > time.Minute {
					t.Errorf("waited %v for what is tried again later", d)
				}
				b.run(t, 30*day)
				b.want(t, map[queue.State]int{queue.Registered: 2, queue.Rejected: 1})
				posts := b.center.posts()
				if len(posts) != 1+len(c.want) {
					t.Fatalf("%d posts, want %d", len(posts), 1+len(c.want))
				}
				for i, want := range c.want {
					p := posts[i+1]
					if d := p.at.Sub(posts[0].at); len(p.pkids) != 1 || p.pkids[0] != pkid(2) || d < want || d > want+10*time.Minute {
						t.Errorf("try %d after %v of %d devices, want after %v", i+1, d, len(p.pkids), want)
					}
				}
				if e := b.entry(2); !e.RetryAt.IsZero() || e.Tries != len(c.want) {
					t.Errorf("entry: %+v", e)
				}
			})
		})
	}
}

// A code has all its times, whatever the device was refused with before: a day
// after its first 812 too.
func TestAnotherCodeIsCountedAnew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		answer := func(code autopilot.Code) { b.center.codes = map[autopilot.PKID]autopilot.Code{pkid(1): code} }
		wait := func() time.Duration { return time.Until(b.entry(1).RetryAt).Round(time.Hour) }
		answer("640")
		b.settle(t)
		b.run(t, 30*time.Minute)
		if e := b.entry(1); e.Code != "640" || e.Tries != 1 {
			t.Fatalf("after two 640: %+v", e)
		}
		answer("812")
		b.run(t, time.Until(b.entry(1).RetryAt)+10*time.Minute)
		for tries, want := range []time.Duration{24 * time.Hour, 48 * time.Hour, 96 * time.Hour} {
			if e := b.entry(1); e.Code != "812" || e.Tries != tries || wait() != want {
				t.Errorf("%s after %d tries waits %v, want %v", e.Code, e.Tries, wait(), want)
			}
			b.run(t, time.Until(b.entry(1).RetryAt)+10*time.Minute)
		}
		if e := b.entry(1); e.Tries != 3 || !e.RetryAt.IsZero() {
			t.Errorf("at the end: %+v", e)
		}
	})
}

// What is known by then is registered, with no mark: it was us.
func TestRefusalPassesByItself(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		b.center.codes = map[autopilot.PKID]autopilot.Code{pkid(1): "812"}
		status := b.settle(t)
		if status.Marks.Retrying != 1 || status.Counts.Rejected != 1 || status.Next.IsZero() {
			t.Errorf("status: %+v", status)
		}
		b.restart()
		b.center.codes = nil
		b.run(t, 25*time.Hour)
		b.want(t, map[queue.State]int{queue.Registered: 1})
		if e := b.entry(1); e.Reason != "" {
			t.Errorf("entry: %+v", e)
		}
	})
}
