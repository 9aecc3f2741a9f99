package main_test

import (
	"runtime/debug"
	"testing"
	"testing/synctest"
	"time"

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

// TestTheStartIsNotHeldUp by collecting garbage; it is collected soon after.
func TestTheStartIsNotHeldUp(t *testing.T) {
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	t.Setenv("GOGC", "")
	synctest.Test(t, func(t *testing.T) {
		pkidstation.CollectLater()
		atStart := debug.SetGCPercent(100)
		time.Sleep(time.Minute)
		synctest.Wait()
		if then := debug.SetGCPercent(100); atStart != 400 || then != 50 {
			t.Errorf("at %d %% at the start, then at %d %%", atStart, then)
		}
	})
}
