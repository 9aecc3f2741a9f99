package scannertest

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
)

// backdrop is the box behind a label: corrugated cardboard, strips of tape and
// stickers, stencilled words.
func backdrop(size image.Point, r *rand.Rand) *image.Gray {
	g := image.NewGray(image.Rectangle{Max: size})
	corrugated(g, r)
	s := &sheet{Image: g, fine: 1, ink: image.NewUniform(color.Gray{uint8(between(r, 50, 80))})}
	for range 8 + r.IntN(14) {
		at := image.Pt(r.IntN(size.X), r.IntN(size.Y))
		strip := image.Rectangle{at, at.Add(image.Pt(30+r.IntN(180), 4+r.IntN(32)))}
		fillGrey(g, strip, uint8(between(r, 45, 205)))
	}
	for range 6 + r.IntN(7) {
		face := typeface(r.IntN(int(mono) + 1))
		s.text(face, between(r, 11, 30), r.IntN(size.X), r.IntN(size.Y), stencil(r))
	}
	return g
}

// corrugated is cardboard whose waves run anyhow.
func corrugated(g *image.Gray, r *rand.Rand) {
	const phases = 256
	var wave [phases]float64
	high := between(r, 5, 16)
	for i := range wave {
		wave[i] = high * math.Sin(2*math.Pi*float64(i)/phases)
	}
	base, period := between(r, 110, 150), between(r, 18, 70)
	sin, cos := math.Sincos(between(r, 0, math.Pi))
	for y := range g.Rect.Dy() {
		row := g.Pix[y*g.Stride:][:g.Rect.Dx()]
		for x := range row {
			phase := int((float64(x)*cos + float64(y)*sin) * phases / period)
			row[x] = uint8(base + wave[phase&(phases-1)])
		}
	}
}

func stencil(r *rand.Rand) string {
	words := []string{"FRAGILE", "THIS WAY UP", "HANDLE WITH CARE", "LOT", "MADE IN", "KEEP DRY", "No."}
	return fmt.Sprintf("%s %08X", words[r.IntN(len(words))], r.Uint32())
}

// fillGrey paints a rectangle, or what of it is on the picture.
func fillGrey(g *image.Gray, area image.Rectangle, v uint8) {
	area = area.Intersect(g.Rect)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := g.Pix[g.PixOffset(area.Min.X, y):][:area.Dx()]
		for x := range row {
			row[x] = v
		}
	}
}
