package vision

import (
	"cmp"
	"math"
	"slices"
)

// An expectation is how a symbol lay that a picture before showed and that proved too
// little by itself. It says which layout to look for, where, and nothing of the text.
type expectation struct {
	guess

	head, tail vector // where the symbol began and ended.
}

// expected are the symbols that may lie in a band and take another picture to be told.
func (p *past) expected(b *band) []expectation {
	var all []expectation
	t0, t1 := b.heights()
	for _, t := range p.tracks {
		if t.agreed || t.lie.layout == nil {
			continue
		}
		if s, at := b.place(t.place.middle()); s > b.s0-wander && s < b.s1+wander && at > t0-wander && at < t1+wander {
			all = append(all, t.expectation())
		}
	}
	return all
}

// expectation is what a find leads one to look for on the next picture.
func (f *find) expectation() expectation {
	head, tail := f.ends()
	return expectation{f.lie, head, tail}
}

// in is how what is expected would lie in a profile of a band.
func (e *expectation) in(p profile, b *band) guess {
	at := func(v vector) float64 {
		s, t := b.place(v)
		return (s - t*(b.lean+b.fan*s) - p.from) / p.step
	}
	g := e.guess
	g.from, g.to = at(e.head), at(e.tail)
	if g.reverse = g.from > g.to; g.reverse {
		g.from, g.to = g.to, g.from
	}
	if g.reverse != e.reverse {
		g.tilt = -g.tilt / (1 + g.tilt)
	}
	return g
}

// expected reads what is expected in a band, where nothing else was read of it. It has
// to be believed as if nobody had expected it.
func (u *unread) expected(w *work, restored []rowHit) []rowHit {
	if u.notes == nil {
		return nil
	}
	read := slices.Concat(u.read, restored)
	var hits []rowHit
	for _, e := range u.notes.expected {
		g := e.in(u.profile, &u.band)
		place := u.placed(rowHit{from: g.from, to: g.to})
		if slices.ContainsFunc(read, place.overlaps) {
			continue
		}
		if h, ok := u.sought(w, g, u.notes, reach{wander, longer}); ok && !u.wiped(w, h) && !slices.ContainsFunc(read, h.overlaps) {
			hits = append(hits, h)
		}
	}
	return hits
}

// sought looks for a symbol of the layout of a guess near where that lies: a hand moves
// and turns between two pictures, and blur leaves no edges to go by.
func (p profile) sought(w *work, g guess, n *notes, around reach) (rowHit, bool) {
	const tries, kept, turn, remote = 6, 3, 0.04, 0.8
	var tried []*restoration
	for _, near := range w.near(p, g, tries, around) {
		for _, by := range []float64{0, turn, -turn} {
			if w.spent() {
				return rowHit{}, false
			}
			lie := near
			lie.tilt += by
			tried = append(tried, lie.under(w, p, blur{sigma: lie.firstSigma(), box: 1}, 1))
		}
	}
	slices.SortStableFunc(tried, byFit)
	tried = tried[:min(len(tried), kept)]
	for i, r := range tried {
		if r.misfit < remote {
			tried[i] = r.under(w, p, r.blur, rounds)
		}
	}
	h, ok := clearest(w, p, tried, n)
	h.from, h.to = h.lie.from, h.lie.to
	return p.placed(h), ok
}

// A reach is how far, in pixels, a symbol may lie from where one looks for it, and by
// what part of its length it may be longer.
type reach struct{ at, long float64 }

// longer is by what part of its length a symbol in a hand is longer on the next picture.
const longer = 0.035

// near are the places around a guess where its first and last glyphs are likeliest.
func (w *work) near(p profile, g guess, most int, around reach) []guess {
	const stepAt, stepLong, apart = 0.6, 0.8, 1.5 // in modules.
	length := g.to - g.from
	module := length / g.modules
	if length < leastBlurred/p.step || module*p.step < 1 {
		return nil
	}
	dark := darkness(w, p, max(int(8*module), 8))
	kernel := g.endKernel(g.from, g.to)
	var all []guess
	for at := -around.at / p.step; at <= around.at/p.step; at += stepAt * module {
		for by := -around.long * length; by <= around.long*length; by += stepLong * module {
			near := g
			near.from, near.to = g.from+at-by/2, g.to+at+by/2
			if near.from < 0 || near.to > float64(len(p.v)-1) {
				continue
			}
			near.score = -w.ends(near, dark, kernel, math.Inf(1))
			all = append(all, near)
		}
		w.spend(len(p.v))
	}
	slices.SortStableFunc(all, func(a, b guess) int { return cmp.Compare(b.score, a.score) })
	var best []guess
	for _, a := range all {
		same := func(b guess) bool { return math.Abs(a.from-b.from)+math.Abs(a.to-b.to) < apart*module }
		if len(best) < most && !slices.ContainsFunc(best, same) {
			best = append(best, a)
		}
	}
	return best
}

// lying reads what lies where a guess says, if it is to be believed.
func (p profile) lying(w *work, g guess) []rowHit {
	if w.spent() {
		return nil
	}
	h, ok := clearest(w, p, []*restoration{g.under(w, p, blur{sigma: g.firstSigma(), box: 1}, 1)}, nil)
	if !ok {
		return nil
	}
	h.from, h.to = g.from, g.to
	return []rowHit{p.placed(h)}
}
