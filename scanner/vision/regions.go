package vision

import (
	"cmp"
	"math"
	"slices"
)

const (
	// block is the side, in pixels, of the squares whose structure tensor is
	// summed.
	block = 8
	// coherent is the least part of a block's gradients that go one way.
	coherent = 0.45
	// strong is the least mean squared gradient of a block with bars in it.
	strong = 90
	// leastLength is the least length of a patch of bars, in pixels, and leastBlocks
	// how many blocks it has.
	leastLength, leastBlocks = 56, 7
	// maxRegions is how many patches of one frame are looked at.
	maxRegions = 24
)

// A region is a patch of parallel bars. Its place (s, t) is
// centre + s·along + t·bars + s·t·cross, in pixels: along runs across the bars
// and bars runs with them. They need not be at a right angle: a tilted label is
// sheared. Cross is how bars and rows fan out on it, zero where they do not.
type region struct {
	centre, along, bars, cross vector
	s0, s1, t0, t1             float64
	weight                     float64
}

// A tensor is the sum of a block's gradients: of gx², gy² and gx·gy.
type tensor struct{ xx, yy, xy float32 }

// energy is the mean squared gradient of a block.
func (t tensor) energy() float32 { return (t.xx + t.yy) / (block * block / 2) }

// coherence is 1 where all gradients go one way, 0 where they go every way.
func (t tensor) coherence() float32 {
	d := float64(t.xx - t.yy)
	return float32(math.Sqrt(d*d+4*float64(t.xy)*float64(t.xy))) / (t.xx + t.yy + 1)
}

// double is the way of the gradients with its angle doubled, so that a way
// and its opposite are one.
func (t tensor) double() vector {
	return vector{float64(t.xx - t.yy), 2 * float64(t.xy)}.unit()
}

// half undoes double.
func half(v vector) vector {
	sin, cos := math.Sincos(math.Atan2(v.y, v.x) / 2)
	return vector{cos, sin}
}

// A tensors is the blocks of one frame.
type tensors struct {
	wide, high int
	way        []vector // doubled; zero where there are no bars.
	energy     []float32
}

// A patch is blocks beside each other whose bars go much the same way.
type patch struct {
	members []int
	ways    []vector  // of each, doubled.
	places  []vector  // their middles.
	energy  []float64 // the root of each one's.
	mean    vector    // across the bars.
}

// regions gives the patches of a frame where bars may be, the strongest first.
func regions(c *crew, f *frame) []region {
	t := blocks(c, f)
	var all []*patch
	p := &patch{}
	for i := range t.way {
		if t.way[i] == (vector{}) {
			continue
		}
		if t.take(i, p); len(p.members) >= leastBlocks {
			all = append(all, p)
			p = &patch{}
		}
	}
	found := make([]region, len(all))
	c.share(len(all), func(i int) { found[i] = all[i].region() })
	found = slices.DeleteFunc(found, func(r region) bool { return !(r.s1-r.s0 >= leastLength) }) // nor what is no number
	slices.SortStableFunc(found, func(a, b region) int { return cmp.Compare(b.weight, a.weight) })
	return found[:min(len(found), maxRegions)]
}

// blocks measures every block, on every second row.
func blocks(c *crew, f *frame) *tensors {
	t := &tensors{wide: (f.width() - 2) / block, high: (f.height() - 2) / block}
	if t.wide <= 0 || t.high <= 0 {
		return &tensors{}
	}
	t.way, t.energy = make([]vector, t.wide*t.high), make([]float32, t.wide*t.high)
	const strips = 16
	c.at(strips, func(w *work, n int) {
		for by := n * t.high / strips; by < (n+1)*t.high/strips && w.ctx.Err() == nil; by++ {
			t.measure(f, by)
		}
	})
	c.lead().spend(block * t.wide * t.high)
	return t
}

// measure measures a row of blocks.
func (t *tensors) measure(f *frame, by int) {
	sums := make([][3]int32, t.wide)
	for dy := 0; dy < block; dy += 2 {
		sumRow(f, by*block+dy+1, sums)
	}
	for bx, s := range sums {
		v := tensor{float32(s[0]), float32(s[1]), float32(s[2])}
		if v.energy() >= strong && v.coherence() >= coherent {
			t.way[by*t.wide+bx], t.energy[by*t.wide+bx] = v.double(), v.energy()
		}
	}
}

// bars says how many blocks of each row of blocks have upright bars, and of each
// column level ones; zero where they are too few for a symbol.
func (t *tensors) bars() (upright, level []int) {
	const few = 7
	upright, level = make([]int, max(t.high, 1)), make([]int, max(t.wide, 1))
	for i, way := range t.way {
		switch {
		case way.x > 0:
			upright[i/t.wide]++
		case way.x < 0:
			level[i%t.wide]++
		}
	}
	return widened(upright, few), widened(level, few)
}

// widened keeps the counts that are not few, and gives them to their neighbours.
func widened(counts []int, few int) []int {
	out := make([]int, len(counts))
	for i, n := range counts {
		for j := max(i-1, 0); n >= few && j <= min(i+1, len(out)-1); j++ {
			out[j] = n
		}
	}
	return out
}

