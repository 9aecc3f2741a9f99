package ui

import (
	"slices"
	"time"
)

// paced is how many of the last ones a Pace looks at.
const paced = 100

// A Pace is how long the last hundred of something took; the zero value has none.
type Pace struct {
	last [paced]time.Duration
	n    int
}

// Add takes one more, in place of the oldest.
func (p *Pace) Add(took time.Duration) {
	p.last[p.n%paced] = took
	p.n++
}

// sorted are those that are known.
func (p *Pace) sorted() []time.Duration {
	return slices.Sorted(slices.Values(p.last[:min(p.n, paced)]))
}

// Count is how many there were.
func (p *Pace) Count() int { return p.n }

// None says that nothing is known yet.
func (p *Pace) None() bool { return p.n == 0 }

// Median is the middle one, zero for none.
func (p *Pace) Median() time.Duration {
	if p.n == 0 {
		return 0
	}
	all := p.sorted()
	return all[len(all)/2]
}

// Worst is the longest one, zero for none.
func (p *Pace) Worst() time.Duration {
	if p.n == 0 {
		return 0
	}
	return slices.Max(p.sorted())
}
