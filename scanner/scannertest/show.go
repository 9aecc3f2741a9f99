package scannertest

import "image"

// show puts the label on the film. Each pixel is the mean of several points of
// the print, so that bars narrower than a pixel are grey as on a sensor.
func (l *printed) show(film *plane, p pose) {
	area := p.outline().Intersect(image.Rect(0, 0, film.width, film.height))
	s := sampler{l, p.bend, p.toFrame().inverse(), p.half, points(p.module)}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := film.row(y)
		for x := area.Min.X; x < area.Max.X; x++ {
			if v, share := s.pixel(float64(x), float64(y)); share > 0 {
				row[x] = row[x]*(1-share) + v*share
			}
		}
	}
}

// points is how many points a pixel has along a side: fewer where the print is
// seen large.
func points(module float64) int {
	const large = 3
	if module >= large {
		return large
	}
	return large + 1
}

type sampler struct {
	*printed

	bend   bend
	inv    matrix
	half   [2]float64
	points int
}

// pixel gives the label's grey in a pixel, and how much of it the label covers.
func (s *sampler) pixel(x, y float64) (grey, share float32) {
	cx, cy := s.inv.apply(x+0.5, y+0.5)
	const beyond = 3
	if cx < -s.half[0]-beyond || cx > s.half[0]+beyond || cy < -s.half[1]-beyond || cy > s.half[1]+beyond {
		return 0, 0
	}
	light := 1.0
	offX, offY := s.half[0], s.half[1]
	if !s.bend.flat() {
		px, py, l := s.bend.paper(cx, cy)
		offX, offY, light = offX+px-cx, offY+py-cy, l
	}
	sum, count := s.sum(x, y, offX, offY)
	if count == 0 {
		return 0, 0
	}
	white := float64(sum) / float64(count*maxGrey)
	return float32((s.black + (s.white-s.black)*white) * light), float32(count) / float32(s.points*s.points)
}

// sum adds up the points of a pixel that are on the label.
func (s *sampler) sum(x, y, offX, offY float64) (sum, count int) {
	m, size := &s.inv, s.ink.Rect.Max
	step := 1 / float64(s.points)
	for j := range s.points {
		py := y + (float64(j)+0.5)*step
		u0, v0, w0 := m[1]*py+m[2], m[4]*py+m[5], m[7]*py+m[8]
		for i := range s.points {
			px := x + (float64(i)+0.5)*step
			w := grain / (m[6]*px + w0)
			u, v := (m[0]*px+u0)*w+offX*grain, (m[3]*px+v0)*w+offY*grain
			if u < 0 || v < 0 || int(u) >= size.X || int(v) >= size.Y {
				continue
			}
			sum += int(s.ink.Pix[int(v)*s.ink.Stride+int(u)])
			count++
		}
	}
	return sum, count
}
