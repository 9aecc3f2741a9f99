package scannertest_test

import (
	"errors"
	"image"
	"image/color"
	"io"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"

	"pkidstation/scanner/scannertest"
)

// symbol draws one Code 128 symbol on white, of odd sides.
func symbol(t *testing.T, text string) *image.Gray {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 301, 81))
	bits, err := oned.NewCode128Writer().Encode(text, gozxing.BarcodeFormat_CODE_128, 301, 81, nil)
	if err != nil {
		t.Fatal(err)
	}
	for y := range 81 {
		for x := range 301 {
			if !bits.Get(x, y) {
				img.SetGray(x, y, color.Gray{255})
			}
		}
	}
	return img
}

// TestReadByPlainGozxing: each code of a label is read by gozxing alone from
// its part of the frame, so that the samples are fit to measure a decoder.
func TestReadByPlainGozxing(t *testing.T) {
	t.Parallel()
	img := draw(t, box("5CG4071QZ8", 0))
	for want, c := range map[string]struct {
		reader gozxing.Reader
		part   image.Rectangle
	}{
		"5CG4071QZ8":    {oned.NewCode128Reader(), image.Rect(200, 270, 1080, 370)},
		"3305123456781": {oned.NewCode128Reader(), image.Rect(200, 420, 800, 520)},
		"4006381333931": {oned.NewEAN13Reader(), image.Rect(700, 490, 1080, 610)},
	} {
		bitmap, err := gozxing.NewBinaryBitmapFromImage(img.SubImage(c.part))
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.reader.Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
		if err != nil || got.GetText() != want {
			t.Errorf("%s: read %v, %v", want, got, err)
		}
	}
}

// TestWriteY4MTellsFaults: a full disk is an error, no frames are no video.
func TestWriteY4MTellsFaults(t *testing.T) {
	t.Parallel()
	if err := scannertest.WriteY4M(full{}, 25, symbol(t, "A1")); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("on a full disk: %v", err)
	}
	if err := scannertest.WriteY4M(full{}, 25); err != nil {
		t.Errorf("nothing: %v", err)
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
