package station

import "pkidstation/scanner"

// A diversion takes scans in the station's place.
type diversion struct{ to func(scanner.Scan) }

// Divert has the scans of all sources given to to, and none of them kept, until
// end is called or the next Divert. Each scan goes to exactly one of the two,
// also one that is under way just then: to may still be called once for each
// source after end. It is called by any goroutine, and keeps the source waiting.
//
// The codes of one camera frame stay together: where the first of them went,
// all go.
func (d *Desk) Divert(to func(scanner.Scan)) (end func()) {
	way := &diversion{to: to}
	d.diverted.Store(way)
	return func() { d.diverted.CompareAndSwap(way, nil) }
}

// A course is where the scans of one source go.
type course struct {
	frame uint64
	way   *diversion
}

// diverts gives the scan to the diversion, if there is one.
func (c *course) diverts(d *Desk, scan scanner.Scan) bool {
	if scan.Frame == 0 || scan.Frame != c.frame {
		c.frame, c.way = scan.Frame, d.diverted.Load()
	}
	if c.way == nil {
		return false
	}
	c.way.to(scan)
	return true
}
