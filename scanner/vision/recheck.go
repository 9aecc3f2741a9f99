package vision

import "slices"

// recheck reads a band by what was read there on the picture before: each symbol
// known is drawn anew and held against this picture's edges, at three heights, by
// the same measure as what is decoded. Another text lies elsewhere with some of
// its edges, so it is never taken for the old one. It is false where that does not
// account for all bars of the band; they are then read as if nothing were known.
func (w *work) recheck(f *frame, b *band) ([]find, bool) {
	known := w.past.near(b)
	if len(known) == 0 {
		return nil, false
	}
	used, free := w.mark()
	defer w.release(used, free)
	const heights, least, thick = 3, 2, 3
	t0, t1 := b.heights()
	cuts := make([]slice, heights)
	for i := range cuts {
		t := t0 + (t1-t0)*float64(i+1)/(heights+1)
		p := b.profile(w, f, t-thick/2, t+thick/2)
		cuts[i] = slice{p, t, p.edges(w, p.v, finePart)}
	}
	var found []find
	for _, t := range known {
		if lies := t.on(cuts); len(lies) >= least {
			found = append(found, t.found(f, *b, lies))
		}
	}
	for i := range cuts {
		if len(found) == 0 || cuts[i].more(w, found, b) {
			return nil, false
		}
	}
	return found, true
}

// A slice is the edges of a band at one height.
type slice struct {
	profile

	t    float64
	edge []float64
}

// more says whether a slice has so many bars beside what was found that they may
// be another symbol. The grain of blank paper is none.
func (s *slice) more(w *work, found []find, b *band) bool {
	const ends, grain = 2, 0.15
	least := contrast(w, s.v, 0)
	swing := grain * (slices.Max(s.v) - slices.Min(s.v))
	for i := range least {
		least[i] = swing
	}
	beside := 0
	for _, e := range extrema(s.v, least) {
		at := b.at(s.at(float64(e)), s.t)
		if !slices.ContainsFunc(found, func(f find) bool { return f.place.grown(ends).holds(at) }) {
			beside++
		}
	}
	return beside >= minEdges
}

// at is the s of a place in the profile.
func (s *slice) at(v float64) float64 { return s.from + v*s.step }

// A lie is how a symbol lies on a slice.
type lie struct {
	t, from, to float64
	turned      bool // the band runs the other way than when it was read.
}

// on is how a track's symbol lies on slices.
func (t *track) on(cuts []slice) []lie {
	back := slices.Clone(t.elements)
	slices.Reverse(back)
	var same, turned []lie
	for i := range cuts {
		c := &cuts[i]
		if f, ok := redraw(c.edge, t.elements); ok && f.good() {
			same = append(same, lie{c.t, c.at(c.edge[f.first]), c.at(c.edge[f.last]), false})
		}
		if f, ok := redraw(c.edge, back); ok && f.good() {
			turned = append(turned, lie{c.t, c.at(c.edge[f.first]), c.at(c.edge[f.last]), true})
		}
	}
	if len(turned) > len(same) {
		return turned
	}
	return same
}

// found is a track's symbol where it is now: its ends on two slices say how its
// bars lean.
func (t *track) found(f *frame, b band, lies []lie) find {
	first, last := lies[0], lies[len(lies)-1]
	lean := func(from, to float64) (at0, by float64) {
		by = (to - from) / (last.t - first.t)
		return from - by*first.t, by
	}
	h := rowHit{Code: t.Code, reversed: t.reversed != first.turned, elements: t.elements}
	from, fromBy := lean(first.from, last.from)
	to, toBy := lean(first.to, last.to)
	b.fan = (toBy - fromBy) / (to - from)
	b.lean = fromBy - b.fan*from
	if first.turned {
		h.elements = slices.Clone(h.elements)
		slices.Reverse(h.elements)
	}
	h.from, h.to = from, to
	return b.find(f, h)
}
