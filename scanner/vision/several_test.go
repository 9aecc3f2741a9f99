package vision_test

import (
	"image"
	"image/color"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"

	"pkidstation/scanner/vision"
)

// TestPKIDBesideEAN is the main job's trap: the product's EAN-13 and the PKID,
// both of 13 digits, beside and below each other, near and far.
func TestPKIDBesideEAN(t *testing.T) {
	t.Parallel()
	ean := func(x, y int) symbol {
		return symbol{"4006381333931", oned.NewEAN13Writer(), gozxing.BarcodeFormat_EAN_13, image.Rect(x, y, x+300, y+60)}
	}
	const isPKID, isEAN = "code128 ]C0 3305123456781", "ean13 ]E0 4006381333931"
	for name, c := range map[string]struct {
		prints []symbol
		want   []string
	}{
		"beside":           {[]symbol{barcode("3305123456781", 20, 100), ean(450, 100)}, []string{isPKID, isEAN}},
		"before":           {[]symbol{ean(20, 100), barcode("3305123456781", 360, 100)}, []string{isEAN, isPKID}},
		"above":            {[]symbol{ean(20, 30), barcode("3305123456781", 20, 110)}, []string{isEAN, isPKID}},
		"below":            {[]symbol{barcode("3305123456781", 20, 30), ean(20, 110)}, []string{isPKID, isEAN}},
		"half a row lower": {[]symbol{barcode("3305123456781", 20, 100), ean(450, 130)}, []string{isPKID, isEAN}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, texts(vision.Decode(picture(t, 800, 260, c.prints...)))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestSameTextTwice: one printed symbol is one code; the same text on the next
// box is a second one.
func TestSameTextTwice(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		prints []symbol
		want   int
	}{
		"once":                  {[]symbol{barcode("3305123456781", 40, 40)}, 1},
		"far below":             {[]symbol{barcode("3305123456781", 40, 40), barcode("3305123456781", 40, 500)}, 2},
		"far beside":            {[]symbol{barcode("3305123456781", 10, 40), barcode("3305123456781", 760, 40)}, 2},
		"touching, one symbol":  {[]symbol{barcode("3305123456781", 40, 40), barcode("3305123456781", 40, 100)}, 1},
		"three in three places": {[]symbol{barcode("3305123456781", 10, 20), barcode("3305123456781", 760, 20), barcode("3305123456781", 400, 520)}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			codes := vision.Decode(picture(t, 1200, 620, c.prints...))
			if len(codes) != c.want {
				t.Errorf("%d codes, want %d: %+v", len(codes), c.want, codes)
			}
			for _, code := range codes {
				if code.Text != "3305123456781" {
					t.Errorf("read %q", code.Text)
				}
			}
		})
	}
}

// TestReadingOrder: from top to bottom, then from left to right, whatever the
// symbology.
func TestReadingOrder(t *testing.T) {
	t.Parallel()
	all := samples()
	img := picture(t, 1100, 660)
	order := []string{
		"code128 ]C0 5CG4071QZ8", "qr ]Q1 3305123456781", "ean13 ]E0 3305123456787", "code39 ]A0 3305123456781",
	}
	for i, at := range []image.Point{{0, 0}, {560, 10}, {0, 300}, {560, 310}} {
		part := canvas(t, all[order[i]])
		put(img, part, at)
	}
	if diff := cmp.Diff(order, texts(vision.Decode(img))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestAgreement: how many rows each symbology needs before its text is
// believed. One row of clutter can look like anything.
func TestAgreement(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]struct {
		writer  gozxing.Writer
		format  gozxing.BarcodeFormat
		text    string
		too, ok int // rows
	}{
		"code128 ]C0 3305123456781": {oned.NewCode128Writer(), gozxing.BarcodeFormat_CODE_128, "3305123456781", 1, 12},
		"ean13 ]E0 4006381333931":   {oned.NewEAN13Writer(), gozxing.BarcodeFormat_EAN_13, "4006381333931", 1, 12},
		"code93 ]G0 3305123456781":  {oned.NewCode93Writer(), gozxing.BarcodeFormat_CODE_93, "3305123456781", 1, 12},
		"code39 ]A0 3305123456781":  {oned.NewCode39Writer(), gozxing.BarcodeFormat_CODE_39, "3305123456781", 3, 16},
		"itf ]I0 03305123456787":    {oned.NewITFWriter(), gozxing.BarcodeFormat_ITF, "03305123456787", 3, 16},
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			drawn := symbol{c.text, c.writer, c.format, image.Rect(40, 60, 440, 60+c.too)}
			if got := texts(vision.Decode(picture(t, 480, 160, drawn))); len(got) > 0 {
				t.Errorf("%d rows are believed: %q", c.too, got)
			}
			drawn.at.Max.Y = 60 + c.ok
			if diff := cmp.Diff([]string{want}, texts(vision.Decode(picture(t, 480, 160, drawn)))); diff != "" {
				t.Errorf("%d rows (-want +got):\n%s", c.ok, diff)
			}
		})
	}
}

// TestScratchedRows: rows that were overprinted with another number do not win
// against the many that were not.
func TestScratchedRows(t *testing.T) {
	t.Parallel()
	img := picture(t, 480, 200, barcode("3305123456781", 40, 60))
	other := picture(t, 480, 200, barcode("3305123456782", 40, 60))
	for _, y := range []int{80, 81} {
		copy(img.Pix[y*img.Stride:(y+1)*img.Stride], other.Pix[y*other.Stride:])
	}
	if diff := cmp.Diff([]string{"code128 ]C0 3305123456781"}, texts(vision.Decode(img))); diff != "" {
		t.Errorf("two rows of another text (-want +got):\n%s", diff)
	}
	for x := 230; x < 236; x++ { // a pen down the middle
		for y := range 200 {
			img.SetGray(x, y, color.Gray{})
		}
	}
	for _, got := range texts(vision.Decode(img)) {
		if got != "code128 ]C0 3305123456781" {
			t.Errorf("with a line drawn through it, it is read as %s", got)
		}
	}
}
