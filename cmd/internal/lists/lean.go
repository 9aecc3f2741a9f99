package lists

import (
	"runtime/debug"
	"sync"
)

// leanPercent is the garbage there may be while a list is taken in, of what is in use.
// A list of 100,000 devices is one change of the queue and all of it in memory at
// once; on a small PC a few more collections are the lesser evil.
const leanPercent = 50

// A leanness is how many take a list in now, and what was set before the first.
type leanness struct {
	sync.Mutex

	count, before int
}

var lean leanness //nolint:gochecknoglobals // the collector's setting is the process's own

func (l *leanness) begin() {
	l.Lock()
	defer l.Unlock()
	if l.count++; l.count == 1 {
		if l.before = debug.SetGCPercent(leanPercent); l.before >= 0 && l.before < leanPercent {
			debug.SetGCPercent(l.before)
		}
	}
}

func (l *leanness) end() {
	l.Lock()
	defer l.Unlock()
	if l.count--; l.count == 0 {
		debug.SetGCPercent(l.before)
	}
}
