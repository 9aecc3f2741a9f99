package vision

import "slices"

// Notes are what looking at one band leaves to the next picture, and what the
// pictures before have left to it. They are nil, and keep nothing, where pictures
// do not follow each other.
type notes struct {
	frame  *frame
	band   *band
	before []*trial // near the band, the latest first.

	expected []expectation // to be in the band.

	doubted []rowHit
	trials  []*trial
}

// notes are those of a band, empty but for what was left near it.
func (p *past) notes(f *frame, b *band) *notes {
	if p == nil {
		return nil
	}
	n := &notes{frame: f, band: b, expected: p.expected(b)}
	t0, t1 := b.heights()
	for _, t := range p.trials {
		if s, at := b.place(t.middle()); s > b.s0-wander && s < b.s1+wander && at > t0-wander && at < t1+wander {
			n.before = append(n.before, t)
		}
	}
	return n
}

// doubt keeps readings that prove too little by themselves.
func (n *notes) doubt(hits ...rowHit) {
	if n != nil {
		n.doubted = append(n.doubted, hits...)
	}
}

// undenied are the hits where no other text was read, once each.
func undenied(hits []rowHit) []rowHit {
	var kept []rowHit
	for i, h := range hits {
		same := func(o rowHit) bool { return o.Text == h.Text && o.Symbology == h.Symbology }
		denied := slices.ContainsFunc(hits, func(o rowHit) bool { return o.from < h.to && h.from < o.to && !same(o) })
		if !denied && !slices.ContainsFunc(hits[:i], same) {
			kept = append(kept, h)
		}
	}
	return kept
}

// doubts are what was read and not believed of the bands of a picture, where
// nothing else was found.
func (s *barsStage) doubts(found []find) []find {
	var all []find
	for _, u := range s.unread {
		if u == nil {
			continue
		}
		hits := u.sharp
		if u.notes != nil {
			hits = append(slices.Clone(hits), u.notes.doubted...)
		}
		for _, h := range undenied(hits) {
			if f := u.find(s.frame, h); !slices.ContainsFunc(found, f.sameSymbol) {
				all = append(all, f)
			}
		}
	}
	return all
}

// trials are the restorations of a picture that are kept for the next.
func (s *barsStage) trials() []*trial {
	var all []*trial
	for _, u := range s.unread {
		if u != nil && u.notes != nil {
			all = append(all, u.notes.trials...)
		}
	}
	return all
}
