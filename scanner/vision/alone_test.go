package vision_test

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"

	"pkidstation/scanner/vision"
)

// TestSymbolAlone: a program's picture of nothing but a symbol, two pixels a module
// and hardly any white around it.
func TestSymbolAlone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"Testing C40", "3305123456781", "S/N 5CG4071QZ8"} {
		bits, err := datamatrix.NewDataMatrixWriter().Encode(text, gozxing.BarcodeFormat_DATA_MATRIX, 1, 1, nil)
		if err != nil {
			t.Fatal(err)
		}
		const module, white = 2, 4
		g := image.NewGray(image.Rect(0, 0, bits.GetWidth()*module+2*white, bits.GetHeight()*module+2*white))
		draw.Draw(g, g.Rect, image.White, image.Point{}, draw.Src)
		for y := range bits.GetHeight() {
			for x := range bits.GetWidth() {
				if bits.Get(x, y) {
					at := image.Pt(white+x*module, white+y*module)
					draw.Draw(g, image.Rectangle{at, at.Add(image.Pt(module, module))}, image.NewUniform(color.Black), image.Point{}, draw.Src)
				}
			}
		}
		codes := vision.Decode(g)
		if len(codes) != 1 || codes[0].Text != text || codes[0].Corners[2] == (image.Point{}) {
			t.Errorf("%q: %+v", text, codes)
		}
	}
}
