package main_test

import (
	"os"
	"testing"

	"pkidstation/queue"
)

// TestLeaving ends the program again and again right after a key, when the
// window has most left to do: it ends at once, without a race, and gives the data
// folder back.
//
//nolint:paralleltest // one window at a time has the machine
func TestLeaving(t *testing.T) {
	needs(t, "Xvfb", "xdotool")
	rounds := 2
	if os.Getenv("PKIDSTATION_TORTURE") != "" {
		rounds = 100
	}
	data := t.TempDir()
	prepare(t, data)
	supervise(t, data)
	for range rounds {
		w := start(t, data)
		w.xdotool(t, "key", "F9")
		w.quit(t)
		if t.Failed() {
			t.Fatal(w.said)
		}
		q, err := queue.Open(data, queue.Options{Station: "Quai 3"})
		if err != nil {
			t.Fatal(err)
		}
		if put := q.Recovery(); !put.Nothing() {
			t.Errorf("the queue was not closed: %+v", put)
		}
		if err := q.Close(); err != nil {
			t.Error(err)
		}
	}
}
