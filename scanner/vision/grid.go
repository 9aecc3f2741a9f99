package vision

import (
	"cmp"
	"math"
	"slices"

	"pkidstation/scanner"
)

// A guess is a symbol that may lie between two edges, and how: its modules
// grow or shrink along it, as those of a tilted label do.
type guess struct {
	*layout

	from, to float64 // first and last edge, in values of the profile.
	tilt     float64
	score    float64
	reverse  bool
}

// place is where module m of the symbol is, in values of the profile. Under
// perspective that is a quotient of linear terms.
func (g guess) place(m float64) float64 {
	return g.from + (g.to-g.from)*m/(g.modules*(1+g.tilt)-g.tilt*m)
}

// guesses are the layouts, tilts and directions that suit the edges best, the
// likeliest first. Two things speak for one: the first and the last glyph, which
// every symbology sets, are where they must be; and the edges keep time with the
// grid of modules. Blur moves the edges of thin bars and loses some, but never
// all.
func (w *work) guesses(p profile, edge []float64) []guess {
	const slack = 1.5
	first, last := edge[0], edge[len(edge)-1]
	narrow := narrowUnits / unitsFor(edge)
	length := last - first
	least, most := length/(slack*narrow), min(length/(narrow*0.45), length*fineStep/0.9)
	least = max(least, leastTall*length*fineStep/p.tall) // a symbol is taller than a caption.
	s := &suiting{edge: edge, dark: darkness(w, p, max(int(8*narrow), 8))}
	layouts := w.glyphs().all
	for i := range layouts {
		l := &layouts[i]
		if l.modules < least || l.modules > most {
			continue
		}
		w.spend(64 * len(edge))
		if w.spent() {
			break
		}
		s.times = append(s.times, w.keepTime(l, edge))
	}
	slices.SortStableFunc(s.times, func(a, b timing) int { return cmp.Compare(b.best, a.best) })
	for _, t := range s.times {
		s.try(w, t)
	}
	return s.best
}

// A suiting is a search for the guesses that suit edges best.
type suiting struct {
	edge  []float64
	dark  []float32
	times []timing
	best  []guess
}

// A timing is how well edges keep time with a layout, by tilts a step apart
// that moves the middle by less than half a module.
type timing struct {
	*layout

	low, step float64
	by        []float32
	best      float64
}

const (
	// leastScore is that of a guess worth a restoration, mostGuesses how many
	// are tried.
	leastScore, mostGuesses = -0.25, 7
)

func (w *work) keepTime(l *layout, edge []float64) timing {
	const mostTilt = 0.16
	t := timing{layout: l, step: 1.6 / l.modules / l.grid}
	t.low = -math.Floor(mostTilt/t.step) * t.step
	t.by = w.floats(1 + int((mostTilt-t.low)/t.step))
	for n := range t.by {
		tilt := t.low + float64(n)*t.step
		g := guess{layout: l, from: edge[0], to: edge[len(edge)-1], tilt: tilt}
		time := g.keepsTime(edge, w.circle()) - 0.3*math.Abs(tilt)
		t.by[n], t.best = float32(time), max(t.best, time)
	}
	return t
}

// floor is the score that a guess must pass to be among the best.
func (s *suiting) floor() float64 {
	if len(s.best) < mostGuesses {
		return leastScore
	}
	return s.best[len(s.best)-1].score
}

// add keeps a guess if it is among the best.
func (s *suiting) add(g guess) {
	if g.score <= s.floor() {
		return
	}
	at, _ := slices.BinarySearchFunc(s.best, g, func(a, b guess) int {
		if a.score >= b.score {
			return -1
		}
		return 1
	})
	s.best = slices.Insert(s.best, at, g)
	s.best = s.best[:min(len(s.best), mostGuesses)]
}

