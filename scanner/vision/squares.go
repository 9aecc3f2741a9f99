package vision

import (
	"errors"
	"image"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/aztec"
	"github.com/makiuchi-d/gozxing/common"
	"github.com/makiuchi-d/gozxing/datamatrix"
	multidetector "github.com/makiuchi-d/gozxing/multi/qrcode/detector"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/detector"

	"pkidstation/scanner"
)

// maxFinders is the most QR finder patterns that are combined: three a symbol
// and some that clutter looks like. gozxing tries every three of them, so a
// picture of nothing but finder patterns would take hours.
const maxFinders = 40

var errTooManyFinders = errors.New("vision: too many QR finder patterns")

// squares reads QR, Data Matrix and Aztec symbols, with local thresholds and
// then with one.
func squares(w *work, f *frame) []find {
	found := squaresOn(w, f, f.hybrid())
	if len(found) > 0 || w.spent() {
		return found
	}
	return squaresOn(w, f, f.newGlobal())
}

// paddedSquares reads symbols that were cut without a quiet zone: print reaches
// the picture's edge.
func paddedSquares(w *work, f *frame) []find {
	if f.width()*f.height() >= small && !inked(f).atEdge() {
		return nil
	}
	return squares(w, f.padded(16+max(f.width(), f.height())/16))
}

func squaresOn(w *work, f *frame, bits *black) []find {
	if bits == nil {
		return nil
	}
	w.witness.black(bits.BitMatrix)
	const perPixel = 8 // about what the readers of one matrix cost.
	w.spend(perPixel * f.width() * f.height())
	var found []find
	if bits.mayHaveQR() {
		found = qrCodes(w, f, bits.BitMatrix)
		if len(found) == 0 {
			found = single(f, bits.BitMatrix, qrcode.NewQRCodeReader())
		}
	}
	found = append(found, single(f, bits.BitMatrix, datamatrix.NewDataMatrixReader())...)
	found = append(found, single(f, bits.BitMatrix, aztec.NewAztecReader())...)
	if len(found) == 0 && f.width()*f.height() < small {
		found = alone(f, bits.BitMatrix)
	}
	return found
}

// alone reads a small picture of nothing but an upright symbol, as programs draw them:
// with a few pixels a module, of which the detectors find no lines.
func alone(f *frame, bits *gozxing.BitMatrix) []find {
	box := bits.GetEnclosingRectangle()
	if len(box) < len([4]int{}) {
		return nil
	}
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true}
	for _, reader := range []gozxing.Reader{datamatrix.NewDataMatrixReader(), qrcode.NewQRCodeReader()} {
		found := hinted(f, bits, reader, hints)
		for i := range found {
			r := image.Rect(box[0], box[1], box[0]+box[2], box[1]+box[3])
			found[i].Corners = [4]image.Point{
				f.back(r.Min), f.back(image.Pt(r.Max.X, r.Min.Y)), f.back(r.Max), f.back(image.Pt(r.Min.X, r.Max.Y)),
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// single reads one symbol with a reader that looks for one.
func single(f *frame, bits *gozxing.BitMatrix, reader gozxing.Reader) []find {
	return hinted(f, bits, reader, patient())
}

func hinted(f *frame, bits *gozxing.BitMatrix, reader gozxing.Reader, hints map[gozxing.DecodeHintType]any) []find {
	picture, err := bitmap(bits)
	if err != nil {
		return nil
	}
	r, err := guard(func() (*gozxing.Result, error) { return reader.Decode(picture, hints) })
	if err != nil || r == nil || r.GetText() == "" {
		return nil
	}
	c := codeOf(r)
	c.Corners = squareCorners(f, c.Symbology, r.GetResultPoints())
	return []find{{Code: c}}
}

// patient are the hints of a reader that may take its time, but not all of it.
func patient() map[gozxing.DecodeHintType]any {
	return map[gozxing.DecodeHintType]any{
		gozxing.DecodeHintType_TRY_HARDER:                 true,
		gozxing.DecodeHintType_NEED_RESULT_POINT_CALLBACK: gozxing.ResultPointCallback(atMost(maxFinders)),
	}
}

// atMost ends a search, by the panic that guard takes, at its nth point.
func atMost(n int) func(gozxing.ResultPoint) {
	return func(gozxing.ResultPoint) {
		if n--; n < 0 {
			panic(errTooManyFinders)
		}
	}
}

// qrCodes reads all QR symbols. It is gozxing's QRCodeMultiReader without the
// joining of structured appends, with the AIM identifier, and with symbols squared up
// that are not read as they were found.
func qrCodes(w *work, f *frame, bits *gozxing.BitMatrix) []find {
	infos, err := guard(func() ([]*detector.FinderPatternInfo, error) {
		hints := patient()
		return multidetector.NewMultiFinderPatternFinder(bits, atMost(maxFinders)).FindMulti(hints)
	})
	if err != nil {
		return nil
	}
	const most, mostSquared = 200, 8
	var found []find
	squared := 0
	for _, info := range infos[:min(len(infos), most)] {
		d, err := guard(func() (*common.DetectorResult, error) {
			return detector.NewDetector(bits).ProcessFinderPatternInfo(info)
		})
		result := qrResult(d, err)
		if result == nil && squared < mostSquared && !w.spent() {
			squared++
			d, err = guard(func() (*common.DetectorResult, error) { return squaredUp(w, bits, info), nil })
			result = qrResult(d, err)
		}
		if result == nil {
			continue
		}
		c := codeOf(result)
		c.Corners = squareCorners(f, c.Symbology, d.GetPoints())
		found = append(found, find{Code: c})
	}
	return found
}

// qrResult is what the modules of a symbol say, nil where they say nothing.
func qrResult(d *common.DetectorResult, err error) *gozxing.Result {
	if err != nil || d == nil {
		return nil
	}
	r, err := guard(func() (*common.DecoderResult, error) { return decoder.NewDecoder().Decode(d.GetBits(), nil) })
	if err != nil || r == nil || r.GetText() == "" {
		return nil
	}
	result := gozxing.NewResult(r.GetText(), r.GetRawBytes(), d.GetPoints(), gozxing.BarcodeFormat_QR_CODE)
	result.PutMetadata(gozxing.ResultMetadataType_SYMBOLOGY_IDENTIFIER, modifier("]Q", r.GetSymbologyModifier()))
	return result
}

func modifier(prefix string, m int) string {
	if m < 0 || m > 9 {
		return ""
	}
	return prefix + string(rune('0'+m))
}

// squareCorners puts a reader's points in our order. QR gives the centres of
// three finder patterns from the bottom left, Data Matrix the four corners
// against the clock from the top left.
func squareCorners(f *frame, s scanner.Symbology, points []gozxing.ResultPoint) [4]image.Point {
	var c [4]image.Point
	p := make([]vector, 0, len(c))
	for _, point := range points {
		if point != nil {
			p = append(p, vector{point.GetX(), point.GetY()})
		}
	}
	switch {
	case s == scanner.QR && len(p) >= 3:
		p = qrCorners(p, moduleOf(points[0]))
	case s == scanner.DataMatrix && len(p) >= 4:
		p = []vector{p[0], p[3], p[2], p[1]}
	case len(p) < len(c):
		return c
	}
	for i := range c {
		c[i] = f.back(p[i].point())
	}
	return c
}
