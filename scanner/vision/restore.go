package vision

import (
	"math"

	"github.com/makiuchi-d/gozxing"
)

// quietModules is how much of the quiet zones is looked at.
const quietModules = 5

const (
	// passes is how often glyphs are chosen anew beside their neighbours.
	passes = 4
	// vain is what is left unexplained after the first of them by a guess that
	// no further one mends: right guesses leave half, wrong ones nearly all.
	vain = 0.8
)

// rounds is how often a restoration is fitted anew, until it lies right.
const rounds = 3

// A restoration is a blurred symbol drawn anew: the glyphs that, blurred like
// the picture, come nearest to it. It guesses no text: what the glyphs say,
// and whether their check is right, is for gozxing's row decoder.
type restoration struct {
	guess
	blur // under which it is drawn.

	seen   []float32 // darkness on the picture, 0 to 1, fine samples a module.
	weight []float32 // how much of the contrast is left there, 0 to 1.
	model  []float32 // darkness of the glyphs chosen, blurred.
	chosen []int
	sets   []*inkedSet
	at     []int // where each slot begins.
	spelling
	pad    int     // samples that blur reaches beyond a glyph.
	power  float64 // of what there is to explain, a sample.
	misfit float64 // what the model leaves unexplained: 0 all, 1 nothing.
	margin float64 // how clearly the worst glyph beats its next rival, at most about 1.
	other  float64 // the same, of the next worst.
	shift  [3]float64
}

// restore tries a guess under one blur.
func (g guess) restore(w *work, p profile, k smear, rounds int) *restoration {
	n := int(math.Round(g.modules * fine))
	r := &restoration{guess: g, pad: k.reach()}
	size := n + 2*(quietModules*fine+r.pad) + fine
	r.seen, r.model, r.weight = w.floats(size), w.floats(size), w.floats(size)
	w.spend(size * (2*k.reach() + 1)) // whether its sets are kept or new: a budget hangs on no other symbol.
	at := quietModules*fine + r.pad
	for _, s := range g.sets {
		r.sets, r.at = append(r.sets, w.inked(s, k)), append(r.at, at)
		r.chosen = append(r.chosen, -1)
		at += s.width
	}
	r.sample(w, p)
	for i, s := range r.sets {
		r.add(i, s.mean, 1)
	}
	for round := range rounds {
		for pass := range passes {
			if !r.choose(w) {
				break
			}
			if round+pass == 0 && r.judge() > vain {
				return r
			}
		}
		r.align()
		r.sample(w, p)
		r.level(w)
	}
	r.choose(w)
	r.judge()
	return r
}

// sample takes the darkness of the profile at the samples of the guess.
func (r *restoration) sample(w *work, p profile) {
	start := quietModules*fine + r.pad
	for i := range r.seen {
		m := (float64(i-start) + 0.5) / fine
		m += r.shift[0] + m*(r.shift[1]+m*r.shift[2])
		if r.reverse {
			m = r.modules - m
		}
		x := min(max(r.place(m), 0), float64(len(p.v)-2))
		k := int(x)
		r.seen[i] = p.v[k] + (p.v[k+1]-p.v[k])*float32(x-float64(k))
	}
	const reach = 19 * fine
	normalise(w, r.seen, r.weight, reach)
}

// normalise makes of grey how dark it is, between the lightest and the darkest
// around.
func normalise(w *work, v, weight []float32, reach int) {
	n := len(v)
	used, free := w.mark()
	low, high := w.floats(n), w.floats(n)
	slide(low, v, reach, func(a, b float32) bool { return a < b })
	slide(high, v, reach, func(a, b float32) bool { return a > b })
	smooth(w, low, reach/2)
	smooth(w, high, reach/2)
	var most float32
	for i, x := range v {
		v[i] = (high[i] - x) / max(high[i]-low[i], 1)
		most = max(most, high[i]-low[i])
	}
	for i := range weight {
		weight[i] = min(1, 2.5*(high[i]-low[i])/max(most, 1))
	}
	w.release(used, free)
}

