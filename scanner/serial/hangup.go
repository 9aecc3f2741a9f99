package serial

import "time"

// An idleWatch tells, of reads that gave nothing, an idle port from a dead one.
type idleWatch struct {
	device string
	port   port
	fast   int
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

// empty judges a read that gave nothing and took that long. The error says why
// the port is gone.
func (w *idleWatch) empty(took time.Duration) (emptiness, error) {
	if took >= readTimeout/2 {
		w.fast = 0
		return silent, nil
	}
	if w.fast++; w.fast < 2 {
		return unsure, nil
	}
	w.fast = 0
	if err := vanished(w.device); err != nil {
		return hasty, err
	}
	_, err := w.port.Write(nil)
	return hasty, err
}
