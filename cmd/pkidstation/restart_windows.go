package main

import (
	"fmt"
	"os"
	"os/exec"
)

// startAnew starts the program anew beside this one, which has given all back that
// the other one would wait for, and ends.
func startAnew(args, environ []string) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding the program: %w", err)
	}
	cmd := exec.Command(self, args...) //nolint:gosec,noctx // it is this very program, and outlives this one
	cmd.Env, cmd.Stdout, cmd.Stderr = environ, os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("starting the program anew: %w", err)
	}
	return nil
}
