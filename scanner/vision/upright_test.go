package vision_test

import (
	"image"
	"testing"

	"pkidstation/scanner"
	"pkidstation/scanner/scannertest"
	"pkidstation/scanner/vision"
)

// TestSquaresAskew: square symbols are read however their label is turned, and
// where they lie.
func TestSquaresAskew(t *testing.T) {
	t.Parallel()
	read, all := 0, 0
	turns := []float64{12, 25, 38, 65, 80}
	if raceDetector {
		turns = turns[:2]
	}
	for n, turn := range turns {
		s := scannertest.Plain(image.Pt(1280, 720))
		s.Turn, s.Tilt, s.Squares = turn, 0.08, 2
		f := s.Frame(uint64(40 + n))
		codes := vision.Decode(f.Image)
		missed := 0
		for _, want := range f.Codes {
			if want.Symbology != scanner.DataMatrix && want.Symbology != scanner.QR {
				continue
			}
			all++
			missed++
			for _, c := range codes {
				if c.Text == want.Text && c.Corners[0].Sub(want.Centre).In(image.Rect(-120, -120, 120, 120)) {
					read++
					missed--
					break
				}
			}
		}
		if missed > 1 { // two that touch are one patch, and one of them is read.
			t.Errorf("turned by %.0f degrees, %d square symbols are not read", turn, missed)
		}
	}
	if all < len(turns) || !raceDetector && 10*read < 8*all {
		t.Errorf("read %d of %d square symbols", read, all)
	}
}
