package uitest

import "time"

// A clock stands still until it is moved. It is in local time: that is what screens
// tell, so that they tell the same everywhere.
type clock struct {
	now   time.Time
	later []*alarm
}

type alarm struct {
	at   time.Time
	ring func()
	off  bool
}

func newClock() *clock { return &clock{now: at(14, 37)} }

// at is a time of the day on which everything happens.
func at(hour, minute int) time.Time { return time.Date(2026, 11, 24, hour, minute, 0, 0, time.Local) }

func (c *clock) Now() time.Time { return c.now }

func (c *clock) After(wait time.Duration, ring func()) (stop func()) {
	a := &alarm{at: c.now.Add(wait), ring: ring}
	c.later = append(c.later, a)
	return func() { a.off = true }
}

// pass lets time pass, ringing what is due in order.
func (c *clock) pass(d time.Duration) {
	for until := c.now.Add(d); ; {
		next := -1
		for n, a := range c.later {
			if !a.at.After(until) && (next < 0 || a.at.Before(c.later[next].at)) {
				next = n
			}
		}
		if next < 0 {
			c.now = until
			return
		}
		a := c.later[next]
		c.later = append(c.later[:next], c.later[next+1:]...)
		if a.at.After(c.now) {
			c.now = a.at
		}
		if !a.off {
			a.ring()
		}
	}
}
