package vision

import "math"

// The bars of a label that is tilted are not parallel on the picture, nor are its
// rows: either meet far off. A region knows of both by one vector, cross. Then its
// lines go as the rows do, and bars stand upright on all of them.

// mostFan is by how much at most a region is wider or less wide at its end than in
// its middle: where clutter says more, it says nothing.
const mostFan = 0.5

// at is the place (s, t) on the frame.
func (r *region) at(s, t float64) vector {
	return r.centre.add(r.along, s).add(r.bars, t).add(r.cross, s*t)
}

// step is how far apart on the frame places are that are one s apart, on line t.
func (r *region) step(t float64) vector { return r.along.add(r.cross, t) }

// place is p in the coordinates of the region.
func (r *region) place(p vector) (s, t float64) {
	d := p.minus(r.centre)
	det := r.along.cross(r.bars)
	s, t = d.cross(r.bars)/det, r.along.cross(d)/det
	if r.cross == (vector{}) {
		return s, t
	}
	const rounds = 4
	for range rounds { // Newton's
		off := r.at(s, t).minus(p)
		a, b := r.step(t), r.bars.add(r.cross, s)
		if det = a.cross(b); math.Abs(det) < 1e-3 {
			break
		}
		s, t = s-off.cross(b)/det, t-a.cross(off)/det
	}
	return s, t
}

// fan finds where the bars of a patch meet: it has the region's bars go there, and
// gives by how much those a pixel beside each other differ. Where that may as well
// be the unsteadiness of blocks, it is zero and nothing is changed.
func (p *patch) fan(r *region) float64 {
	const leastBlocks, passes, outlier = 24, 3, 0.15
	if len(p.members) < leastBlocks {
		return 0
	}
	// Bars meet at (lean, 1)/fan if, for each block, whose gradients go along g at q,
	// g·((lean, 1) - fan·q) is zero.
	var lean, fan, reach, misfit float64
	for pass := range passes {
		var m [2][3]float64
		var sum float64
		reach, misfit = 0, 0
		for n, e := range p.energy {
			g, q := half(p.ways[n]), p.places[n].minus(r.centre)
			gu, gv := g.dot(r.along), g.dot(r.bars)
			row := [2]float64{gu, -g.dot(q)}
			off := gv + row[0]*lean + row[1]*fan
			if pass > 0 && math.Abs(off) > outlier {
				continue
			}
			reach += e * math.Abs(q.dot(r.along))
			misfit += e * off * off
			sum += e
			for a := range row {
				m[a][0] += e * row[a] * row[0]
				m[a][1] += e * row[a] * row[1]
				m[a][2] -= e * row[a] * gv
			}
		}
		det := m[0][0]*m[1][1] - m[0][1]*m[1][0]
		if math.Abs(det) < 1e-9 || sum == 0 {
			return 0
		}
		lean, fan = (m[0][2]*m[1][1]-m[0][1]*m[1][2])/det, (m[0][0]*m[1][2]-m[0][2]*m[1][0])/det
		reach, misfit = reach/sum, math.Sqrt(misfit/sum)
	}
	const least, unsteady = 0.02, 0.08 // radians; to either side, in the mean.
	if math.Abs(fan)*reach < least || misfit > unsteady {
		return 0
	}
	r.bars = r.bars.add(r.along, lean).unit()
	return fan / math.Hypot(1, lean)
}

// fanRows turns a region's lines, and has them fan out, so that blocks counted along
// them are most unevenly spread: between rows of symbols is blank space. Where bars
// are parallel, rows seldom fan out, and only either is tried.
func (p *patch) fanRows(r *region, parallel bool) {
	const (
		step, steps   = math.Pi / 120, 4
		fans, clearly = 6, 1.05
		corner        = 2.0 * block // a step of the fan moves the blocks far out by this.
	)
	var wide, reach float64
	for _, at := range p.places {
		s, t := r.place(at)
		wide, reach = max(wide, math.Abs(s)), max(reach, math.Abs(s*t))
	}
	along, best, most := r.along, *r, p.spread(r, 0)*clearly
	for n := -steps; n <= steps; n++ {
		r.along = along.turned(float64(n) * step)
		for k := -fans; k <= fans; k++ {
			m := float64(k) * corner / max(reach, 1)
			if parallel && n*k != 0 || math.Abs(m)*wide > mostFan {
				continue
			}
			if v := p.spread(r, m); v > most {
				best, most = *r, v
				best.cross = r.bars.times(m)
			}
		}
	}
	*r = best
}

// spread is how unevenly the blocks of a patch are spread over lines that fan out.
func (p *patch) spread(r *region, fan float64) float64 {
	const bins = 512
	var count [bins]float32
	by := 1 / (block * r.along.cross(r.bars))
	across := vector{-r.along.y * by, r.along.x * by}
	fan *= block * by
	for _, at := range p.places {
		d := at.minus(r.centre)
		line := d.dot(across) / (1 + fan*d.cross(r.bars))
		k := int(math.Floor(line))
		part := float32(line - float64(k))
		count[uint(k)%bins] += 1 - part
		count[uint(k+1)%bins] += part
	}
	return squaresOf(count[:])
}

// squaresOf is the sum of the squares of counts.
func squaresOf(count []float32) (sum float64) {
	for _, c := range count {
		sum += float64(c) * float64(c)
	}
	return sum
}

// fanned has a region's bars fan out; false if they would meet on it.
func (p *patch) fanned(r *region, fan float64) bool {
	const leastUpright = 0.5 // sine of the angle between rows and bars.
	if math.Abs(r.along.cross(r.bars)) < leastUpright {
		return false
	}
	for _, at := range p.places {
		if _, t := r.place(at); math.Abs(t*fan) > mostFan {
			return false
		}
	}
	r.cross = r.cross.add(r.along, -fan)
	return true
}
