package vision

import "math"

const (
	// lineStep is how far apart, in pixels, the scan lines of a region are.
	lineStep = 2
	// beyond is how far scan lines go on past a patch: its quiet zones.
	beyond = 52
)

// A scan is the lines across a region's bars, one grey value a pixel.
type scan struct {
	*region

	from, top float64 // s of the first value, t of the first line.
	long      int     // values a line.
	lines     [][]float32
}

// newScanAlong is a scan whose lines are not sampled yet.
func newScanAlong(r *region) *scan {
	const above = 4
	return &scan{region: r, from: r.s0 - beyond, top: r.t0 - above, long: int(r.s1-r.s0) + 2*beyond}
}

// newScans samples the lines of regions, a few at a time: one region may be most of
// a picture.
func newScans(c *crew, f *frame, regions []region) []*scan {
	const few = 32
	scans := make([]*scan, len(regions))
	var tasks []func()
	for i := range regions {
		s := newScan(c.lead(), &regions[i])
		for from := 0; from < len(s.lines); from += few {
			tasks = append(tasks, func() { s.sample(f, from, min(from+few, len(s.lines))) })
		}
		scans[i] = s
	}
	c.at(len(tasks), func(w *work, i int) {
		if w.ctx.Err() == nil {
			tasks[i]()
		}
	})
	return scans
}

// newScan has room for the lines of a region.
func newScan(w *work, r *region) *scan {
	s := newScanAlong(r)
	rows := int(r.t1-s.top+(r.t0-s.top))/lineStep + 1 // as far below as above.
	values := w.floats(s.long * rows)
	for j := range rows {
		s.lines = append(s.lines, values[j*s.long:(j+1)*s.long])
	}
	return s
}

// sample takes some of the lines.
func (s *scan) sample(f *frame, from, to int) {
	for j := from; j < to; j++ {
		at := s.top + float64(j*lineStep)
		sampleLine(f, s.lines[j], s.at(s.from, at), s.step(at))
	}
}

// sampleLine takes values from p on, one step apart, between the four pixels
// around each. Past the frame its edge goes on.
func sampleLine(f *frame, line []float32, p, step vector) {
	wide, high := int64(f.width()-1)*whole-1, int64(f.height()-1)*whole-1
	x, y, dx, dy := int64(p.x*whole), int64(p.y*whole), int64(step.x*whole), int64(step.y*whole)
	for i := range line {
		cx, cy := min(max(x, 0), wide), min(max(y, 0), high)
		x, y = x+dx, y+dy
		at := int(cy>>fraction)*f.Stride + int(cx>>fraction)
		q, r := f.Pix[at:][:2:2], f.Pix[at+f.Stride:][:2:2]
		a, b := int(q[0])<<8, int(r[0])<<8
		fx, fy := int(cx>>8&255), int(cy>>8&255)
		a += (int(q[1]) - int(q[0])) * fx
		b += (int(r[1]) - int(r[0])) * fx
		line[i] = float32(a<<8+(b-a)*fy) * (1.0 / whole)
	}
}

// A band is neighbouring lines of a scan that show the same bars, and how the
// bars lie: line t is shifted by t·(lean + fan·s) along s.
type band struct {
	*scan

	first, last int // lines.
	lean, fan   float64
	alike       float32 // by how much its lines show the same, once it is straight: at most 1.
}

// rows is how many lines a band has.
func (b *band) rows() int { return b.last - b.first + 1 }

// bands groups the lines that are alike: captions, blank paper and the next
// symbol are not.
func (s *scan) bands(w *work) []band {
	n := len(s.lines[0])
	mean, slope := w.floats(n), w.floats(n)
	var found []band
	const least = 3
	open := band{scan: s}
	count := 0
	for j := range s.lines {
		derive(slope, s.lines[j])
		if count > 0 && alikeness(mean[beyond:n-beyond], slope[beyond:n-beyond]) < 0.55 {
			if count >= least {
				found = append(found, open)
			}
			count = 0
		}
		if count == 0 {
			copy(mean, slope)
			open.first = j
		}
		for i := range mean {
			mean[i] += 0.4 * (slope[i] - mean[i])
		}
		open.last = j
		count++
	}
	if count >= least {
		found = append(found, open)
	}
	return found
}

