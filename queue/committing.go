package queue

import (
	"errors"
	"strings"

	"go.etcd.io/bbolt"
)

// A commit that fails is not rolled back by bbolt. It would look for the free pages
// of the state before: where that has no list, as between two checkpoints, by reading
// the whole file in a goroutine that nothing guards. A page that cannot be read and a
// disk that is full would together end the process. And it would be for nothing: a
// handle whose commit failed is closed, and the file opened anew.
//
// bbolt tells its logger what failed before it rolls back. The one that it gets here
// leaves the commit there and then, by a panic that Commit recovers; the transaction
// is ended after that as one that was never to be committed.

// commitError is what a commit failed with.
type commitError struct{ err error }

// Commit is bbolt's without its rolling back.
func (t *transaction) Commit() (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case commitError:
			err = r.err
			t.giveUp()
		default:
			panic(r)
		}
	}()
	return t.Tx.Commit() //nolint:wrapcheck // its errors are told apart
}

// A breakingOff is a logger that logs nothing, and breaks off a commit that fails.
type breakingOff struct {
	ready bool // the file is open
}

var _ bbolt.Logger = (*breakingOff)(nil)

func (*breakingOff) Debug(...any)            {}
func (*breakingOff) Debugf(string, ...any)   {}
func (*breakingOff) Error(...any)            {}
func (*breakingOff) Info(...any)             {}
func (*breakingOff) Infof(string, ...any)    {}
func (*breakingOff) Warning(...any)          {}
func (*breakingOff) Warningf(string, ...any) {}
func (*breakingOff) Fatal(...any)            {}
func (*breakingOff) Fatalf(string, ...any)   {}
func (*breakingOff) Panic(...any)            {}
func (*breakingOff) Panicf(string, ...any)   {}

// Errorf hears of what fails. Those that Commit says come from the one who commits:
// there is one at a time.
func (b *breakingOff) Errorf(format string, args ...any) {
	if !b.ready {
		return // bbolt changes a file that it opens, and whoever opens it has just read its pages
	}
	for _, fails := range []string{"spilling data", "allocating failed", "growing db size", "writing data", "writeMeta failed"} {
		if strings.HasPrefix(format, fails) {
			for _, arg := range args {
				if err, ok := arg.(error); ok {
					panic(commitError{err})
				}
			}
			panic(commitError{errors.New(format)})
		}
	}
}
