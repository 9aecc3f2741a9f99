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

func TestDrawIsReadAtEveryTilt(t *testing.T) {
	t.Parallel()
	for _, tilt := range []float64{-3, -1.3, 0, 0.7, 3, 90, 180, 269} {
		if codes := vision.Decode(draw(t, box("5CG4071QZ8", tilt))); len(codes) != 3 {
			t.Errorf("tilted by %v°: %v", tilt, codes)
		}
	}
}

func TestDrawTwiceIsTheSame(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(draw(t, box("A1", 2)).Pix, draw(t, box("A1", 2)).Pix) {
		t.Error("the same label is another picture")
	}
	if bytes.Equal(draw(t, box("A1", 2)).Pix, draw(t, box("A2", 2)).Pix) {
		t.Error("another label is the same picture")
	}
}

func TestDrawRefuses(t *testing.T) {
	t.Parallel()
	for _, l := range []scannertest.Label{{EAN: "4006381333930"}, {EAN: "12"}, {Serial: "\u4e00"}} {
		if _, err := scannertest.Draw(l); err == nil {
			t.Errorf("%+v was drawn", l)
		}
	}
}

func TestWriteY4M(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := scannertest.WriteY4M(&b, 2, draw(t, box("A1", 0)), draw(t, box("A2", 0))); err != nil {
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
	if err := scannertest.WriteY4M(&b, 2, draw(t, box("A1", 0)), image.NewGray(image.Rect(0, 0, 2, 2))); err == nil {
		t.Error("pictures of two sizes are one video")
	}
}
