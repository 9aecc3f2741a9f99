package scannertest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"

	"pkidstation/scanner"
)

// A symbol is a code as modules, without its quiet zone.
type symbol struct {
	kind, text string
	symbology  scanner.Symbology
	// dark has wide modules a row. A linear symbol is one row.
	dark []bool
	wide int
	// broken says that it was made unreadable: nothing may be read of it.
	broken bool
}

// square tells a 2D symbol from a linear one.
func (s symbol) square() bool { return len(s.dark) > s.wide }

// encode makes a symbol of a text that is fit for it.
func encode(kind, text string, as scanner.Symbology) symbol {
	writers := map[scanner.Symbology]struct {
		gozxing.Writer

		format gozxing.BarcodeFormat
	}{
		scanner.Code128:    {oned.NewCode128Writer(), gozxing.BarcodeFormat_CODE_128},
		scanner.Code39:     {oned.NewCode39Writer(), gozxing.BarcodeFormat_CODE_39},
		scanner.UPCA:       {oned.NewUPCAWriter(), gozxing.BarcodeFormat_UPC_A},
		scanner.EAN13:      {oned.NewEAN13Writer(), gozxing.BarcodeFormat_EAN_13},
		scanner.QR:         {qrcode.NewQRCodeWriter(), gozxing.BarcodeFormat_QR_CODE},
		scanner.DataMatrix: {datamatrix.NewDataMatrixWriter(), gozxing.BarcodeFormat_DATA_MATRIX},
	}
	w := writers[as]
	hints := map[gozxing.EncodeHintType]any{gozxing.EncodeHintType_MARGIN: 0}
	bits, err := w.Encode(text, w.format, 1, 1, hints)
	if err != nil {
		panic(fmt.Sprintf("the generator's own %s %q: %v", as, text, err))
	}
	s := symbol{kind: kind, text: text, symbology: as, wide: bits.GetWidth()}
	for y := range bits.GetHeight() {
		for x := range bits.GetWidth() {
			s.dark = append(s.dark, bits.Get(x, y))
		}
	}
	return s
}

const (
	digits = "0123456789"
	hex    = digits + "ABCDEF"
	// serials leave out the letters that look like digits.
	serials = digits + "ABCDEFGHJKLMNPRSTUVWXYZ"
)

// random is a text of so many of the characters.
func random(r *rand.Rand, of string, length int) string {
	var b strings.Builder
	for range length {
		_ = b.WriteByte(of[r.IntN(len(of))])
	}
	return b.String()
}

// pkid is a number of 13 digits, the first not 0.
func pkid(r *rand.Rand) symbol {
	return encode(PKID, random(r, digits[1:], 1)+random(r, digits, 12), scanner.Code128)
}

// product is an article number with its check digit: 11 digits before it are
// UPC-A's, 12 EAN-13's.
func product(r *rand.Rand, kind string, length int, as scanner.Symbology) symbol {
	number := random(r, digits[1:], 1) + random(r, digits, length-1)
	sum := 0
	for i := range number {
		weight := 3
		if (length-i)%2 == 0 {
			weight = 1
		}
		sum += weight * int(number[i]-'0')
	}
	const ten = 10
	return encode(kind, number+string(digits[(ten-sum%ten)%ten]), as)
}

// others are the codes beside the PKID, of which a label has some.
func others(r *rand.Rand) []symbol {
	const upcDigits = 11
	all := []symbol{
		encode("S/N", random(r, serials, 12), scanner.Code128),
		encode("MAC", random(r, hex, 12), scanner.Code128),
		encode("IMEI", random(r, digits, 15), scanner.Code128),
		product(r, "UPC", upcDigits, scanner.UPCA),
		encode("P/N", random(r, serials, 7), scanner.Code39),
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// squares are at most two 2D codes, as makers print them for their own use.
func squares(r *rand.Rand, count int) []symbol {
	all := []symbol{
		encode("DM", "SN"+random(r, serials, 12)+" P"+random(r, serials, 7), scanner.DataMatrix),
		encode("QR", "https://support.example/d/"+random(r, serials, 10), scanner.QR),
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:min(count, len(all))]
}