// try looks at the ends of a layout where the edges keep time, read forward and
// read backward, and only as long as it can still be among the best.
func (s *suiting) try(w *work, t timing) {
	first, last := s.edge[0], s.edge[len(s.edge)-1]
	kernel := t.endKernel(first, last)
	best := [2]guess{{score: -9}, {score: -9}}
	floor := s.floor()
	if t.counts(s.edge) {
		floor -= counted
	}
	for n, v := range t.by {
		time := float64(v)
		if time < 0.6*t.best || time <= floor {
			continue
		}
		g := guess{layout: t.layout, from: first, to: last, tilt: t.low + float64(n)*t.step}
		for d := range best {
			g.reverse = d == 1
			need := max(best[d].score, floor)
			if g.score = time - w.ends(g, s.dark, kernel, time-need); g.score > best[d].score {
				best[d] = g
			}
		}
	}
	for d, b := range best {
		if t.counts(s.edge) {
			for _, g := range s.bySigns(w, b) {
				s.add(g)
			}
			continue
		}
		s.add(b)
		if t.symbology == scanner.EAN13 { // its edges alone tell little of its tilt.
			s.add(guess{layout: t.layout, from: first, to: last, score: b.score, reverse: d == 1})
		}
	}
}

// darkness is a profile from 0, the lightest around, to 1, the darkest.
func darkness(w *work, p profile, reach int) []float32 {
	out := w.floats(len(p.v))
	copy(out, p.v)
	normalise(w, out, nil, reach)
	return out
}

// endKernel is the blur under which the ends of a symbol are looked at.
func (l *layout) endKernel(first, last float64) smear {
	g := guess{layout: l, from: first, to: last}
	pixel := l.modules * fine / ((last - first) * fineStep)
	return smearOf(max(g.firstSigma()*math.Round(2*pixel)/2, 0.8), fine/2)
}

// ends is how badly the first and the last glyph fit, from 0 to 1; anything
// above most where it is more than that.
func (w *work) ends(g guess, dark []float32, k smear, most float64) float64 {
	last := g.sets[len(g.sets)-1]
	tail := g.modules - float64(last.width)/fine
	if g.symbology == scanner.EAN13 {
		const middle, place, little = 7, 45, 0.6 // few modules say little.
		return little * (w.end(g, dark, g.sets[0], 0, k) + w.end(g, dark, g.sets[middle], place, k) +
			w.end(g, dark, last, tail, k)) / 3
	}
	head := w.end(g, dark, g.sets[0], 0, k)
	if head/2 > most {
		return 1
	}
	return (head + w.end(g, dark, last, tail, k)) / 2
}

// end is the least misfit of a set's glyphs that begin at module m.
func (w *work) end(g guess, dark []float32, s *glyphSet, m float64, k smear) float64 {
	set := w.inked(s, k)
	pad := set.pad
	best := math.Inf(1)
	var seen [128]float32
	n := min(s.width, len(seen))
	var mean, all float64
	for i := range n {
		at := m + (float64(i)+0.5)/fine
		if g.reverse {
			at = g.modules - at
		}
		x := min(max(g.place(at), 0), float64(len(dark)-2))
		at0 := int(x)
		seen[i] = dark[at0] + (dark[at0+1]-dark[at0])*float32(x-float64(at0))
		mean += float64(seen[i])
	}
	mean /= float64(n)
	for _, v := range seen[:n] {
		all += (float64(v) - mean) * (float64(v) - mean)
	}
	for _, ink := range set.ink {
		var left float64
		for i := range n {
			d := float64(seen[i] - ink[pad+i])
			left += d * d
		}
		best = min(best, left/max(all, 0.05*float64(n)))
	}
	return min(best, 1)
}

// keepsTime is 1 where all edges lie on the grid, 0 where they lie anyhow;
// those at which bars begin and those at which they end may be off by ink.
func (g guess) keepsTime(edge []float64, circle *[256]vector) float64 {
	var sums [2]vector
	by := 1 / (g.to - g.from)
	turns := g.modules * (1 + g.tilt) * g.grid * float64(len(circle))
	for i, e := range edge {
		x := (e - g.from) * by
		v := circle[int(turns*x/(1+g.tilt*x))&(len(circle)-1)]
		sums[i%2].x += v.x
		sums[i%2].y += v.y
	}
	return (math.Hypot(sums[0].x, sums[0].y) + math.Hypot(sums[1].x, sums[1].y)) / float64(len(edge))
}

// newCircle are the points of a circle, in equal steps.
func newCircle() *[256]vector {
	var circle [256]vector
	for i := range circle {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(len(circle)))
		circle[i] = vector{cos, sin}
	}
	return &circle
}
