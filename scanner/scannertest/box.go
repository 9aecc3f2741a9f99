package scannertest

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
)

// shades is how many tones of cardboard and of grey a frame has.
const shades = 16

// paper and tape are the colours of cardboard at the middle of the frame and
// of the strip that closes the box.
func paper() color.RGBA { return color.RGBA{196, 158, 112, 255} }
func tape() color.RGBA  { return color.RGBA{176, 136, 84, 255} }

// palette has greys for the label and browns for the box.
func palette() color.Palette {
	p := make(color.Palette, 0, 3*shades)
	for i := range shades {
		v := uint8(i * 255 / (shades - 1)) // at most 255
		p = append(p, color.Gray{v})
	}
	for _, c := range []color.RGBA{paper(), tape()} {
		for i := range shades {
			p = append(p, light(c, 0.72+0.34*float64(i)/(shades-1)))
		}
	}
	return p
}

// light is a colour in more or less light.
func light(c color.RGBA, by float64) color.RGBA {
	dim := func(v uint8) uint8 { return uint8(min(255, math.Round(float64(v)*by))) }
	return color.RGBA{dim(c.R), dim(c.G), dim(c.B), 255}
}

// cardboard is an empty box: corrugation, a lamp above, a strip of tape.
func cardboard() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, frameWidth, frameHeight))
	const tapeTop, tapeBottom, wave = 24, 64, 12
	for y := range frameHeight {
		base, by := paper(), 1.03-0.2*float64(y)/frameHeight
		switch {
		case y >= tapeTop && y < tapeBottom:
			base = tape()
		case y%wave < wave/3:
			by -= 0.025
		}
		draw.Draw(img, image.Rect(0, y, frameWidth, y+1), image.NewUniform(light(base, by)), image.Point{}, draw.Src)
	}
	shadow := image.NewUniform(color.RGBA{0, 0, 0, 28})
	draw.Draw(img, image.Rect(0, tapeBottom, frameWidth, tapeBottom+3), shadow, image.Point{}, draw.Over)
	return img
}

// place turns the sheet by degrees clockwise about its middle and puts it in
// the middle of the frame, a little below the tape. A label on its side is
// further off, so that it is all in the frame.
func place(degrees float64) f64.Aff3 {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	const middleX, middleY = frameWidth / 2, frameHeight/2 + 30
	const sheetX, sheetY = labelWidth * fine / 2, labelHeight * fine / 2
	size := 1.0 / fine
	if math.Abs(sin) > math.Abs(cos) {
		size *= 0.7
	}
	sin, cos = size*sin, size*cos
	return f64.Aff3{
		cos, -sin, middleX - cos*sheetX + sin*sheetY,
		sin, cos, middleY - sin*sheetX - cos*sheetY,
	}
}
