package camera_test

import (
	"fmt"
	"image"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/camera"
)

// films plays letters as frames of a video: A and B are labels, a dot is none,
// X is both on one frame. What
// comes back is a letter a scan, small where it is a repeat.
func films(t *testing.T, script, rate string, forget time.Duration) string {
	t.Helper()
	pictures := map[rune]*image.Gray{'A': label(t, "A-1", ""), 'B': label(t, "B-2", ""), '.': label(t, "", ""), 'X': label(t, "A-1", "B-2")}
	var frames []*image.Gray
	for _, letter := range script {
		frames = append(frames, pictures[letter])
	}
	file := write(t, t.TempDir(), "v.y4m", video(" Cmono", 0, rate, frames...))
	var told strings.Builder
	for s, err := range open(t, file, camera.Options{Forget: forget}).Scans(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		letter := s.Text[:1]
		if s.Repeat {
			letter = strings.ToLower(letter)
		}
		fmt.Fprintf(&told, "%d%s ", s.Frame, letter)
	}
	return strings.TrimSpace(told.String())
}

// TestForgetWindow is in the video's own time, however fast it is played: a
// code is a repeat when it was seen less than the window ago, and each sight
// starts the window anew.
func TestForgetWindow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, script, rate string
		forget             time.Duration
		want               string
	}{
		{"held", "AAAA", "1:1", 0, "1A 2a 3a 4a"},
		{"held for longer than the window", "AAAAAAAA", "1:1", 2 * time.Second, "1A 2a 3a 4a 5a 6a 7a 8a"},
		{"gone for less than the window", "A..A", "2:1", 0, "1A 4a"},
		{"gone for exactly the window", "A..A", "1:1", 3 * time.Second, "1A 4A"},
		{"gone for longer", "A....A", "1:1", 0, "1A 6A"},
		{"a window of its own", "A.A", "1:1", 10 * time.Second, "1A 3a"},
		{"one window a code", "AB.BA", "1:1", 3 * time.Second, "1A 2B 4b 5A"},
		{"a second label joins", "AXB", "1:1", 0, "1A 2a 2B 3b"},
		{"by turns", "ABAB", "1:1", 3 * time.Second, "1A 2B 3a 4b"},
		{"ten frames a second", "A" + strings.Repeat(".", 8) + "A", "10:1", time.Second, "1A 10a"},
		{"and one frame later", "A" + strings.Repeat(".", 10) + "A", "10:1", time.Second, "1A 12A"},
		{"without a rate, 25 a second", "A...A", "0:0", 200 * time.Millisecond, "1A 5a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, films(t, c.script, c.rate, c.forget)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.script, diff)
			}
		})
	}
}

// TestScansTwice: a source played again starts with no memory, from frame 1.
func TestScansTwice(t *testing.T) {
	t.Parallel()
	img := label(t, "AB-12")
	source := open(t, write(t, t.TempDir(), "v.y4m", video(" Cmono", 0, "25:1", img, img)), camera.Options{})
	for range 2 {
		got, err := play(t.Context(), source)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"1/1 AB-12", "2/1 AB-12*"}, got); diff != "" {
			t.Errorf("scans (-want +got):\n%s", diff)
		}
	}
}

// TestFrameNumbers: every scan of a frame has its number and how many they
// are, frames without codes count too, and Watch saw each before its scans.
func TestFrameNumbers(t *testing.T) {
	t.Parallel()
	one, two, none := label(t, "A-1", "", ""), label(t, "A-1", "B-2", "C-3"), label(t, "", "", "")
	file := write(t, t.TempDir(), "v.y4m", video(" Cmono", 0, "25:1", none, one, none, two, one))
	var watched []uint64
	codes := map[uint64]int{}
	watch := func(f camera.Frame) {
		watched = append(watched, f.Number)
		codes[f.Number] = len(f.Codes)
		if f.At.IsZero() || f.Image == nil {
			t.Errorf("frame %+v", f)
		}
	}
	scans := map[uint64]int{}
	for s, err := range open(t, file, camera.Options{Watch: watch}).Scans(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if scans[s.Frame]++; s.Of != codes[s.Frame] || len(watched) == 0 || watched[len(watched)-1] != s.Frame {
			t.Errorf("%+v, after frames %v", s, watched)
		}
	}
	if diff := cmp.Diff([]uint64{1, 2, 3, 4, 5}, watched); diff != "" {
		t.Errorf("frames watched (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[uint64]int{2: 1, 4: 3, 5: 1}, scans); diff != "" {
		t.Errorf("scans a frame (-want +got):\n%s", diff)
	}
}

// TestStopTaking: who takes one scan and leaves is given no more, and the
// camera looks at no further frame.
func TestStopTaking(t *testing.T) {
	t.Parallel()
	img := label(t, "A-1", "B-2")
	frames := 0
	file := write(t, t.TempDir(), "v.y4m", video(" Cmono", 0, "25:1", img, img, img))
	for s, err := range open(t, file, camera.Options{Watch: func(camera.Frame) { frames++ }}).Scans(t.Context()) {
		if err != nil || s.Text != "A-1" {
			t.Errorf("%+v, %v", s, err)
		}
		break
	}
	if frames != 1 {
		t.Errorf("%d frames were looked at", frames)
	}
}
