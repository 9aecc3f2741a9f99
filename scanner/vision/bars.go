package vision

import (
	"cmp"
	"image"
	"math"
	"slices"

	"pkidstation/scanner"
)

// A barsStage reads linear symbols at any angle: patches of parallel bars, lines
// across them, and what those agree on. What is dear, undoing blur, is left for
// the end: by then it is known where symbols are and how tall they are.
type barsStage struct {
	frame   *frame
	past    *past
	regions []region
	bands   []band
	unread  []*unread // of each band, nil where it was read or cannot be.
}

// newBars finds the bands of a frame.
func newBars(c *crew, f *frame) *barsStage {
	found := regions(c, f)
	scans := newScans(c, f, found)
	bands := make([][]band, len(found))
	c.at(len(found), func(w *work, i int) {
		if w.ctx.Err() == nil {
			bands[i] = scans[i].bands(w)
		}
	})
	s := &barsStage{frame: f, past: c.lead().past, regions: found, bands: slices.Concat(bands...)}
	s.unread = make([]*unread, len(s.bands))
	for _, b := range s.bands {
		c.lead().spend((b.last - b.first + 1) * len(b.lines[0])) // sampled by whoever did.
	}
	return s
}

// sharp are the jobs of reading each band as it is.
func (s *barsStage) sharp() []job {
	var jobs []job
	for i := range s.bands {
		jobs = append(jobs, job{look: func(w *work) []find { return s.look(w, i) }})
	}
	return jobs
}

// look reads a band, and keeps it for later where it cannot.
func (s *barsStage) look(w *work, i int) []find {
	used, free := w.mark()
	defer w.release(used, free)
	b := s.bands[i]
	s.unread[i] = nil
	if found, all := w.recheck(s.frame, &b); all {
		return found
	}
	b.straighten(w)
	w.witness.band(s.frame, &b, i)
	hits, doubted, whole := b.read(w, s.frame)
	var found []find
	for _, h := range hits {
		found = append(found, b.find(s.frame, h))
	}
	if (len(hits) == 0 || len(whole.left(hits)) > 0) && b.rows() >= leastLines {
		whole.v = slices.Clone(whole.v)
		s.unread[i] = &unread{band: b, profile: whole, number: i, sharp: doubted, read: hits}
	}
	return found
}

// blurred are the jobs of undoing the blur of what is not read, the tallest
// first.
func (s *barsStage) blurred() []job {
	left := slices.DeleteFunc(slices.Clone(s.unread), func(u *unread) bool { return u == nil })
	slices.SortStableFunc(left, func(a, b *unread) int { return cmp.Compare(b.height(), a.height()) })
	var jobs []job
	for _, u := range left {
		if !u.likeBars() {
			continue
		}
		if u.vain = s.past.tired(u.middle()); u.vain {
			continue
		}
		jobs = append(jobs, job{
			look: func(w *work) []find { return u.look(w, s.frame) },
			moot: func(found []find) bool { return u.low(found) || u.covered(found) },
			undo: func() { u.vain, u.notes = false, nil },
		})
	}
	return jobs
}

// An unread is a band in which nothing was read as it is, or that has room for more
// beside what was.
type unread struct {
	band
	profile

	number int
	read   []rowHit // as it is.
	vain   bool     // undoing its blur gave nothing.
	sharp  []rowHit // what was read of it as it is, and not believed.
	notes  *notes   // what undoing its blur leaves to the next picture.
}

// look undoes the blur.
func (u *unread) look(w *work, f *frame) []find {
	used, free := w.mark()
	defer w.release(used, free)
	w.witness.again(f, u)
	u.notes = w.past.notes(f, &u.band)
	var found []find
	for _, h := range u.deblur(w, f) {
		found = append(found, u.find(f, h))
	}
	u.vain = len(found) == 0
	return found
}

// vain are the places where undoing the blur gave nothing.
func (s *barsStage) vain() []effort {
	var all []effort
	for _, u := range s.unread {
		if u != nil && u.vain {
			all = append(all, effort{middle: u.middle()})
		}
	}
	return all
}

// lowest is the part of the least tall symbol's height below which a band is
// a caption.
const lowest = 0.4

// low says whether a band is far lower than every symbol on the picture.
func (u *unread) low(found []find) bool {
	least := math.Inf(1)
	for _, f := range found {
		least = min(least, f.tall)
	}
	return !math.IsInf(least, 1) && u.height() < lowest*least
}

// covered says whether symbols were read where most of a band is that is not read.
func (u *unread) covered(found []find) bool {
	const places = 7
	t0, t1 := u.heights()
	from, to := u.span()
	in := 0
	for i := range places {
		at := u.at(from+(to-from)*(float64(i)+0.5)/places, (t0+t1)/2)
		if slices.ContainsFunc(found, func(f find) bool { return f.place.holds(at) }) {
			in++
		}
	}
	return 2*in > places
}

const (
	// leastLines is how many lines a blurred symbol must be tall: captions are
	// lower.
	leastLines = 6
	// leastAlike is the least likeness of bars. What is read by parts or from blur is at
	// 0.8 and more. Of the bands in which nothing is, seven in ten are below, or lower.
	leastAlike = 0.75
)

// likeBars says whether a band that is not read at once is worth more than that: on the
// captions of a label most of a picture's time was spent.
func (b *band) likeBars() bool { return b.rows() >= leastLines && b.alike >= leastAlike }

