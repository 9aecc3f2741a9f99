package main_test

import (
	"encoding/binary"
	"fmt"
	"image"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"pkidstation/ui/tone"
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
		if here, beside := loud(piece, 1319), loud(piece, 1500); here > .03 && here > 20*beside {
			break
		}
	}
	w.quit(t)
}

// loud is how much of a pitch is in samples of 32 bits (Goertzel).
func loud(data []byte, pitch float64) float64 {
	k := 2 * math.Cos(2*math.Pi*pitch/tone.Rate)
	var s1, s2 float64
	for at := 0; at+4 <= len(data); at += 4 {
		s1, s2 = float64(math.Float32frombits(binary.LittleEndian.Uint32(data[at:])))+k*s1-s2, s1
	}
	n := float64(len(data) / 4)
	return (s1*s1 + s2*s2 - k*s1*s2) / (n * n)
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
