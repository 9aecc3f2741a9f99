package scannertest

import (
	"image"
	"math"
	"math/rand/v2"
)

// A plane is the light on the film before it is digitized: greys of 0 to 255
// and beyond, row by row.
type plane struct {
	width, height int
	grey32        []float32
}

func newPlane(g *image.Gray) *plane {
	p := &plane{g.Rect.Dx(), g.Rect.Dy(), make([]float32, len(g.Pix))}
	for i, v := range g.Pix {
		p.grey32[i] = float32(v)
	}
	return p
}

// row is one line of the plane; above the first is the first, below the last
// the last.
func (p *plane) row(y int) []float32 {
	y = min(max(y, 0), p.height-1)
	return p.grey32[y*p.width : (y+1)*p.width]
}

// grey digitizes the plane with a sensor's noise.
func (p *plane) grey(noise float64, r *rand.Rand) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, p.width, p.height))
	for i, v := range p.grey32 {
		v = min(v, maxGrey) // the sensor is full: noise of what is beyond does not show
		if noise > 0 {
			v += float32(noise * r.NormFloat64())
		}
		g.Pix[i] = uint8(min(max(v+0.5, 0), maxGrey))
	}
	return g
}

const maxGrey = 255

// A kernel is what becomes of one point of light.
type kernel []tap

// A tap is the share of the light that comes from dx, dy away.
type tap struct {
	dx, dy int
	share  float32
}

// gaussian is a lens that is out of focus, along x.
func gaussian(sigma float64) kernel {
	if sigma <= 0 {
		return nil
	}
	const reach = 3
	var k kernel
	for dx := -int(math.Ceil(reach * sigma)); dx <= int(math.Ceil(reach*sigma)); dx++ {
		k = append(k, tap{dx, 0, float32(math.Exp(-float64(dx*dx) / (2 * sigma * sigma)))})
	}
	return k.whole()
}

// turned is the kernel along y.
func (k kernel) turned() kernel {
	t := make(kernel, len(k))
	for i, p := range k {
		t[i] = tap{p.dy, p.dx, p.share}
	}
	return t
}

// whole scales the shares to 1 together.
func (k kernel) whole() kernel {
	var sum float32
	for _, t := range k {
		sum += t.share
	}
	for i := range k {
		k[i].share /= sum
	}
	return k
}

// motion is a hand that moves evenly over so many pixels.
func motion(length float64, r *rand.Rand) kernel {
	if length <= 0 {
		return nil
	}
	sin, cos := math.Sincos(between(r, 0, math.Pi))
	const perPixel = 4
	share := make(map[image.Point]float32)
	steps := int(math.Ceil(length * perPixel))
	for i := range steps + 1 {
		along := length * (float64(i)/float64(steps) - 0.5)
		x, y := along*cos, along*sin
		left, top := math.Floor(x), math.Floor(y)
		at, fx, fy := image.Pt(int(left), int(top)), float32(x-left), float32(y-top)
		share[at] += (1 - fx) * (1 - fy)
		share[at.Add(image.Pt(1, 0))] += fx * (1 - fy)
		share[at.Add(image.Pt(0, 1))] += (1 - fx) * fy
		share[at.Add(image.Pt(1, 1))] += fx * fy
	}
	// In the order of rows, so that the same sums are made every time.
	var k kernel
	reach := int(length) + 2
	for dy := -reach; dy <= reach; dy++ {
		for dx := -reach; dx <= reach; dx++ {
			if s := share[image.Pt(dx, dy)]; s > 0 {
				k = append(k, tap{dx, dy, s})
			}
		}
	}
	return k.whole()
}

// spread lets every point of light fall where the kernel says. No kernel
// leaves the plane as it is.
func (p *plane) spread(k kernel) {
	if len(k) == 0 {
		return
	}
	out := make([]float32, len(p.grey32))
	for y := range p.height {
		to := out[y*p.width : (y+1)*p.width]
		for _, t := range k {
			t.add(to, p.row(y+t.dy))
		}
	}
	p.grey32 = out
}

// add is one tap of one row. Beyond the row's ends is what is at its ends.
func (t tap) add(to, from []float32) {
	width := len(to)
	first, end := min(max(0, -t.dx), width), max(min(width, width-t.dx), 0)
	for x := range first {
		to[x] += t.share * from[0]
	}
	if first < end {
		inside := from[first+t.dx : end+t.dx]
		for i, v := range inside {
			to[first+i] += t.share * v
		}
	}
	for x := max(end, first); x < width; x++ {
		to[x] += t.share * from[width-1]
	}
}
