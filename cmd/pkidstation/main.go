package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	environ := os.Environ()
	_ = os.Unsetenv("PKIDSTATION_PIN") // it is pkidctl's, and no program that is started from here gets it
	code := run(ctx, os.Args[1:], environ, os.Stderr)
	stop()
	os.Exit(code)
}
