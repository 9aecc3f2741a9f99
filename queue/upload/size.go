package upload

import "time"

// A size is how many devices a request may carry: fewer after one was too large,
// and as many again when that is long ago. What took less for a while, as a gateway
// before Microsoft may, must not cost a request a device for ever; what always does
// is tried ever more rarely.
type size struct {
	limit, most int
	// growAt is when more may be tried, patience how long after the last 413 that is.
	growAt   time.Time
	patience time.Duration
}

// growAtMost is how rarely more is tried in the end.
const growAtMost = 24 * time.Hour

func newSize(most int) size { return size{limit: most, most: most} }

// tooLarge notes that so many were too many.
func (s *size) tooLarge(devices int, first time.Duration) {
	s.limit = max(1, devices/2)
	s.patience = min(max(2*s.patience, first), growAtMost)
	s.growAt = time.Now().Add(s.patience)
}

// took notes that so many were taken.
func (s *size) took(devices int) {
	if s.limit == s.most || devices < s.limit || time.Now().Before(s.growAt) {
		return
	}
	s.limit = min(2*s.limit, s.most)
}
