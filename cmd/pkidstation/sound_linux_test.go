package main_test

import (
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"pkidstation/ui/tone"
	"pkidstation/ui/tone/tonetest"
)

// sounding starts the real program with this ALSA device.
func sounding(t *testing.T, device string) *window {
	t.Helper()
	data := t.TempDir()
	prepare(t, data)
	supervise(t, data)
	file := filepath.Join(t.TempDir(), "alsa.conf")
	if err := os.WriteFile(file, []byte(device), 0o600); err != nil {
		t.Fatal(err)
	}
	return startSure(t, data, "PKIDSTATION_PARTNER_CENTER_WAY=csv", "PKIDSTATION_STATION_LANGUAGE=fr", "PKIDSTATION_SOUND_VOLUME=90", "ALSA_CONFIG_PATH="+file)
}

// TestHeardInAWindow: a box that is accepted is heard, by whoever listens behind ALSA.
//
//nolint:paralleltest // one window at a time has the machine
func TestHeardInAWindow(t *testing.T) {
	needs(t, "Xvfb", "xdotool")
	pipe := filepath.Join(t.TempDir(), "heard")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	heard, err := os.OpenFile(pipe, os.O_RDWR, 0) // whoever opens it waits for nobody
	if err != nil {
		t.Fatal(err)
	}
	defer heard.Close() //nolint:errcheck // it was only read
	w := sounding(t, fmt.Sprintf("pcm.!default { type file slave.pcm { type null } file %q format raw }\n", pipe))
	w.xdotool(t, "type", "--delay", "6", "3305123451005")
	w.xdotool(t, "key", "Return")
	piece := make([]byte, 4*tone.Rate/20)
	for until := time.Now().Add(patience); ; {
		if err := heard.SetReadDeadline(until); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(heard, piece); err != nil {
			w.picture(t, "unheard")
			t.Fatalf("nothing was heard of it: %v", err)
		}
		if here, beside := tonetest.Power(tonetest.Float32(piece), 1319), tonetest.Power(tonetest.Float32(piece), 1500); here > .03 && here > 20*beside {
			break
		}
	}
	w.quit(t)
}

// TestSilentInAWindow: that nothing is heard is said, and scans go on.
//
//nolint:paralleltest // one window at a time has the machine
func TestSilentInAWindow(t *testing.T) {
	needs(t, "Xvfb", "xdotool")
	w := sounding(t, "pcm.!default { type hw card 27 }\n")
	w.xdotool(t, "type", "--delay", "6", "3305123451005")
	w.xdotool(t, "key", "Return")
	if line := <-w.verdict; !strings.Contains(line, "verdict=accepted") {
		t.Errorf("the box: %s", line)
	}
	w.until(t, "the alert", func(*image.RGBA) bool { return strings.Contains(w.said.String(), "no sound can be heard") })
	w.shoot(t, "silent-fr", "F2")
	w.quit(t)
}
