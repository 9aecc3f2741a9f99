package station

import (
	"testing"
	"time"
)

// TestWhatIsLong: a clock that was set says nothing of how long it was, but that
// nobody knows.
func TestWhatIsLong(t *testing.T) {
	t.Parallel()
	last := time.Date(2026, 11, 23, 14, 0, 0, 0, time.Local)
	for gap, want := range map[time.Duration]bool{
		0: false, 29 * time.Minute: false, 30 * time.Minute: true, 8 * time.Hour: true, -time.Minute: false, -30 * time.Minute: true, -3 * time.Hour: true,
	} {
		if got := long(last.Add(gap), last); got != want {
			t.Errorf("after %v: %v", gap, got)
		}
	}
}
