package ui

import "time"

const (
	// tellSpace lies between two verdicts that are drawn, so that scans at ten a second
	// are each seen. Of more nobody could, and each number drawn is kept by Fyne for
	// seconds, as a picture.
	tellSpace = 80 * time.Millisecond
	// lookSpace lies between two looks at what is kept: the list and the counters.
	lookSpace = 250 * time.Millisecond
)

// A spacing keeps something from being done too often. The first after a pause is done
// at once; what comes too soon is done once the time is over, and none is forgotten.
type spacing struct {
	least time.Duration
	last  time.Time
}

// wait is how long to wait before it is done, which is then counted on.
func (s *spacing) wait(now time.Time) time.Duration {
	due := s.last.Add(s.least)
	if due.Before(now) {
		due = now
	}
	s.last = due
	return due.Sub(now)
}