// read reads a band's mean, then parts of its height: a glare or a scratch spoils some.
// It gives what is not believed, too.
func (b *band) read(w *work, f *frame) (hits, doubted []rowHit, whole profile) {
	t0, t1 := b.heights()
	inside := (t1 - t0) / 8
	whole = b.profile(w, f, t0+inside, t1-inside)
	hits = readProfile(w, whole)
	if len(hits) > 0 && !doubtful(hits) {
		return hits, nil, whole
	}
	if len(hits) == 0 && !b.likeBars() {
		return nil, nil, whole
	}
	const parts = 3
	var all []rowHit
	for i := range parts {
		tall := (t1 - t0) / parts
		all = append(all, readProfile(w, b.profile(w, f, t0+float64(i)*tall, t0+float64(i+1)*tall))...)
	}
	all = append(hits, all...)
	voted := vote(all)
	if len(voted) == 0 && b.rows() >= leastLines && whole.whiteness(b.region) > leastGlared {
		all = append(all, readEnd(w, f, b)...)
		voted = vote(all)
	}
	w.witness.dropped(all, voted)
	return voted, undenied(all), whole
}

// deblur reads a band that was blurred.
func (u *unread) deblur(w *work, f *frame) []rowHit {
	restored := deblur(w, u.profile, u.notes, u.read...)
	restored = append(restored, u.expected(w, restored)...)
	if !doubtful(restored) {
		return restored
	}
	all := slices.Concat(restored, u.halves(w, f, restored))
	voted := vote(all)
	for _, h := range restored { // beside what is doubtful, in another column.
		if !doubtful([]rowHit{h}) && !slices.ContainsFunc(voted, h.overlaps) {
			voted = append(voted, h)
		}
	}
	w.witness.dropped(restored, voted)
	u.notes.doubt(undenied(all)...)
	return voted
}

// halves are what a blurred symbol's upper and lower half are restored to, if need be
// where the whole lies. Where a check is weak, one of them has to say the same as the
// whole: on bare cardboard the mean of its grain once looked like an EAN.
func (u *unread) halves(w *work, f *frame, whole []rowHit) (hits []rowHit) {
	t0, t1 := u.heights()
	middle := (t0 + t1) / 2
	for _, part := range [][2]float64{{t0, middle}, {middle, t1}} {
		p := u.band.profile(w, f, part[0], part[1])
		seen := deblur(w, p, nil, u.read...)
		for _, h := range whole {
			if !slices.ContainsFunc(seen, h.overlaps) {
				seen = append(seen, p.lying(w, h.lie)...)
			}
		}
		hits = append(hits, seen...)
	}
	return hits
}

// doubtful says whether any hit has no check digit, or a weak one, or fits only
// piece by piece.
func doubtful(hits []rowHit) bool {
	for _, h := range hits {
		if h.creased || h.Symbology != scanner.Code128 && h.Symbology != scanner.Code93 {
			return true
		}
	}
	return false
}

// vote keeps the hits that two profiles gave and none contradicted.
func vote(hits []rowHit) []rowHit {
	const least = 2
	var kept []rowHit
	for i, h := range hits {
		votes, against, first := 0, 0, true
		for j, other := range hits {
			switch {
			case other.from > h.to || h.from > other.to:
			case other.Text != h.Text || other.Symbology != h.Symbology:
				against++
			default:
				votes++
				first = first && j >= i
			}
		}
		if first && votes >= least && votes > 2*against {
			kept = append(kept, h)
		}
	}
	return kept
}

// readProfile reads one profile as it is, then ever more sharpened, then with
// bars and spaces evened.
func readProfile(w *work, p profile) []rowHit {
	const reach = 3
	edge, hits := p.read(w, p.v)
	for _, by := range []float32{1, 2.5} {
		if len(hits) > 0 {
			return hits
		}
		_, hits = p.read(w, p.sharpened(w, reach, by))
	}
	if len(hits) == 0 {
		hits = p.decode(w, evened(edge))
	}
	return hits
}

// readPlain is readProfile for where nothing is expected.
func readPlain(w *work, p profile) []rowHit {
	edge, hits := p.read(w, p.v)
	if len(hits) == 0 {
		hits = p.decode(w, evened(edge))
	}
	return hits
}

// read reads a profile's values, sharpened or not.
func (p profile) read(w *work, v []float32) (edge []float64, hits []rowHit) {
	edge = p.edges(w, v, finePart)
	w.witness.profile(v, edge)
	return edge, p.decode(w, edge)
}

// decode reads the codes between edges and places them on the region.
func (p profile) decode(w *work, edge []float64) []rowHit {
	hits := decodeEdges(w, edge)
	for i := range hits {
		hits[i].from = p.from + hits[i].from*p.step
		hits[i].to = p.from + hits[i].to*p.step
	}
	return hits
}

// find places a hit on the picture.
func (b *band) find(f *frame, h rowHit) find {
	t0, t1 := b.heights()
	corner := func(s, t float64) vector { return b.at(s+t*(b.lean+b.fan*s), t) }
	place := quad{corner(h.from, t0), corner(h.to, t0), corner(h.to, t1), corner(h.from, t1)}
	return b.outlined(f, h, place, t1-t0, b.rows())
}

// outlined is a hit at a place, whose corners go first across the bars.
func (r *region) outlined(f *frame, h rowHit, place quad, tall float64, rows int) find {
	var c [4]image.Point
	for i, p := range place {
		c[i] = f.back(p.point())
	}
	if r.along.x*r.bars.y < r.along.y*r.bars.x {
		c = [4]image.Point{c[3], c[2], c[1], c[0]}
	}
	if h.reversed {
		c = [4]image.Point{c[2], c[3], c[0], c[1]}
	}
	h.Corners = c
	return find{
		Code: h.Code, rows: rows, place: place, tall: tall,
		elements: h.elements, reversed: h.reversed, restored: len(h.elements) == 0, firm: h.firm, lie: h.lie,
	}
}
