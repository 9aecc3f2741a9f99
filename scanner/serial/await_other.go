//go:build !linux

package serial

import "context"

// Await returns at once: a read of the port, which has a timeout, does the waiting.
func (*heldPort) Await(context.Context) {}
