package main_test

import (
	"runtime/debug"
	"testing"

	pkidstation "pkidstation/cmd/pkidstation"
)

// TestGarbageIsCollectedSooner than by Go's own measure, but as a person said.
func TestGarbageIsCollectedSooner(t *testing.T) {
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	t.Setenv("GOGC", "90")
	pkidstation.CollectSooner()
	said := debug.SetGCPercent(100)
	t.Setenv("GOGC", "")
	pkidstation.CollectSooner()
	if ours := debug.SetGCPercent(100); said != 100 || ours != 50 {
		t.Errorf("at %d %% where a person said it, else at %d %%", said, ours)
	}
}