// derive is the slope of a line.
func derive(slope, line []float32) {
	for i := 1; i+1 < len(line); i++ {
		slope[i] = line[i+1] - line[i-1]
	}
}

// alikeness is the correlation of two slopes.
func alikeness(a, b []float32) float32 {
	var ab, aa, bb float32
	for i := range a {
		ab += a[i] * b[i]
		aa += a[i] * a[i]
		bb += b[i] * b[i]
	}
	const faint = 16 // mean square, below which a line is blank.
	if bb < faint*float32(len(b)) || aa == 0 {
		return 0
	}
	return ab / float32(math.Sqrt(float64(aa)*float64(bb)))
}

// heights are the t of a band's first and last line.
func (b *band) heights() (t0, t1 float64) {
	return b.top + float64(b.first*lineStep), b.top + float64(b.last*lineStep)
}

func (b *band) height() float64 {
	t0, t1 := b.heights()
	return t1 - t0
}

// A profile is the grey across the bars, averaged along them.
type profile struct {
	v    []float32
	from float64 // s of the first value.
	step float64 // pixels between values.
	tall float64 // how many pixels along the bars it averages.
}

// fineStep is the step of a profile, in pixels.
const fineStep = 0.5

// profile averages the frame between two heights of a band.
func (b *band) profile(w *work, f *frame, t0, t1 float64) profile {
	const maxLines = 20
	p := profile{from: b.from, step: fineStep, tall: t1 - t0}
	n := int(float64(b.long) / fineStep)
	p.v = w.floats(n)
	lines := int(min(max(t1-t0, 1), maxLines))
	for j := range lines {
		t := t0 + (t1-t0)*(float64(j)+0.5)/float64(lines)
		start := b.at(b.from+t*(b.lean+b.fan*b.from), t)
		w.cubic().add(f, p.v, start, b.step(t).times(fineStep*(1+t*b.fan)))
	}
	w.spend(8 * n * lines)
	for i := range p.v {
		p.v[i] /= float32(lines) * 256 * 256
	}
	return p
}

// Positions on a frame are in parts of a pixel; a cubic's weights are in 256ths.
const (
	fraction = 16
	whole    = 1 << fraction
	phases   = 64
)

// A cubic is the weights of four neighbours by how far past the second a value
// lies, by Catmull-Rom: what is between two only is blurred, and modules of a
// pixel vanish.
type cubic [phases][4]int32

func newCubic() *cubic {
	var c cubic
	for i := range c {
		x := (float64(i) + 0.5) / phases
		for k, v := range [4]float64{
			x * (-0.5 + x*(1-0.5*x)),
			1 + x*x*(-2.5+1.5*x),
			x * (0.5 + x*(2-1.5*x)),
			x * x * (-0.5 + 0.5*x),
		} {
			c[i][k] = int32(math.Round(256 * v))
		}
	}
	return &c
}

// addCubic adds values from p on, each between sixteen pixels. Past the frame
// its edge goes on.
func (c *cubic) add(f *frame, sum []float32, p, step vector) {
	wide, high := (f.width()-3)*whole-1, (f.height()-3)*whole-1
	if wide < whole || high < whole {
		return
	}
	x, y, dx, dy := int(p.x*whole), int(p.y*whole), int(step.x*whole), int(step.y*whole)
	for i := range sum {
		cx, cy := min(max(x, whole), wide), min(max(y, whole), high)
		x, y = x+dx, y+dy
		wx, wy := &c[cx>>(fraction-6)&(phases-1)], &c[cy>>(fraction-6)&(phases-1)]
		at := (cy>>fraction-1)*f.Stride + cx>>fraction - 1
		var v int32
		for r := range wy {
			q := f.Pix[at : at+4 : at+4]
			v += wy[r] * (wx[0]*int32(q[0]) + wx[1]*int32(q[1]) + wx[2]*int32(q[2]) + wx[3]*int32(q[3]))
			at += f.Stride
		}
		sum[i] += float32(v)
	}
}
