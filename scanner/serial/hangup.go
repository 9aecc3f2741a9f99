package serial

import "time"

// An idleWatch tells, of reads that gave nothing, an idle port from a dead one.
type idleWatch struct {
	device string
	port   port
	fast   int // reads in a row that came back at once
}

// What a read that gave nothing means.
type emptiness int

const (
	// silent: the port waited its timeout and nothing came.
	silent emptiness = iota
	// unsure: the read came back too soon to mean silence.
	unsure
	// hasty: several did, and the port is alive; it has to be let rest.
	hasty
)

// heard says that something came.
func (w *idleWatch) heard() { w.fast = 0 }

// empty judges a read that gave nothing and took that long, while a code was
// half received or not. The error says why the port is gone.
//
// On a busy machine the read of a dead port can take long too. That is found
// out with the reads that follow, unless it would end the half of a code.
func (w *idleWatch) empty(took time.Duration, half bool) (emptiness, error) {
	slow := took >= readTimeout/2
	switch {
	case slow && !half:
		w.fast = 0
		return silent, nil
	case slow:
		w.fast = 0
		return silent, w.probe()
	case w.fast == 0:
		w.fast++
		return unsure, nil
	default:
		w.fast = 0
		return hasty, w.probe()
	}
}

// probe is why the port is gone, nil if it is not.
func (w *idleWatch) probe() error {
	if err := vanished(w.device); err != nil {
		return err
	}
	_, err := w.port.Write(nil)
	return err
}
