//go:build unix

package manifest_test

import (
	"syscall"
	"time"
)

// worked is how long this process has had a processor: what others do on the
// machine is not in it.
func worked() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
