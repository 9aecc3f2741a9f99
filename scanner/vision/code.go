package vision

import (
	"image"

	"pkidstation/scanner"
)

// A Code is one barcode symbol as it was seen on one picture.
type Code struct {
	// Text is what the symbol holds, untrusted: any byte may be in it.
	// UPC-A is given as 12 digits, EAN-13 as 13.
	Text string
	// Symbology is never Unknown.
	Symbology scanner.Symbology
	// AIM is the symbol's AIM identifier, such as "]C0"; never empty.
	AIM string
	// Corners are in pixels of the picture given, clockwise from the symbol's
	// own top left. Of a linear symbol they span the rows that were read,
	// which can be less than its full height.
	Corners [4]image.Point
}

// box is the upright rectangle about the corners.
func (c Code) box() image.Rectangle {
	r := image.Rectangle{Min: c.Corners[0], Max: c.Corners[0]}
	for _, p := range c.Corners[1:] {
		r.Min.X, r.Min.Y = min(r.Min.X, p.X), min(r.Min.Y, p.Y)
		r.Max.X, r.Max.Y = max(r.Max.X, p.X), max(r.Max.Y, p.Y)
	}
	r.Max = r.Max.Add(image.Pt(1, 1))
	return r
}

// aimOf is the identifier of a symbology whose reader gives none.
func aimOf(s scanner.Symbology) string {
	switch s {
	case scanner.Code128:
		return "]C0"
	case scanner.Code39:
		return "]A0"
	case scanner.Code93:
		return "]G0"
	case scanner.Codabar:
		return "]F0"
	case scanner.ITF:
		return "]I0"
	case scanner.EAN13, scanner.UPCA, scanner.UPCE:
		return "]E0"
	case scanner.EAN8:
		return "]E4"
	case scanner.QR:
		return "]Q1"
	case scanner.DataMatrix:
		return "]d1"
	case scanner.Aztec:
		return "]z0"
	case scanner.PDF417:
		return "]L0"
	case scanner.DataBar:
		return "]e0"
	case scanner.Unknown:
	}
	return "]X0"
}
