package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"pkidstation/cmd/internal/keyring"
)

func main() { start(keyring.System()) }

// start runs the program with a keyring, and ends the process.
func start(ring keyring.Ring) {
	// SIGPIPE too: a reader that went away ends the command, and its throw-away
	// folders with it.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGPIPE)
	environ := os.Environ()
	_ = os.Unsetenv(variablePIN) // no program that is started from here gets it
	code := run(ctx, os.Args[1:], stdio{in: os.Stdin, out: os.Stdout, err: os.Stderr, environ: environ, ring: ring})
	stop()
	os.Exit(code)
}
