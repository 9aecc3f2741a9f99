package scannertest_test

import (
	"bytes"
	"image"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/camera"
	"pkidstation/scanner/scannertest"
	"pkidstation/scanner/vision"
)

func box(serial string, tilt float64) scannertest.Label {
	return scannertest.Label{
		Maker: "CONTOSO", Model: "Test", Part: "1", Serial: serial, PKID: "3305123456781", EAN: "4006381333931", Tilt: tilt,
	}
}

func draw(t *testing.T, l scannertest.Label) *image.Paletted {
	t.Helper()
	img, err := scannertest.Draw(l)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// TestDrawIsReadAtEveryTilt: all three codes, by the project's own decoder.
func TestDrawIsReadAtEveryTilt(t *testing.T) {
	t.Parallel()
	tilts := []float64{-3, -1.3, 0, 0.7, 3, 90, 180, 269}
	if raceDetector {
		tilts = tilts[:1]
	}
	for _, tilt := range tilts {
		if codes := vision.Decode(draw(t, box("5CG4071QZ8", tilt))); len(codes) != 3 {
			t.Errorf("tilted by %v°: %v", tilt, codes)
		}
	}
}

// TestDrawTwiceIsTheSame: nothing but the label decides its pixels, and every
// field of it shows.
func TestDrawTwiceIsTheSame(t *testing.T) {
	t.Parallel()
	first := draw(t, box("A1", 2))
	if !bytes.Equal(first.Pix, draw(t, box("A1", 2)).Pix) {
		t.Error("the same label is another picture")
	}
	if first.Rect != image.Rect(0, 0, 1280, 720) || len(first.Palette) > 64 {
		t.Errorf("it is %v in %d colours", first.Rect, len(first.Palette))
	}
	if raceDetector {
		return
	}
	for name, change := range map[string]func(*scannertest.Label){
		"maker": func(l *scannertest.Label) { l.Maker = "X" }, "model": func(l *scannertest.Label) { l.Model = "X" },
		"part": func(l *scannertest.Label) { l.Part = "X" }, "serial": func(l *scannertest.Label) { l.Serial = "A2" },
		"PKID": func(l *scannertest.Label) { l.PKID = "" }, "EAN": func(l *scannertest.Label) { l.EAN = "" },
		"tilt": func(l *scannertest.Label) { l.Tilt = 2.5 },
	} {
		other := box("A1", 2)
		change(&other)
		if bytes.Equal(first.Pix, draw(t, other).Pix) {
			t.Errorf("another %s is the same picture", name)
		}
	}
}

func TestDrawRefuses(t *testing.T) {
	t.Parallel()
	labels := []scannertest.Label{{Serial: "\u4e00"}, {EAN: "4006381333930"}, {EAN: "12"}}
	if raceDetector {
		labels = labels[:1]
	}
	for _, l := range labels {
		if _, err := scannertest.Draw(l); err == nil {
			t.Errorf("%+v was drawn", l)
		}
	}
}

func TestWriteY4M(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := scannertest.WriteY4M(&b, 2, symbol(t, "A1"), symbol(t, "A2")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "boxes.y4m")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	source, err := camera.Open(t.Context(), file, camera.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var serials []string
	for s, err := range source.Scans(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Text) == 2 && !s.Repeat {
			serials = append(serials, s.Text)
		}
	}
	if diff := cmp.Diff([]string{"A1", "A2"}, serials); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := scannertest.WriteY4M(&b, 2, symbol(t, "A1"), image.NewGray(image.Rect(0, 0, 2, 2))); err == nil {
		t.Error("pictures of two sizes are one video")
	}
}
