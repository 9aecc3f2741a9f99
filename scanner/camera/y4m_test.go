package camera_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/camera"
)

// clip writes a Y4M with a header and frame lines of the test's own.
func clip(header, line string, chroma int, frames ...*image.Gray) []byte {
	var b bytes.Buffer
	b.WriteString(header + "\n")
	for _, f := range frames {
		b.WriteString(line + "\n")
		b.Write(f.Pix)
		b.WriteString(strings.Repeat("\x11", chroma))
	}
	return b.Bytes()
}

// odd cuts a picture to sides that are no multiple of anything.
func odd(tb testing.TB, text string) *image.Gray {
	tb.Helper()
	whole := label(tb, text)
	out := image.NewGray(image.Rect(0, 0, 477, 109))
	for y := range 109 {
		copy(out.Pix[y*out.Stride:(y+1)*out.Stride], whole.Pix[y*whole.Stride:])
	}
	return out
}

// TestVideoColours plays each layout of colours at odd sides: a byte too many
// or too few and the second frame would not be found.
func TestVideoColours(t *testing.T) {
	t.Parallel()
	first, second := odd(t, "FIRST-1"), odd(t, "SECOND-2")
	const w, h = 477, 109
	for colour, chroma := range map[string]int{
		"": 2 * 239 * 55, " C420": 2 * 239 * 55, " C420jpeg": 2 * 239 * 55, " C420mpeg2": 2 * 239 * 55, " C420paldv": 2 * 239 * 55,
		" C411": 2 * 120 * h, " C422": 2 * 239 * h, " C444": 2 * w * h, " C444alpha": 3 * w * h, " Cmono": 0,
	} {
		t.Run("colours"+colour, func(t *testing.T) {
			t.Parallel()
			content := clip(fmt.Sprintf("YUV4MPEG2 W%d H%d F30000:1001 Ip A0:0%s XYSCSS=whatever", w, h, colour), "FRAME", chroma, first, second)
			got, err := play(t.Context(), open(t, write(t, t.TempDir(), "v.y4m", content), camera.Options{}))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"1/1 FIRST-1", "2/1 SECOND-2"}, got); diff != "" {
				t.Errorf("scans (-want +got):\n%s", diff)
			}
		})
	}
}

// TestVideoHeaders: what writers in the wild put into the header, and what no
// video has.
func TestVideoHeaders(t *testing.T) {
	t.Parallel()
	img := odd(t, "AB-12")
	for header, want := range map[string]error{
		"YUV4MPEG2 W477 H109 Cmono":                           nil,
		"YUV4MPEG2 H109 W477 Cmono":                           nil,
		"YUV4MPEG2 Cmono  W477   H109":                        nil,
		"YUV4MPEG2 W477 H109 F0:0 It A1:1 Cmono":              nil,
		"YUV4MPEG2 W477 H109 Fnonsense Cmono":                 nil,
		"YUV4MPEG2 W477 H109 F25 Cmono":                       nil,
		"YUV4MPEG2 W477 H109 F-25:1 Cmono":                    nil,
		"YUV4MPEG2 W477 H109 Cmono XCOLORRANGE=LIMITED":       nil,
		"YUV4MPEG2 W477 H109 F99999999999999999999:1 Cmono":   nil,
		"YUV4MPEG2 H109 Cmono":                                camera.ErrUnreadable,
		"YUV4MPEG2 W477 Cmono":                                camera.ErrUnreadable,
		"YUV4MPEG2 W-477 H109 Cmono":                          camera.ErrUnreadable,
		"YUV4MPEG2 W0 H0 Cmono":                               camera.ErrUnreadable,
		"YUV4MPEG2 W4x7 H109 Cmono":                           camera.ErrUnreadable,
		"YUV4MPEG2 W99999999999999999999 H1 Cmono":            camera.ErrUnreadable,
		"YUV4MPEG2 W477 H109 Cmono16":                         camera.ErrUnreadable,
		"YUV4MPEG2 W477 H109 C420p12":                         camera.ErrUnreadable,
		"YUV4MPEG2 W9000 H9000 Cmono":                         camera.ErrTooLarge,
		"YUV4MPEG2 W3037000500 H3037000500 C444":              camera.ErrTooLarge,
		"YUV4MPEG2 W9223372036854775807 H9223372036854775807": camera.ErrTooLarge,
	} {
		t.Run(header, func(t *testing.T) {
			t.Parallel()
			got, err := play(t.Context(), open(t, write(t, t.TempDir(), "v.y4m", clip(header, "FRAME", 0, img)), camera.Options{}))
			if !errors.Is(err, want) || (want == nil) != (len(got) == 1) {
				t.Errorf("%q, error %v, want %v", got, err, want)
			}
		})
	}
}

// TestVideoFrameLines: a frame may have parameters of its own; anything else
// in its place ends the video with a word.
func TestVideoFrameLines(t *testing.T) {
	t.Parallel()
	img := odd(t, "AB-12")
	for line, want := range map[string]error{
		"FRAME": nil, "FRAME Ip": nil, "FRAME XWHATEVER=1 It": nil, "": camera.ErrBroken, "frame": camera.ErrBroken,
		"FRA": camera.ErrBroken, "FRAME " + strings.Repeat("x", 1<<16): camera.ErrBroken,
	} {
		content := clip("YUV4MPEG2 W477 H109 Cmono", line, 0, img)
		got, err := play(t.Context(), open(t, write(t, t.TempDir(), "v.y4m", content), camera.Options{}))
		if !errors.Is(err, want) || (want == nil) != (len(got) == 1) {
			t.Errorf("%.20q: %q, error %v, want %v", line, got, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("%.20q: the error is of several lines: %v", line, err)
		}
	}
}

// TestVideoWithoutFrames is a video all the same.
func TestVideoWithoutFrames(t *testing.T) {
	t.Parallel()
	file := write(t, t.TempDir(), "v.y4m", []byte("YUV4MPEG2 W4 H4 Cmono\n"))
	if got, err := play(t.Context(), open(t, file, camera.Options{})); err != nil || len(got) > 0 {
		t.Errorf("%q, error %v", got, err)
	}
}
