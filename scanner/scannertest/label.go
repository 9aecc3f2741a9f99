package scannertest

import (
	"fmt"
	"image"
	"image/color"

	"golang.org/x/image/draw"
)

// A Label is the shipping label of one device's box. What is empty is not on
// it.
type Label struct {
	Maker, Model string
	// Part is the maker's part number, in print only.
	Part string
	// Serial and PKID are printed as Code 128.
	Serial, PKID string
	// EAN is the product's number: 13 digits with check digit are printed as
	// EAN-13, 12 as UPC-A.
	EAN string
	// Tilt is how far the box is turned against the camera, in degrees
	// clockwise.
	Tilt float64
}

const (
	// frameWidth and frameHeight are those of a webcam.
	frameWidth, frameHeight = 1280, 720
	// fine is how many pixels of the drawing make one of the frame.
	fine = 2
	// labelWidth and labelHeight are the label's, in pixels of the frame.
	labelWidth, labelHeight = 880, 560
)

// Draw gives the label on a cardboard box as a camera of 1280 × 720 sees it,
// in few colours. It fails if a code cannot be printed in its symbology.
func Draw(l Label) (*image.Paletted, error) {
	flat, err := l.flat()
	if err != nil {
		return nil, fmt.Errorf("drawing the label of %s %s: %w", l.Maker, l.Model, err)
	}
	frame := cardboard()
	draw.BiLinear.Transform(frame, place(l.Tilt), flat, flat.Bounds(), draw.Over, nil)
	out := image.NewPaletted(frame.Rect, palette())
	draw.Draw(out, out.Rect, frame, image.Point{}, draw.Src)
	return out, nil
}

// flat is the label before it is stuck on the box, fine times as large.
func (l Label) flat() (*image.RGBA, error) {
	img := image.NewRGBA(image.Rect(0, 0, labelWidth*fine, labelHeight*fine))
	s := &sheet{Image: img, fine: fine, ink: image.Black}
	s.fill(s.Bounds(), color.White)
	s.frame(8, 2)
	s.text(bold, 44, 32, 62, l.Maker)
	s.text(regular, 24, 32, 98, l.Model)
	s.right(regular, 18, labelWidth-32, 52, "P/N "+l.Part)
	s.right(regular, 18, labelWidth-32, 80, "QTY 1   1/1")
	s.fill(image.Rect(8*fine, 116*fine, (labelWidth-8)*fine, 119*fine), color.Black)
	y := 156
	for _, line := range []struct{ caption, text string }{{"Serial number (S/N)", l.Serial}, {"Windows PKID", l.PKID}} {
		if line.text == "" {
			continue
		}
		s.text(regular, 18, 32, y, line.caption)
		if err := s.code128(line.text, 40, y+12); err != nil {
			return nil, err
		}
		s.text(mono, 22, 40, y+114, line.text)
		y += 150
	}
	if l.EAN != "" {
		if err := s.ean(l.EAN, labelWidth-352, labelHeight-172); err != nil {
			return nil, err
		}
	}
	s.text(regular, 15, 32, labelHeight-62, "Product of more than one country. Do not drop.")
	s.text(regular, 15, 32, labelHeight-38, "Store between 5 and 35 °C. Keep dry.")
	s.arrows(labelWidth-150, 150)
	return img, nil
}
