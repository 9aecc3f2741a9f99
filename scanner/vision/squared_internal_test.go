package vision

import (
	"image"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/common"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// aslant is a QR symbol of a text as a camera sees it that looks from the side: its far
// edge is shorter by a part.
func aslant(t *testing.T, text string, part float64) *image.Gray {
	t.Helper()
	bits, err := qrcode.NewQRCodeWriter().Encode(text, gozxing.BarcodeFormat_QR_CODE, 1, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	const side, edge = 360.0, 40.0
	wide := float64(bits.GetWidth())
	far := side * part / 2
	back := common.PerspectiveTransform_QuadrilateralToQuadrilateral(edge, edge, edge+side, edge+far, edge+side, edge+side-far, edge, edge+side,
		0, 0, wide, 0, wide, wide, 0, wide)
	g := image.NewGray(image.Rect(0, 0, side+2*edge, side+2*edge))
	const fine = 3
	for y := range g.Rect.Dy() {
		for x := range g.Rect.Dx() {
			white := 0
			for n := range fine * fine {
				at := []float64{float64(x) + (float64(n%fine)+0.5)/fine, float64(y) + (float64(n/fine)+0.5)/fine}
				back.TransformPoints(at)
				if inside := at[0] >= 0 && at[1] >= 0 && at[0] < wide && at[1] < wide; !inside || !bits.Get(int(at[0]), int(at[1])) {
					white++
				}
			}
			g.Pix[y*g.Stride+x] = byte(40 + 180*white/(fine*fine))
		}
	}
	return g
}

// TestSquaredUp: symbols that are looked at from the side, of which gozxing alone reads
// those that are hardly aslant.
func TestSquaredUp(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("5CG4071QZ8 ", 14)
	plain, ours, all := 0, 0, 0
	for part := 0.05; part < 0.36; part += 0.03 {
		g := aslant(t, text, part)
		f := wholeOf(g)
		if found := single(f, f.hybrid().BitMatrix, qrcode.NewQRCodeReader()); len(found) > 0 && found[0].Text == text {
			plain++
		}
		switch codes := Decode(g); {
		case len(codes) == 1 && codes[0].Text == text:
			ours++
		case len(codes) > 0:
			t.Errorf("aslant by %.2f it reads %q", part, codes[0].Text)
		}
		all++
	}
	if ours < all || plain >= ours {
		t.Errorf("of %d symbols %d are read, gozxing alone reads %d", all, ours, plain)
	}
}

// TestRuled: what is ruled is what gozxing draws, on symbols of each size.
func TestRuled(t *testing.T) {
	t.Parallel()
	for length := 10; length < 2000; length = length * 3 / 2 {
		bits, err := qrcode.NewQRCodeWriter().Encode(strings.Repeat("x", length), gozxing.BarcodeFormat_QR_CODE, 1, 1,
			map[gozxing.EncodeHintType]any{gozxing.EncodeHintType_MARGIN: 0})
		if err != nil {
			t.Fatal(err)
		}
		r := ruledOf(bits.GetWidth())
		if r == nil {
			t.Fatalf("nothing is ruled for %d modules", bits.GetWidth())
		}
		for i, black := range r.black {
			if x, y := int(r.at[2*i]), int(r.at[2*i+1]); bits.Get(x, y) != black {
				t.Fatalf("%d modules: at %d, %d it is not %v", r.side, x, y, black)
			}
		}
	}
	if ruledOf(22) != nil || ruledOf(181) != nil || ruledOf(-3) != nil {
		t.Error("there are no such sizes")
	}
}
