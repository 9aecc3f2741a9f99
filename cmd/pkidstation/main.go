package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	_ "pkidstation/cmd/internal/textures" // Fyne forgets sooner what it drew
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	environ := os.Environ()
	_ = os.Unsetenv("PKIDSTATION_PIN") // it is pkidctl's, and no program that is started from here gets it
	code, next := run(ctx, os.Args[1:], environ, os.Stderr)
	stop()
	if next != nil {
		code = begin(next, environ, os.Stderr)
	}
	os.Exit(code)
}
