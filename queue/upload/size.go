package upload

import (
	"time"

	"pkidstation/queue"
)

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

// mostHashed is how many bytes of hardware hashes one request carries: some 130 of
// them, where a PKID takes 30 bytes. What Partner Center takes is not documented,
// and what stands before it often ends at a megabyte. A device whose hash is longer
// than that goes alone.
const mostHashed = 512 << 10

// parts are the entries with these ids, in their order, in as many requests as their
// hashes need: as a rule one.
func parts(entries []queue.Entry, ids []string) (all [][]string) {
	long := make(map[string]int, len(entries))
	for _, e := range entries {
		long[e.ID] = len(e.ToSend().Hash)
	}
	begun, bytes := 0, 0
	for i, id := range ids {
		if bytes += long[id]; bytes > mostHashed && i > begun {
			all = append(all, ids[begun:i])
			begun, bytes = i, long[id]
		}
	}
	return append(all, ids[begun:])
}
