package vision_test

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// samples are one symbol of each symbology that is read, with what it must
// give: symbology, AIM identifier, text.
func samples() map[string]symbol {
	wide := image.Rect(60, 60, 460, 130)
	square := image.Rect(60, 60, 260, 260)
	return map[string]symbol{
		"code128 ]C0 3305123456781":           {"3305123456781", oned.NewCode128Writer(), gozxing.BarcodeFormat_CODE_128, wide},
		"code128 ]C0 5CG4071QZ8":              {"5CG4071QZ8", oned.NewCode128Writer(), gozxing.BarcodeFormat_CODE_128, wide},
		"code39 ]A0 3305123456781":            {"3305123456781", oned.NewCode39Writer(), gozxing.BarcodeFormat_CODE_39, wide},
		"code93 ]G0 3305123456781":            {"3305123456781", oned.NewCode93Writer(), gozxing.BarcodeFormat_CODE_93, wide},
		"itf ]I0 03305123456787":              {"03305123456787", oned.NewITFWriter(), gozxing.BarcodeFormat_ITF, wide},
		"ean13 ]E0 3305123456787":             {"3305123456787", oned.NewEAN13Writer(), gozxing.BarcodeFormat_EAN_13, wide},
		"upca ]E0 012345678905":               {"012345678905", oned.NewUPCAWriter(), gozxing.BarcodeFormat_UPC_A, wide},
		"qr ]Q1 3305123456781":                {"3305123456781", qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, square},
		"datamatrix ]d1 3305123456781":        {"3305123456781", datamatrix.NewDataMatrixWriter(), gozxing.BarcodeFormat_DATA_MATRIX, square},
		"code128 ]C0 PKID: 3305123456781":     {"PKID: 3305123456781", oned.NewCode128Writer(), gozxing.BarcodeFormat_CODE_128, wide},
		"qr ]Q1 S/N: 5CG4071QZ8 & \"é\" 世":    {"S/N: 5CG4071QZ8 & \"é\" 世", qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, square},
		"aztec ]z0 Histórico":                 {"", historico{}, gozxing.BarcodeFormat_AZTEC, image.Rect(60, 60, 162, 162)},
		"ean13 ]E0 9780201379624":             {"9780201379624", oned.NewEAN13Writer(), gozxing.BarcodeFormat_EAN_13, wide},
		"upca ]E0 000000000000":               {"000000000000", oned.NewUPCAWriter(), gozxing.BarcodeFormat_UPC_A, wide},
		"code128 ]C0 0000000000000":           {"0000000000000", oned.NewCode128Writer(), gozxing.BarcodeFormat_CODE_128, wide},
		"upca ]E0 330512345673":               {"0330512345673", oned.NewEAN13Writer(), gozxing.BarcodeFormat_EAN_13, wide}, // an EAN-13 that begins with 0
		"code39 ]A0 1AB23EA-ABF":              {"1AB23EA-ABF", oned.NewCode39Writer(), gozxing.BarcodeFormat_CODE_39, wide},
		"code128 ]C1 21AB12\x1d24120XW0012US": {"\u00f121AB12\u00f124120XW0012US", oned.NewCode128Writer(), gozxing.BarcodeFormat_CODE_128, wide},
	}
}

// canvas is the size that every sample fits on.
func canvas(tb testing.TB, prints ...symbol) *image.Gray {
	tb.Helper()
	return picture(tb, 520, 320, prints...)
}

// noise is a picture of nothing, repeatable by its seed.
func noise(w, h int, seed uint64, low, high int) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, w, h))
	random := rand.New(rand.NewPCG(seed, 1))
	for i := range g.Pix {
		g.Pix[i] = byte(low + random.IntN(high-low+1))
	}
	return g
}

// plainGrey is one tone.
func plainGrey(w, h int, tone byte) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, w, h))
	for i := range g.Pix {
		g.Pix[i] = tone
	}
	return g
}

func mirrored(src *image.Gray) *image.Gray {
	out := image.NewGray(src.Rect)
	w := src.Rect.Dx()
	for y := range src.Rect.Dy() {
		for x := range w {
			out.SetGray(w-1-x, y, src.GrayAt(x, y))
		}
	}
	return out
}

func inverted(src *image.Gray) *image.Gray {
	out := image.NewGray(src.Rect)
	for i, v := range src.Pix {
		out.Pix[i] = 255 - v
	}
	return out
}

// put copies one picture onto another.
func put(onto, part *image.Gray, at image.Point) {
	for y := range part.Rect.Dy() {
		for x := range part.Rect.Dx() {
			onto.SetGray(at.X+x, at.Y+y, color.Gray{part.GrayAt(x, y).Y})
		}
	}
}
