package vision_test

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"

	"pkidstation/scanner"
	"pkidstation/scanner/vision"
)

// A symbol is one barcode on a drawn picture.
type symbol struct {
	text   string
	writer gozxing.Writer
	format gozxing.BarcodeFormat
	at     image.Rectangle
}

func barcode(text string, x, y int) symbol {
	return symbol{text, oned.NewCode128Writer(), gozxing.BarcodeFormat_CODE_128, image.Rect(x, y, x+400, y+60)}
}

// picture puts symbols on white, black on white.
func picture(tb testing.TB, w, h int, prints ...symbol) *image.Gray {
	tb.Helper()
	g := image.NewGray(image.Rect(0, 0, w, h))
	draw.Draw(g, g.Rect, image.White, image.Point{}, draw.Src)
	for _, p := range prints {
		bits, err := p.writer.Encode(p.text, p.format, p.at.Dx(), p.at.Dy(), nil)
		if err != nil {
			tb.Fatal(err)
		}
		for y := range bits.GetHeight() {
			for x := range bits.GetWidth() {
				if bits.Get(x, y) {
					g.SetGray(p.at.Min.X+x, p.at.Min.Y+y, color.Gray{})
				}
			}
		}
	}
	return g
}

func texts(codes []vision.Code) []string {
	var all []string
	for _, c := range codes {
		all = append(all, string(c.Symbology)+" "+c.AIM+" "+c.Text)
	}
	return all
}

func TestDecodeManyOnOneFrame(t *testing.T) {
	t.Parallel()
	img := picture(t, 1000, 700,
		barcode("3305123456781", 30, 30), barcode("5CG1234ABC", 520, 40),
		symbol{"4006381333931", oned.NewEAN13Writer(), gozxing.BarcodeFormat_EAN_13, image.Rect(40, 200, 340, 280)},
		symbol{"012345678905", oned.NewUPCAWriter(), gozxing.BarcodeFormat_UPC_A, image.Rect(440, 200, 740, 280)},
		symbol{"ABC-1234", oned.NewCode39Writer(), gozxing.BarcodeFormat_CODE_39, image.Rect(40, 320, 440, 380)},
		symbol{"https://example.test/q", qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, image.Rect(500, 400, 700, 600)},
		symbol{"3305123456798", datamatrix.NewDataMatrixWriter(), gozxing.BarcodeFormat_DATA_MATRIX, image.Rect(100, 500, 180, 580)},
	)
	want := []string{
		"code128 ]C0 3305123456781", "code128 ]C0 5CG1234ABC", "ean13 ]E0 4006381333931", "upca ]E0 012345678905",
		"code39 ]A0 ABC-1234", "qr ]Q1 https://example.test/q", "datamatrix ]d1 3305123456798",
	}
	if diff := cmp.Diff(want, texts(vision.Decode(img))); diff != "" {
		t.Errorf("codes (-want +got):\n%s", diff)
	}
}

func TestDecodeEveryQuarterTurn(t *testing.T) {
	t.Parallel()
	img := picture(t, 500, 200, barcode("3305123456781", 50, 70))
	for turns := range 4 {
		codes := vision.Decode(img)
		if diff := cmp.Diff([]string{"code128 ]C0 3305123456781"}, texts(codes)); diff != "" {
			t.Fatalf("after %d quarter turns (-want +got):\n%s", turns, diff)
		}
		a, b := codes[0].Corners[0], codes[0].Corners[1]
		angle := math.Round(math.Atan2(float64(b.Y-a.Y), float64(b.X-a.X)) / (math.Pi / 2))
		if want := []float64{0, 1, 2, -1}[turns]; math.Abs(angle) != math.Abs(want) || turns != 2 && angle != want {
			t.Errorf("after %d quarter turns the top edge runs from %v to %v", turns, a, b)
		}
		img = clockwise(img)
	}
}

func clockwise(src *image.Gray) *image.Gray {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, h, w))
	for y := range h {
		for x := range w {
			out.SetGray(h-1-y, x, src.GrayAt(x, y))
		}
	}
	return out
}

// TestDecodePictureTypes draws one label in every colour type that the
// standard decoders give, transparent where there is no bar.
func TestDecodePictureTypes(t *testing.T) {
	t.Parallel()
	label := picture(t, 500, 200, barcode("3305123456781", 50, 70))
	bounds := image.Rect(-7, 11, 493, 211)
	bars := color.Palette{color.NRGBA{}, color.Black}
	types := map[string]draw.Image{
		"grey": image.NewGray(bounds), "grey 16": image.NewGray16(bounds), "RGBA": image.NewRGBA(bounds),
		"NRGBA": image.NewNRGBA(bounds), "NRGBA 64": image.NewNRGBA64(bounds), "paletted": image.NewPaletted(bounds, bars),
		"CMYK": image.NewCMYK(bounds),
	}
	for name, img := range types {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !transparent(img) {
				draw.Draw(img, bounds, image.White, image.Point{}, draw.Src)
			}
			for y := range 200 {
				for x := range 500 {
					if label.GrayAt(x, y).Y == 0 {
						img.Set(bounds.Min.X+x, bounds.Min.Y+y, color.Black)
					}
				}
			}
			codes := vision.Decode(img)
			if diff := cmp.Diff([]string{"code128 ]C0 3305123456781"}, texts(codes)); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
			if p := codes[0].Corners[0]; !p.In(image.Rect(43, 80, 140, 84)) {
				t.Errorf("top left at %v, not on the picture's own axes", p)
			}
		})
	}
}

