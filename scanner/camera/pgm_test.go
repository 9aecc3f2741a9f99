package camera_test

import (
	"errors"
	"image/color"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/camera"
)

// greys reads a picture file and gives its tones, row by row.
func greys(t *testing.T, content string) ([]byte, error) {
	t.Helper()
	img, err := camera.ReadPicture(t.Context(), write(t, t.TempDir(), "p.pgm", []byte(content)))
	if err != nil {
		return nil, err
	}
	var tones []byte
	r := img.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			g, _ := color.GrayModel.Convert(img.At(x, y)).(color.Gray)
			tones = append(tones, g.Y)
		}
	}
	if len(tones) != r.Dx()*r.Dy() {
		t.Errorf("%d tones on %v", len(tones), r)
	}
	return tones, nil
}

// TestPGM reads every way to write the same four tones.
func TestPGM(t *testing.T) {
	t.Parallel()
	want := []byte{0, 255, 85, 170}
	for name, content := range map[string]string{
		"P5 of 8 bits":            "P5 2 2 255\n\x00\xff\x55\xaa",
		"P5 of 2 bits":            "P5 2 2 3\n\x00\x03\x01\x02",
		"P5 of 16 bits":           "P5 2 2 65535\n\x00\x00\xff\xff\x55\x55\xaa\xaa",
		"P5 of 9 bits":            "P5\n2\n2\n510\n\x00\x00\x01\xfe\x00\xaa\x01\x54",
		"P2":                      "P2 2 2 255\n0 255 85 170",
		"P2 of 16 bits":           "P2 2 2 65535 0 65535 21845 43690\n",
		"P2 in one column":        "P2\r\n2\r\n2\r\n3\r\n0\r\n3\r\n1\r\n2\r\n",
		"comments everywhere":     "P2 # a\n# b 7 7\n2 #c\n2\n#d\n3 # e\n0 3 # f\n1 2 # the end",
		"a comment before pixels": "P5 2 2\n# only before the last number\n255\n\x00\xff\x55\xaa",
		"pixels like blanks":      "P5 2 2 255 \x00\xff\x55\xaa",
		"leading zeros":           "P2 0002 02 003 000 03 01 02",
		"more after it":           "P5 2 2 255\n\x00\xff\x55\xaaP5 2 2 255\n",
		"tabs and form feeds":     "P2\t2\f2\v3\t0\f3\v1\t2",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := greys(t, content)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("error %v, tones (-want +got):\n%s", err, diff)
			}
		})
	}
}

// TestPGMOneBlank: after the header is one blank and then pixels, even if they
// are blanks themselves.
func TestPGMOneBlank(t *testing.T) {
	t.Parallel()
	got, err := greys(t, "P5 2 1 255\n\n#")
	if diff := cmp.Diff([]byte("\n#"), got); err != nil || diff != "" {
		t.Errorf("error %v, tones (-want +got):\n%s", err, diff)
	}
}

// TestPGMDamaged: damage is ErrUnreadable with a word, never half a picture.
func TestPGMDamaged(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"magic only":          "P5",
		"no numbers":          "P5\n",
		"two numbers":         "P5 2 2",
		"width 0":             "P5 0 2 255\n",
		"height 0":            "P5 2 0 255\n",
		"white 0":             "P5 2 2 0\n\x00\x00\x00\x00",
		"white over 16 bits":  "P5 2 2 65536\n",
		"a negative width":    "P5 -2 2 255\n",
		"letters":             "P5 two 2 255\n",
		"a letter in it":      "P5 2x2 255\n",
		"no blank at the end": "P5 2 2 255x\x00\xff\x55\xaa",
		"one pixel missing":   "P5 2 2 255\n\x00\xff\x55",
		"half a pixel":        "P5 2 2 65535\n\x00\x00\xff\xff\x55\x55\xaa",
		"one number missing":  "P2 2 2 3 0 3 1",
		"too light":           "P2 2 2 3 0 3 1 4",
		"too light in bytes":  "P5 2 2 3\n\x00\x03\x01\x04",
		"a number too large":  "P2 2 2 3 0 3 1 99999999999999999999",
		"a comment for ever":  "P2 2 2 3 # " + strings.Repeat("x", 1<<16),
		"another format":      "P6 2 2 255\n\x00\xff\x55\xaa",
		"a bitmap":            "P4 8 1\n\xff",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := greys(t, content); !errors.Is(err, camera.ErrUnreadable) || got != nil {
				t.Errorf("error %v with %v", err, got)
			}
		})
	}
}

// TestPGMTooLarge is refused by its header, before its pixels are there.
func TestPGMTooLarge(t *testing.T) {
	t.Parallel()
	for _, content := range []string{"P5 50001 1000 255\n", "P2 16777216 16777216 255\n", "P5 1 16777216 255\nx"} {
		_, err := greys(t, content)
		if content[3:5] == "1 " {
			if !errors.Is(err, camera.ErrUnreadable) { // 16 million pixels are allowed, but not there
				t.Errorf("%.30q: %v", content, err)
			}
			continue
		}
		if !errors.Is(err, camera.ErrTooLarge) {
			t.Errorf("%.30q: %v", content, err)
		}
	}
	if _, err := greys(t, "P5 99999999 1 255\n"); !errors.Is(err, camera.ErrUnreadable) {
		t.Errorf("a width that no PGM has: %v", err)
	}
}

// TestPGMDecodes: the whole way, from each depth to the code.
func TestPGMDecodes(t *testing.T) {
	t.Parallel()
	for _, white := range []int{1, 7, 255, 256, 4095, 65535} {
		for _, kind := range []string{"P2", "P5"} {
			file := write(t, t.TempDir(), "p.pgm", asPGM(label(t, "3305123456781"), kind, white))
			got, err := play(t.Context(), open(t, file, camera.Options{}))
			if diff := cmp.Diff([]string{"1/1 3305123456781"}, got); err != nil || diff != "" {
				t.Errorf("%s with white %d: %v (-want +got):\n%s", kind, white, err, diff)
			}
		}
	}
}
