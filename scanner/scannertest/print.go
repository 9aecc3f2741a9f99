package scannertest

import (
	"image"
	"math"
	"math/rand/v2"
)

// grain is how many pixels of the print a module has: the steps in which bars
// can be too wide.
const grain = 8

// A printed label, flat.
type printed struct {
	// ink is 0 where black is, grain pixels a module.
	ink *image.Gray
	// size is in modules.
	size image.Point
	on   []placed
	// black and white are the greys of ink and paper before the camera.
	black, white float64
}

// label prints a label of a maker's that fits into the frame, if any does.
func (s Scene) label(r *rand.Rand) *printed {
	const least, most = 4, 6
	m := makers()[r.IntN(len(makers()))]
	all := others(r)[:least-1+r.IntN(most-least+1)]
	all = append(all, pkid(r))
	for len(all) > least {
		if _, size := m.place(append(all, squares(r, s.Squares)...), r); s.fits(size) {
			break
		}
		all = all[1:]
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return s.print(m, append(all, squares(r, s.Squares)...), r)
}

// fits tells whether a label of so many modules is all in the frame.
func (s Scene) fits(size image.Point) bool {
	sin, cos := math.Sincos(s.Turn * math.Pi / 180)
	sin, cos = math.Abs(sin), math.Abs(cos)
	w, h := float64(size.X), float64(size.Y)
	by := s.Module * (1 + s.Tilt)
	return by*(w*cos+h*sin) < float64(s.Size.X) && by*(w*sin+h*cos) < float64(s.Size.Y)
}

// print puts ink on paper: symbols, captions, and what the printer does wrong.
func (s Scene) print(m maker, all []symbol, r *rand.Rand) *printed {
	on, size := m.place(all, r)
	p := &printed{image.NewGray(image.Rectangle{Max: size.Mul(grain)}), size, on, between(r, 15, 45), between(r, 205, 240)}
	fillGrey(p.ink, p.ink.Rect, maxGrey)
	if m.outlined {
		fillGrey(p.ink, p.ink.Rect.Inset(2*grain), 0)
		fillGrey(p.ink, p.ink.Rect.Inset(5*grain/2), maxGrey)
	}
	out := &sheet{Image: p.ink, fine: grain, ink: image.Black}
	if m.banner {
		fillGrey(p.ink, image.Rect(0, 0, size.X*grain, head*grain), 0)
		out.ink = image.White
	}
	out.text(bold, 11, margin, head-4, m.name)
	out.ink = image.Black
	for _, c := range on {
		p.symbol(c, s.Gain)
		m.caption(out, c)
	}
	p.defects(s.Defects, r)
	return p
}

// caption prints what stands with a symbol for people.
func (m maker) caption(out *sheet, c placed) {
	if c.square() || c.kind == "" {
		return
	}
	y := c.area.Max.Y + letter - 1
	if m.above {
		y = c.area.Min.Y - 2
	}
	const caption, text = 7, 7.5
	out.text(m.letters, caption, c.area.Min.X, y, c.kind+m.between)
	out.text(m.digits, text, c.area.Min.X+columnWide/4, y, c.text)
}

// symbol prints the dark modules as runs, each wider by gain modules.
func (l *printed) symbol(c placed, gain float64) {
	side, tall := grain, c.area.Dy()*grain
	if c.square() {
		side, tall = dot*grain, dot*grain
	}
	more := int(math.Round(gain * grain / 2))
	for i := 0; i < len(c.dark); i++ {
		if !c.dark[i] {
			continue
		}
		first := i
		for (i+1)%c.wide != 0 && c.dark[i+1] {
			i++
		}
		x, y := c.area.Min.X*grain+first%c.wide*side, c.area.Min.Y*grain+first/c.wide*tall
		fillGrey(l.ink, image.Rect(x-more, y, x+(i-first+1)*side+more, y+tall), 0)
	}
}

// defects are voids, spots and the streaks of dead points of the print head,
// along the label or across it.
func (l *printed) defects(count int, r *rand.Rand) {
	for range count {
		tone := []uint8{0, maxGrey}[r.IntN(2)]
		at := image.Pt(r.IntN(l.ink.Rect.Dx()), r.IntN(l.ink.Rect.Dy()))
		switch r.IntN(4) {
		case 0:
			fillGrey(l.ink, image.Rect(0, at.Y, l.ink.Rect.Dx(), at.Y+grain/2+r.IntN(grain)), maxGrey)
		case 1:
			fillGrey(l.ink, image.Rect(at.X, 0, at.X+1+r.IntN(grain/2), l.ink.Rect.Dy()), maxGrey)
		default:
			l.spot(at, int(between(r, 0.4, 2.5)*grain), tone)
		}
	}
}

// spot is a disc.
func (l *printed) spot(at image.Point, radius int, tone uint8) {
	for y := -radius; y <= radius; y++ {
		half := int(math.Sqrt(float64(radius*radius - y*y)))
		fillGrey(l.ink, image.Rect(at.X-half, at.Y+y, at.X+half+1, at.Y+y+1), tone)
	}
}
