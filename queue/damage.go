package queue

import (
	"errors"
	"fmt"
	"runtime/debug"
)

// ErrDamaged says that the file is a queue and part of it cannot be read.
var ErrDamaged = errors.New("the queue's file is damaged")

// guarded runs what touches the mapped file. bbolt trusts its pages: on a
// damaged one it panics, or reads where nothing is mapped, and a station must
// not fall over for that.
func guarded(do func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", ErrDamaged, r)
		}
	}()
	return do()
}