func transparent(img image.Image) bool {
	_, _, _, a := img.At(img.Bounds().Min.X, img.Bounds().Min.Y).RGBA()
	return a == 0
}

func TestDecodeWithoutQuietZone(t *testing.T) {
	t.Parallel()
	label := picture(t, 300, 300, symbol{"cut close", qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, image.Rect(0, 0, 290, 290)})
	code := vision.Decode(label)[0]
	cut, ok := label.SubImage(image.Rectangle{Min: code.Corners[0], Max: code.Corners[2]}).(*image.Gray)
	if !ok {
		t.Fatal("no sub-image")
	}
	if diff := cmp.Diff([]string{"qr ]Q1 cut close"}, texts(vision.Decode(cut))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDecodeInverted(t *testing.T) {
	t.Parallel()
	img := picture(t, 500, 200, barcode("R90XY123", 50, 70))
	for i, v := range img.Pix {
		img.Pix[i] = 255 - v
	}
	if diff := cmp.Diff([]string{"code128 ]C0 R90XY123"}, texts(vision.Decode(img))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestDecodeOneRow shows the agreement at work: what one row says is not
// believed.
func TestDecodeOneRow(t *testing.T) {
	t.Parallel()
	ean := symbol{"4006381333931", oned.NewEAN13Writer(), gozxing.BarcodeFormat_EAN_13, image.Rect(50, 50, 350, 51)}
	if codes := vision.Decode(picture(t, 400, 100, ean)); len(codes) > 0 {
		t.Errorf("one row is enough for %v", texts(codes))
	}
	ean.at.Max.Y += 20
	if codes := vision.Decode(picture(t, 400, 100, ean)); len(codes) != 1 {
		t.Errorf("21 rows give %v", texts(codes))
	}
}

// TestDecodeConsecutive keeps apart what differs in one digit.
func TestDecodeConsecutive(t *testing.T) {
	t.Parallel()
	img := picture(t, 500, 400, barcode("3305123456781", 40, 20), barcode("3305123456782", 40, 100),
		barcode("3305123456783", 40, 180), barcode("3305123456781", 40, 300))
	want := []string{
		"code128 ]C0 3305123456781", "code128 ]C0 3305123456782", "code128 ]C0 3305123456783", "code128 ]C0 3305123456781",
	}
	if diff := cmp.Diff(want, texts(vision.Decode(img))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDecodeGS1(t *testing.T) {
	t.Parallel()
	img := picture(t, 800, 200, symbol{"\u00f121ABC123\u00f124112", oned.NewCode128Writer(), gozxing.BarcodeFormat_CODE_128, image.Rect(10, 50, 790, 120)})
	if diff := cmp.Diff([]string{"code128 ]C1 21ABC123\x1d24112"}, texts(vision.Decode(img))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestDecodeManyFinders ends on a picture of nothing but QR finder patterns,
// of which gozxing alone would try every three.
func TestDecodeManyFinders(t *testing.T) {
	t.Parallel()
	img := picture(t, 800, 800)
	for y := 10; y < 790; y += 16 {
		for x := 10; x < 790; x += 16 {
			for d, c := range []color.Gray{{}, {255}, {}} {
				ring := image.Rect(x, y, x+14, y+14).Inset(2 * d) // modules of 2 pixels: 7, 5 and 3 wide.
				draw.Draw(img, ring, image.NewUniform(c), image.Point{}, draw.Src)
			}
		}
	}
	vision.Decode(img)
}

func TestDecodeStopsWithItsContext(t *testing.T) {
	t.Parallel()
	noise := picture(t, 2000, 2000)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise.Pix {
		noise.Pix[i] = byte(random.Uint32())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if codes := vision.DecodeContext(ctx, noise); len(codes) > 0 {
		t.Errorf("codes %v in noise", texts(codes))
	}
}

func TestDecodeNothing(t *testing.T) {
	t.Parallel()
	for _, img := range []image.Image{nil, image.NewGray(image.Rectangle{}), image.NewGray(image.Rect(0, 0, 1, 1)), image.NewRGBA(image.Rect(0, 0, 3, 900))} {
		if codes := vision.Decode(img); len(codes) > 0 {
			t.Errorf("codes %v on an empty picture", texts(codes))
		}
	}
}

func TestDecodeHugeIsShrunk(t *testing.T) {
	t.Parallel()
	small := picture(t, 800, 600, barcode("3305123456781", 100, 200))
	big := image.NewGray(image.Rect(0, 0, 4000, 3000))
	for y := range 3000 {
		for x := range 4000 {
			big.Pix[y*big.Stride+x] = small.Pix[y/5*small.Stride+x/5]
		}
	}
	codes := vision.Decode(big)
	if len(codes) != 1 || codes[0].Symbology != scanner.Code128 || !codes[0].Corners[0].In(image.Rect(500, 950, 900, 1100)) {
		t.Errorf("codes %+v", codes)
	}
}
