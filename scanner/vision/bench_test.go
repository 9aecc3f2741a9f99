package vision_test

import (
	"image"
	"path/filepath"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/aztec"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"

	"pkidstation/scanner/scannertest"
	"pkidstation/scanner/vision"
)

// BenchmarkDecode compares a frame with five codes and one with none to a
// plain loop over gozxing's readers in the same run; codes/op says what each
// of them found.
func BenchmarkDecode(b *testing.B) {
	frames := map[string]string{
		"label":   filepath.Join(corpus, "labels", "rot_0_0.jpg"),
		"photo":   filepath.Join(corpus, "photos", "ean13-1", "1.png"),
		"nothing": filepath.Join(corpus, "photos", "falsepositives", "01.png"),
	}
	for name, file := range frames {
		img, err := load(file)
		if err != nil {
			b.Skip("the corpus of photographs is not beside the project")
		}
		b.Run(name+"/vision", func(b *testing.B) {
			found := 0
			for b.Loop() {
				found = len(vision.Decode(img))
			}
			b.ReportMetric(float64(found), "codes/op")
		})
		b.Run(name+"/plain", func(b *testing.B) {
			found := 0
			for b.Loop() {
				found = plain(img)
			}
			b.ReportMetric(float64(found), "codes/op")
		})
	}
}

// plain is what one writes first with gozxing: each reader once.
func plain(img image.Image) (found int) {
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	readers := []gozxing.Reader{
		qrcode.NewQRCodeReader(), datamatrix.NewDataMatrixReader(), aztec.NewAztecReader(),
		oned.NewEAN13Reader(), oned.NewUPCAReader(), oned.NewCode128Reader(), oned.NewCode93Reader(),
		oned.NewCode39Reader(), oned.NewITFReader(),
	}
	for _, r := range readers {
		bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
		if err != nil {
			return found
		}
		if _, err := r.Decode(bitmap, hints); err == nil {
			found++
		}
	}
	return found
}

// BenchmarkFrames reads the generator's frames of every cell, as make profile records
// it for the compiler.
func BenchmarkFrames(b *testing.B) {
	var frames []image.Image
	for f := range scannertest.Frames(20261129, 1) {
		frames = append(frames, f.Image)
	}
	reader := vision.Reader{Workers: 1}
	for b.Loop() {
		for _, img := range frames {
			reader.Decode(b.Context(), img)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*len(frames)), "ms/frame")
}
