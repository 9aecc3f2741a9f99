//go:build !linux && !darwin && !windows

package queue

import "errors"

// FreeBytes does not know: the disk itself will say when it is full.
func FreeBytes(string) (uint64, error) { return 0, errors.ErrUnsupported }
