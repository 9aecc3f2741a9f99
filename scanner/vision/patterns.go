package vision

import (
	"strings"

	"github.com/makiuchi-d/gozxing"

	"pkidstation/scanner"
)

// code128Widths are the bars and spaces of Code 128's values 0 to 105 and of
// its stop, in modules (ISO/IEC 15417). gozxing does not export its own.
const code128Widths = "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 " +
	"123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 " +
	"232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 " +
	"313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 " +
	"111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 " +
	"111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 " +
	"114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"

// code39Signs are the characters of Code 39, code39Wide which of their nine
// elements are wide, and itfWide which of an ITF digit's five (ISO/IEC 16388
// and 16390). eanWidths are the elements of a digit right of the middle.
const (
	code39Signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%*"
	eanWidths   = "3211 2221 2122 1411 1132 1231 1114 1312 1213 3112"
)

func code39Wide() [len(code39Signs)]uint16 {
	return [...]uint16{
		0x034, 0x121, 0x061, 0x160, 0x031, 0x130, 0x070, 0x025, 0x124, 0x064, // 0-9
		0x109, 0x049, 0x148, 0x019, 0x118, 0x058, 0x00D, 0x10C, 0x04C, 0x01C, // A-J
		0x103, 0x043, 0x142, 0x013, 0x112, 0x052, 0x007, 0x106, 0x046, 0x016, // K-T
		0x181, 0x0C1, 0x1C0, 0x091, 0x190, 0x0D0, 0x085, 0x184, 0x0C4, 0x0A8, // U-$
		0x0A2, 0x08A, 0x02A, 0x094, // /-*
	}
}

func itfWide() [10]uint16 {
	return [...]uint16{0x06, 0x11, 0x09, 0x18, 0x05, 0x14, 0x0C, 0x03, 0x12, 0x0A}
}

// An element is the width of a bar or a space: narrow and wide ones. In
// symbologies with more than two widths it is a number of narrow ones.
type element struct{ narrow, wide float64 }

// modulesOf are elements from digits such as "212222".
func modulesOf(widths string) []element {
	out := make([]element, len(widths))
	for i := range out {
		out[i].narrow = float64(widths[i] - '0')
	}
	return out
}

// twoWidths are n elements, wide where the mask says so, the first by its
// highest bit.
func twoWidths(mask uint16, n int) []element {
	out := make([]element, n)
	for i := range out {
		if mask>>(n-1-i)&1 == 1 {
			out[i].wide = 1
		} else {
			out[i].narrow = 1
		}
	}
	return out
}

// drawn are the elements that a result's symbol must have, beginning and
// ending with a bar; nil where that cannot be told from the result.
func drawn(r *gozxing.Result) []element {
	switch symbologyOf(r.GetBarcodeFormat()) { //nolint:exhaustive // the linear ones that are read.
	case scanner.Code128:
		return drawCode128(r.GetRawBytes())
	case scanner.EAN13, scanner.UPCA:
		return drawEAN(r.GetText())
	case scanner.Code39:
		return drawCode39(r.GetText())
	case scanner.ITF:
		return drawITF(r.GetText())
	default:
		return nil
	}
}

func drawCode128(values []byte) []element {
	table := strings.Fields(code128Widths)
	var out []element
	for _, v := range values {
		if int(v) >= len(table) {
			return nil
		}
		out = append(out, modulesOf(table[v])...)
	}
	return out
}

func drawEAN(text string) []element {
	if len(text) == len("012345678905") {
		text = "0" + text
	}
	if len(text) != len("4006381333931") {
		return nil
	}
	out := modulesOf("111")
	digits := strings.Fields(eanWidths)
	even := [...]uint8{0x00, 0x0B, 0x0D, 0x0E, 0x13, 0x19, 0x1C, 0x15, 0x16, 0x1A}[text[0]-'0']
	const half = 6
	for i := range 2 * half {
		if i == half {
			out = append(out, modulesOf("11111")...)
		}
		widths := modulesOf(digits[text[i+1]-'0'])
		if i < half && even>>(half-1-i)&1 == 1 {
			for a, b := 0, len(widths)-1; a < b; a, b = a+1, b-1 {
				widths[a], widths[b] = widths[b], widths[a]
			}
		}
		out = append(out, widths...)
	}
	return append(out, modulesOf("111")...)
}

func drawCode39(text string) []element {
	const elements = 9
	table := code39Wide()
	var out []element
	for _, sign := range "*" + text + "*" {
		i := strings.IndexRune(code39Signs, sign)
		if i < 0 {
			return nil
		}
		out = append(append(out, twoWidths(table[i], elements)...), element{narrow: 1})
	}
	return out[:len(out)-1]
}

func drawITF(text string) []element {
	const elements = 5
	if len(text)%2 != 0 {
		return nil
	}
	table := itfWide()
	out := twoWidths(0, 4)
	for i := 0; i < len(text); i += 2 {
		bars, spaces := twoWidths(table[text[i]-'0'], elements), twoWidths(table[text[i+1]-'0'], elements)
		for j := range bars {
			out = append(out, bars[j], spaces[j])
		}
	}
	return append(out, element{wide: 1}, element{narrow: 1}, element{narrow: 1})
}
