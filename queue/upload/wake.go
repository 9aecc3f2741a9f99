package upload

import (
	"context"
	"time"
)

// sleptLeast is the least that a clock must have run ahead before the machine
// is taken to have slept: less is a machine that was busy.
const sleptLeast = 10 * time.Second

// Retry forgets all pauses but those that Partner Center asked for, for when
// somebody signed in or a customer accepted the relationship. It returns at
// once.
func (u *Uploader) Retry() { notify(u.wake) }

// Probe says that the network may be back: a cable, a new address, the end of a
// sleep. What was put off because nobody answered is tried once more, and
// nothing else follows from it: the station is online when an authenticated
// call succeeds. It returns at once, and may be called as often as the system
// has something to say.
func (u *Uploader) Probe() { notify(u.probes) }

func notify(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// fresh forgets pauses, so that everything is tried once more. What is
// known about plans stays, and so does why something was paused, until a call
// says otherwise.
func (u *Uploader) fresh() {
	clear(u.contact.refused)
	u.station.release()
	for _, c := range u.sending {
		c.release()
		c.next, c.yields = time.Time{}, time.Time{}
	}
	for _, t := range u.tags {
		t.release()
	}
	for _, p := range u.plans {
		p.hold.release()
	}
	u.freshBeside()
}

// probe forgets the pauses that an answer would have spared, and says whether
// there was any that has long to go. Those that follow begin small again. The first question that follows is a
// harmless one: devices are sent only after a list came.
func (u *Uploader) probe() (eased bool) {
	soon := time.Now().Add(u.opts.RetryFirst)
	ease := func(p *pause) {
		if p.person || p.asked {
			return
		}
		p.steps.Reset()
		if p.blocks(soon) {
			eased = true
			p.release()
		}
	}
	ease(u.station)
	for _, c := range u.sending {
		ease(c.pause)
	}
	for _, t := range u.tags {
		ease(t.pause)
	}
	for _, p := range u.plans {
		ease(p.hold)
	}
	if eased && !u.station.blocks(time.Now()) {
		for _, c := range u.sending { // there is nobody to yield to while nothing goes
			c.yields = time.Time{}
		}
	}
	return eased
}

// wait returns after the pause, or soon after something changed. A burst of
// captures makes one step, not one each. After a sleep it returns at once.
func (u *Uploader) wait(ctx context.Context, changed <-chan struct{}, pause time.Duration) error {
	begun, wall := time.Now(), u.wall().Round(0)
	timer := time.NewTimer(pause)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-u.wake:
			u.fresh()
			return nil
		case <-u.probes:
			if u.probe() {
				return nil
			}
		case <-timer.C:
			own := time.Since(begun)
			if u.wall().Round(0).Sub(wall)-own > sleptLeast || own-pause > sleptLeast {
				u.log.InfoContext(ctx, "uploading: the machine slept")
				u.probe()
			}
			return nil
		case <-changed:
			changed = nil
			timer.Reset(min(pause, u.opts.RetryFirst, time.Second/4))
		}
	}
}
