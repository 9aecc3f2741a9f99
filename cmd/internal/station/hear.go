package station

import (
	"time"

	"pkidstation/scanner"
)

// Hear has every scan of every source told to on before it is taken or diverted, in
// place of whoever heard before. It is called by the sources' goroutines, keeps them
// waiting, and keeps nothing that was read.
func (d *Desk) Hear(on func(scanner.Scan)) { d.hears.Store(&on) }

func (d *Desk) heard(scan scanner.Scan) {
	if on := d.hears.Load(); on != nil {
		(*on)(scan)
	}
}

// Pausing has on told of each source that stopped: why, and when it is tried again, in
// place of whoever was told before. It is called by the source's goroutine.
func (d *Desk) Pausing(on func(source string, err error, until time.Time)) { d.pauses.Store(&on) }

func (d *Desk) paused(source string, err error, wait time.Duration) {
	if on := d.pauses.Load(); on != nil {
		(*on)(source, err, time.Now().Add(wait))
	}
}
