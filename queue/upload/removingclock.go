package upload

import (
	"time"

	"pkidstation/queue"
)

// The times of a removal are on disk, by the wall clock of then. That clock may
// have been set back since, or be wrong now. So what they say is held against
// how long this process has known them, by the machine's own clock.

// A meeting is a time on disk, and when this process first met it there.
type meeting struct{ written, met time.Time }

func (m *meeting) meet(written, now time.Time) {
	if m.met.IsZero() || !m.written.Equal(written) {
		m.written, m.met = written, now
	}
}

// age is how long ago it was, as far as that is known. What lies in the future
// has an age that nobody knows: it is young, and grows older with the process.
func (m *meeting) age(now time.Time) time.Duration {
	return max(now.Sub(m.written), now.Sub(m.met))
}

// due is when it has come, at most so far ahead of when it was met.
func (m *meeting) due(most time.Duration, now time.Time) time.Time {
	if m.written.IsZero() {
		return m.written
	}
	ahead := min(m.written.Sub(m.met), most)
	return now.Add(min(m.written.Sub(now), m.met.Add(ahead).Sub(now)))
}

// times are those of a removal that say when it goes on.
type times struct{ planned, asked, due meeting }

// meet takes note of the times of the open removals, and forgets all others.
func (k *removals) meet(open []queue.Removal, now time.Time) {
	still := make(map[string]*times, len(open))
	for _, r := range open {
		known := k.times[r.ID]
		if known == nil {
			known = &times{}
		}
		known.planned.meet(r.PlannedAt, now)
		known.asked.meet(r.AskedAt, now)
		known.due.meet(r.Due, now)
		still[r.ID] = known
	}
	k.times = still
}

// due is when a removal is looked after again: no further ahead than it can
// have been written.
func (u *Uploader) due(r queue.Removal, now time.Time) time.Time {
	most := max(removalPause, u.opts.PollFirst)
	if r.Note == queue.OtherParty {
		most = otherPartyPause
	}
	return u.removals.times[r.ID].due.due(most, now)
}

// age is how long ago a removal was planned.
func (u *Uploader) age(r queue.Removal) time.Duration {
	return u.removals.times[r.ID].planned.age(time.Now())
}

// askedFor is how long ago Partner Center said yes to a removal.
func (u *Uploader) askedFor(r queue.Removal) time.Duration {
	return u.removals.times[r.ID].asked.age(time.Now())
}
