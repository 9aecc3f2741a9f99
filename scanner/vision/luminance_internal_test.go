package vision

import (
	"errors"
	"image"

	"github.com/makiuchi-d/gozxing"
)

// errUnsupported is what gozxing gets when it asks for what we do ourselves.
var errUnsupported = errors.New("vision: not supported here")

// luminance hands a grey picture to gozxing without a copy. The picture lies
// at the origin and its stride is its width.
type luminance struct{ g *image.Gray }

var _ gozxing.LuminanceSource = luminance{}

func (l luminance) GetRow(y int, _ []byte) ([]byte, error) {
	if y < 0 || y >= l.GetHeight() {
		return nil, errUnsupported
	}
	return l.g.Pix[y*l.g.Stride : (y+1)*l.g.Stride], nil
}

func (l luminance) GetMatrix() []byte { return l.g.Pix }
func (l luminance) GetWidth() int     { return l.g.Rect.Dx() }
func (l luminance) GetHeight() int    { return l.g.Rect.Dy() }
func (l luminance) String() string    { return "grey picture" }

func (l luminance) IsCropSupported() bool   { return false }
func (l luminance) IsRotateSupported() bool { return false }

func (l luminance) Invert() gozxing.LuminanceSource { return gozxing.NewInvertedLuminanceSource(l) }

func (l luminance) Crop(_, _, _, _ int) (gozxing.LuminanceSource, error) {
	return nil, errUnsupported
}

func (l luminance) RotateCounterClockwise() (gozxing.LuminanceSource, error) {
	return nil, errUnsupported
}

func (l luminance) RotateCounterClockwise45() (gozxing.LuminanceSource, error) {
	return nil, errUnsupported
}
