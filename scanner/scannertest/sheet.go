package scannertest

import (
	"fmt"
	"image"
	"image/color"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"
	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"pkidstation/scanner/code128"
)

// A sheet is what a label is printed on. Its methods take places and sizes in
// units of the label: pixels of the frame, or modules.
type sheet struct {
	draw.Image

	// fine is how many pixels of the sheet a unit has.
	fine int
	ink  image.Image
}

// fill paints a rectangle in pixels of the sheet itself.
func (s *sheet) fill(r image.Rectangle, c color.Color) {
	draw.Draw(s.Image, r, image.NewUniform(c), image.Point{}, draw.Src)
}

// frame draws a line around the sheet, at a distance from its edge.
func (s *sheet) frame(inside, thick int) {
	s.fill(s.Bounds().Inset(inside*s.fine), color.Black)
	s.fill(s.Bounds().Inset((inside+thick)*s.fine), color.White)
}

// A typeface is one of the Go fonts.
type typeface int

const (
	regular typeface = iota
	bold
	mono
)

// face gives the letters so many pixels of the sheet high.
func (t typeface) face(size float64) (font.Face, error) {
	file := map[typeface][]byte{regular: goregular.TTF, bold: gobold.TTF, mono: gomono.TTF}[t]
	f, err := opentype.Parse(file)
	if err != nil {
		return nil, err
	}
	const dotsPerInch = 72
	return opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: dotsPerInch, Hinting: font.HintingFull})
}

// text prints with its base line at y.
func (s *sheet) text(t typeface, size float64, x, y int, text string) {
	s.print(t, size, text, func(font.Face) fixed.Point26_6 { return fixed.P(x*s.fine, y*s.fine) })
}

// right prints text that ends at x.
func (s *sheet) right(t typeface, size float64, x, y int, text string) {
	s.print(t, size, text, func(f font.Face) fixed.Point26_6 {
		return fixed.Point26_6{X: fixed.I(x*s.fine) - font.MeasureString(f, text), Y: fixed.I(y * s.fine)}
	})
}

func (s *sheet) print(t typeface, size float64, text string, at func(font.Face) fixed.Point26_6) {
	face, err := t.face(size * float64(s.fine))
	if err != nil {
		panic(fmt.Sprintf("a font that comes with Go is broken: %v", err))
	}
	d := font.Drawer{Dst: s, Src: s.ink, Face: face, Dot: at(face)}
	d.DrawString(text)
}

// code128 prints a symbol with its top left at x, y.
func (s *sheet) code128(text string, x, y int) error {
	const module, height = 3, 80
	modules, err := code128.Modules(text)
	if err != nil {
		return fmt.Errorf("printing %q: %w", text, err)
	}
	s.bars(modules, image.Rect(x, y, x+module, y+height))
	return nil
}

// ean prints a product's number with its digits below.
func (s *sheet) ean(digits string, x, y int) error {
	const module, height = 3, 110
	writer, format := oned.NewEAN13Writer(), gozxing.BarcodeFormat_EAN_13
	if len(digits) == len("012345678905") {
		writer, format = oned.NewUPCAWriter(), gozxing.BarcodeFormat_UPC_A
	}
	hints := map[gozxing.EncodeHintType]any{gozxing.EncodeHintType_MARGIN: 0}
	bits, err := writer.Encode(digits, format, 1, 1, hints)
	if err != nil {
		return fmt.Errorf("printing %q: %w", digits, err)
	}
	modules := make([]bool, bits.GetWidth())
	for i := range modules {
		modules[i] = bits.Get(i, 0)
	}
	s.text(mono, 24, x+52, y+height+24, digits)
	s.bars(modules, image.Rect(x, y, x+module, y+height))
	return nil
}

// bars prints a linear symbol whose first module is first.
func (s *sheet) bars(modules []bool, first image.Rectangle) {
	for i, dark := range modules {
		if dark {
			module := first.Add(image.Pt(i*first.Dx(), 0))
			s.fill(image.Rectangle{Min: module.Min.Mul(s.fine), Max: module.Max.Mul(s.fine)}, color.Black)
		}
	}
}

// arrows prints the sign "this way up".
func (s *sheet) arrows(x, y int) {
	for _, left := range []int{x, x + 52} {
		for row := range 34 {
			half := row * 22 / 34
			s.fill(image.Rect((left+22-half)*s.fine, (y+row)*s.fine, (left+22+half)*s.fine, (y+row+1)*s.fine), color.Black)
		}
		s.fill(image.Rect((left+14)*s.fine, (y+34)*s.fine, (left+30)*s.fine, (y+76)*s.fine), color.Black)
	}
	s.fill(image.Rect(x*s.fine, (y+86)*s.fine, (x+96)*s.fine, (y+92)*s.fine), color.Black)
}
