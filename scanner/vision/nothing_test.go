package vision_test

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"

	"pkidstation/scanner/vision"
)

// TestNothingIsRead: what has no barcode gives none.
func TestNothingIsRead(t *testing.T) {
	t.Parallel()
	gradient := image.NewGray(image.Rect(0, 0, 320, 240))
	stripes, checks := image.NewGray(gradient.Rect), image.NewGray(gradient.Rect)
	for y := range 240 {
		for x := range 320 {
			gradient.Pix[y*320+x] = byte(x * 255 / 319)
			stripes.Pix[y*320+x] = byte(x / 3 % 2 * 255)
			checks.Pix[y*320+x] = byte((x/4 + y/4) % 2 * 255)
		}
	}
	pictures := map[string]image.Image{
		"black": plainGrey(320, 240, 0), "white": plainGrey(320, 240, 255), "grey": plainGrey(320, 240, 128),
		"gradient": gradient, "stripes": stripes, "checks": checks, "gradient turned": clockwise(gradient),
		"transparent": image.NewNRGBA(gradient.Rect),
	}
	for seed := range uint64(4) {
		pictures[fmt.Sprint("noise ", seed)] = noise(320, 240, seed, 0, 255)
		pictures[fmt.Sprint("faint noise ", seed)] = noise(320, 240, seed, 120, 136)
	}
	for name, img := range pictures {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if codes := vision.Decode(img); len(codes) > 0 {
				t.Errorf("%q is read from it", texts(codes))
			}
		})
	}
}

// TestOddSizes: no width or height, however small or long, is too much.
func TestOddSizes(t *testing.T) {
	t.Parallel()
	for _, size := range []image.Point{
		{1, 1}, {2, 2}, {3, 1}, {1, 3}, {7, 5}, {8, 8}, {31, 33}, {40, 40}, {41, 39}, {5, 700}, {700, 5}, {1, 4000}, {4000, 1}, {199, 201},
	} {
		for seed := range uint64(2) {
			if codes := vision.Decode(noise(size.X, size.Y, seed, 0, 255)); len(codes) > 0 {
				t.Errorf("%v: %q in noise", size, texts(codes))
			}
		}
	}
}

// TestCutSymbols: a part of a symbol, at a frame's edge, is never another text.
// ITF alone cannot tell, and only ever loses its end.
func TestCutSymbols(t *testing.T) {
	t.Parallel()
	for want, sample := range samples() {
		whole := canvas(t, sample)
		for _, share := range []int{70} {
			part, ok := whole.SubImage(image.Rect(0, 0, sample.at.Min.X+sample.at.Dx()*share/100, 320)).(*image.Gray)
			if !ok {
				t.Fatal("no part")
			}
			for _, got := range texts(vision.Decode(part)) {
				cutITF := sample.format == gozxing.BarcodeFormat_ITF && strings.HasPrefix(want, got)
				if got != want && !cutITF {
					t.Errorf("%d %% of %s is read as %s", share, want, got)
				}
			}
		}
	}
}
