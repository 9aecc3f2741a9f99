package vision_test

import (
	"image"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"pkidstation/scanner"
	"pkidstation/scanner/vision"
)

// FuzzDecode plays small grey pictures: nothing may panic, and a code must be
// whole (text, symbology, AIM identifier).
func FuzzDecode(f *testing.F) {
	const width, most = 64, 64 * 96
	qr := picture(f, width, width, symbol{"A1", qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE, image.Rect(2, 2, 62, 62)})
	f.Add(qr.Pix)
	f.Add(picture(f, width, 90).Pix)
	f.Add([]byte{0, 255, 0, 255})
	f.Fuzz(func(t *testing.T, pix []byte) {
		pix = pix[:min(len(pix), most)]
		height := len(pix) / width
		img := &image.Gray{Pix: pix, Stride: width, Rect: image.Rect(0, 0, width, height)}
		for _, c := range vision.Decode(img) {
			if c.Text == "" || c.Symbology == scanner.Unknown || len(c.AIM) != 3 {
				t.Errorf("half a code: %+v", c)
			}
		}
	})
}
