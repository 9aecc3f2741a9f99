package ui

import "time"

const (
	// tellSpace lies between two verdicts that are drawn, so that scans at ten a second
	// are each seen. Of more nobody could, and each number drawn is kept by Fyne for
	// seconds, as a picture. tellDebt is how much sooner one may come that is close
	// behind another, as where that was late.
	tellSpace = 80 * time.Millisecond
	tellDebt  = tellSpace
	// lookSpace lies between two looks at what is kept: the list and the counters.
	lookSpace = 250 * time.Millisecond
)

// A spacing keeps something from being done too often. The first after a pause is done
// at once; what comes too soon is done once the time is over, and none is forgotten.
// With a debt one may come sooner by as much as those before kept to.
type spacing struct {
	least, debt time.Duration
	due         time.Time // of the next one, were there no debt
}

// wait is how long to wait before it is done, which is then counted on.
func (s *spacing) wait(now time.Time) time.Duration {
	begins := now
	if soonest := s.due.Add(-s.debt); soonest.After(now) {
		begins = soonest
	}
	if s.due.Before(begins) {
		s.due = begins
	}
	s.due = s.due.Add(s.least)
	return begins.Sub(now)
}

// until is how long to wait before an event is told. News of a scanner is seldom, and
// no verdict: the first one after it, which at a start is close behind, waits for none.
func (s *spacing) until(event Event, now time.Time) time.Duration {
	if event.Scanner.State != "" {
		return 0
	}
	return s.wait(now)
}
