package vision_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/makiuchi-d/gozxing"

	"pkidstation/scanner/vision"
)

// TestEverySymbology draws each with another writer than our readers: text,
// symbology and identifier are those of a scanner.
func TestEverySymbology(t *testing.T) {
	t.Parallel()
	for want, sample := range samples() {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			codes := vision.Decode(canvas(t, sample))
			if diff := cmp.Diff([]string{want}, texts(codes)); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
			for _, corner := range codes[0].Corners {
				if !corner.In(sample.at.Inset(-8)) {
					t.Errorf("a corner at %v, the symbol at %v", corner, sample.at)
				}
			}
		})
	}
}

// TestQuarterTurns turns every symbology: the codes stay, the corners turn.
func TestQuarterTurns(t *testing.T) {
	t.Parallel()
	for want, sample := range samples() {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			img := canvas(t, sample)
			upright := heading(vision.Decode(img))
			for turns := range 4 {
				codes := vision.Decode(img)
				if diff := cmp.Diff([]string{want}, texts(codes)); diff != "" {
					t.Fatalf("after %d quarter turns (-want +got):\n%s", turns, diff)
				}
				// Of an Aztec symbol gozxing calls any corner the first.
				if got := heading(codes); got != (upright+turns)%4 && sample.format != gozxing.BarcodeFormat_AZTEC {
					t.Errorf("after %d quarter turns its top edge heads %d, at first %d", turns, got, upright)
				}
				img = clockwise(img)
			}
		})
	}
}

// heading is where a code's top edge runs to: 0 right, 1 down, 2 left, 3 up.
func heading(codes []vision.Code) int {
	if len(codes) == 0 {
		return -1
	}
	a, b := codes[0].Corners[0], codes[0].Corners[1]
	return (int(math.Round(math.Atan2(float64(b.Y-a.Y), float64(b.X-a.X))/(math.Pi/2))) + 4) % 4
}

// TestInvertedSymbols reads white print on black, as on Lenovo's older labels,
// but for the square symbols that lie beside the picture's middle.
func TestInvertedSymbols(t *testing.T) {
	t.Parallel()
	for want, sample := range samples() {
		if sample.format == gozxing.BarcodeFormat_DATA_MATRIX || sample.format == gozxing.BarcodeFormat_AZTEC {
			continue // see the known limits
		}
		if diff := cmp.Diff([]string{want}, texts(vision.Decode(inverted(canvas(t, sample))))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want, diff)
		}
	}
}

// TestMirroredSymbols: through a mirror or a sheet of glass a linear symbol is
// one read backwards, which every scanner reads, and QR and Data Matrix say
// themselves which side is right. Whatever is read is what was printed: a
// mirrored code is never another one.
func TestMirroredSymbols(t *testing.T) {
	t.Parallel()
	for want, sample := range samples() {
		for _, got := range texts(vision.Decode(mirrored(canvas(t, sample)))) {
			if got != want {
				t.Errorf("%s in the mirror is %s", want, got)
			}
		}
	}
}