// slide gives the extreme of v around each place.
func slide(out, v []float32, reach int, before func(a, b float32) bool) {
	var queue []int
	head := 0
	for i := range len(v) + reach {
		if i < len(v) {
			for len(queue) > head && !before(v[queue[len(queue)-1]], v[i]) {
				queue = queue[:len(queue)-1]
			}
			queue = append(queue, i)
		}
		if at := i - reach; at >= 0 {
			for queue[head] < at-reach {
				head++
			}
			out[at] = v[queue[head]]
		}
	}
}

// smooth averages v around each place.
func smooth(w *work, v []float32, reach int) {
	old := w.floats(len(v))
	copy(old, v)
	var sum float32
	from, to := 0, 0
	for i := range v {
		for ; to < min(i+reach+1, len(v)); to++ {
			sum += old[to]
		}
		for ; from < i-reach; from++ {
			sum -= old[from]
		}
		v[i] = sum / float32(to-from)
	}
}

// add puts ink on the model at a slot.
func (r *restoration) add(slot int, ink []float32, by float32) {
	part := r.model[r.at[slot]-r.pad:][:len(ink)]
	for i, v := range ink {
		part[i] += by * v
	}
}

func (r *restoration) inkAt(slot int) []float32 {
	if c := r.chosen[slot]; c >= 0 {
		return r.sets[slot].ink[c]
	}
	return r.sets[slot].mean
}

// glyphsMost is more than any set has.
const glyphsMost = 128

// choose picks, slot by slot, the glyph that fits best beside those chosen
// around it, and says whether any choice changed.
func (r *restoration) choose(w *work) bool {
	changed := false
	r.margin, r.other = 1, 1
	var cost [glyphsMost]float32
	for slot, set := range r.sets {
		all := cost[:len(set.ink)]
		clear(all)
		r.lift(slot)
		r.costs(w, slot, all)
		best, second := r.pick(slot, all)
		if second >= 0 {
			r.beats(float64((all[second] - all[best]) / distance(set.ink[best], set.ink[second])))
		}
		changed = changed || best != r.chosen[slot]
		r.lay(slot, best)
	}
	return r.spell() || changed
}

// beats notes by how much a glyph beats its rival.
func (r *restoration) beats(by float64) {
	if by < r.margin {
		r.margin, by = by, r.margin
	}
	r.other = min(r.other, by)
}

// lift takes the ink of a slot off the model, lay puts a glyph there.
func (r *restoration) lift(slot int) { r.add(slot, r.inkAt(slot), -1) }

func (r *restoration) lay(slot, glyph int) {
	r.chosen[slot] = glyph
	r.add(slot, r.sets[slot].ink[glyph], 1)
}

// costs adds what each glyph would leave unexplained in a slot that is lifted, less
// what no glyph leaves, which it gives.
func (r *restoration) costs(w *work, slot int, all []float32) (none float32) {
	var rest, weight [512]float32
	set := r.sets[slot]
	from := r.at[slot] - r.pad
	n := len(set.mean)
	for i := range n {
		d := r.seen[from+i] - r.model[from+i]
		weight[i] = r.weight[from+i]
		rest[i] = 2 * weight[i] * d
		none += weight[i] * d * d
	}
	w.spend(n * len(set.ink) / 8)
	for g, ink := range set.ink {
		var c, d float32 // two sums: one has to wait for itself.
		for i := 1; i < len(ink); i += 2 {
			v, u := ink[i-1], ink[i]
			c += v * (weight[i-1]*v - rest[i-1])
			d += u * (weight[i]*u - rest[i])
		}
		if last := len(ink) - 1; last%2 == 0 {
			v := ink[last]
			c += v * (weight[last]*v - rest[last])
		}
		all[g] += c + d
	}
	return none
}

// leastTwo are the places of the least cost and of the next, from one on by so many;
// -1 where there is none.
func leastTwo(cost []float32, from, by int) (best, second int) {
	best, second = -1, -1
	for g := from; g < len(cost); g += by {
		switch c := cost[g]; {
		case best < 0 || c < cost[best]:
			second, best = best, g
		case second < 0 || c < cost[second]:
			second = g
		}
	}
	return best, second
}

func distance(a, b []float32) float32 {
	var sum float32
	for i, v := range a {
		sum += (v - b[i]) * (v - b[i])
	}
	return max(sum, 1e-6)
}

