package main

import (
	"os"
	"runtime/debug"
)

// garbagePercent is the garbage there may be before it is collected, of what is in
// use. A station has some 35 MiB in use; at Go's own 100 it takes 25 MiB more for what
// is garbage, and up to 20 more yet while scans pour in. The collections cost nothing
// at rest.
const garbagePercent = 50

// collectSooner has garbage collected at garbagePercent. The start, which makes the
// most of it, is over when it is called. What a person set by GOGC stays.
func collectSooner() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
}
