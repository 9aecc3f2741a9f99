//go:build !windows

package main

import (
	"os"
	"syscall"
)

// administers says whether this process is root's, or the folder's owner's.
func administers(folder string) bool {
	if os.Geteuid() == 0 {
		return true
	}
	info, err := os.Stat(folder)
	if err != nil {
		return false
	}
	owned, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(owned.Uid) == os.Geteuid()
}
