//go:build !windows

package main

import (
	"fmt"
	"os"
	"syscall"
)

// startAnew puts the program anew in the place of this one, which has given all back
// that another one would wait for. It returns only where that fails.
func startAnew(args, environ []string) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding the program: %w", err)
	}
	if err := syscall.Exec(self, append([]string{self}, args...), environ); err != nil { //nolint:gosec // it is this very program
		return fmt.Errorf("starting the program anew: %w", err)
	}
	return nil
}
