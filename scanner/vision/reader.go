package vision

import (
	"strings"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"

	"pkidstation/scanner"
)

// A rowReader is one of gozxing's linear readers, with the fewest edges of a
// symbol of its kind and with how such a symbol begins: by so many elements,
// after a space of so many percent of them.
type rowReader struct {
	oned.RowDecoder

	edges    int
	opening  opening
	elements int
	quiet    int
}

// rowReaders are gozxing's linear readers, strongest check first. UPC-A is an
// EAN-13 that begins with 0. UPC-E and EAN-8 are off: they fire on clutter.
// They keep buffers, so each call of Decode makes its own.
func rowReaders() []rowReader {
	made := []struct {
		gozxing.Reader

		rowReader
	}{
		{oned.NewEAN13Reader(), rowReader{edges: 60, opening: opensEAN, elements: 3, quiet: 100}},
		{oned.NewCode128Reader(), rowReader{edges: minEdges, opening: opens128, elements: 6, quiet: 45}},
		{oned.NewCode93Reader(), rowReader{edges: 32, opening: opens93, elements: 6}},
		{oned.NewCode39Reader(), rowReader{edges: 30, opening: opens39, elements: 9, quiet: 45}},
		{oned.NewITFReader(), rowReader{edges: 38, opening: opensITF, elements: 4, quiet: 240}},
	}
	readers := make([]rowReader, 0, len(made))
	for _, m := range made {
		if d, ok := m.Reader.(oned.RowDecoder); ok {
			m.RowDecoder = d
			readers = append(readers, m.rowReader)
		}
	}
	return readers
}

// gs1 has gozxing keep the separators of a GS1-128, as a scanner does.
func gs1() map[gozxing.DecodeHintType]any {
	return map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_ASSUME_GS1: true}
}

// symbologyOf is our word for gozxing's format.
func symbologyOf(f gozxing.BarcodeFormat) scanner.Symbology {
	switch f { //nolint:exhaustive // the readers that are on.
	case gozxing.BarcodeFormat_CODE_128:
		return scanner.Code128
	case gozxing.BarcodeFormat_CODE_39:
		return scanner.Code39
	case gozxing.BarcodeFormat_CODE_93:
		return scanner.Code93
	case gozxing.BarcodeFormat_ITF:
		return scanner.ITF
	case gozxing.BarcodeFormat_EAN_13:
		return scanner.EAN13
	case gozxing.BarcodeFormat_QR_CODE:
		return scanner.QR
	case gozxing.BarcodeFormat_DATA_MATRIX:
		return scanner.DataMatrix
	case gozxing.BarcodeFormat_AZTEC:
		return scanner.Aztec
	default:
		return scanner.Unknown
	}
}

// fnc1 is the value of Code 128's function 1.
const fnc1 = 102

// codeOf names what gozxing read; the corners are the caller's.
func codeOf(r *gozxing.Result) Code {
	c := Code{Text: r.GetText(), Symbology: symbologyOf(r.GetBarcodeFormat())}
	c.AIM, _ = r.GetResultMetadata()[gozxing.ResultMetadataType_SYMBOLOGY_IDENTIFIER].(string)
	if len(c.AIM) != len("]C0") {
		c.AIM = aimOf(c.Symbology)
	}
	if raw := r.GetRawBytes(); c.Symbology == scanner.Code128 && len(raw) > 2 && raw[len(raw)-2] == fnc1 {
		c.Text = strings.TrimSuffix(c.Text, "\x1d") // gozxing leaves this check character in.
	}
	switch {
	case c.Symbology == scanner.EAN13 && c.Text[0] == '0':
		c.Symbology, c.Text = scanner.UPCA, c.Text[1:]
	case c.AIM == "]C1": // gozxing writes the leading FNC1 so.
		c.Text = latin1(strings.TrimPrefix(c.Text, c.AIM))
	case c.Symbology == scanner.Code128:
		c.Text = latin1(c.Text)
	}
	return c
}

// latin1 makes UTF-8 of Code 128, whose upper half is ISO 8859-1.
func latin1(s string) string {
	runes := make([]rune, len(s))
	for i := range len(s) {
		runes[i] = rune(s[i])
	}
	return string(runes)
}
