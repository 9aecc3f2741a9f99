package vision

import (
	"image"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/makiuchi-d/gozxing"
)

// speckled is a picture of blocks, stripes and noise.
func speckled(wide, high int, seed uint64) *frame {
	random := rand.New(rand.NewPCG(seed, 1))
	g := image.NewGray(image.Rect(0, 0, wide, high))
	for i := range g.Pix {
		x, y := i%wide, i/wide
		g.Pix[i] = byte(60 + 130*((x/16+y/24)%2) + random.IntN(8+x%56))
	}
	return newFrame(g, nil)
}

// TestBlack: our black and white is gozxing's, pixel by pixel.
func TestBlack(t *testing.T) {
	t.Parallel()
	for _, size := range []image.Point{{40, 40}, {39, 90}, {64, 48}, {87, 53}, {321, 203}, {5, 7}} {
		for seed := range uint64(3) {
			f := speckled(size.X, size.Y, seed)
			for name, pair := range map[string]struct {
				ours *black
				his  gozxing.Binarizer
			}{
				"hybrid": {f.newHybrid(inTurn), gozxing.NewHybridBinarizer(luminance{f.Gray})},
				"global": {f.newGlobal(), gozxing.NewGlobalHistgramBinarizer(luminance{f.Gray})},
			} {
				want, err := pair.his.GetBlackMatrix()
				if err != nil || pair.ours == nil {
					if (err != nil) != (pair.ours == nil) {
						t.Errorf("%s %v: %v, %v", name, size, pair.ours, err)
					}
					continue
				}
				if got := pair.ours.String(); got != want.String() {
					t.Errorf("%s %v: another picture", name, size)
				}
			}
		}
	}
}

// edges are those of a row of gozxing's.
func edges(row *gozxing.BitArray) []int {
	var found []int
	for x := row.GetNextSet(0); x < row.GetSize(); x = row.GetNextSet(x) {
		found = append(found, x)
		x = row.GetNextUnset(x)
		found = append(found, x)
	}
	return found
}

// TestChanges: edges are those of gozxing's rows.
func TestChanges(t *testing.T) {
	t.Parallel()
	f := speckled(333, 41, 3)
	b := f.newHybrid(inTurn)
	for y := range 41 {
		if want, got := edges(b.GetRow(y, nil)), changes(b.row(y), 333, nil); !slices.Equal(got, want) {
			t.Fatalf("row %d: %v, want %v", y, got, want)
		}
		row, err := gozxing.NewGlobalHistgramBinarizer(luminance{f.Gray}).GetBlackRow(y, nil)
		if err != nil {
			t.Fatal(err)
		}
		if want, got := edges(row), f.rowEdges(y, nil); !slices.Equal(got, want) {
			t.Fatalf("row %d by one threshold: %v, want %v", y, got, want)
		}
	}
}