// sumRow adds row y's gradients to the sums of its blocks.
func sumRow(f *frame, y int, sums [][3]int32) {
	n := len(sums)*block + 2
	up, row, down := f.Pix[(y-1)*f.Stride:][:n], f.Pix[y*f.Stride:][:n], f.Pix[(y+1)*f.Stride:][:n]
	for b := range sums {
		var both, yy int64 // gx² and, above it, gx·gy, multiplied at once.
		from := b * block
		above, at, below := up[from+1:][:block], row[from:][:block+2], down[from+1:][:block]
		for x := range block {
			gx, gy := int64(at[x+2])-int64(at[x]), int64(below[x])-int64(above[x])
			both += gx * (gx + gy<<32)
			yy += gy * gy
		}
		sums[b][0] += int32(both)
		sums[b][1] += int32(yy)
		sums[b][2] += int32(both >> 32)
	}
}

// take removes the patch of like blocks that block i belongs to.
func (t *tensors) take(i int, p *patch) {
	const (
		neighbourly = 0.85 // cosine of the doubled angle: about 16°.
		seedly      = 0.10 // about 42°.
		reach       = 2
	)
	seed := t.way[i]
	members, ways := append(p.members[:0], i), append(p.ways[:0], seed) //nolint:gocritic // kept in the patch below
	t.way[i] = vector{}
	for n := 0; n < len(members); n++ {
		at, way := members[n], ways[n]
		for y := max(at/t.wide-reach, 0); y <= min(at/t.wide+reach, t.high-1); y++ {
			for x := max(at%t.wide-reach, 0); x <= min(at%t.wide+reach, t.wide-1); x++ {
				j := y*t.wide + x
				w := t.way[j]
				if w == (vector{}) || w.dot(way) < neighbourly || w.dot(seed) < seedly {
					continue
				}
				// Two blocks off is near only across the bars.
				dx, dy := float64(x-at%t.wide), float64(y-at/t.wide)
				if across := half(w); math.Abs(dx*across.y-dy*across.x) > 1.3 {
					continue
				}
				members, ways = append(members, j), append(ways, w)
				t.way[j] = vector{}
			}
		}
	}
	var sum vector
	for n, i := range members {
		sum = sum.add(ways[n], float64(t.energy[i]))
	}
	p.members, p.ways, p.mean = members, ways, half(sum.unit())
	p.places, p.energy = p.places[:0], p.energy[:0]
	for _, i := range members {
		p.places, p.energy = append(p.places, t.middle(i)), append(p.energy, math.Sqrt(float64(t.energy[i])))
	}
}

// region is the place of a patch.
func (p *patch) region() region {
	var sum, xx, yy, xy float64
	var c vector
	for n, e := range p.energy {
		c = c.add(p.places[n], e)
		sum += e
	}
	c = vector{c.x / sum, c.y / sum}
	for n, e := range p.energy {
		d := p.places[n].minus(c)
		xx, yy, xy = xx+e*d.x*d.x, yy+e*d.y*d.y, xy+e*d.x*d.y
	}
	r := region{centre: c, along: p.mean, bars: vector{-p.mean.y, p.mean.x}, weight: sum}
	upright := r
	fan := p.fan(&r)
	level := r
	level.along = p.rows(r.along)
	const clearly = 1.2 // two symbols that lie one beside the other, but not level, are slender, too.
	if !r.lean(xx, yy, xy) || p.spread(&level, 0) > clearly*p.spread(&r, 0) {
		r = level
		p.fanRows(&r, fan == 0)
	}
	if !p.fanned(&r, fan) {
		upright.along = r.along
		r = upright
	}
	for _, at := range p.places {
		s, t := r.place(at)
		r.s0, r.s1 = min(r.s0, s-block/2), max(r.s1, s+block/2)
		r.t0, r.t1 = min(r.t0, t-block/2), max(r.t1, t+block/2)
	}
	return r
}

// lean turns along to the long axis of the patch, if it has one: the bars of
// a tilted label do not stand upright on it.
func (r *region) lean(xx, yy, xy float64) bool {
	root := math.Hypot(xx-yy, 2*xy)
	long, short := (xx+yy+root)/2, (xx+yy-root)/2
	const slender, near = 25, 0.8
	axis := half(vector{xx - yy, 2 * xy}.unit())
	if d := axis.dot(r.along); d < 0 {
		axis = vector{-axis.x, -axis.y}
	}
	if long > slender*short && axis.dot(r.along) > near {
		r.along = axis
		return true
	}
	return false
}

// rows is the way along which symbols, one below the other, have blank space
// between them: where blocks counted along it are most unevenly spread. The way
// across the bars is kept unless another is clearly better.
func (p *patch) rows(along vector) vector {
	const (
		step, steps = math.Pi / 60, 13 // 3° up to 39°.
		clearly     = 1.15
		bins        = 512
	)
	best, most := along, 0.0
	var count [bins]float32
	for n := range 2*steps + 1 {
		turn := float64((n+1)/2) * step * float64(1-2*(n%2)) // 0, then ever further to both sides.
		way := along.turned(turn)
		clear(count[:])
		for _, place := range p.places {
			at := way.cross(place) / block
			k := int(math.Floor(at))
			part := float32(at - float64(k))
			count[uint(k)%bins] += 1 - part
			count[uint(k+1)%bins] += part
		}
		sum := squaresOf(count[:])
		if n == 0 {
			sum *= clearly
		}
		if sum > most {
			best, most = way, sum
		}
	}
	return best
}

func (t *tensors) middle(i int) vector {
	return vector{float64(i%t.wide*block) + block/2 + 0.5, float64(i/t.wide*block) + block/2 + 0.5}
}
