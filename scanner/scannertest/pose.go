package scannertest

import (
	"image"
	"math"
	"math/rand/v2"
)

// A pose is how a label lies before the camera. A place on the label is in
// modules from its middle.
type pose struct {
	// middle of the label on the frame, and pixels a module there.
	middle image.Point
	module float64
	turn   float64 // radians clockwise
	// tilt is Scene's, toward the direction on the label in which it is far.
	tilt, toward float64
	half         [2]float64 // half the label's sides, in modules
	bend         bend
}

// pose lays a label somewhere into the frame, smaller where it must be.
func (s Scene) pose(l *printed, r *rand.Rand) pose {
	const half = 2
	p := pose{
		module: s.Module, turn: s.Turn * math.Pi / 180,
		tilt: s.Tilt, toward: between(r, 0, 2*math.Pi),
		half: [2]float64{float64(l.size.X) / half, float64(l.size.Y) / half},
	}
	p.bend = s.bend(p.half, r)
	const edge, shrink = 6, 0.97
	for {
		p.middle = image.Point{}
		box := p.outline()
		room := s.Size.Sub(box.Size()).Sub(image.Pt(2*edge, 2*edge))
		if room.X > 0 && room.Y > 0 {
			p.middle = image.Pt(edge+r.IntN(room.X), edge+r.IntN(room.Y)).Sub(box.Min)
			return p
		}
		p.module *= shrink
	}
}

// toFrame is the homography of places on the label to the frame's pixels.
func (p pose) toFrame() matrix {
	sin, cos := math.Sincos(p.turn)
	sin, cos = sin*p.module, cos*p.module
	farX, farY := p.tilt*math.Cos(p.toward)/p.half[0], p.tilt*math.Sin(p.toward)/p.half[1]
	x, y := float64(p.middle.X), float64(p.middle.Y)
	return matrix{
		cos + x*farX, -sin + x*farY, x,
		sin + y*farX, cos + y*farY, y,
		farX, farY, 1,
	}
}

// outline is the upright box about the label on the frame.
func (p pose) outline() image.Rectangle {
	m := p.toFrame()
	var box image.Rectangle
	for i, c := range [4][2]float64{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}} {
		x, y := m.apply(c[0]*p.half[0], c[1]*p.half[1])
		at := image.Rect(int(math.Floor(x)), int(math.Floor(y)), int(math.Ceil(x))+1, int(math.Ceil(y))+1)
		if i == 0 {
			box = at
		}
		box = box.Union(at)
	}
	return box
}

// truth is where the whole symbols of a label are on the frame.
func (l *printed) truth(p pose) []Printed {
	m := p.toFrame()
	at := func(x, y float64) image.Point {
		x, y = p.bend.seen(x-p.half[0], y-p.half[1])
		x, y = m.apply(x, y)
		return image.Pt(int(math.Round(x)), int(math.Round(y)))
	}
	var all []Printed
	for _, c := range l.on {
		if c.broken {
			continue
		}
		left, top := float64(c.area.Min.X), float64(c.area.Min.Y)
		right, bottom := float64(c.area.Max.X), float64(c.area.Max.Y)
		all = append(all, Printed{
			Kind: c.kind, Text: c.text, Symbology: c.symbology,
			Corners: [4]image.Point{at(left, top), at(right, top), at(right, bottom), at(left, bottom)},
			Centre:  at((left+right)/2, (top+bottom)/2),
		})
	}
	return all
}

// A matrix is a homography, row by row.
type matrix [9]float64

func (m matrix) apply(x, y float64) (float64, float64) {
	w := m[6]*x + m[7]*y + m[8]
	return (m[0]*x + m[1]*y + m[2]) / w, (m[3]*x + m[4]*y + m[5]) / w
}

// inverse is the way back; a scale is of no matter to a homography.
func (m matrix) inverse() matrix {
	return matrix{
		m[4]*m[8] - m[5]*m[7], m[2]*m[7] - m[1]*m[8], m[1]*m[5] - m[2]*m[4],
		m[5]*m[6] - m[3]*m[8], m[0]*m[8] - m[2]*m[6], m[2]*m[3] - m[0]*m[5],
		m[3]*m[7] - m[4]*m[6], m[1]*m[6] - m[0]*m[7], m[0]*m[4] - m[1]*m[3],
	}
}