// level fits darkness and its zero to the model, piece by piece.
func (r *restoration) level(w *work) {
	const reach = 20 * fine
	n := len(r.seen)
	used, free := w.mark()
	defer w.release(used, free)
	gain, zero := w.floats(n), w.floats(n)
	for i := 0; i < n; i += fine {
		var s, sx, sy, sxx, sxy float32
		for j := max(i-reach, 0); j < min(i+reach, n); j += 2 {
			x, y := r.model[j], r.seen[j]
			s, sx, sy, sxx, sxy = s+1, sx+x, sy+y, sxx+x*x, sxy+x*y
		}
		g := (s*sxy - sx*sy) / max(s*sxx-sx*sx, 1e-3)
		g = min(max(g, 0.3), 3)
		z := (sy - g*sx) / s
		for j := i; j < min(i+fine, n); j++ {
			gain[j], zero[j] = g, z
		}
	}
	for i := range r.seen {
		r.seen[i] = (r.seen[i] - zero[i]) / gain[i]
	}
}

// align fits a shift, a stretch and a bend of the samples to the model.
func (r *restoration) align() {
	var m [3][4]float64
	start := quietModules*fine + r.pad
	for i := 1; i+1 < len(r.seen); i++ {
		d := float64(r.model[i+1]-r.model[i-1]) * fine / 2
		at := (float64(i-start) + 0.5) / fine
		off := float64(r.model[i] - r.seen[i])
		row := [3]float64{d, d * at, d * at * at}
		for a := range row {
			for b := range row {
				m[a][b] += row[a] * row[b]
			}
			m[a][3] += row[a] * off
		}
	}
	x := solve3(m)
	// Steps are held to half a module: beyond, the slopes say nothing.
	n := r.modules
	worst := 0.0
	for _, at := range []float64{0, n / 4, n / 2, 3 * n / 4, n} {
		worst = max(worst, math.Abs(x[0]+at*(x[1]+at*x[2])))
	}
	by := 1.0
	if worst > 0.5 {
		by = 0.5 / worst
	}
	for i := range x {
		r.shift[i] += by * x[i]
	}
}

// solve3 solves three linear equations.
func solve3(m [3][4]float64) (x [3]float64) {
	for i := range m {
		if math.Abs(m[i][i]) < 1e-12 {
			return x
		}
		for j := range m {
			if j == i {
				continue
			}
			by := m[j][i] / m[i][i]
			for k := i; k < 4; k++ {
				m[j][k] -= by * m[i][k]
			}
		}
	}
	for i := range x {
		x[i] = m[i][3] / m[i][i]
	}
	return x
}

// judge measures what the model leaves unexplained.
func (r *restoration) judge() float64 {
	start := quietModules*fine + r.pad
	end := start + int(r.modules*fine)
	var mean, all, left float64
	for i := start; i < end; i++ {
		mean += float64(r.seen[i])
	}
	mean /= float64(end - start)
	for i := start - 2*fine; i < end+2*fine; i++ {
		d := float64(r.seen[i]) - mean
		all += d * d * float64(r.weight[i])
		d = float64(r.seen[i] - r.model[i])
		left += d * d * float64(r.weight[i])
	}
	r.misfit = left / max(all, 1e-6)
	r.power = all / float64(end-start)
	return r.misfit
}

// worst is what the model leaves unexplained of the glyph that it explains worst, as
// a part of what glyphs have to explain in the mean.
func (r *restoration) worst() float64 {
	var worst float64
	for slot, set := range r.sets {
		var left float64
		for i := r.at[slot]; i < r.at[slot]+set.width; i++ {
			d := float64(r.seen[i] - r.model[i])
			left += d * d * float64(r.weight[i])
		}
		worst = max(worst, left/float64(set.width))
	}
	return worst / max(r.power, 1e-6)
}

// row draws the glyphs chosen, sharp and with quiet zones.
func (r *restoration) row() *gozxing.BitArray {
	const quiet = 12 * fine
	n := 0
	for _, s := range r.sets {
		n += s.width
	}
	row := gozxing.NewBitArray(n + 2*quiet)
	at := quiet
	for slot, s := range r.sets {
		for _, v := range s.glyphs[r.chosen[slot]] {
			if v > 0 {
				row.Set(at)
			}
			at++
		}
	}
	return row
}
