package scanner

import (
	"context"
	"iter"
)

// A Source is anything that gives scans. It is declared here, at the producer,
// because it exists to be implemented by many (as io.Reader is).
type Source interface {
	// Name says which source this is, such as "stdin" or
	// "serial:/dev/ttyACM0"; it is recorded with each capture.
	Name() string

	// Scans gives the scans as they come, each exactly once and in order. It
	// ends when ctx does, within 500 ms, or when the input ends. A fault is the last thing it
	// gives, beside a zero Scan; a sequence that just ends had no fault.
	// A pair is either a scan or an error, never both. The sequence may be
	// taken once at a time and leaves no goroutine behind.
	Scans(ctx context.Context) iter.Seq2[Scan, error]
}
