package main_test

import (
	"image"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pkidstation/cmd/internal/config"
	"pkidstation/queue"
)

// TestAStationIsSetUpInAWindow: the demo asks, the program starts anew by itself as a
// real station, and what is scanned while it asks on is kept.
//
//nolint:paralleltest // one window at a time has the machine
func TestAStationIsSetUpInAWindow(t *testing.T) {
	needs(t, "Xvfb", "xdotool")
	data := t.TempDir()
	w := start(t, data)
	w.until(t, "the welcome over the demo", func(m *image.RGBA) bool { return isDemo(m) && hasPanel(m) })
	w.xdotool(t, "key", "ctrl+Return")
	w.until(t, "the setting up of the real station", func(m *image.RGBA) bool { return !isDemo(m) && hasPanel(m) })
	w.rest(t, "the setting up is shown")
	w.picture(t, "setting-up")
	const pkid = "3305123456781"
	w.xdotool(t, "type", "--delay", "6", pkid)
	w.xdotool(t, "key", "Return")
	w.hears(t, "verdict="+string(queue.OnHold)+" ", pkid[len(pkid)-4:])
	w.rest(t, "the box is kept")
	if m := w.look(t); !hasPanel(m) {
		t.Error("the scan took the question away")
	}
	w.xdotool(t, "key", "Escape")
	w.until(t, "the dock without a question", func(m *image.RGBA) bool { return !hasPanel(m) })
	w.quit(t)
	if kept := list(t, data); kept[pkid] != queue.Held {
		t.Errorf("kept: %v", kept)
	}
	text, err := os.ReadFile(filepath.Join(data, config.FileName))
	if err != nil || !strings.Contains(string(text), "\nset_up = true\n") {
		t.Errorf("station.toml: %v\n%s", err, text)
	}
}

// hears waits for a verdict whose line has all of that in it.
func (w *window) hears(t *testing.T, all ...string) {
	t.Helper()
	late := time.After(patience)
	for {
		select {
		case line, open := <-w.verdict:
			if !open {
				t.Fatalf("it ended:\n%s", w.said)
			}
			found := true
			for _, part := range all {
				found = found && strings.Contains(line, part)
			}
			if found {
				return
			}
		case <-late:
			w.picture(t, "stuck")
			t.Fatalf("no verdict %v", all)
		}
	}
}

// isDemo says whether there is the demo's frame around everything.
func isDemo(m *image.RGBA) bool {
	return m.RGBAAt(1, m.Rect.Dy()/2) == color.RGBA{0xFF, 0xD4, 0x00, 0xFF}
}

// hasPanel says whether a panel lies over the dock: its card is white where the tile is
// not.
func hasPanel(m *image.RGBA) bool {
	return m.RGBAAt(222, m.Rect.Dy()/2) == color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}
}
