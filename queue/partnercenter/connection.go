package partnercenter

import (
	"net/http/httptrace"
	"sync/atomic"
)

// A connection watches whether one was sought and had. It is the only way to
// know that nothing can have been sent, whatever the error says.
type connection struct{ sought, had atomic.Bool }

func (l *connection) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn: func(string) { l.sought.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { l.had.Store(true) },
	}
}

// kind is Unreachable only where it is certain that nothing was sent.
func (l *connection) kind(err error) Kind {
	if l.had.Load() {
		return NoAnswer
	}
	if l.sought.Load() || neverConnected(err) {
		return Unreachable
	}
	return NoAnswer
}
