package vision

import (
	"image"
	"math"
)

// A quad is four corners in turn, clockwise on the picture.
type quad [4]vector

// quadOf are the outlines of a code's pixels: half a pixel around its corners,
// so that one scan line has an area, too.
func quadOf(corners [4]image.Point, margin float64) quad {
	var q quad
	var middle vector
	for i, p := range corners {
		q[i] = vector{float64(p.X), float64(p.Y)}
		middle = middle.add(q[i], 0.25)
	}
	along, down := q[1].minus(q[0]).unit(), q[3].minus(q[0]).unit()
	if along == (vector{}) && down == (vector{}) {
		along, down = vector{x: 1}, vector{y: 1}
	}
	if down == (vector{}) {
		down = vector{-along.y, along.x}
	}
	if along == (vector{}) {
		along = vector{down.y, -down.x}
	}
	for i, side := range [4]vector{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}} {
		q[i] = q[i].add(along, margin*side.x).add(down, margin*side.y)
	}
	return q
}

// area is the area of a polygon given in turn, clockwise.
func areaOf(polygon []vector) float64 {
	var sum float64
	for i, a := range polygon {
		b := polygon[(i+1)%len(polygon)]
		sum += a.x*b.y - b.x*a.y
	}
	return math.Abs(sum) / 2
}

// shared is the area that two quads have in common.
func (q quad) shared(other quad) float64 {
	polygon := append(make([]vector, 0, 2*len(q)), q[:]...)
	for i, a := range other {
		polygon = cut(polygon, a, other[(i+1)%len(other)])
	}
	return areaOf(polygon)
}

// cut keeps what of a polygon lies right of the way from a to b, which is
// inside for corners that go clockwise with y downward.
func cut(polygon []vector, a, b vector) []vector {
	side := func(p vector) float64 { return (b.x-a.x)*(p.y-a.y) - (b.y-a.y)*(p.x-a.x) }
	var out []vector
	for i, p := range polygon {
		next := polygon[(i+1)%len(polygon)]
		s, n := side(p), side(next)
		if s >= 0 {
			out = append(out, p)
		}
		if (s < 0) != (n < 0) {
			out = append(out, p.add(next.minus(p), s/(s-n)))
		}
	}
	return out
}

// middle is the mean of the corners.
func (q quad) middle() (m vector) {
	for _, p := range q {
		m = m.add(p, 0.25)
	}
	return m
}

// grown is a quad whose corners are further from its middle by so many pixels.
func (q quad) grown(by float64) quad {
	m := q.middle()
	for i, p := range q {
		q[i] = p.add(p.minus(m).unit(), by)
	}
	return q
}

// holds says whether a point lies inside, whichever way round the corners go.
func (q quad) holds(p vector) bool {
	sides := 0
	for i, a := range q {
		b := q[(i+1)%len(q)]
		if (b.x-a.x)*(p.y-a.y)-(b.y-a.y)*(p.x-a.x) >= 0 {
			sides++
		}
	}
	return sides == 0 || sides == len(q)
}
