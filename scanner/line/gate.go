package line

import (
	"errors"
	"io"
)

var errStopped = errors.New("the sequence ended")

// A gate reads an input until the sequence ends. Without it an endless line
// that never makes the reader wait would be read for ever.
type gate struct {
	input io.Reader
	stop  <-chan struct{}
}

func (g *gate) Read(p []byte) (int, error) {
	if g.stopped() {
		return 0, errStopped
	}
	return g.input.Read(p)
}

func (g *gate) stopped() bool {
	select {
	case <-g.stop:
		return true
	default:
		return false
	}
}
