package main

import (
	"os"
	"runtime/debug"
	"time"
)

const (
	// startPercent is the garbage there may be before it is collected, of what is in
	// use, while the program starts: it makes 30 MiB in a fifth of a second, and would
	// go through what is in use nine times meanwhile.
	startPercent = 400
	// garbagePercent is the same from then on. A station has some 35 MiB in use; at Go's
	// own 100 it takes 25 MiB more for what is garbage, and up to 20 more yet while scans
	// pour in. The collections cost nothing at rest.
	garbagePercent = 50
	// startFor is how long a start may take.
	startFor = 2 * time.Second
)

// collectLater has hardly any garbage collected for startFor, and then as
// collectSooner has it.
func collectLater() {
	collectAt(startPercent)
	time.AfterFunc(startFor, collectSooner)
}

// collectSooner has garbage collected at garbagePercent.
func collectSooner() { collectAt(garbagePercent) }

// collectAt sets the percentage. What a person set by GOGC stays.
func collectAt(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}
