package vision

import "github.com/makiuchi-d/gozxing"

// blackWhite hands gozxing a matrix that was made before.
type blackWhite struct {
	gozxing.Binarizer
	bits *gozxing.BitMatrix
}

func (b blackWhite) GetBlackMatrix() (*gozxing.BitMatrix, error) { return b.bits, nil }
func (b blackWhite) GetWidth() int                               { return b.bits.GetWidth() }
func (b blackWhite) GetHeight() int                              { return b.bits.GetHeight() }

func bitmap(bits *gozxing.BitMatrix) (*gozxing.BinaryBitmap, error) {
	return gozxing.NewBinaryBitmap(blackWhite{bits: bits})
}
