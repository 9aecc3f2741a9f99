package vision

// A lamp that is mirrored on a label makes paper whiter than white, and of its bars
// what is left after that: the thin ones go first. It falls off along the bars, too:
// at the end of them that is farther from its middle most is left.

const (
	// white is what paper in a lamp's light has at least.
	white = 244
	// leastGlared is the part of a band that a lamp must have made white.
	leastGlared = 0.1
)

// whiteness is the part of a band's profile that is white.
func (p profile) whiteness(r *region) float64 {
	from, to := max(int((r.s0-p.from)/p.step), 0), min(int((r.s1-p.from)/p.step), len(p.v))
	n := 0
	for _, v := range p.v[from:to] {
		if v >= white {
			n++
		}
	}
	return float64(n) / float64(max(to-from, 1))
}

// readEnd reads low slices of a band near to the end of its bars that is less white.
func readEnd(w *work, f *frame, b *band) (hits []rowHit) {
	t0, t1 := b.heights()
	slices := func(in, tall float64) (top, bottom profile) {
		return b.profile(w, f, t0+in, t0+in+tall), b.profile(w, f, t1-in-tall, t1-in)
	}
	top, bottom := slices(1, 4)
	atTop := top.whiteness(b.region) < bottom.whiteness(b.region)
	for _, s := range [][2]float64{{-1, 2}, {1, 2}, {1, 5}, {3, 3}, {6, 5}} {
		p, other := slices(s[0], s[1])
		if !atTop {
			p = other
		}
		hits = append(hits, readProfile(w, p)...)
	}
	return hits
}
